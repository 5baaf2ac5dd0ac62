"""One event loop for all stages of a worker: long work is done in slices, and between two of them others have a turn.

A text of 13,000 words takes 250 ms to read, a sweep of the tallies 30 to 180: an alert that only had to be passed on
waited for all of it, at each of its hops.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from schemas.parts import Parts

SLICE = 0.002
"""Seconds of work without a turn of the others. A turn in which nobody has anything to do takes 3 us. An alert needs
several at each of its hops, and each may have such a slice before it."""

T = TypeVar("T")


class Slices:
    """The time one piece of work has had since the others' last turn."""

    def __init__(self, seconds: float = SLICE, clock: Callable[[], float] = time.perf_counter) -> None:
        self._seconds = seconds
        self._clock = clock
        self._began = clock()

    async def give_way(self) -> None:
        """Called often; gives the others their turn when a slice is over."""
        if self._clock() - self._began >= self._seconds:
            await asyncio.sleep(0)
            self._began = self._clock()


async def in_turns(parts: Parts[T], slices: Slices) -> T:
    """The result of work in parts. Raises what the work raises."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            result: T = end.value
            return result
        await slices.give_way()
