"""A stage that heeds how far behind it is, on a real broker."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from schemas.topics import ADMITTED
from services.platform.host import Host
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
