"""`make test-mends`: each mend of Faust (services/platform/faust_mends.py) taken out alone, and what is lost then.

The races that Faust loses now and then are widened (child.py: slow_seek, slow_fetch), so that it loses them every time.
With all mends in place the same provocations lose nothing: tests/unit/platform/test_mends.py. Ends with 1 where a mend
is not shown to be needed, or loses something all the same.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from deploy.kafka.cluster import Cluster
from schemas.article import ArticlePublished
from schemas.identity import identity
from schemas.message import encode
from schemas.topics import ADMITTED, PUBLISHED, article_partition
from services.platform.broker import EmbeddedBroker, die_with_parent
from services.platform.clients import producer, read
from services.platform.settings import PREFIX, Settings, load_settings
from services.platform.topic_admin import create_topics
from tests.shared import PROJECT

BEFORE, BEHIND = 40, 1500
"""Articles whose rows are to be recovered; and those that wait for it: more than are worked off in a widened race."""

AWAY = 12.0
"""Seconds the broker is gone: longer than a send may take, shorter than the session of a group's member."""

SESSION = 20
"""Seconds of a session in an outage: a worker that failed while the broker was gone cannot leave its group, so the next
one waits as long before it gets a partition."""

STILL = SESSION + 25.0
"""Seconds without any new article until the rest counts as lost: a start takes 5, on a machine that others use 20.
With 30 and sessions of 30 the pause was 29.0 and 29.5, and once it was taken for a loss."""

_PARTITION = 0
"""All articles stand on it, and belong there: admit would send others on to theirs."""

PROVOCATIONS = {
    "1 recovery clears the queues last": ("slow_seek", "without_mend_1"),
    "2 a fetch forgets what it was made for": ("slow_seek+slow_fetch", "without_mend_2"),
    "3 a failed send does not stop the commit": ("outage", "without_mend_3"),
}
"""By mend: what is provoked, and the fault of child.py that takes the mend out."""


class Bench:
    """A broker with admit's topics; workers of that stage come and go."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self._settings = settings
        self._environment = {**os.environ, **environment}
        self._published = 0
        names = (f"a{number}" for number in itertools.count())
        self._names = (name for name in names if article_partition(identity(None, None, name)) == _PARTITION)

    async def create(self) -> None:
        await create_topics(self._settings)

    async def publish(self, count: int) -> None:
        """Articles of 3 kB on one partition."""
        async with producer(self._settings) as client:
            for name in itertools.islice(self._names, count):
                body = encode(ArticlePublished(id=name, text="word " * 600))
                await client.send(PUBLISHED.name, body, key=b"k", partition=_PARTITION)
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
                        preexec_fn=die_with_parent(),
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


async def provoke(what: str, without: str = "none") -> int:
    """How many articles are lost when that is provoked, with a mend taken out. Raises NotInstalled: needs Kafka."""
    if what == "outage":
        return await _outage(without)
    async with EmbeddedBroker() as broker:
        bench = Bench(load_settings().on_embedded_broker(broker.bootstrap), broker.environment())
        await bench.create()
        await bench.publish(BEFORE)
        async with bench.worker("none"):
            await bench.lost()
        await bench.publish(BEHIND)
        async with bench.worker(f"{what}+{without}"):
            return await bench.lost()


async def _outage(without: str) -> int:
    """The broker dies while a worker sends. SIGSTOP would not do: what was sent would wait in its sockets."""
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), in_child=die_with_parent()) as kafka:
        tuning = {"SESSION_TIMEOUT": str(SESSION), "SEND_TIMEOUT": "5", "STOP_TIMEOUT": "3"}
        environment = {f"{PREFIX}{name}": value for name, value in tuning.items()}
        settings = Settings(bootstrap_servers=kafka.bootstrap)
        bench = Bench(settings, {**environment, f"{PREFIX}BOOTSTRAP_SERVERS": kafka.bootstrap})
        await bench.create()
        await bench.publish(BEFORE)
        async with bench.worker(without):
            await bench.lost()
            await bench.publish(BEHIND)
            kafka.nodes[0].kill()
            await asyncio.sleep(AWAY)
            kafka.nodes[0].start(die_with_parent())
            await asyncio.to_thread(kafka.nodes[0].wait)
            return await bench.lost()


@dataclass(frozen=True, slots=True)
class Shown:
    """What one mend is good for: articles lost without it and with it."""

    mend: str
    provoked: str
    without: int
    with_it: int

    @property
    def held(self) -> bool:
        """Without the mend something is lost, else the provocation shows nothing; with it nothing is."""
        return self.without > 0 and self.with_it == 0


def told(rows: Sequence[Shown]) -> int:
    """Prints the table. 0 if every mend is shown to be needed and to be enough, else 1."""
    table = Table("mend", "provoked by", "lost without it", "lost with it", "held")
    for row in rows:
        table.add_row(row.mend, row.provoked, str(row.without), str(row.with_it), "yes" if row.held else "NO")
    Console(width=120).print(table)
    return 0 if all(row.held for row in rows) else 1


async def main() -> int:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    rows = [
        Shown(mend, what, await provoke(what, without), await provoke(what))
        for mend, (what, without) in PROVOCATIONS.items()
    ]
    return told(rows)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
