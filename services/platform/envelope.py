"""A message as a Kafka record: key, partition, CloudEvents headers (binary mode of its Kafka binding)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schemas.message import Message, encode
from schemas.topics import BY_MODEL

SPEC_VERSION = b"1.0"
CONTENT_TYPE = b"application/json"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record ready to send. `partition` None: by the hash of the key. `at` becomes the record's timestamp, too."""

    topic: str
    key: bytes
    value: bytes
    partition: int | None
    at: datetime
    headers: tuple[tuple[str, bytes], ...]


def outgoing(message: Message, *, sender: str, at: datetime) -> Outgoing:
    """The record of `message`. `sender` is the stage or edge that made it.

    `at` is the arrival time of the article it stems from, not now: the same input gives the same bytes on every run,
    and every stage down the path sees the same arrival. Raises ValueError when it is too large for its topic or its
    partition does not exist: both are faults of the sender.
    """
    topic = BY_MODEL[type(message)]
    value = encode(message)
    if len(value) > topic.max_bytes:
        raise ValueError(f"a {message.TYPE} of {len(value)} bytes; {topic.name} takes {topic.max_bytes}")
    partition = topic.partition(message) if topic.partition is not None else None
    if partition is not None and partition >= topic.partitions:
        raise ValueError(f"partition {partition}; {topic.name} has {topic.partitions}")
    headers = (
        ("ce_specversion", SPEC_VERSION),
        ("ce_id", message.record_id().encode()),
        ("ce_type", message.ce_type().encode()),
        ("ce_source", f"/counterclaim/{sender}".encode()),
        ("ce_time", at.isoformat().encode()),
        ("content-type", CONTENT_TYPE),
    )
    return Outgoing(topic.name, topic.key(message).encode(), value, partition, at, headers)
