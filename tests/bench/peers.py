"""The same small stateful job on Faust as we set it up, bare aiokafka, quixstreams and faststream: messages a core.

`python -m tests.bench.peers [--messages N]`, in the environment of `make bench`.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import orjson
import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.kafka.cluster import Cluster
from services.platform.broker import die_with_parent
from tests.bench.peer_jobs import PARTITIONS
from tests.bench.results import note, table

PACKAGES = {
    "faust": "faust-streaming",
    "aiokafka": "aiokafka",
    "quixstreams": "quixstreams",
    "faststream": "faststream",
}
CHANGELOGS = {
    "faust": "faust-counts-changelog",
    "aiokafka": "aiokafka-changelog",
    "faststream": "faststream-changelog",
}
KEYS = 1_000
WARM = 500
"""Messages before the clock runs: the group has its partitions by then."""

LIMIT = 120.0


class Cost(NamedTuple):
    """Of one peer: CPU seconds, seconds by the clock, MiB."""

    cpu: float
    seconds: float
    resident: float


async def measured(name: str, bootstrap: str, messages: int) -> Cost:
    topics = [f"{name}-in", f"{name}-out", *([CHANGELOGS[name]] if name in CHANGELOGS else [])]
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, PARTITIONS, 1) for topic in topics])
    await admin.close()
    await _publish(name, bootstrap, WARM)
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.peer_jobs", name, bootstrap, stdout=log, stderr=log,
            env={"PATH": "", "PYTHONPATH": str(Path.cwd()), "HOME": folder},
        )  # fmt: skip
        try:
            async with asyncio.timeout(LIMIT):
                await _until(name, bootstrap, WARM)
                watched = psutil.Process(process.pid)
                before, began = sum(watched.cpu_times()[:2]), time.monotonic()
                await _publish(name, bootstrap, messages)
                await _until(name, bootstrap, WARM + messages)
                spent = sum(watched.cpu_times()[:2]) - before
                return Cost(spent, time.monotonic() - began, watched.memory_info().rss / 2**20)
        except (TimeoutError, psutil.NoSuchProcess):
            log.seek(0)
            raise RuntimeError(f"{name} did not finish: {log.read()[-2000:].decode(errors='replace')}") from None
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _publish(name: str, bootstrap: str, messages: int) -> None:
    client = AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=5, max_batch_size=65_536)
    await client.start()
    for number in range(messages):
        key = f"key {number * 7919 % KEYS}"
        await client.send(f"{name}-in", orjson.dumps({"key": key, "text": "x" * 60}), key=key.encode())
    await client.stop()


async def _until(name: str, bootstrap: str, wanted: int) -> None:
    """Returns when NAME-out has so many records."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    await consumer.start()
    partitions = [TopicPartition(f"{name}-out", number) for number in range(PARTITIONS)]
    try:
        while sum((await consumer.end_offsets(partitions)).values()) < wanted:  # noqa: ASYNC110  # a broker has no event
            await asyncio.sleep(0.1)
    finally:
        await consumer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=50_000)
    given = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a new topic's leader is known a moment later
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), in_child=die_with_parent()) as kafka:
        costs = {name: asyncio.run(measured(name, kafka.bootstrap, given.messages)) for name in PACKAGES}
    faust = costs["faust"].cpu
    rows = [
        [f"{name} {version(PACKAGES[name])}", f"{given.messages / cost.cpu:,.0f}",
         f"{given.messages / cost.seconds:,.0f}", f"{1e6 * cost.cpu / given.messages:.0f}", f"{cost.cpu / faust:.2f}",
         f"{cost.resident:.0f}"]
        for name, cost in costs.items()
    ]  # fmt: skip
    method = (
        f"Count {given.messages:,} messages of 75 bytes by {KEYS:,} keys, send each new count on and keep it with a "
        f"changelog; Apache Kafka, {PARTITIONS} partitions, after {WARM} to warm up. One process each "
        "(`tests/bench/peer_jobs.py`); broker and sender share the "
        "cores. Faust as a worker runs it: mended, rows sent by the process's one producer behind the messages, not by "
        "Faust's own table. quixstreams keeps its state in RocksDB and works in C (librdkafka), whose "
        "threads count, too; faststream has no state, so its handler keeps a dict and publishes the changelog itself."
    )
    head = ["peer", "messages a second and core", "messages a second", "CPU us a message", "times Faust", "MiB"]
    command = f"python -m tests.bench.peers --messages {given.messages}"
    print(note("The same small job elsewhere", command, method, [table(head, rows)]))


if __name__ == "__main__":
    main()
