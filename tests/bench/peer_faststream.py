"""The small job of peer_jobs.py on faststream, which looks for the types of a handler in its module's names."""

from __future__ import annotations

from faststream import FastStream
from faststream.kafka import KafkaBroker, KafkaMessage

from tests.bench.peer_jobs import counted


async def faststream(bootstrap: str) -> None:
    """A subscriber of single messages; it has no state, so the changelog is a second publish of the handler."""
    broker = KafkaBroker(bootstrap, acks="all", linger_ms=5, logger=None)
    counts: dict[bytes, bytes] = {}

    @broker.subscriber("faststream-in", group_id="faststream", auto_offset_reset="earliest")  # type: ignore[untyped-decorator]
    async def count(message: KafkaMessage) -> None:
        raw = message.raw_message
        counts[raw.key] = new = counted(raw.value, counts.get(raw.key))
        await broker.publish(new, "faststream-out", key=raw.key, no_confirm=True)
        await broker.publish(new, "faststream-changelog", key=raw.key, partition=raw.partition, no_confirm=True)

    await FastStream(broker, logger=None).run()
