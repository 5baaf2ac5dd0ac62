"""Plain Kafka clients for what is no stage: publish, read a topic, look at the broker. Stages use `host`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaConnectionError, KafkaError

from schemas.errors import BadMessage, BrokerUnavailable
from schemas.message import Message, decode
from schemas.outcomes import Arrival
from schemas.topics import TOPICS, Topic
from services.platform.settings import PREFIX, Settings

MAX_REQUEST = max(topic.max_bytes for topic in TOPICS)
"""Bytes. What a client may send in one request: the largest record any topic takes."""

FETCH_BYTES = 1024 * 1024
"""Bytes asked for per partition and fetch. A broker sends a single larger record whole all the same (KIP-74): 50 MB
passed Tansu and Kafka with this; asking for 64 MiB instead would let four partitions buffer 256 MiB."""

_END_OF_2099 = 4102444799.0

M = TypeVar("M", bound=Message)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in its topic. `value` None is a tombstone."""

    arrival: Arrival
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


def connection(settings: Settings) -> dict[str, Any]:
    """aiokafka's arguments for reaching the broker. Raises BadSetting for a bad CA file."""
    arguments: dict[str, Any] = {
        "bootstrap_servers": list(settings.servers),
        "client_id": "counterclaim",
        "security_protocol": settings.security_protocol,
        "ssl_context": settings.ssl_context(),
    }
    if settings.security_protocol.startswith("SASL"):
        arguments |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.password,
        }
    return arguments


def unavailable(settings: Settings, error: Exception) -> BrokerUnavailable:
    """The one wording of "the broker does not answer"."""
    return BrokerUnavailable(
        f"no broker answers at {settings.bootstrap_servers} ({type(error).__name__}: {error}); "
        f"start it or correct {PREFIX}BOOTSTRAP_SERVERS"
    )


@asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A started producer that waits for all replicas. Raises BrokerUnavailable."""
    # No idempotence: Tansu has none, and every record of ours carries a deterministic id instead.
    client = AIOKafkaProducer(
        **connection(settings),
        acks="all",
        linger_ms=5,
        max_batch_size=settings.batch_bytes,
        max_request_size=MAX_REQUEST,
        request_timeout_ms=int(settings.send_timeout * 1000),
    )
    try:
        await client.start()
    except KafkaConnectionError as error:
        await client.stop()
        raise unavailable(settings, error) from None
    try:
        yield client
    finally:
        await client.stop()


async def batches(
    settings: Settings,
    topics: Sequence[Topic[Any]],
    *,
    follow: bool = False,
    start: Mapping[tuple[str, int], int] | None = None,
) -> AsyncIterator[list[tuple[Record, Message]]]:
    """Reads whole topics, no consumer group. Yields what came, in order within a partition; never an empty list.

    `start`: first offset wanted per (topic, partition); else the beginning. Without `follow` it ends where the topics
    ended when it began. What cannot be decoded is logged and left out. Raises BrokerUnavailable when it cannot begin.
    """
    models = {topic.name: topic.model for topic in topics}
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
            found = []
            for tp, records in fetched.items():
                for raw in records:
                    record = record_of(raw)
                    try:
                        found.append((record, decode(models[tp.topic], record.value)))
                    except BadMessage as error:
                        log.warning(
                            "unreadable record left out",
                            topic=tp.topic, partition=tp.partition, offset=raw.offset, error=str(error),
                        )  # fmt: skip
            if found:
                yield found


async def read(settings: Settings, topic: Topic[M], *, follow: bool = False) -> AsyncIterator[tuple[Record, M]]:
    """One topic from its beginning, record by record; see `batches`."""
    async for batch in batches(settings, [topic], follow=follow):
        for record, message in batch:
            yield record, cast(M, message)


async def read_record(settings: Settings, topic: str, partition: int, offset: int) -> Record | None:
    """The very record a dead letter names, or None if the topic has dropped it."""
    async with _consumer(settings) as consumer:
        tp = TopicPartition(topic, partition)
        consumer.assign([tp])
        ends = await consumer.end_offsets([tp])
        if offset >= ends[tp]:
            return None
        consumer.seek(tp, offset)
        raw = await consumer.getone(tp)
        return record_of(raw) if raw.offset == offset else None


def record_of(raw: Any) -> Record:
    """An aiokafka record as ours."""
    at = arrival_time((raw.timestamp or 0) / 1000)
    return Record(Arrival(raw.topic, raw.partition, raw.offset, at), raw.key, raw.value, tuple(raw.headers))


def arrival_time(seconds: float | None) -> datetime:
    """A record's timestamp as UTC. Any producer may write any 64 bits there: held to the years 1970 to 2099."""
    return datetime.fromtimestamp(min(max(seconds or 0.0, 0.0), _END_OF_2099), UTC)


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
        max_partition_fetch_bytes=FETCH_BYTES,
    )
    try:
        await client.start()
    except KafkaConnectionError as error:
        await client.stop()
        raise unavailable(settings, error) from None
    try:
        yield client
    finally:
        await client.stop()
