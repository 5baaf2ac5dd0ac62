"""`make test-mends`: each mend of Faust (services/platform/faust_mends.py) taken out alone, and what is lost then.

The races that Faust loses now and then are widened (child.py: slow_seek, slow_fetch), so that it loses them every time.
With all mends in place the same provocations lose nothing: tests/unit/platform/test_mends.py.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.table import Table

from schemas.article import ArticlePublished
from schemas.message import encode
from schemas.topics import ADMITTED, PUBLISHED
from services.platform.broker import EmbeddedBroker
from services.platform.clients import producer, read
from services.platform.settings import load_settings
from services.platform.topic_admin import create_topics
from tests.shared import PROJECT

BEFORE, BEHIND = 40, 1500
"""Articles whose rows are to be recovered; and those that wait for it: more than are worked off in a widened race."""

AWAY = 9.0
"""Seconds the broker stands still: longer than a send may take, shorter than the session of a group's member."""

STILL = 30.0
"""Seconds without any new article until the rest counts as lost: a start takes 5, on a machine that others use 20."""

PROVOCATIONS = {
    "1 recovery clears the queues last": ("slow_seek", "without_mend_1"),
    "2 a fetch forgets what it was made for": ("slow_seek+slow_fetch", "without_mend_2"),
    "3 a failed send does not stop the commit": ("outage", "without_mend_3"),
}
"""By mend: what is provoked, and the fault of child.py that takes the mend out."""


class Bench:
    """A broker with admit's topics; workers of that stage come and go."""

    def __init__(self, broker: EmbeddedBroker, outage: bool) -> None:
        self._broker = broker
        self._published = 0
        # During an outage no member may be given up: those who come after it would read everything again.
        tuning = {"SESSION_TIMEOUT": "20", "SEND_TIMEOUT": "5", "STOP_TIMEOUT": "3"} if outage else {}
        given = {f"COUNTERCLAIM_{name}": value for name, value in tuning.items()}
        self._environment = {**os.environ, **broker.environment(), **given}
        self._settings = load_settings().on_embedded_broker(broker.bootstrap)

    async def create(self) -> None:
        await create_topics(self._settings)

    async def publish(self, count: int) -> None:
        """Articles of 3 kB on one partition."""
        async with producer(self._settings) as client:
            for number in range(self._published, self._published + count):
                body = encode(ArticlePublished(id=f"a{number}", text="word " * 600))
                await client.send(PUBLISHED.name, body, key=b"k", partition=0)
            await client.flush()
        self._published += count

    @asynccontextmanager
    async def worker(self, faults: str) -> AsyncIterator[None]:
        """Started again whenever it ends, as in production; killed at the end."""
        running: list[asyncio.subprocess.Process] = []

        async def keep() -> None:
            while True:
                command = [sys.executable, "-m", "tests.chaos.child", faults, "worker", "admit"]
                running.append(
                    await asyncio.create_subprocess_exec(
                        *command, cwd=PROJECT, env=self._environment,
                        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
                    )
                )  # fmt: skip
                await running[-1].wait()

        keeping = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeping.cancel()
            for process in running:
                if process.returncode is None:
                    process.kill()
                    await process.wait()

    async def lost(self) -> int:
        """Published articles that are not admitted although nothing moves any more."""
        missing, quiet = self._published, 0.0
        while missing and quiet < STILL:
            await asyncio.sleep(0.5)
            left = self._published - await self.admitted()
            quiet = quiet + 0.5 if left == missing else 0.0
            missing = left
        return missing

    async def admitted(self) -> int:
        return len({message.article async for _, message in read(self._settings, ADMITTED)})

    @asynccontextmanager
    async def standing_still(self) -> AsyncIterator[None]:
        """The broker answers nobody, and forgets nothing."""
        os.kill(self._broker.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._broker.pid, signal.SIGCONT)


async def provoke(what: str, without: str = "none") -> int:
    """How many articles are lost when that is provoked, with a mend taken out."""
    outage = what == "outage"
    async with EmbeddedBroker() as broker:
        bench = Bench(broker, outage)
        await bench.create()
        await bench.publish(BEFORE)
        if outage:
            async with bench.worker(without):
                await bench.lost()
                await bench.publish(BEHIND)
                async with bench.standing_still():
                    await asyncio.sleep(AWAY)
                return await bench.lost()
        async with bench.worker("none"):
            await bench.lost()
        await bench.publish(BEHIND)
        async with bench.worker(f"{what}+{without}"):
            return await bench.lost()


async def main() -> None:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    table = Table("mend", "provoked by", "lost without it", "lost with it")
    for mend, (what, without) in PROVOCATIONS.items():
        table.add_row(mend, what, str(await provoke(what, without)), str(await provoke(what)))
    Console(width=120).print(table)


if __name__ == "__main__":
    asyncio.run(main())
