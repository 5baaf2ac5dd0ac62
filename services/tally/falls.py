"""Which entities' counts fall by time alone: something leaves a window and nothing new is heard.

What was sent last is not known, so it is derived: a table is due when something has left a window since the sweep
before, of an entity never looked at in the last two periods. When the next thing leaves is kept in memory, so that a
sweep over 20,000 entities decodes the rows that changed since the last one, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from schemas.parts import Parts
from services.tally.rolling import Rolling

SWEEP_PERIOD = timedelta(minutes=1)
"""How often a sweep looks at every row: the 1 h window is then at most 2 % of its length behind."""

_LOOK_BACK = 2
"""Periods a sweep looks back, so that one that comes late misses nothing; what fell may be sent twice."""

_REFRESH = 60
"""Sweeps in which every entity is sent once, whatever fell: what was missed while no worker ran is mended by them."""

_LATELY = timedelta(minutes=10)
"""How far back the first sweep looks for what a killed process had not sent: longer than any restart takes."""

FORGOTTEN = timedelta(days=14, hours=2)
"""Age from which an entity is all zeros and has been refreshed as such: its row then only takes room, up to 55 kB."""


class _Seen(NamedTuple):
    """An entity as the last sweep saw it: what was heard of it, its latest arrival, the second of its next fall (None:
    never)."""

    heard: Hashable
    last: datetime
    fall: int | None


class Falls:
    """What the sweeps of one process have seen."""

    def __init__(self, read: Callable[[str], Rolling | None]) -> None:
        """`read`: the state of an entity that is swept; None where its partition went meanwhile."""
        self._read = read
        self._seen: dict[str, _Seen] = {}
        self._first = True

    def sweep(self, heard: Mapping[str, Hashable], now: datetime) -> Parts[tuple[list[str], list[str]]]:
        """The entities whose tables are due at `now` (UTC), and those that are forgotten.

        `heard`: all entities, each with something that is another when an article more names it. One entity in 60 is
        sent whatever fell, another sixtieth each minute; by the first sweep, whatever moved lately. A part each.
        """
        turn = int(now.timestamp() // SWEEP_PERIOD.total_seconds()) % _REFRESH
        second = int(now.timestamp())
        before, self._seen = self._seen, {}
        due: list[str] = []
        forgotten: list[str] = []
        for entity, news in heard.items():
            yield
            state: Rolling | None = None
            seen = before.get(entity)
            if seen is None or seen.heard != news:
                state = self._read(entity)
                if state is None:
                    continue
                since = max(state.last, now - SWEEP_PERIOD * _LOOK_BACK)
                seen = _Seen(news, state.last, state.next_fall(since))
            if now - seen.last > FORGOTTEN:
                forgotten.append(entity)
            else:
                recent = self._first and now - seen.last < _LATELY  # or is to come, by the clock of a worker that died
                fell = seen.fall is not None and seen.fall <= second
                if recent or (now > seen.last and (fell or crc32(entity.encode()) % _REFRESH == turn)):
                    state = state or self._read(entity)
                    if state is None:
                        continue
                    due.append(entity)
                    seen = seen._replace(fall=state.next_fall(now))
            self._seen[entity] = seen
        self._first = False
        return due, forgotten
