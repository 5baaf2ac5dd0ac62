"""A running service for tests: real worker processes on a real broker, fed by the command, watched through topics."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError
from pydantic import SecretStr

from schemas.message import M
from schemas.topics import PUBLISHED, ROUTES, Topic, app_id
from services.platform.broker import EmbeddedBroker
from services.platform.clients import producer, read
from services.platform.connection import connection
from services.platform.settings import PREFIX, Settings
from services.platform.topic_admin import create_topics, wanted_topics

COMMAND = Path(sys.executable).with_name("counterclaim")

QUIET_LIMIT = 90.0
"""Seconds until every stage must have caught up: joining takes about 5 s, a restart after SIGKILL the session's 12 more
(6 on the embedded broker), and CI machines are three times as slow."""

STOP_LIMIT = 10.0
"""Seconds. A clean stop leaves the groups: the next case on the same Kafka need not wait for a session to end."""


class Service:
    """Worker processes that share one broker. `start` as often as wanted; what is left running is killed at the end."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.environment = {**os.environ, **variables(settings), "COUNTERCLAIM_LOG_FORMAT": "json"}
        self.folder = folder
        self.workers: list[asyncio.subprocess.Process] = []

    async def start(self, *stages: str, **variables: str) -> asyncio.subprocess.Process:
        """A worker process of its own for `stages` (none: all)."""
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        with log:
            worker = await asyncio.create_subprocess_exec(
                COMMAND, "worker", *stages, stdout=log, stderr=log, env={**self.environment, **variables}
            )
        self.workers.append(worker)
        return worker

    async def command(self, *arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        """Run `counterclaim ARGUMENTS`; gives exit code, standard output, standard error."""
        process = await asyncio.create_subprocess_exec(
            COMMAND,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self.environment,
        )
        out, err = await process.communicate(stdin)
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def publish(self, lines: Iterable[dict[str, Any]]) -> None:
        """Article lines through `counterclaim publish`."""
        stdin = b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)
        code, _, err = await self.command("publish", stdin=stdin)
        assert code == 0, err

    async def send_raw(self, *values: bytes | None, key: bytes | None = b"raw") -> None:
        """Bytes straight onto the first topic, as a careless publisher would; without a key over all partitions."""
        async with producer(self.settings) as client:
            for value in values:
                await client.send(PUBLISHED.name, value, key=key)
            await client.flush()

    async def messages(self, topic: Topic[M]) -> list[M]:
        """Everything on a topic now, in order within a partition."""
        return [message async for _, message in read(self.settings, topic)]

    async def quiet(self, *stages: str) -> None:
        """Wait until the stages (none: all) have committed everything their topics hold, twice in a row."""
        calm = 0
        async with asyncio.timeout(QUIET_LIMIT):
            while calm < 2:
                lag = await self.lag()
                calm = 0 if lag.keys() & set(stages or ROUTES) else calm + 1
                await asyncio.sleep(0.3)

    async def tallied(self) -> None:
        """Wait until the tables of all entities counted so far are sent: after `quiet`.

        What a killed worker left is sent by the first sweep of the next, which has its partitions only when the session
        of the killed one is over: all records may be committed long before.
        """
        async with asyncio.timeout(QUIET_LIMIT):
            while not self._has_its_tables():
                await asyncio.sleep(0.3)
        await asyncio.sleep(self.settings.tally_period + 1)  # and the sweep itself

    def _has_its_tables(self) -> bool:
        """Whether the log of the worker started last says that its entity counts were recovered."""
        log = max(self.folder.glob("worker-*.log"), key=lambda path: path.stat().st_ctime_ns)
        lines = log.read_text("utf-8", "replace").splitlines()
        return any('"recovered"' in line and '"tally"' in line for line in lines)

    async def lag(self) -> dict[str, int]:
        """Records not yet committed, by stage; only stages that lag."""
        admin = AIOKafkaAdminClient(**connection(self.settings))
        await admin.start()
        try:
            lag: dict[str, int] = {}
            for stage, route in ROUTES.items():
                ends: dict[TopicPartition, int] = {}
                for topic in route.sources:
                    ends |= await _ends(self.settings, topic)
                try:
                    committed = await admin.list_consumer_group_offsets(app_id(stage), partitions=list(ends))
                except GroupCoordinatorNotAvailableError:  # the first group ever: Kafka is making its topic of offsets
                    committed = {}
                behind = sum(end - max(0, committed[tp].offset if tp in committed else 0) for tp, end in ends.items())
                if behind:
                    lag[stage] = behind
            return lag
        finally:
            await admin.close()

    def logs(self) -> str:
        """What all workers have logged, for a failing test."""
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self.folder.glob("worker-*.log")))

    async def end(self) -> None:
        """Stop what still runs, or kill it: only processes this object started."""
        running = [worker for worker in self.workers if worker.returncode is None]
        for worker in running:
            with suppress(ProcessLookupError):
                worker.terminate()
        for worker in running:
            try:
                await asyncio.wait_for(worker.wait(), STOP_LIMIT)
            except TimeoutError:
                worker.kill()
                await worker.wait()


def variables(settings: Settings) -> dict[str, str]:
    """The settings that were set, as the environment of another process of the service."""
    given = settings.model_dump(exclude_unset=True, exclude_none=True)
    return {
        f"{PREFIX}{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in given.items()
    }


@asynccontextmanager
async def running_service(settings: Settings, folder: Path) -> AsyncIterator[Service]:
    """A service with its topics and no worker yet: on the Kafka of `settings`, whose topics of ours are made anew, or,
    where they name none, on an embedded broker of its own."""
    async with AsyncExitStack() as stack:
        if settings.servers:
            await _forget(settings)
        else:
            embedded = await stack.enter_async_context(EmbeddedBroker())
            settings = settings.on_embedded_broker(embedded.bootstrap)
        await create_topics(settings)
        service = Service(settings, folder)
        try:
            yield service
        finally:
            await service.end()


async def _forget(settings: Settings) -> None:
    """Delete the topics that an earlier case left on this Kafka, which forgets their committed offsets with them."""
    admin = AIOKafkaAdminClient(**connection(settings))
    await admin.start()
    try:
        known = set(await admin.list_topics())
        ours = [topic.name for topic in wanted_topics() if topic.name in known]
        if ours:
            await admin.delete_topics(ours)
            while known & set(ours):
                await asyncio.sleep(0.2)
                known = set(await admin.list_topics())
    finally:
        await admin.close()


async def _ends(settings: Settings, topic: Topic[Any]) -> dict[TopicPartition, int]:
    partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    consumer = AIOKafkaConsumer(**connection(settings), enable_auto_commit=False)
    await consumer.start()
    try:
        ends: dict[TopicPartition, int] = await consumer.end_offsets(partitions)
        return ends
    finally:
        await consumer.stop()
