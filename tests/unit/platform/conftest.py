"""A broker of its own for each test: Tansu starts in under 0.1 s and keeps nothing."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.article import ArticleAdmitted, ArticlePublished
from schemas.message import Message, encode
from schemas.topics import ADMITTED, PUBLISHED, Topic
from services.platform.broker import EmbeddedBroker
from services.platform.clients import producer, read
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import create_topics, wanted_topics

ROOT = Path(__file__).parents[3]


class Bench:
    """A running broker with the toy's topics, and what a test does with it."""

    def __init__(self, broker: EmbeddedBroker, settings: Settings) -> None:
        self.broker = broker
        self.settings = settings

    async def publish(self, bodies: Iterable[bytes | None], partition: int = 0) -> None:
        """Puts raw bodies on the topic of published articles."""
        async with producer(self.settings) as client:
            for body in bodies:
                await client.send(PUBLISHED.name, body, key=b"k", partition=partition)
            await client.flush()

    async def messages(self, topic: Topic[Any], count: int) -> list[Message]:
        """Waits until `count` messages were seen on a topic and gives them."""
        found: list[Message] = []
        async with aclosing(read(self.settings, topic, follow=True)) as records:
            async for _, message in records:
                found.append(message)
                if len(found) == count:
                    break
        return found

    async def all(self, topic: Topic[Any]) -> list[Message]:
        """What stands on a topic now."""
        return [message async for _, message in read(self.settings, topic)]

    async def admitted(self, wanted: set[tuple[str, int]]) -> list[ArticleAdmitted]:
        """Everything admitted, once every (article, revision) of `wanted` is there."""
        left = set(wanted)
        found: list[ArticleAdmitted] = []
        async with asyncio.timeout(60):
            while left:
                found = [message for message in await self.all(ADMITTED) if isinstance(message, ArticleAdmitted)]
                left = wanted - {(message.article, message.revision) for message in found}
        return found

    @asynccontextmanager
    async def worker(self, *arguments: str, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """The toy stage as a process of its own."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.unit.platform.toy", *arguments, cwd=ROOT,
            env={**os.environ, **self.broker.environment(), **variables},
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
                await process.wait()


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with EmbeddedBroker() as broker:
        settings = load_settings().on_embedded_broker(broker.bootstrap)
        # A join takes half the session timeout on Tansu, but never less than the 1 s of these. The short session also
        # brings out the race that faust_mends 2 describes: without that mend the eight stops stand still.
        settings = settings.model_copy(update={"session_timeout": 1, "heartbeat_interval": 0.2})
        await create_topics(settings, wanted_topics(["admit"]))
        yield Bench(broker, settings)
    gc.collect()  # what a test left open is told of in its own name, not in a later one's


def article(id_: str, text: str = "2,000 people are in the camp") -> bytes:
    """A good body."""
    return encode(ArticlePublished(id=id_, text=text))


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
