"""A dictionary that keeps the newest entries and forgets the rest, whatever order they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

V = TypeVar("V")


class Newest(Generic[V]):
    """At most `limit` values by key, those with the latest `at`; with `weigh`, at most `heaviest` together as well.

    What is kept does not depend on the order of arrival (by `limit`; a weight may be met in more than one way).
    """

    def __init__(self, limit: int, weigh: Callable[[V], int] | None = None, heaviest: int = 0) -> None:
        self._limit = limit
        self._weigh = weigh
        self._heaviest = heaviest
        self._weight = 0
        self._held: dict[str, tuple[datetime, V]] = {}
        self._oldest: list[tuple[datetime, str]] = []
        self.forgot = False  # so that a count can say "5,000+"

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[V]:
        return (value for _, value in self._held.values())

    def get(self, key: str) -> V | None:
        held = self._held.get(key)
        return None if held is None else held[1]

    def newest_first(self) -> list[V]:
        """All values, the latest first; equal times by key, so that two desks show the same order."""
        return [held[1] for _, held in sorted(self._held.items(), key=lambda e: (e[1][0], e[0]), reverse=True)]

    def put(self, key: str, at: datetime, value: V) -> None:
        """Keep `value` in place of what `key` held, and forget the oldest above the bounds."""
        before = self._held.get(key)
        if self._weigh is not None:
            self._weight += self._weigh(value) - (self._weigh(before[1]) if before else 0)
        self._held[key] = (at, value)
        if before is None or before[0] != at:
            heappush(self._oldest, (at, key))
        while len(self._held) > self._limit or (self._weight > self._heaviest and len(self._held) > 1):
            self._forget_oldest()
        if len(self._oldest) > 2 * len(self._held) + 64:  # replaced entries stay in the heap until it is rebuilt
            self._oldest = [(at, key) for key, (at, _) in self._held.items()]
            heapify(self._oldest)

    def _forget_oldest(self) -> None:
        at, key = heappop(self._oldest)
        held = self._held.get(key)
        if held is None or held[0] != at:
            return
        del self._held[key]
        self.forgot = True
        if self._weigh is not None:
            self._weight -= self._weigh(held[1])
