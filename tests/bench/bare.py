"""A worker without Faust: per stage an aiokafka consumer, the same decision, the same sends, changelogs and commits.

What the service would cost if the stream cost nothing but the client: no recovery of tables, no mends, no watchdog. Its
metrics stand where a worker's stand. `python -m tests.bench.bare`, ended by SIGTERM.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any, cast

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from schemas.topics import TABLES, changelog
from services.platform import metrics
from services.platform.clients import FETCH_BYTES, Record, producer, record_of
from services.platform.collector import settle
from services.platform.connection import connection
from services.platform.envelope import outgoing
from services.platform.health import HealthServer, StageHealth
from services.platform.outcome import decide
from services.platform.rows import Rows
from services.platform.settings import Settings, load_settings
from services.platform.signals import stop_signal
from services.platform.spec import StageSpec, load
from tests.bench.line import STAGES, PlainRows


class BareStage:
    """One stage with a consumer group of its own."""

    def __init__(self, spec: StageSpec[Any], settings: Settings, sender: AIOKafkaProducer) -> None:
        self._spec = spec
        self._settings = settings
        self._sender = sender
        self._tables = {name: PlainRows() for name in TABLES[spec.name]}
        self._turn = asyncio.Lock()
        self.lag = 0
        self.health = StageHealth(lag=lambda: self.lag, ready=lambda: True)
        metrics.watch(spec.name, lag=lambda: self.lag, ready=lambda: 1.0)

    async def run(self) -> None:
        consumer = AIOKafkaConsumer(
            *self._spec.sources, **connection(self._settings), group_id=f"bare-{self._spec.name}",
            enable_auto_commit=False, auto_offset_reset="earliest", max_partition_fetch_bytes=FETCH_BYTES,
        )  # fmt: skip
        await consumer.start()
        committed = time.monotonic()
        try:
            while True:
                for tp, records in (await consumer.getmany(timeout_ms=100)).items():
                    for raw in records:
                        async with self._turn:
                            await self._take(record_of(raw, raw.timestamp / 1000))
                    self.lag = (consumer.highwater(tp) or 0) - records[-1].offset - 1
                if time.monotonic() - committed > self._settings.commit_interval:
                    await self._sender.flush()
                    await consumer.commit()
                    committed = time.monotonic()
        finally:
            await consumer.stop()

    async def _take(self, record: Record) -> None:
        began = time.perf_counter()
        plan = decide(self._spec, cast(dict[str, Rows], self._tables), record)
        for message, out in plan.sends:
            await self._sender.send(
                out.topic, out.value, key=out.key, partition=out.partition,
                timestamp_ms=int(out.at.timestamp() * 1000), headers=list(out.headers),
            )  # fmt: skip
            metrics.sent(self._spec.name, message)
        for write in plan.stores:
            self._tables[write.table].apply(write)
            await self._sender.send(
                changelog(self._spec.name, write.table), write.value, key=write.key.encode(),
                partition=record.arrival.partition,
            )  # fmt: skip
        metrics.finished(self._spec.name, plan.name, seconds=time.perf_counter() - began, now=time.time())

    async def sweep(self) -> None:
        """As in a worker, if the stage has one."""
        while self._spec.sweep is not None:
            await asyncio.sleep(self._spec.sweep_every)
            async with self._turn:
                at = datetime.now(UTC)
                for message in filter(None, self._spec.sweep(self._tables, at)):
                    out = outgoing(message, sender=self._spec.name, at=at)
                    await self._sender.send(
                        out.topic, out.value, key=out.key, partition=out.partition, headers=list(out.headers)
                    )


async def main() -> None:
    settings = load_settings()
    stop = stop_signal()
    async with producer(settings) as sender:
        stages = [BareStage(load(name), settings, sender) for name in STAGES]
        settle()  # as a worker does
        async with HealthServer({name: stage.health for name, stage in zip(STAGES, stages, strict=True)}, settings):
            tasks = [asyncio.create_task(work) for stage in stages for work in (stage.run(), stage.sweep())]
            await stop.wait()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
