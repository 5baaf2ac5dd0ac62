"""Following the topics: what comes is taken in by transactions, and whoever watches is told what kinds changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal

from schemas.message import Message
from schemas.outcomes import Arrival
from services.desk.store.database import Database
from services.desk.store.projection import apply, offsets

Taken = tuple[Arrival, Message]
Feed = Callable[[Mapping[tuple[str, int], int]], AsyncIterator[Sequence[Taken]]]
"""Messages from the given offset of each (topic, partition), else from its beginning."""

BATCH = 500
"""Messages of one transaction. It takes 0.3 s of CPU on SQLite; twice as many would be no faster for each."""

PAUSE = 0.25
"""Seconds between commits while fewer than BATCH wait. A commit costs the same for one message as for fifty, and a page
that is told of changes four times a second is live enough. The first message after a quiet while does not wait."""

AHEAD = 2 * BATCH
"""Messages read ahead of the transaction under way, so that a backlog is read and written at once."""

log = logging.getLogger(__name__)


class Projector:
    """Keeps `database` in step with `feed`, from where it stands; `run` until the feed ends.

    `changed` is called after every commit with the TYPEs of the messages in it, and with none when the state changes.
    `state`: none (not begun), following, ended, failed (`problem` says of what; the desk stays up with what it has).
    `messages`: taken in by this process; `newest`: when the newest of the last commit came to its topic.
    """

    def __init__(
        self, database: Database, feed: Feed, changed: Callable[[frozenset[str]], None] = lambda _: None
    ) -> None:
        self._database = database
        self._feed = feed
        self._changed = changed
        self._last = 0.0
        self.state: Literal["none", "following", "ended", "failed"] = "none"
        self.problem: str | None = None
        self.messages = 0
        self.newest: datetime | None = None

    async def run(self) -> None:
        """Follow until the feed ends or fails. Never raises but CancelledError."""
        self.state = "following"
        try:
            async with self._database.reading() as db:
                start = await offsets(db)
            await self._follow(self._feed(start))
        except Exception as error:  # feed and database are somebody else's: any end of them must show on the page
            log.exception("the desk's feed failed; restart the desk to go on from where it stands")
            self.state, self.problem = "failed", f"{type(error).__name__}: {error}"
        else:
            self.state = "ended"
        self._changed(frozenset())

    async def _follow(self, feed: AsyncIterator[Sequence[Taken]]) -> None:
        waiting: asyncio.Queue[Taken | None] = asyncio.Queue(AHEAD)
        reading = asyncio.create_task(_read(feed, waiting))
        try:
            while messages := await self._next(waiting):
                async with self._database.writing() as db:
                    await apply(db, messages)
                self._last = asyncio.get_running_loop().time()
                self.messages += len(messages)
                self.newest = max(arrival.at for arrival, _ in messages)
                self._changed(frozenset(message.TYPE for _, message in messages))
            await reading  # raises what ended it
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _next(self, waiting: asyncio.Queue[Taken | None]) -> list[Taken]:
        """What the next transaction takes in; empty at the end. Waits for the first, then for what comes in PAUSE."""
        first = await waiting.get()
        if first is None:
            return []
        messages = [first]
        with suppress(TimeoutError):  # raised only where nothing waits: what is there is taken at once
            async with asyncio.timeout_at(self._last + PAUSE):
                while len(messages) < BATCH:
                    message = await waiting.get()
                    if message is None:
                        waiting.put_nowait(None)  # the end, for the next call
                        break
                    messages.append(message)
        return messages


async def _read(feed: AsyncIterator[Sequence[Taken]], waiting: asyncio.Queue[Taken | None]) -> None:
    """Everything of `feed`, then None; also where it fails, but not where nobody waits any more."""
    try:
        async for batch in feed:
            for message in batch:
                await waiting.put(message)
    except Exception:
        await waiting.put(None)
        raise
    await waiting.put(None)
