"""All stages of a process send through one producer, which lives from the first to the last of them."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError, ProducerClosed

from schemas.topics import PUBLISHED
from services.platform.connection import connection
from services.platform.shared_producer import SharedProducer
from tests.unit.platform.conftest import Bench, article


async def test_the_last_stage_that_stops_sends_what_is_left(bench: Bench) -> None:
    shared = SharedProducer()

    def make() -> AIOKafkaProducer:
        return AIOKafkaProducer(**connection(bench.settings), linger_ms=100)

    first, second = await asyncio.gather(shared.start(make), shared.start(make))
    assert first is second
    await shared.stop()
    await second.send(PUBLISHED.name, article("left"), partition=0)
    await shared.stop()
    assert len(await bench.all(PUBLISHED)) == 1
    with pytest.raises(ProducerClosed):
        await second.send(PUBLISHED.name, article("late"), partition=0)


async def test_a_producer_that_cannot_start_is_made_anew(bench: Bench) -> None:
    shared = SharedProducer()
    nowhere: list[AIOKafkaProducer] = []

    def unreachable() -> AIOKafkaProducer:
        nowhere.append(AIOKafkaProducer(bootstrap_servers="127.0.0.1:9"))
        return nowhere[-1]

    with pytest.raises(KafkaConnectionError):
        await shared.start(unreachable)
    await nowhere[-1].stop()
    client = await shared.start(lambda: AIOKafkaProducer(**connection(bench.settings)))
    await client.send_and_wait(PUBLISHED.name, article("a1"), partition=0)
    await shared.stop()
