"""A stage that heeds how far behind it is, on a real broker."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

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


async def test_a_transactions_marker_behind_the_last_record_is_no_lag(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an offset like a record's, and the consumer steps over it; /healthz would call the stage ill for ever."""
    await bench.publish([article("one")])
    async with Host([toy.spec()], bench.settings) as host:
        await bench.messages(ADMITTED, 1)
        (stage,) = host._stages
        async with asyncio.timeout(30):
            while stage._lag():  # noqa: ASYNC110  # nobody tells of a finished record
                await asyncio.sleep(0.05)
        end = stage._next[PUBLISHED.name, 0]
        monkeypatch.setattr(stage._app.consumer, "highwater", lambda tp: end + 1 if tp.partition == 0 else 0)
        assert stage._lag() == 1, "it may be a record: it was not read yet"
        monkeypatch.setattr(stage, "_position", lambda tp: end + 1)
        assert stage._lag() == 0


async def test_records_that_wait_in_the_process_are_lag(bench: Bench) -> None:
    """All are fetched while the first is worked on; nothing of them is known by offset yet."""
    waiting: list[int] = []

    def step(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
        (stage,) = host._stages
        waiting.append(sum(actor.stream.channel.queue.qsize() for actor in stage._agent._actors))
        return toy.step(message, tables, arrival)

    await bench.publish(article(f"a{number}") for number in range(200))
    async with Host([replace(toy.spec(), step=step)], bench.settings) as host:
        await bench.messages(ADMITTED, 200)
    assert max(waiting) > 10
