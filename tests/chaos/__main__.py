"""`make chaos`: the scenarios on an Apache Kafka of their own; the table goes to RESULTS.md beside this file.

Exits with 1 when an article or an alert was lost, an alert was repeated, or anything else was not as promised.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import VAR
from services.platform.broker import die_with_parent
from services.platform.settings import Settings
from tests.chaos.reckoning import Row
from tests.chaos.scenarios import SCENARIOS, play

RESULTS = Path(__file__).with_name("RESULTS.md")
LOGS = VAR.parent / "chaos"

_COLUMNS = (
    "scenario",
    "done",
    "articles",
    "lost",
    "repeated",
    "records sent again",
    "recovery s: median / slowest",
    "held",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"of {', '.join(SCENARIOS)}; default: all")
    parser.add_argument("--scale", type=float, default=1, help="how much of everything is done")
    given = parser.parse_args()
    unknown = set(given.scenarios) - SCENARIOS.keys()
    if unknown:
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    for name in ("aiokafka", "uvicorn.error"):  # they tell of every broker and client that is gone: that is the point
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # refusals, played again
    began = time.monotonic()
    rows = []
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), in_child=die_with_parent()) as kafka:
        settings = Settings(bootstrap_servers=kafka.bootstrap)
        for name in given.scenarios or SCENARIOS:
            logs = LOGS / name
            shutil.rmtree(logs, ignore_errors=True)
            try:
                row = asyncio.run(play(name, settings, logs, kafka, given.scale))
            except Exception as error:  # the others shall still have their turn
                row = broken_off(SCENARIOS[name].title, error)
                _revive(kafka)
            rows.append(row)
            print(" | ".join(row.cells()), flush=True)
            for fault in row.faults:
                print(f"  {fault}", flush=True)
    minutes = (time.monotonic() - began) / 60
    if not given.scenarios:  # some of them would be a table with holes
        RESULTS.write_text(report(rows, given.scale, minutes), "utf-8")
    return 0 if all(row.held for row in rows) else 1


def broken_off(title: str, error: Exception) -> Row:
    """The row of a scenario that did not come to its end."""
    return Row(title, "broken off", 0, 0, 0, 0, (), (f"{type(error).__name__}: {error}",))


def _revive(kafka: Cluster) -> None:
    """Start the broker again if a scenario left it dead."""
    node = kafka.nodes[0]
    if node.process is None or node.process.poll() is not None:
        node.start(die_with_parent())
        node.wait()


def report(rows: list[Row], scale: float, minutes: float) -> str:
    """The page: how it was measured, and the table."""
    recoveries = [(seconds, row.scenario) for row in rows for seconds in row.recoveries]
    slowest = f"{max(recoveries)[0]:.1f} s ({max(recoveries)[1]})" if recoveries else "none measured"
    return "\n".join(
        [
            "# Chaos: what was done to the service, and what came of it",
            f"`make chaos`, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, "
            f"Apache Kafka, one node, in {minutes:.0f} minutes, scale {scale:g}.",
            "",
            "Lost: articles that did not end as processed, duplicate or dead letter, and alerts that did not reach a "
            "webhook. Repeated: alerts that came under an id of their own, or under one id with two contents. Records "
            "sent again: under the id they had before, so that readers drop them. Recovery: from the start of "
            "the new worker or the broker's answer until every stage has sent something new; the bar is the session "
            "timeout (12 s) + 15 s. Held: all that, topics and tables equal to the byte to the stages played "
            "again over the broker's own logs (`oracle.py`), alerts as `counterclaim replay` has them, lag back at 0.",
            "",
            f"Slowest recovery: {slowest}.",
            "",
            f"| {' | '.join(_COLUMNS)} |",
            f"|{'---|' * len(_COLUMNS)}",
            *(f"| {' | '.join(row.cells())} |" for row in rows),
            "",
            *(f"- {row.scenario}: {fault}" for row in rows for fault in row.faults),
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
