"""The live statements of several series while one message is applied: as their rows have them, and what came or went.

They stand in an order: those known before by their time, each new one behind them, and one that takes another's place
where that stood. What has not changed is asked of the rows' shelves (shelf.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from schemas.claim import Claim
from services.ledger.event.reach import reach
from services.ledger.rows.record import Entry, Hedge, SeriesRecord, rank
from services.ledger.rows.shelf import Shelf, has_to_do, shelf_of
from services.ledger.rules.series import series_of
from services.ledger.rules.thresholds import thresholds


def home_of(entry: Entry) -> str:
    """The series a statement belongs to, by the words it has now."""
    return series_of(entry.claim) or ""


class Live:
    """Statements of series. `touched`: the series in which one came or went, or whose row is not in order.

    Entries are known by the object. The rows hold those that went, so no other takes their number.
    """

    def __init__(self, records: Mapping[str, SeriesRecord]) -> None:
        shelves = {name: shelf_of(record) for name, record in records.items()}
        self._shelves: dict[str, Shelf] = {name: shelf for name, shelf in shelves.items() if shelf.is_in_order}
        self._loose = [entry for name, shelf in shelves.items() if name not in self._shelves for entry in shelf.entries]
        """Entries of rows that are not in order."""
        self._new: dict[int, Entry] = {}
        self._gone: dict[int, Entry] = {}
        self._places: dict[int, Any] = {}
        self._names: dict[str, Entry] | None = None
        self._by_time = False
        self.touched = shelves.keys() - self._shelves.keys() | {home_of(entry) for entry in self._loose}

    def add(self, entry: Entry) -> None:
        """One more, behind all others."""
        self._put(entry, (1, len(self._places)))

    def replace(self, old: Entry, *new: Entry) -> None:
        """Put `new`, or nothing, in the place of one that is live."""
        place = self._place(old)
        self._names = None
        self.touched.add(home_of(old))
        if self._new.pop(id(old), None) is None:
            self._gone[id(old)] = old
        for entry in new:
            self._put(entry, place)

    def order_by_time(self) -> None:
        """From now on all stand by their time."""
        self._by_time = True

    def all(self) -> list[Entry]:
        """All, in their order."""
        known = [entry for shelf in self._shelves.values() for entry in shelf.entries]
        return self._ordered(known, self._others())

    def of(self, series: str) -> list[Entry]:
        """Those of one series, by time."""
        shelf = self._shelves.get(series)
        known = () if shelf is None else shelf.entries
        found = [entry for entry in known if id(entry) not in self._gone]
        return sorted((*found, *(entry for entry in self._others() if home_of(entry) == series)), key=_by_time)

    def near(self, claim: Claim) -> list[Entry]:
        """Those that can have to do with `claim`: of a toll what is told of its event and what stands in the very same
        series, of anything else all."""
        if not thresholds(claim.metric).event:
            return self.all()
        mine = reach(claim)
        known = [entry for shelf in self._shelves.values() for entry in shelf.near(claim, mine)]
        return self._ordered(known, [entry for entry in self._others() if has_to_do(claim, mine, entry)])

    def find(self, name: str) -> Entry | None:
        """The one that states a claim, perhaps by another text's words."""
        for shelf in self._shelves.values():
            found = shelf.names.get(name)
            if found is not None and id(found) not in self._gone:
                return found
        return next((entry for entry in self._others() if name in (entry.claim.id, *entry.earlier)), None)

    def has_voice(self, voice: str) -> bool:
        """Whether any is of this voice."""
        if any(entry.claim.voice == voice for entry in self._others()):
            return True
        rows = (shelf.entries for shelf in self._shelves.values() if voice in shelf.voices)
        return any(entry.claim.voice == voice and id(entry) not in self._gone for row in rows for entry in row)

    def names(self) -> Mapping[str, Entry]:
        """All by the ids of their claims, the earlier ones among them."""
        if self._names is None:
            self._names = {}
            for shelf in self._shelves.values():
                self._names.update(shelf.names)
            for entry in self._gone.values():
                for name in (*entry.earlier, entry.claim.id):
                    if self._names.get(name) is entry:
                        del self._names[name]
            for entry in self._ordered([], self._others()):
                self._names |= dict.fromkeys((*entry.earlier, entry.claim.id), entry)
        return self._names

    def hedges(self) -> dict[str, Hedge]:
        """By claim, how its text hedges its number elsewhere."""
        found = {name: hedge for shelf in self._shelves.values() for name, hedge in shelf.hedges.items()}
        for entry in self._gone.values():
            found.pop(entry.claim.id, None)
        return found | {entry.claim.id: entry.hedge for entry in self._others() if entry.hedge is not None}

    def moved(self) -> list[Claim]:
        """What is said or carried otherwise than it was, as it was and as it is."""
        return [entry.claim for entry in (*self._gone.values(), *self._new.values())]

    def _put(self, entry: Entry, place: Any) -> None:
        self._names = None
        self._new[id(entry)] = entry
        self._places[id(entry)] = place
        self.touched.add(home_of(entry))

    def _others(self) -> Collection[Entry]:
        """Those that are not as a shelf has them."""
        if not self._loose:
            return self._new.values()
        return [*(entry for entry in self._loose if id(entry) not in self._gone), *self._new.values()]

    def _ordered(self, known: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
        found = [entry for entry in known if id(entry) not in self._gone] if self._gone else known
        return sorted((*found, *others), key=_by_time if self._by_time else self._place)

    def _place(self, entry: Entry) -> Any:
        return self._places.get(id(entry)) or (0, rank(entry.claim))


def _by_time(entry: Entry) -> Any:
    return rank(entry.claim)
