"""Processes that are measured from outside: their own metrics say how far they are, the kernel what they cost."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import NamedTuple

import httpcore
import psutil
from prometheus_client.parser import text_string_to_metric_families

from deploy.kafka.cluster import free_ports
from schemas.article import ArticlePublished
from services.platform.clients import producer
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from tests.integration.running import COMMAND, Service

CALM = 2.0
"""Seconds without a finished record after which all is done: the sweeps of deliver and tally make none."""

LIMIT = 600.0
"""Seconds for one round."""

_PERIOD = 1.0
"""Seconds between two looks. One costs a worker 6 ms of CPU: five a second were 3 ms of each article."""


class State(NamedTuple):
    """Records finished by stage, those that wait, and when (seconds since 1970) the last was finished."""

    done: dict[str, float]
    lag: float
    ready: float
    moved: float


class Round(NamedTuple):
    """One round: articles, seconds from the first to the last record, CPU seconds and MiB by process."""

    articles: int
    seconds: float
    cpu: list[float]
    resident: list[float]

    @property
    def a_second(self) -> float:
        return self.articles / self.seconds

    @property
    def ms(self) -> float:
        """CPU ms an article, of all processes."""
        return 1000 * sum(self.cpu) / self.articles

    @property
    def a_core(self) -> float:
        """Articles for a CPU second of the busiest process: what it would do with a core of its own."""
        return self.articles / max(self.cpu)


class Workers:
    """Processes of one service, worker or bare; all started at once."""

    def __init__(self, service: Service, processes: Sequence[asyncio.subprocess.Process], ports: Sequence[int]) -> None:
        self._settings = service.settings
        self._processes = [psutil.Process(process.pid) for process in processes]
        self._ports = ports

    async def round(self, articles: Sequence[ArticlePublished]) -> Round:
        """Publishes all at once and waits until nothing moves any more."""
        cpu = self._cpu()
        began = time.time()
        await publish(self._settings, articles)
        moved = await self.quiet(began)
        spent = [after - before for before, after in zip(cpu, self._cpu(), strict=True)]
        resident = [process.memory_info().rss / 2**20 for process in self._processes]
        return Round(len(articles), moved - began, spent, resident)

    async def quiet(self, since: float) -> float:
        """Waits until CALM seconds after the last finished record; gives its time. Nothing before `since` counts."""
        async with asyncio.timeout(LIMIT), httpcore.AsyncConnectionPool() as http:
            while True:
                states = [await self._state(http, port) for port in self._ports]
                moved = max(state.moved for state in states)
                lag = sum(state.lag for state in states)
                if moved > since and not lag and time.time() - moved > CALM:
                    return moved
                await asyncio.sleep(_PERIOD)

    async def ready(self, stages: int) -> None:
        """Waits until each process answers and all its stages are ready."""
        async with asyncio.timeout(LIMIT), httpcore.AsyncConnectionPool() as http:
            for port in self._ports:
                while True:
                    try:
                        if (await self._state(http, port)).ready >= stages:
                            break
                    except httpcore.ConnectError:
                        pass
                    await asyncio.sleep(_PERIOD)

    def _cpu(self) -> list[float]:
        return [sum(process.cpu_times()[:2]) for process in self._processes]

    @staticmethod
    async def _state(http: httpcore.AsyncConnectionPool, port: int) -> State:
        answer = await http.request("GET", f"http://127.0.0.1:{port}/metrics")
        done: dict[str, float] = {}
        lag = ready = moved = 0.0
        for family in text_string_to_metric_families(answer.content.decode()):
            for sample in family.samples:
                match sample.name:
                    case "counterclaim_records_total":
                        stage = sample.labels["stage"]
                        done[stage] = done.get(stage, 0) + sample.value
                    case "counterclaim_lag_records":
                        lag += sample.value
                    case "counterclaim_stage_ready":
                        ready += sample.value
                    case "counterclaim_last_progress_timestamp_seconds":
                        moved = max(moved, sample.value)
        return State(done, lag, ready, moved)


@asynccontextmanager
async def working(service: Service, command: Sequence[str], count: int, stages: int) -> AsyncIterator[Workers]:
    """`count` processes of `command`, ready; ended when the body ends."""
    ports = free_ports(count)
    processes = []
    for port in ports:
        log = (service.folder / f"worker-{port}.log").open("wb")
        with log:
            processes.append(
                await asyncio.create_subprocess_exec(
                    *command, stdout=log, stderr=log,
                    env={**service.environment, "COUNTERCLAIM_HEALTH_PORT": str(port)},
                )
            )  # fmt: skip
    service.workers += processes
    workers = Workers(service, processes, ports)
    try:
        await workers.ready(stages)
        yield workers
    finally:
        await service.end()
        service.workers.clear()


async def publish(settings: Settings, articles: Iterable[ArticlePublished]) -> None:
    async with producer(settings) as client:
        for article in articles:
            out = outgoing(article, sender="intake", at=datetime.now(UTC))
            await client.send(out.topic, out.value, key=out.key, headers=list(out.headers))
        await client.flush()


WORKER = (str(COMMAND), "worker")
BARE = (sys.executable, "-m", "tests.bench.bare")
