"""Sums over any span of seconds by bisection: a hot entity's table is made for every article that names it, and one
walk over its 600 rows takes 50 us, longer than the whole table with its dozen sums takes now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise


class Timeline:
    """When things were seen (seconds since 1970, UTC), how many each stands for, and how much it counts.

    One entry a second, whatever came in it: the order within a second would else show in a row (rolling.py)."""

    __slots__ = ("_amounts", "_seconds", "_things")

    def __init__(self, seen: Iterable[tuple[int, int, int]]) -> None:
        """`seen`: (second, things, amount) in any order."""
        self._seconds: list[int] = []
        # Sums of all before a place, one longer than the seconds.
        self._things = [0]
        self._amounts = [0]
        for entry in sorted(seen):
            self.add(*entry)

    def __len__(self) -> int:
        """Seconds at which anything was seen."""
        return len(self._seconds)

    def add(self, second: int, things: int, amount: int) -> None:
        """Enter what was seen at `second`: at the end as a rule, because arrivals come in order."""
        at = bisect_left(self._seconds, second)
        if at == len(self._seconds) or self._seconds[at] != second:
            self._seconds.insert(at, second)
            self._things.insert(at + 1, self._things[at])
            self._amounts.insert(at + 1, self._amounts[at])
        self._shift(at + 1, things, amount)

    def take(self, second: int, things: int, amount: int) -> None:
        """Undo the `add` of the same values."""
        at = bisect_left(self._seconds, second)
        self._shift(at + 1, -things, -amount)
        if self._things[at + 1] == self._things[at]:
            del self._seconds[at], self._things[at + 1], self._amounts[at + 1]

    def things_since(self, second: int) -> int:
        """Things seen after `second`."""
        return self._things[-1] - self._things[bisect_right(self._seconds, second)]

    def amount_since(self, second: int) -> int:
        """The amount of the things seen after `second`."""
        return self._amounts[-1] - self._amounts[bisect_right(self._seconds, second)]

    def amounts(self) -> Iterator[tuple[int, int]]:
        """(second, amount) of each thing, in order."""
        return zip(self._seconds, (last - first for first, last in pairwise(self._amounts)), strict=True)

    def first_after(self, second: int) -> int | None:
        """The first second after `second` at which something was seen."""
        at = bisect_right(self._seconds, second)
        return self._seconds[at] if at < len(self._seconds) else None

    def _shift(self, start: int, things: int, amount: int) -> None:
        for at in range(start, len(self._things)):
            self._things[at] += things
            self._amounts[at] += amount
