"""Records and rows that need not wait cost no task; those that must wait are not lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from schemas.topics import PARTITIONS, changelog
from services.platform.clients import producer
from services.platform.host import Host
from tests.unit.platform import toy
from tests.unit.platform.conftest import Bench

ROWS = 2_000


async def test_rows_come_back_in_order_without_a_task_for_each(bench: Bench) -> None:
    """By Faust each takes five, 10,125 in all: four to wait for the flow, one for a timer."""
    topic = changelog("admit", "identities")
    async with producer(bench.settings) as client:
        for number in range(ROWS):
            await client.send(topic, b"old", key=b"%d" % number, partition=number % PARTITIONS)
        await client.send(topic, b"new", key=b"0", partition=0)
        await client.send(topic, None, key=b"1", partition=1)
        await client.flush()
    tasks = 0

    def counting(loop: asyncio.AbstractEventLoop, coroutine: Any, **given: Any) -> asyncio.Task[Any]:
        nonlocal tasks
        tasks += 1
        return asyncio.Task(coroutine, loop=loop, **given)

    asyncio.get_running_loop().set_task_factory(counting)
    try:
        async with Host([toy.spec()], bench.settings) as host:
            await host.ready()
            (stage,) = host._stages
            rows = stage._tables["identities"]
            assert (len(rows), rows["0"], rows["2"], "1" in rows) == (ROWS - 1, b"new", b"old", False)
            assert tasks < ROWS
    finally:
        asyncio.get_running_loop().set_task_factory(None)


async def test_a_record_that_finds_no_room_waits_for_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Host([toy.spec()], bench.settings) as host:
        await host.ready()
        (stage,) = host._stages
        consumer: Any = stage._app.consumer
        room, taken = asyncio.Event(), []

        async def callback(message: str) -> None:
            await room.wait()
            await asyncio.sleep(0)
            taken.append(message)

        monkeypatch.setattr(consumer, "callback", callback)
        handing = asyncio.create_task(consumer._hand_over("one"))
        await asyncio.sleep(0.01)
        assert not handing.done()
        room.set()
        await asyncio.wait_for(handing, 5)
        assert taken == ["one"]
        room.clear()
        handing = asyncio.create_task(consumer._hand_over("two"))
        await asyncio.sleep(0.01)
        consumer.suspend_flow.set()  # a rebalance: the record is read again later
        await asyncio.wait_for(handing, 5)
        consumer.suspend_flow.clear()
        room.set()
        await asyncio.sleep(0.01)
        assert taken == ["one"]
