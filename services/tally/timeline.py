"""Sums over any span of seconds by bisection: a hot entity's table is made at every sweep, and a walk over its 600 rows
for each of a dozen sums takes longer than the whole table does now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate


class Timeline:
    """When things were seen (seconds since 1970, UTC), how many each stands for, and how much it counts.

    One entry a second, whatever came in it: the order within a second would else show in a row (rolling.py). Sums are
    made when they are asked for: an article that moves a publisher of 200 to its second shifted them all.
    """

    __slots__ = ("_amounts", "_seconds", "_sums", "_things")

    def __init__(self, seen: Iterable[tuple[int, int, int]]) -> None:
        """`seen`: (second, things, amount) in any order."""
        self._seconds: list[int] = []
        self._things: list[int] = []
        self._amounts: list[int] = []
        self._sums: tuple[list[int], list[int]] | None = None
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
            self._things.insert(at, things)
            self._amounts.insert(at, amount)
        else:
            self._things[at] += things
            self._amounts[at] += amount
        self._sums = None

    def take(self, second: int, things: int, amount: int) -> None:
        """Undo the `add` of the same values."""
        at = bisect_left(self._seconds, second)
        self._things[at] -= things
        self._amounts[at] -= amount
        if not self._things[at]:
            del self._seconds[at], self._things[at], self._amounts[at]
        self._sums = None

    def since(self, *seconds: int) -> list[tuple[int, int]]:
        """Things seen after each of `seconds`, and the amount of them."""
        if self._sums is None:
            self._sums = list(accumulate(self._things, initial=0)), list(accumulate(self._amounts, initial=0))
        things, amounts = self._sums
        places = [bisect_right(self._seconds, second) for second in seconds]
        return [(things[-1] - things[at], amounts[-1] - amounts[at]) for at in places]

    def amounts(self) -> Iterator[tuple[int, int]]:
        """(second, amount) of each second, in order."""
        return zip(self._seconds, self._amounts, strict=True)

    def first_after(self, second: int) -> int | None:
        """The first second after `second` at which something was seen."""
        at = bisect_right(self._seconds, second)
        return self._seconds[at] if at < len(self._seconds) else None
