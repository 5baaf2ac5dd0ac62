"""Following the topics: what comes is taken in by transactions, and whoever watches is told what kinds changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial
from typing import Literal, TypeVar

from sqlalchemy.exc import DBAPIError

from services.desk.steady import steadily
from services.desk.store.ahead import Ahead, Taken
from services.desk.store.database import Database
from services.desk.store.projection import apply, offsets

Feed = Callable[[Mapping[tuple[str, int], int]], AsyncGenerator[Sequence[Taken], None]]
"""Messages from the given offset of each (topic, partition), else from its beginning."""

PAUSE = 0.25
"""Seconds between commits while fewer than BATCH wait. A commit costs the same for one message as for fifty, and a page
that is told of changes four times a second is live enough. The first message after a quiet while does not wait."""

CAUGHT_UP = 5.0
"""Seconds without a message after which all is taken in: while more wait, a commit follows the other within one."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Projector:
    """Keeps `database` in step with `feed`, from where it stands; `run` until the feed ends.

    `changed` is called after every commit with the TYPEs of the messages in it, and with none when the state changes.
    `state`: none (not begun), following, waiting (for a database that fails), ended, failed (the desk stays up with
    what it has). `problem`: the kind of error while it waits or has failed.
    `messages`: taken in by this process; `newest`: when the newest of the last commit came to its topic.
    """

    def __init__(
        self, database: Database, feed: Feed, changed: Callable[[frozenset[str]], None] = lambda _: None
    ) -> None:
        self._database = database
        self._feed = feed
        self._changed = changed
        self._last = 0.0
        self.state: Literal["none", "following", "waiting", "ended", "failed"] = "none"
        self.problem: str | None = None
        self.messages = 0
        self.newest: datetime | None = None
        self._late = 0.0

    def late(self) -> float:
        """By how many seconds what was stored last was late; 0 where nothing came for a while."""
        quiet = asyncio.get_running_loop().time() - self._last > CAUGHT_UP
        return 0.0 if quiet else self._late

    async def run(self) -> None:
        """Follow until the feed ends or fails. Never raises but CancelledError."""
        self.state = "following"
        try:
            await self._follow(self._feed(await self._surely(self._start)))
        except Exception as error:  # the feed is somebody else's: any end of it must show on the page
            log.exception("the desk's feed failed; restart the desk to go on from where it stands")
            self.state, self.problem = "failed", type(error).__name__
        else:
            self.state = "ended"
        self._changed(frozenset())

    async def _follow(self, feed: AsyncGenerator[Sequence[Taken], None]) -> None:
        ahead = Ahead()
        reading = asyncio.create_task(_read(feed, ahead))
        try:
            while messages := await ahead.batch(self._last + PAUSE):
                await self._surely(partial(self._take, messages))
                self._last = asyncio.get_running_loop().time()
                self.messages += len(messages)
                self.newest = max(arrival.at for arrival, _ in messages)
                self._late = time.time() - self.newest.timestamp()
                self._changed(frozenset(message.TYPE for _, message in messages))
            await reading  # raises what ended it
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _start(self) -> dict[tuple[str, int], int]:
        async with self._database.reading() as db:
            return await offsets(db)

    async def _take(self, messages: Sequence[Taken]) -> None:
        """Told again they change nothing: also where the database took them and its word of that was lost."""
        async with self._database.writing() as db:
            await apply(db, messages)

    async def _surely(self, work: Callable[[], Awaitable[T]]) -> T:
        """What `work` gives as soon as the database lets it."""
        done = await steadily(work, "taking in what comes", (DBAPIError,), self._wait)
        if self.state == "waiting":
            self.state, self.problem = "following", None
            self._changed(frozenset())
        return done

    def _wait(self, error: Exception) -> None:
        self.state, self.problem = "waiting", _kind(error)
        self._changed(frozenset())


def _kind(error: Exception) -> str:
    """What an error is, for anybody to read: a driver's own words may name hosts and files."""
    said = str(error).lower()
    return "no room on the disk" if "disk is full" in said or "no space left" in said else type(error).__name__


async def _read(feed: AsyncGenerator[Sequence[Taken], None], ahead: Ahead) -> None:
    """Everything of `feed`, then None; also where it fails, but not where nobody waits any more."""
    try:
        async with aclosing(feed):
            async for batch in feed:
                for message in batch:
                    await ahead.put(message)
    except Exception:
        await ahead.put(None)
        raise
    await ahead.put(None)
