"""The same small job for each peer: count the messages of a key, keep the count with a changelog, send it on.

`python -m tests.bench.peer_jobs NAME BOOTSTRAP`, until it is killed. A name's topics are NAME-in, NAME-out (PARTITIONS
each); Faust's and the bare loop's changelog is faust-counts-changelog or aiokafka-changelog, faststream's the like, and
quixstreams makes its own. Commits once a second, all replicas acknowledge, state in memory (quixstreams: RocksDB).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.platform.clients import FETCH_BYTES
from services.platform.faust_mends import MendedApp
from services.platform.rows import Rows
from services.platform.settings import Settings
from services.platform.stage_app import _options

PARTITIONS = 4


def counted(value: bytes, before: bytes | None) -> bytes:
    """The new count as JSON; the message is parsed, as a job would."""
    assert orjson.loads(value)["key"]
    return orjson.dumps({"count": 1 + (orjson.loads(before)["count"] if before else 0)})


async def faust(bootstrap: str) -> None:
    """As a worker runs it: Faust mended, raw bytes, rows written beneath the table (`rows.Rows`) and sent by the
    process's one producer behind what was sent before them (`WitnessProducer.keep`), not by Faust's own table."""
    settings = Settings(bootstrap_servers=bootstrap)
    app = MendedApp("faust", **_options(settings) | {"topic_partitions": PARTITIONS})
    counts = Rows(app.Table("counts", partitions=PARTITIONS, key_type=bytes, value_type=bytes))
    source = app.topic(
        "faust-in", key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw",
        partitions=PARTITIONS, allow_empty=True,
    )  # fmt: skip

    @app.agent(source, concurrency=1)
    async def count(records: Any) -> None:
        async for event in records.events():
            key, partition = event.message.key, event.message.partition
            new = counted(event.message.value, counts.get(key.decode()))
            await app.witness.send("faust-out", key, new, None, None, None)
            counts.write(key.decode(), new, partition)
            app.witness.keep("faust-counts-changelog", key, new, partition)

    app.finalize()
    await app.start()
    await app.wait_until_stopped()


async def aiokafka(bootstrap: str) -> None:
    """A loop of one's own."""
    consumer = AIOKafkaConsumer(
        "aiokafka-in", bootstrap_servers=bootstrap, group_id="aiokafka", enable_auto_commit=False,
        auto_offset_reset="earliest", max_partition_fetch_bytes=FETCH_BYTES,
    )  # fmt: skip
    sender = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=5)
    await consumer.start()
    await sender.start()
    counts: dict[bytes, bytes] = {}
    committed = time.monotonic()
    while True:
        for tp, records in (await consumer.getmany(timeout_ms=100)).items():
            for raw in records:
                counts[raw.key] = new = counted(raw.value, counts.get(raw.key))
                await sender.send("aiokafka-out", new, key=raw.key)
                await sender.send("aiokafka-changelog", new, key=raw.key, partition=tp.partition)
        if time.monotonic() - committed > 1:
            await sender.flush()
            await consumer.commit()
            committed = time.monotonic()


def quixstreams(bootstrap: str) -> None:
    """A stateful apply, which keeps its counts in RocksDB and a changelog of its own."""
    from quixstreams import Application, State  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        app = Application(
            broker_address=bootstrap, consumer_group="quixstreams", auto_offset_reset="earliest", commit_interval=1.0,
            state_dir=folder, loglevel="WARNING", producer_extra_config={"acks": "all", "linger.ms": 5},
        )  # fmt: skip
        source = app.topic("quixstreams-in", value_deserializer="bytes", key_deserializer="bytes")
        target = app.topic("quixstreams-out", value_serializer="bytes", key_serializer="bytes")

        def count(value: bytes, state: State) -> bytes:
            new = counted(value, state.get_bytes("count"))
            state.set_bytes("count", new)
            return new

        app.dataframe(source).apply(count, stateful=True).to_topic(target)
        app.run()


def main() -> None:
    name, bootstrap = sys.argv[1:]
    match name:
        case "quixstreams":
            quixstreams(bootstrap)
        case "faststream":
            from tests.bench.peer_faststream import faststream  # noqa: PLC0415  # is not installed everywhere

            asyncio.run(faststream(bootstrap))
        case "faust":
            asyncio.run(faust(bootstrap))
        case "aiokafka":
            asyncio.run(aiokafka(bootstrap))
        case _:
            raise SystemExit(f"no peer {name!r}")


if __name__ == "__main__":
    main()
