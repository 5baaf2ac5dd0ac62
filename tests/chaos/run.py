"""One scenario under way: numbered articles in, workers that are hurt, a receiver of webhooks."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

from deploy.kafka.cluster import Cluster
from schemas.article import ArticlePublished
from schemas.topics import ADMITTED, DELIVERIES, MENTIONED, PUBLISHED, READ, STATED, TRACED
from services.platform.broker import die_with_parent
from services.platform.clients import producer
from services.platform.connection import connection
from services.platform.envelope import outgoing
from tests.chaos.articles import numbered
from tests.chaos.logs import Logs, read_logs
from tests.chaos.oracle import alerts
from tests.collector import SECRET, Collector
from tests.integration.running import Service

CLEAN_STOP = 10.0
"""Seconds from SIGTERM to exit code 0 (issue: S2)."""

RESTART = 15.0
"""Seconds a restart may take beyond the session timeout until every stage works again."""

BACKLOG = 200
"""Articles: what one core works off in 2 to 4 s."""

DELIVERED = 60.0
"""Seconds until every webhook has what it is to have: the first three pauses at 1/100 are 0.05, 3 and 18 s."""

_MOVING = (ADMITTED, TRACED, READ, MENTIONED, STATED)
"""Every stage that an article passes shows on one of these that it works."""

_PERIOD = 0.1
"""Seconds between two looks at how far the topics reach."""


@dataclass(slots=True)
class Counts:
    """What was done to the service, and how long each recovery took."""

    kills: int = 0
    stops: int = 0
    rebalances: int = 0
    broker_restarts: int = 0
    recoveries: list[float] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What was promised and did not happen, as sentences."""


