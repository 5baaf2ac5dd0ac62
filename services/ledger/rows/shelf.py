"""What a series holds, sorted out once for each row that is read.

A new toll of a country at war meets 34 series with 800 statements, and has to do with 20 of them. To look at each of
the 800 a dozen times took 12 of its 15 ms. So each row has what is asked of it beside it: which statement a claim is
of, who speaks, which are of which days. A record never changes, so none of it is ever out of date.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import datetime
from functools import cached_property

from schemas.claim import Claim
from services.ledger.event.reach import NEXT_DAY, Reach, may_join, reach
from services.ledger.rows.entries import fresh_from, goes_stale
from services.ledger.rows.record import MAX_ENTRIES, Entry, SeriesRecord, rank
from services.ledger.rules.moment import told_at
from services.ledger.rules.series import series_of

_KEPT = "_shelf"
_NARROW = 3
"""Days between the first and the last of an event; the few that have more are looked at each time."""

_FEW = 8
"""Entries that are looked at one by one: nine in ten rows have no more, and to sort those out takes 5 kB of each."""


class Shelf:
    """One row. `names`: its entries by the ids of their claims, earlier ones among them.

    It does not know the row, which knows it: else only the garbage collector would free the two.
    """

    def __init__(self, record: SeriesRecord) -> None:
        self.series, self.entries, self._disputes = record.series, record.entries, record.disputes
        entries = record.entries
        self.first_stale: datetime | None = min(map(goes_stale, entries), default=None)
        self.names = {name: entry for entry in entries for name in (*entry.earlier, entry.claim.id)}
        self.hedges = {entry.claim.id: entry.hedge for entry in entries if entry.hedge is not None}

    @cached_property
    def is_in_order(self) -> bool:
        """Whether its statements are as a review would leave them, if none came or went."""
        entries = self.entries
        ranks = [rank(entry.claim) for entry in entries]
        return (
            len(entries) <= MAX_ENTRIES
            and ranks == sorted(ranks)
            and all(series_of(entry.claim) == self.series for entry in entries)
            and (not entries or told_at(entries[0].claim) >= fresh_from(entries[-1].claim))
        )

    @cached_property
    def voices(self) -> frozenset[str]:
        """Who speaks in it."""
        return frozenset([entry.claim.voice for entry in self.entries])

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Sides of its disputes that are no statements of its own."""
        sides = {side for dispute in self._disputes for side in (dispute.one, dispute.other)}
        return frozenset(sides - self.names.keys())

    def near(self, claim: Claim, mine: Reach) -> list[Entry]:
        """Its entries that have to do with a toll, of which `mine` is the reach."""
        entries, reaches = self.entries, self._reaches
        if mine.is_sum or len(entries) <= _FEW:
            places, own = claim.places, claim.belongs_to
            return [
                entry
                for entry, other in zip(entries, reaches, strict=True)
                if may_join(mine, other) or (entry.claim.places == places and entry.claim.belongs_to == own)
            ]
        days = self._days
        found = set(days.always)
        if not days.are_elsewhere(mine):
            first = bisect_left(days.firsts, mine.first - NEXT_DAY - _NARROW)
            found.update(days.order[first : bisect_right(days.firsts, mine.last + NEXT_DAY)])
            if mine.is_long:
                found.update(days.long)
        found.update(days.by_text.get(mine.origin, ()), days.by_text.get(mine.article, ()))
        found = {at for at in found if may_join(mine, reaches[at])}
        found.update(days.by_place.get((claim.places, claim.belongs_to), ()))
        return [entries[at] for at in sorted(found)]

    @cached_property
    def _reaches(self) -> list[Reach]:
        return [reach(entry.claim) for entry in self.entries]

    @cached_property
    def _days(self) -> _Days:
        return _Days([entry.claim for entry in self.entries], self._reaches)


class _Days:
    """Where in a row to look for what is of some days: `order` are the places of the entries by the first of their
    days, `firsts`. `always`, `long` and `by_text` may be of the event on any days, and `by_place` stand in the
    very same series."""

    def __init__(self, claims: list[Claim], reaches: list[Reach]) -> None:
        self.order = sorted(range(len(claims)), key=lambda at: reaches[at].first)
        self.firsts = [reaches[at].first for at in self.order]
        self.always = [at for at, own in enumerate(reaches) if own.is_sum or own.last - own.first > _NARROW]
        self._is_named = any(own.is_named for own in reaches)
        self._towns = frozenset[str]().union(*(own.towns for own in reaches))
        self._all_have_towns = all(own.towns for own in reaches)
        self.long = [at for at, own in enumerate(reaches) if own.is_long]
        self.by_text: defaultdict[str, list[int]] = defaultdict(list)
        self.by_place: defaultdict[object, list[int]] = defaultdict(list)
        for at, (claim, own) in enumerate(zip(claims, reaches, strict=True)):
            self.by_text[own.origin].append(at)
            self.by_text[own.article].append(at)
            self.by_place[claim.places, claim.belongs_to].append(at)

    def are_elsewhere(self, mine: Reach) -> bool:
        """Whether all the entries are of other towns, as far as it is days that bring them together."""
        if mine.is_named and self._is_named:
            return False
        return bool(mine.towns) and self._all_have_towns and mine.towns.isdisjoint(self._towns)


def has_to_do(claim: Claim, mine: Reach, entry: Entry) -> bool:
    """Whether an entry can have to do with a toll: it is told of its event, or stands in the very same series. Nothing
    else is in question for it (partners.py)."""
    other = entry.claim
    if may_join(mine, reach(other)):
        return True
    return other.places == claim.places and other.belongs_to == claim.belongs_to


def shelf_of(record: SeriesRecord) -> Shelf:
    """The shelf of a row, kept with it."""
    known: Shelf | None = record.__dict__.get(_KEPT)
    if known is None:
        known = record.__dict__[_KEPT] = Shelf(record)
    return known
