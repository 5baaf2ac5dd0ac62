"""A publisher may send in transactions. What one took back is nobody's article, and holds nothing up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import pytest
from aiokafka import AIOKafkaProducer

from schemas.topics import ADMITTED, PUBLISHED
from services.desk.lag import KafkaLag
from services.platform.connection import connection
from tests.integration.running import Service


async def sent(client: AIOKafkaProducer, names: Sequence[str]) -> None:
    """One transaction's records, at the broker and not ended. One key, one partition."""
    await client.begin_transaction()
    for name in names:
        body = json.dumps({"id": name, "text": f"An article named {name} tells of nothing in particular."}).encode()
        await client.send(PUBLISHED.name, body, key=b"one")
    await client.flush()


async def admitted(service: Service, wanted: int) -> set[str]:
    """The articles that passed the door, once there are so many."""
    async with asyncio.timeout(60):
        while len(found := {message.article for message in await service.messages(ADMITTED)}) < wanted:
            await asyncio.sleep(0.2)
    return found


@pytest.mark.kafka(only=True)  # the embedded broker has no transactions
async def test_what_a_transaction_took_back_is_no_article(service: Service) -> None:
    worker = await service.start(
        "admit", COUNTERCLAIM_STALL_LIMIT="10", COUNTERCLAIM_REBALANCE_TIMEOUT="7"
    )  # the watchdog looks each second
    async with AIOKafkaProducer(**connection(service.settings), transactional_id="a newsroom's own") as client:
        for names, holds in ((["first"], True), (["gone-1", "gone-2"], False), (["second"], True)):
            await sent(client, names)
            await (client.commit_transaction() if holds else client.abort_transaction())
        await sent(client, ["third"])
        assert await admitted(service, 2) == {"first", "second"}
        assert {message.id for message in await service.messages(PUBLISHED)} == {"first", "second"}, (
            "plain readers, too"
        )
        await asyncio.sleep(15)  # longer than the watchdog's patience: what is not committed yet waits for nobody
        assert worker.returncode is None, service.logs()
        assert (await KafkaLag(service.settings).stages())[0].waiting == 1  # the marker behind the second
        await client.commit_transaction()
        assert await admitted(service, 3) == {"first", "second", "third"}
        await sent(client, [f"gone-{number}" for number in range(3, 50)])
        await client.abort_transaction()
    await asyncio.sleep(15)
    assert worker.returncode is None, service.logs()
    assert await admitted(service, 3) == {"first", "second", "third"}