class Run:
    """`kafka` is None on the embedded broker, which cannot be restarted and knows no static membership.

    scale: how much of everything is done; 1 is what the issue asks for.
    """

    def __init__(self, service: Service, receiver: Collector, kafka: Cluster | None = None, scale: float = 1) -> None:
        self.service = service
        self.receiver = receiver
        self.kafka = kafka
        self.scale = scale
        self.counts = Counts()
        self.fed = 0
        """The number of the next article."""
        self.published: set[str] = set()
        """Which articles were published, by id."""
        self.static = kafka is not None
        """Static membership: each worker slot keeps its name, as `COUNTERCLAIM_INSTANCE` in production."""
        self.subscribe({"hook": receiver.url})
        self._slots: dict[int, asyncio.subprocess.Process] = {}
        self._logs: dict[int, Path] = {}

    def times(self, count: int) -> int:
        """That many at full size, at least one."""
        return max(1, round(count * self.scale))

    def subscribe(self, hooks: Mapping[str, str]) -> None:
        """Workers started from now on serve these: the path at the receiver, and the URL that leads there."""
        self.hooks = tuple(hooks)
        self.service.environment |= subscribed(hooks, self.service.folder)

    # The load

    async def feed(self, count: int, pause: float = 0) -> None:
        """Publish the next articles, `pause` seconds apart (0: at once). Returns when the broker has them all."""
        await self.publish(numbered(self.fed, count), pause)
        self.fed += count

    async def publish(self, articles: Iterable[ArticlePublished], pause: float = 0) -> None:
        """Publish these."""
        sent = []
        async with producer(self.service.settings) as client:
            for article in articles:
                out = outgoing(article, sender="intake", at=datetime.now(UTC))
                self.published.add(article.id)
                sent.append(await client.send(out.topic, out.value, key=out.key, headers=list(out.headers)))
                if pause:
                    await asyncio.sleep(pause)
            for acknowledged in sent:
                await acknowledged

    async def send_raw(self, bodies: Iterable[bytes | None]) -> None:
        """Bytes that no publisher of ours would send, over all partitions."""
        async with producer(self.service.settings) as client:
            for number, body in enumerate(bodies):
                await client.send(PUBLISHED.name, body, key=b"raw", partition=number % PUBLISHED.partitions)
            await client.flush()

    @asynccontextmanager
    async def load(self, pause: float = 0.1) -> AsyncIterator[None]:
        """One article after the other (by default some 8 a second), from here to the end of the body.

        Of those on their way there are never more than BACKLOG: a slow machine is to be late, not drowned.
        """
        over = asyncio.Event()

        async def feed() -> None:
            async with AIOKafkaConsumer(**connection(self.service.settings), enable_auto_commit=False) as consumer:
                while not over.is_set():
                    if self.fed - (await _reach(consumer))[READ.name] < BACKLOG:
                        await self.feed(10, pause)
                    else:
                        await asyncio.sleep(_PERIOD)

        feeding = asyncio.create_task(feed())
        try:
            yield
        finally:
            over.set()
            await feeding

    # The workers

    async def start(
        self, slot: int = 1, fault: str = "", log: IO[bytes] | None = None, **variables: str
    ) -> asyncio.subprocess.Process:
        """A worker process of all stages in that slot; with a fault of child.py built in if one is named.

        `log`: where it writes, else a file of its own in the service's folder.
        """
        if self.static:
            variables["COUNTERCLAIM_INSTANCE"] = f"slot-{slot}"
        with ExitStack() as held:
            self._logs[slot] = self.service.folder / f"worker-{len(self.service.workers):03}.log"
            out = log or held.enter_context(self._logs[slot].open("wb"))
            worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chaos.child", fault or "none", "worker",
                stdout=out, stderr=out, env={**self.service.environment, **variables}, preexec_fn=die_with_parent(),
            )  # fmt: skip
        self.service.workers.append(worker)
        self._slots[slot] = worker
        return worker

    async def ready(self, slot: int = 1, seconds: float = 120) -> None:
        """Wait until a worker says that it has its partitions and tables."""
        async with asyncio.timeout(seconds):
            while b'"event": "ready"' not in self._logs[slot].read_bytes():  # noqa: ASYNC110  # another process
                await asyncio.sleep(_PERIOD)

    async def kill(self, slot: int = 1) -> None:
        """SIGKILL."""
        with suppress(ProcessLookupError):
            self._slots[slot].kill()
        await self._slots[slot].wait()
        self.counts.kills += 1

    async def stop(self, slot: int = 1) -> None:
        """SIGTERM: to be answered with exit code 0 within 10 s."""
        began = time.monotonic()
        self._slots[slot].terminate()
        try:
            code = await asyncio.wait_for(self._slots[slot].wait(), CLEAN_STOP + 5)
        except TimeoutError:
            self._slots[slot].kill()
            code = await self._slots[slot].wait()
        took = time.monotonic() - began
        if code or took > CLEAN_STOP:
            self.counts.faults.append(f"a stop ended with {code} after {took:.1f} s")
        self.counts.stops += 1

    async def died(self, slot: int = 1, seconds: float = 120) -> int:
        """The exit code of a worker that must end by itself."""
        return await asyncio.wait_for(self._slots[slot].wait(), seconds)

    @asynccontextmanager
    async def kept_running(self, slot: int = 1) -> AsyncIterator[None]:
        """While the body runs, the worker is started again whenever it ends, as `restart: unless-stopped` does."""

        async def keep() -> None:
            while True:
                await (await self.start(slot)).wait()
                await asyncio.sleep(1)

        keeping = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    # Watching

    @asynccontextmanager
    async def recovery(self, *, bar: bool = True) -> AsyncIterator[None]:
        """Notes the time from the body's end to the moment when every stage has sent something new. Needs a load.

        `bar`: it must be within the session timeout + 15 s.
        """
        yield
        took = await self.back_at_work()
        self.counts.recoveries.append(took)
        limit = self.service.settings.session_timeout + RESTART
        if bar and took > limit:
            self.counts.faults.append(f"back at work only after {took:.1f} s, not {limit:.0f}")

    async def back_at_work(self, limit: float = 240) -> float:
        """Seconds until each stage has sent something new."""
        began = time.monotonic()
        async with (
            asyncio.timeout(limit),
            AIOKafkaConsumer(**connection(self.service.settings), enable_auto_commit=False) as consumer,
        ):
            before = await _reach(consumer)
            while not _all_beyond(before, await _reach(consumer)):  # noqa: ASYNC110  # another process has no event
                await asyncio.sleep(_PERIOD)
        return time.monotonic() - began

    async def quiet(self) -> None:
        """Wait until lag is back at 0, as long as it falls (a machine that others use may take minutes), and until the
        tables of entities are out.
        """
        lag, before = await self.service.lag(), -1
        while lag and (left := sum(lag.values())) != before:
            before = left
            with suppress(TimeoutError):
                await self.service.quiet()
            lag = await self.service.lag()
        await self.service.tallied()
        if lag:
            self.counts.faults.append(f"lag stays at {lag}")

    async def delivered(self) -> None:
        """Wait for webhooks that wait for their next attempt. What is late after DELIVERED counts as lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DELIVERED):
                while True:
                    logs = await read_logs(self.service.settings)
                    if all(ids >= alerts(logs) for ids in delivered_by(logs, self.hooks).values()):
                        return
                    await asyncio.sleep(1)

    # The broker

    async def stop_broker(self, *, kill: bool = False) -> None:
        assert self.kafka is not None
        await asyncio.to_thread(self.kafka.nodes[0].kill if kill else self.kafka.nodes[0].stop)

    async def start_broker(self) -> None:
        assert self.kafka is not None
        self.kafka.nodes[0].start(die_with_parent())  # by this thread: the child dies with the thread that started it
        await asyncio.to_thread(self.kafka.nodes[0].wait)
        self.counts.broker_restarts += 1


def subscribed(hooks: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The settings of workers with these subscribers, each with the URL of its webhook; a failed attempt is soon tried
    again."""
    file = folder / "subscriptions.yaml"
    subscriptions = [{"id": name, "url": url, "secret": {"env": "CHAOS_SECRET"}} for name, url in hooks.items()]
    file.write_bytes(orjson.dumps({"subscriptions": subscriptions}))  # JSON is YAML
    return {
        "COUNTERCLAIM_SUBSCRIPTIONS_FILE": str(file),
        "COUNTERCLAIM_WEBHOOK_DEVELOPMENT": "true",
        "COUNTERCLAIM_WEBHOOK_RETRY_SCALE": "0.01",
        "CHAOS_SECRET": SECRET,
    }


def delivered_by(logs: Logs, hooks: Iterable[str]) -> dict[str, set[str]]:
    """By subscription, the alerts that the log of deliveries says were accepted."""
    found: dict[str, set[str]] = {hook: set() for hook in hooks}
    for _, entry in logs.on(DELIVERIES):
        if entry.state == "delivered" and entry.subscription in found:
            found[entry.subscription].add(entry.alert_id)
    return found


def some(low: float, high: float) -> float:
    """Seconds at random."""
    return random.uniform(low, high)  # noqa: S311  # chance, not secrecy


def _all_beyond(before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    return all(now[name] > reached for name, reached in before.items())


async def _reach(consumer: AIOKafkaConsumer) -> dict[str, int]:
    """How many records each of the moving topics ever had."""
    partitions = [TopicPartition(topic.name, number) for topic in _MOVING for number in range(topic.partitions)]
    ends = await consumer.end_offsets(partitions)
    return {topic.name: sum(end for tp, end in ends.items() if tp.topic == topic.name) for topic in _MOVING}
