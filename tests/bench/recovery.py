"""What a restart costs: CPU and seconds for a row of each stage's tables until a worker is ready, on a broker.

`python -m tests.bench.recovery [--articles N] [--known N] [--broker NAME]`. The rows are those that N articles leave
(`line.py`); admit's are made up, as many as asked for, because it keeps one for each article of two weeks. A start
with empty tables is taken off.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psutil

from schemas.identity import identity
from schemas.topics import article_partition, changelog
from services.admit.expiry import IDENTITIES
from services.admit.record import Known, Revision
from services.platform.clients import producer
from services.platform.settings import Settings
from tests.bench.line import STAGES, Line
from tests.bench.measure import WORKER, working
from tests.bench.news import articles
from tests.bench.path import cut
from tests.bench.results import note, table
from tests.integration.brokers import NotHere, started
from tests.integration.running import running_service

WORDS = 300
"""Of each article, so that many are read in a short time."""

FEWEST = 1_000
"""Rows below which a start differs from the next by more than they take."""

Tables = Mapping[str, Mapping[str, bytes]]
"""Rows by key, by table."""


class Start(NamedTuple):
    """Until a worker was ready: seconds by the clock and of its CPU."""

    seconds: float
    cpu: float


def left_by(wanted: int) -> dict[str, Tables]:
    """The tables of each stage after so many articles."""
    line, at = Line(), datetime.now(UTC) - timedelta(days=1)
    for number, article in enumerate(articles(wanted)):
        line.feed(article.model_copy(update={"text": cut(article.text, WORDS)}), at + timedelta(seconds=number))
    return {stage: line.tables[stage] for stage in STAGES}


def known(wanted: int) -> Tables:
    """Admit's rows of so many articles, each heard of once within the last day."""
    began = datetime.now(UTC) - timedelta(days=1)
    rows = {}
    for number in range(wanted):
        name = identity(None, None, f"a{number}")
        revision = Revision(name, f"{number:032x}", 1, None, article_partition(name), number)
        rows[name] = Known((revision,), began + timedelta(seconds=number * 86_400 / wanted)).to_bytes()
    return {IDENTITIES: rows}


async def start(settings: Settings, stage: str, tables: Tables) -> Start:
    """A worker of that stage alone, on topics of its own that hold those rows."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_service(settings, Path(folder)) as service:
            async with producer(service.settings) as client:
                for name, rows in tables.items():
                    for key, row in rows.items():
                        partition = article_partition(key)
                        await client.send(changelog(stage, name), row, key=key.encode(), partition=partition)
                await client.flush()
            began = time.time()
            async with working(service, (*WORKER, stage), 1, 1):
                ready = time.time() - began
                cpu = psutil.Process(service.workers[0].pid).cpu_times()
                return Start(ready, cpu.user + cpu.system)


async def measured(settings: Settings, given: Mapping[str, Tables]) -> list[list[str]]:
    lines = []
    for stage, tables in given.items():
        rows = [row for each in tables.values() for row in each.values()]
        if len(rows) < FEWEST:
            continue
        empty, full = await start(settings, stage, {}), await start(settings, stage, tables)
        lines.append([
            stage,
            f"{len(rows):,}",
            f"{sum(map(len, rows)) / len(rows):,.0f}",
            f"{1e6 * (full.cpu - empty.cpu) / len(rows):.0f}",
            f"{empty.seconds:.1f}",
            f"{full.seconds:.1f}",
        ])  # fmt: skip
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--known", type=int, default=500_000)
    parser.add_argument("--broker", default="apache", help="as in tests/integration/brokers.py")
    given = parser.parse_args()
    tables = left_by(given.articles) | {"admit": known(given.known)}
    try:
        with started(given.broker) as settings:
            lines = asyncio.run(measured(settings, tables))
    except NotHere as why:
        sys.exit(f"{why}; or give --broker embedded")
    method = (
        f"Broker: {given.broker}, one node, on the same cores. A worker of one stage, from start until ready: the rows "
        f"are read and what it keeps in memory is built. The rows of {given.articles:,} articles of {WORDS} words; of "
        f"admit {given.known:,} made up. A start on empty tables is taken off. The clock is read once a second."
    )
    head = ["stage", "rows", "bytes a row", "CPU us a row", "seconds, no rows", "seconds"]
    command = f"python -m tests.bench.recovery --articles {given.articles} --known {given.known}"
    print(note("A restart", command, method, [table(head, lines)]))


if __name__ == "__main__":
    main()
