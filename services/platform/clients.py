"""Plain Kafka clients for what is no stage: publish, read a topic, look at the broker. Stages use `host`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError

from schemas.errors import BadMessage
from schemas.message import Message
from schemas.outcomes import Arrival
from schemas.topics import TOPICS, Topic, changelog
from services.platform import lenient_records
from services.platform.arrival import arrival_time
from services.platform.connection import ISOLATION, connection, refusal, refused, unavailable
from services.platform.settings import Settings

MAX_REQUEST = max(topic.max_bytes for topic in TOPICS)
"""Bytes. What a client may send in one request: the largest record any topic takes."""

FETCH_BYTES = 1024 * 1024
"""Bytes asked for per partition and fetch. A broker sends a single larger record whole all the same (KIP-74): 50 MB
passed Tansu and Kafka with this; asking for 64 MiB instead would let four partitions buffer 256 MiB."""

_SURROGATES = re.compile("[\\ud800-\\udfff]")

M = TypeVar("M", bound=Message)

log = structlog.get_logger(__name__)

lenient_records.install()


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in its topic. `value` None is a tombstone."""

    arrival: Arrival
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    @property
    def fault(self) -> BadMessage | None:
        """What `lenient_records` found wrong with it before anybody looked at its value."""
        for name, _ in self.headers:
            if name == lenient_records.EXPANDS:
                return BadMessage(
                    "too_large",
                    f"a compressed batch of {len(self.value or b'')} bytes becomes more than "
                    f"{lenient_records.MAX_EXPANDED}",
                    fix="send smaller batches, or without compression",
                )
            if _SURROGATES.search(name):
                return BadMessage("unreadable_record", "a header's name is not UTF-8", fix="name headers in UTF-8")
        return None


@asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A started producer that waits for all replicas. Raises BrokerUnavailable, and BadSetting when it is refused, or
    what it sends."""
    # No idempotence: Tansu has none, and every record of ours carries a deterministic id instead.
    client = AIOKafkaProducer(
        **connection(settings),
        acks="all",
        linger_ms=5,
        max_batch_size=settings.batch_bytes,
        max_request_size=MAX_REQUEST,
        request_timeout_ms=int(settings.send_timeout * 1000),
    )
    async with _started(client, settings):
        yield client


async def batches(
    settings: Settings,
    topics: Sequence[Topic[Any]],
    *,
    follow: bool = False,
    start: Mapping[tuple[str, int], int] | None = None,
) -> AsyncGenerator[list[tuple[Record, Message]], None]:
    """Reads whole topics, no consumer group. Yields what came, in order within a partition; never an empty list.

    `start`: first offset wanted per (topic, partition); else the beginning. Without `follow` it ends where the topics
    ended when it began. What cannot be decoded is logged and left out. Raises BrokerUnavailable when it cannot begin.
    Who may leave before the end enters it by `contextlib.aclosing`: else nobody waits until its client is closed.
    """
    by_name = {topic.name: topic for topic in topics}
    async with _consumer(settings) as consumer:
        partitions = [TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)]
        consumer.assign(partitions)
        try:
            left = {} if follow else {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end}
            await consumer.seek_to_beginning(*partitions)
        except KafkaError as error:
            raise unavailable(settings, error) from None
        for (name, number), offset in (start or {}).items():
            consumer.seek(TopicPartition(name, number), offset)
        while follow or await _unread(consumer, left):
            fetched = await consumer.getmany(timeout_ms=1000 if follow else 100)
            found = [decoded for tp, records in fetched.items() for decoded in _decoded(by_name[tp.topic], tp, records)]
            if found:
                yield found


def _decoded(topic: Topic[Any], tp: TopicPartition, records: Iterable[Any]) -> Iterator[tuple[Record, Message]]:
    """Records as they were fetched, but for those that cannot be decoded."""
    for raw in records:
        record = record_of(raw, (raw.timestamp or 0) / 1000)
        try:
            yield record, topic.decode(record.value)
        except BadMessage as error:
            at = {"topic": tp.topic, "partition": tp.partition, "offset": raw.offset}
            log.warning("unreadable record left out", **at, error=str(error))


async def read(settings: Settings, topic: Topic[M], *, follow: bool = False) -> AsyncGenerator[tuple[Record, M], None]:
    """One topic from its beginning, record by record; see `batches`."""
    async with aclosing(batches(settings, [topic], follow=follow)) as found:
        async for batch in found:
            for record, message in batch:
                yield record, cast(M, message)


async def extents(settings: Settings, topics: Sequence[Topic[Any]]) -> dict[tuple[str, int], tuple[int, int]]:
    """(topic, partition) → first offset kept and the one after the last. Raises BrokerUnavailable."""
    async with _consumer(settings) as consumer:
        partitions = [TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)]
        try:
            first, end = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        except KafkaError as error:
            raise unavailable(settings, error) from None
    return {(tp.topic, tp.partition): (first[tp], end[tp]) for tp in partitions}


async def read_rows(settings: Settings, stage: str, table: str, keys: Mapping[str, int]) -> dict[str, bytes]:
    """Rows of a stage's table as its changelog has them now; a key without a row is left out.

    `keys`: the partition each row lives on. Reads these partitions whole. Raises BrokerUnavailable.
    """
    rows: dict[str, bytes] = {}
    async with _consumer(settings) as consumer:
        partitions = [TopicPartition(changelog(stage, table), number) for number in sorted(set(keys.values()))]
        consumer.assign(partitions)
        try:
            left = {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end}
            await consumer.seek_to_beginning(*partitions)
        except KafkaError as error:
            raise unavailable(settings, error) from None
        while await _unread(consumer, left):
            for records in (await consumer.getmany(timeout_ms=100)).values():
                for raw in records:
                    key = bytes(raw.key or b"").decode()
                    if key in keys and raw.value is None:
                        rows.pop(key, None)
                    elif key in keys:
                        rows[key] = bytes(raw.value)
    return rows


async def read_record(settings: Settings, topic: str, partition: int, offset: int) -> Record | None:
    """The very record a dead letter names, or None if the topic has dropped it. Raises BrokerUnavailable."""
    tp = TopicPartition(topic, partition)
    async with _consumer(settings) as consumer:
        consumer.assign([tp])
        try:
            async with asyncio.timeout(settings.broker_timeout):
                # Sought below its first record, a consumer jumps to it, or waits for ever if there is none any more.
                first, end = await consumer.beginning_offsets([tp]), await consumer.end_offsets([tp])
                if not first[tp] <= offset < end[tp]:
                    return None
                consumer.seek(tp, offset)
                raw = await consumer.getone(tp)
        except (KafkaError, TimeoutError) as error:
            raise unavailable(settings, error) from None
    return record_of(raw, (raw.timestamp or 0) / 1000) if raw.offset == offset else None


def record_of(raw: Any, seconds: float | None) -> Record:
    """A record of aiokafka or of Faust as ours; only their timestamps, `seconds` here, differ in unit."""
    arrival = Arrival(raw.topic, raw.partition, raw.offset, arrival_time(seconds), len(raw.value or b""))
    return Record(arrival, raw.key, raw.value, tuple(raw.headers or ()))


async def _unread(consumer: AIOKafkaConsumer, left: dict[TopicPartition, int]) -> bool:
    """Drops from `left` what was read up to its end (or was empty all along)."""
    for tp, end in list(left.items()):
        if await consumer.position(tp) >= end:
            del left[tp]
    return bool(left)


@asynccontextmanager
async def _consumer(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    client = AIOKafkaConsumer(
        **connection(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level=ISOLATION,
        max_partition_fetch_bytes=FETCH_BYTES,
    )
    async with _started(client, settings):
        yield client


@asynccontextmanager
async def _started(client: AIOKafkaProducer | AIOKafkaConsumer, settings: Settings) -> AsyncIterator[None]:
    try:
        try:
            await client.start()
        except KafkaConnectionError as error:
            raise await refusal(settings, error) from None
        yield
    except KafkaError as error:
        if error.retriable or isinstance(error, KafkaTimeoutError):  # it was there at the start and is lost now
            raise unavailable(settings, error) from None
        raise refused(settings, error) from None
    finally:
        await client.stop()
