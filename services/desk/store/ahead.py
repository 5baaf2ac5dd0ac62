"""Messages read ahead of the transaction under way, so that a backlog is read and written at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from schemas.message import Message
from schemas.outcomes import Arrival

Taken = tuple[Arrival, Message]

BATCH = 500
"""Messages of one transaction. It takes 0.3 s of CPU on SQLite; twice as many would be no faster for each."""

BATCH_BYTES = 8 * 1024 * 1024
"""Of their records, or one that is larger. 500 usual ones have 1 MB. Of a backlog of articles of 1 MB the process held
286 MB without this bound after 250 of them, and holds 102 with it; a container has 512."""

AHEAD = 2
"""Transactions that may wait: one that is written and one that fills meanwhile; each further one is 8 MiB more."""


class Ahead:
    """A queue from one reader to one writer, that holds AHEAD transactions at most."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Taken | None] = asyncio.Queue(AHEAD * BATCH)
        self._bytes = 0
        self._room = asyncio.Event()

    async def put(self, taken: Taken | None) -> None:
        """None: the end. Waits while there is no room."""
        while taken is not None and self._bytes >= AHEAD * BATCH_BYTES:
            self._room.clear()
            await self._room.wait()
        self._bytes += _size(taken)
        await self._waiting.put(taken)

    async def batch(self, until: float) -> list[Taken]:
        """What the next transaction takes in; empty at the end. Waits for the first, then for what comes `until` then
        (seconds of the loop's clock)."""
        first = await self._get()
        if first is None:
            return []
        messages, size = [first], _size(first)
        with suppress(TimeoutError):  # raised only where nothing waits: what is there is taken at once
            async with asyncio.timeout_at(until):
                while len(messages) < BATCH and size < BATCH_BYTES:
                    message = await self._get()
                    if message is None:
                        self._waiting.put_nowait(None)  # the end, for the next call
                        break
                    messages.append(message)
                    size += _size(message)
        return messages

    async def _get(self) -> Taken | None:
        taken = await self._waiting.get()
        self._bytes -= _size(taken)
        self._room.set()
        return taken


def _size(taken: Taken | None) -> int:
    return 0 if taken is None else taken[0].size
