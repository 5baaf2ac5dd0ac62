"""The service as processes on Apache Kafka: one worker, two, the same work without Faust, and how late alerts are.

`python -m tests.bench.stream [--articles N] [--paced SECONDS] [--broker NAME]`
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from schemas.article import ArticlePublished
from schemas.topics import RAISED, ROUTES
from services.platform.clients import batches, extents, producer
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from tests.bench.line import STAGES
from tests.bench.measure import BARE, WORKER, Round, working
from tests.bench.news import articles, pairs
from tests.bench.results import met, note, table
from tests.integration.brokers import NotHere, started
from tests.integration.running import running_service

WARM = 100
"""Articles before the clock runs: partitions are assigned, word lists and caches are loaded."""

BAR = 300
TWO = 1.8
LATE = 250
"""Bars of the issue: articles a second and core; two workers over one; p99 in ms from intake to alert at half load."""

ENOUGH = 100
"""Alerts, below which a 99th percentile is the worst of them."""

NEWS = 9
"""Articles of the news between two of pairs."""

APART = 40
"""Articles between the two of a pair: the first is read before the second comes."""


async def burst(settings: Settings, command: tuple[str, ...], count: int, wanted: int) -> Round:
    """A backlog of `wanted` articles for `count` processes with topics of their own."""
    stages = len(ROUTES) if command is WORKER else len(STAGES)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            running_service(settings, Path(folder)) as service,
            working(service, command, count, stages) as workers,
        ):
            given = list(articles(WARM + wanted))
            await workers.round(given[:WARM])
            return await workers.round(given[WARM:])


def paced_articles() -> Iterator[ArticlePublished]:
    """News without end; after every NEWS articles one of a pair, then the second of an earlier one."""
    news, waiting = articles(1_000_000), pairs()
    second: list[ArticlePublished] = []
    while True:
        yield from islice(news, NEWS)
        pair = next(waiting, None)
        if pair is not None:
            yield pair[0]
            second.append(pair[1])
        if len(second) > APART // NEWS:
            yield second.pop(0)


async def lateness(settings: Settings, a_second: float, seconds: float) -> list[float]:
    """Seconds from the moment an article came to Kafka to its alert in a reader's hands, of a worker at that load."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            running_service(settings, Path(folder)) as service,
            working(service, WORKER, 1, len(ROUTES)) as workers,
        ):
            await workers.round(list(articles(WARM)))
            starts = {where: end for where, (_, end) in (await extents(service.settings, [RAISED])).items()}
            late: list[float] = []

            async def watch() -> None:
                async for found in batches(service.settings, [RAISED], follow=True, start=starts):
                    late.extend(time.time() - record.arrival.at.timestamp() for record, _ in found)

            watching = asyncio.create_task(watch())
            await asyncio.sleep(1)
            began = time.time()
            await _paced(service.settings, a_second, seconds)
            await workers.quiet(began)
            watching.cancel()
            return sorted(late)


async def _paced(settings: Settings, a_second: float, seconds: float) -> None:
    given = list(islice(paced_articles(), round(a_second * seconds)))
    async with producer(settings) as client:
        began = time.monotonic()
        for number, article in enumerate(given):
            await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
            out = outgoing(article, sender="intake", at=datetime.now(UTC))
            await client.send(out.topic, out.value, key=out.key, headers=list(out.headers))
        await client.flush()


def percentile(values: list[float], share: float) -> float:
    """Of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))]


def throughput(rounds: dict[str, Round]) -> str:
    rows = [
        [name, f"{r.a_second:.0f}", f"{r.ms:.2f}", " + ".join(f"{1000 * cpu / r.articles:.2f}" for cpu in r.cpu),
         " + ".join(f"{mib:.0f}" for mib in r.resident)]
        for name, r in rounds.items()
    ]  # fmt: skip
    return table(["what", "articles a second", "CPU ms an article", "by process", "MiB by process"], rows)


def judged(rounds: dict[str, Round], late: list[float], load: float) -> str:
    one, two, bare = (rounds.get(name) for name in ("one worker", "two workers", "bare aiokafka"))
    rows = []
    if one is not None:
        rows.append(["articles a second and core", f"{1000 / one.ms:.0f}", f">= {BAR}", met(held=1000 / one.ms >= BAR)])
    if one is not None and two is not None:
        ratio = two.a_second / one.a_second
        rows.append(["two workers over one, by the clock", f"{ratio:.2f}", f">= {TWO}", met(held=ratio >= TWO)])
        rows.append(["– by CPU of the busier, a core for each", f"{two.a_core / one.a_core:.2f}", "–", ""])
    if one is not None and bare is not None:
        rows.append(["share of Faust in a worker's CPU", f"{100 * (1 - bare.ms / one.ms):.0f} %", "–", ""])
    if late:
        p99 = 1000 * percentile(late, 0.99)
        where = f"at {load:.0f} articles a second, {len(late)} alerts"
        rows.append([f"alert after, p50, {where}", f"{1000 * statistics.median(late):.0f} ms", "–", ""])
        verdict = met(held=p99 < LATE) if len(late) >= ENOUGH else "too few to say"
        rows.append([f"alert after, p99, {where}", f"{p99:.0f} ms", f"< {LATE} ms", verdict])
    return table(["what", "measured", "bar", ""], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--paced", type=float, default=150, help="seconds of load while alerts are timed")
    parser.add_argument("--broker", default="apache", help="as in tests/integration/brokers.py")
    given = parser.parse_args()
    try:
        with started(given.broker) as settings:
            rounds, late, load = measured(settings, given.articles, given.paced)
            broker = given.broker
    except NotHere as why:
        print(f"{why}; on the embedded broker instead")
        with started("embedded") as settings:
            rounds, late, load = measured(settings, given.articles, given.paced)
            broker = "embedded"
    method = (
        f"Broker: {broker}, one node, on the same cores. A backlog of {given.articles:,} articles after {WARM} to warm "
        "up, topics of their own for each row; the seconds end with the last record of the last stage. Bare aiokafka: "
        "`tests/bench/bare.py`, one process, the same decisions, sends, changelogs and commits. Alerts: the second "
        "article of a pair, from Kafka's time of it to the alert in a reader's hands, at half of what one worker did."
    )
    command = f"python -m tests.bench.stream --articles {given.articles} --paced {given.paced:g}"
    print(note("The service on a broker", command, method, [judged(rounds, late, load), throughput(rounds)]))


def measured(settings: Settings, wanted: int, seconds: float) -> tuple[dict[str, Round], list[float], float]:
    """The rounds by name, how late alerts were, and at how many articles a second."""
    rounds = {
        "one worker": asyncio.run(burst(settings, WORKER, 1, wanted)),
        "two workers": asyncio.run(burst(settings, WORKER, 2, wanted)),
        "bare aiokafka": asyncio.run(burst(settings, BARE, 1, wanted)),
    }
    load = rounds["one worker"].a_second / 2
    return rounds, asyncio.run(lateness(settings, load, seconds)) if seconds else [], load


if __name__ == "__main__":
    main()
