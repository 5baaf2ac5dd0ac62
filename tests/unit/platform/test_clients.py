"""Reading topics without a consumer group."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.article import ArticlePublished
from schemas.errors import BadSetting, BrokerUnavailable
from schemas.topics import PUBLISHED, RAISED
from services.platform import clients
from services.platform.broker import EmbeddedBroker
from services.platform.clients import batches, producer, read, read_record
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import create_topics, wanted_topics
from tests.unit.platform.conftest import Bench, article


async def test_reading_ends_where_the_topic_ended_and_leaves_out_what_is_unreadable(bench: Bench) -> None:
    for partition in range(PUBLISHED.partitions):
        await bench.publish([article(f"a{partition}"), None, b"{", article(f"b{partition}")], partition)
    found = [message async for _, message in read(bench.settings, PUBLISHED)]
    assert {message.id for message in found} == {f"{letter}{number}" for letter in "ab" for number in range(4)}


async def test_an_empty_topic_ends_at_once(bench: Bench) -> None:
    async with asyncio.timeout(5):
        assert await bench.all(RAISED) == []


async def test_a_follower_goes_on_from_where_it_was(bench: Bench) -> None:
    await bench.publish([article("old"), article("new")])
    async with aclosing(batches(bench.settings, [PUBLISHED], follow=True, start={(PUBLISHED.name, 0): 1})) as feed:
        ((record, message),) = await anext(feed)
    assert isinstance(message, ArticlePublished)
    assert (record.arrival.offset, message.id) == (1, "new")


async def test_a_reader_left_early_or_cut_off_leaves_no_client_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clients: set[AIOKafkaConsumer] = set()

    class Counted(AIOKafkaConsumer):  # type: ignore[misc]
        async def start(self) -> None:
            open_clients.add(self)
            await super().start()

        async def stop(self) -> None:
            await super().stop()
            open_clients.discard(self)

    monkeypatch.setattr(clients, "AIOKafkaConsumer", Counted)
    await bench.publish([article("one"), article("two")])
    async with aclosing(read(bench.settings, PUBLISHED, follow=True)) as records:
        async for _ in records:
            break
    assert not open_clients

    began = asyncio.Event()

    class Stuck(Counted):
        """One that is cut off before it asks the broker: aiokafka itself leaves a connection behind within that."""

        async def start(self) -> None:
            open_clients.add(self)
            began.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(clients, "AIOKafkaConsumer", Stuck)
    reading = asyncio.ensure_future(anext(read(bench.settings, RAISED, follow=True)))
    await began.wait()
    reading.cancel()
    await asyncio.wait([reading])
    assert not open_clients


async def test_a_record_that_is_not_there_is_none(bench: Bench) -> None:
    assert await read_record(bench.settings, PUBLISHED.name, 0, 5) is None


class _Expired:
    """aiokafka's consumer on a partition whose first 40 records are gone, as it behaves there: it waits for more."""

    def __init__(self, first: int) -> None:
        self._first = first

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def assign(self, partitions: list[TopicPartition]) -> None: ...

    def seek(self, partition: TopicPartition, offset: int) -> None: ...

    async def beginning_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(partitions, self._first)

    async def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(partitions, 40)

    async def getone(self, partition: TopicPartition) -> None:
        await asyncio.Event().wait()


async def test_a_record_that_expired_is_none_and_one_that_does_not_come_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings(bootstrap_servers="127.0.0.1:9", broker_timeout=1)
    async with asyncio.timeout(5):
        monkeypatch.setattr(clients, "AIOKafkaConsumer", lambda **_: _Expired(first=40))
        assert await read_record(settings, PUBLISHED.name, 0, 3) is None
        monkeypatch.setattr(clients, "AIOKafkaConsumer", lambda **_: _Expired(first=0))
        with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:9 \(TimeoutError\); start it"):
            await read_record(settings, PUBLISHED.name, 0, 3)


async def test_what_the_broker_refuses_is_said_with_the_fix(bench: Bench) -> None:
    with pytest.raises(
        BadSetting, match=r"refused it \(.*MessageSizeTooLargeError.*\); see to the rights of this user"
    ):
        async with producer(bench.settings) as client:
            await client.send_and_wait(PUBLISHED.name, b"x" * (clients.MAX_REQUEST + 1))


async def test_no_broker_is_said_once() -> None:
    with pytest.raises(BrokerUnavailable) as caught:
        await anext(read(Settings(bootstrap_servers="127.0.0.1:9", broker_timeout=1), PUBLISHED))
    assert str(caught.value).count("KafkaConnectionError") == 1


async def test_a_broker_lost_while_a_command_runs_is_said() -> None:
    async with AsyncExitStack() as life:
        broker = await life.enter_async_context(EmbeddedBroker())
        settings = load_settings().on_embedded_broker(broker.bootstrap).model_copy(update={"send_timeout": 5})
        await create_topics(settings, wanted_topics(["admit"]))
        with pytest.raises(BrokerUnavailable, match=r"no broker answers at .*; start it or correct"):
            async with producer(settings) as client:
                await client.send_and_wait(PUBLISHED.name, article("a"), partition=0)
                await life.aclose()
                await client.send_and_wait(PUBLISHED.name, article("b"), partition=0)
