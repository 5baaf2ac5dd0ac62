"""Figures told of an entity in the last seven days, by metric and second."""

from __future__ import annotations

from collections import Counter

from services.tally.sample import DAY, HOUR, WEEK
from services.tally.timeline import Timeline

ROOM = 300
"""Seconds kept of all metrics together, 13 bytes each. Beyond, those of an hour (two, four … a day) become one,
which leaves the window with its last second: sums are then too high, by 1 % on average over 20,000 figures, 2.4 % at
most."""

_ROOMY = 0.75
"""Part of the room that is filled after joining: 19 metrics of eight days fill half of it."""

_MOST = 64
"""Metric names kept; there are 18."""

Packed = dict[str, tuple[list[int], list[int]]]


class Figures:
    """Sums by metric. What is entered twice counts twice: the caller knows its articles."""

    __slots__ = ("_lines",)

    def __init__(self, packed: Packed | None = None) -> None:
        """`packed`: what `pack` gave."""
        self._lines = {
            metric: Timeline((second, 1, amount) for second, amount in zip(*told, strict=True))
            for metric, told in (packed or {}).items()
        }

    def pack(self) -> Packed:
        """Of each metric the seconds, and how many figures each has."""
        told = {metric: list(line.amounts()) for metric, line in self._lines.items()}
        return {
            metric: ([second for second, _ in seen], [amount for _, amount in seen]) for metric, seen in told.items()
        }

    def tell(self, metric: str, amount: int, second: int, now: int) -> None:
        """Enter `amount` figures told at `second`; `now` is the latest second. One a week old is ignored."""
        line = self._lines.get(metric)
        if second <= now - WEEK or (line is None and len(self._lines) == _MOST):
            return
        if line is None:
            line = self._lines[metric] = Timeline(())
        line.add(second, 1, amount)
        if sum(map(len, self._lines.values())) > ROOM:
            self._join(now)

    def unite(self, other: Figures) -> None:
        """Add the figures of `other`."""
        for metric, line in other._lines.items():
            for second, amount in line.amounts():
                self._lines.setdefault(metric, Timeline(())).add(second, 1, amount)

    def counted(self, now: int) -> dict[str, int]:
        """Figures of each metric in the seven days before `now` (the latest second, or later), by name."""
        sums = ((metric, self._lines[metric].since(now - WEEK)) for metric in sorted(self._lines))
        return {metric: amount for metric, [(_, amount)] in sums if amount}

    @property
    def lines(self) -> list[Timeline]:
        """When they were told, a line for each metric."""
        return list(self._lines.values())

    def _join(self, now: int) -> None:
        """Forget what is too old, then let one second stand for all of an hour, of two, … of a day."""
        span = 1
        while True:
            for metric, line in list(self._lines.items()):
                joined: Counter[int] = Counter()
                last: dict[int, int] = {}
                for second, amount in line.amounts():
                    if second > now - WEEK:
                        joined[second // span] += amount
                        last[second // span] = second
                self._lines[metric] = Timeline((last[slot], 1, amount) for slot, amount in joined.items())
                if not joined:
                    del self._lines[metric]
            if span >= DAY or sum(map(len, self._lines.values())) <= ROOM * _ROOMY:
                return
            span = max(HOUR, 2 * span)
