"""S3 and S9: the broker goes away, comes back, or cannot write any more."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.run import Run, some

AWAY = 30.0
"""Seconds the broker is gone (issue: S3)."""


async def broker_away(run: Run) -> None:
    """S3: not there when the worker starts; stopped for 30 s under load; killed and started again."""
    await run.stop_broker()
    await run.start()
    code = await run.died()
    if code not in {1, 2} or "no broker answers" not in run.service.logs():
        run.counts.faults.append(f"a worker without a broker ended with {code} and did not say why")
    async with run.kept_running():
        await run.start_broker()
        await run.feed(20)
        async with run.load():
            await run.back_at_work()
            for away, kill in [(AWAY, False), *[(some(0, 3), True)] * run.times(3)]:
                await run.stop_broker(kill=kill)
                await asyncio.sleep(away)
                async with run.recovery():
                    await run.start_broker()
                await asyncio.sleep(some(1, 4))


async def disk_full(run: Run) -> None:
    """S9: no room left, first for the worker's log, then on the broker's disk under load."""
    with Path("/dev/full").open("wb") as full:  # noqa: ASYNC230  # opening it takes no time
        worker = await run.start(log=full)
        await run.feed(100)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(worker.wait(), 15)
        run.counts.remarks.append(f"log on a full disk: {'ran on' if worker.returncode is None else 'ended'}")
        if worker.returncode is None:
            await run.kill()
        elif worker.returncode != 1:
            run.counts.faults.append(f"a worker that could not log ended with {worker.returncode}")
    async with run.kept_running(), run.load():
        await run.back_at_work()
        assert run.kafka is not None
        broker = run.kafka.nodes[0]
        assert broker.process is not None
        largest = max(_sizes(broker.folder))
        resource.prlimit(broker.process.pid, resource.RLIMIT_FSIZE, (largest + 4096, largest + 4096))
        await asyncio.to_thread(broker.process.wait, 120)  # a Kafka whose only disk fails ends itself
        async with run.recovery():
            await run.start_broker()
        await asyncio.sleep(some(1, 3))


def _sizes(folder: Path) -> Iterator[int]:
    """Bytes of each log. Those of topics that a scenario before deleted may go meanwhile: os.walk passes over them."""
    for place, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                if file.endswith(".log"):
                    yield (Path(place) / file).stat().st_size
