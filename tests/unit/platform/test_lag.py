"""A stage that heeds how far behind it is, on a real broker."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from schemas.article import ArticlePublished
from schemas.outcomes import Arrival, Outcome, Processed, Tables
from schemas.topics import ADMITTED, PUBLISHED
from services.platform.host import Host
from services.platform.spec import StageSpec
from tests.unit.platform import toy
from tests.unit.platform.conftest import Bench, article


async def test_a_stage_is_told_before_each_record_how_many_wait(bench: Bench) -> None:
    told: list[int] = []
    await bench.publish([article("one"), article("two"), article("three")])
    async with Host([replace(toy.spec(), heed_lag=told.append)], bench.settings):
        await bench.messages(ADMITTED, 3)
    assert len(told) == 3
    assert told[-1] == 1  # the record itself


async def test_a_stage_that_cannot_take_its_lag_ends_with_1_and_its_record_is_read_again(bench: Bench) -> None:
    await bench.publish([article("one")])
    async with bench.worker("lag") as worker:
        assert await asyncio.wait_for(worker.wait(), 60) == 1
    async with Host([toy.spec()], bench.settings):
        await bench.admitted({("one", 1)})


async def test_a_partition_that_went_and_came_back_is_not_behind(bench: Bench) -> None:
    """Of a stage without tables, whose partitions move without any recovery."""
    taken: set[str] = set()

    def step(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
        taken.add(message.id)
        return Processed()

    async def through(name: str) -> None:
        """One more record on each partition, finished."""
        for partition in range(PUBLISHED.partitions):
            await bench.publish([article(f"{name}-{partition}")], partition)
        async with asyncio.timeout(60):
            while not {f"{name}-{partition}" for partition in range(PUBLISHED.partitions)} <= taken:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    spec = StageSpec("read", source=PUBLISHED, step=step)
    async with Host([spec], bench.settings) as one:
        await one.ready()
        await through("alone")
        async with Host([spec], bench.settings) as other:
            await other.ready()
            await through("together")
        await bench.publish([article("last")], 0)
        async with asyncio.timeout(60):
            while "last" not in taken or one._lag():  # noqa: ASYNC110  # the consumer tells nobody
                await asyncio.sleep(0.05)
