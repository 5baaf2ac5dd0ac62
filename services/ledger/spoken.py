"""What one voice has said of late, looked through for what it said of one thing: one claim is a side of many conflicts,
and of a toll only what is on its event counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from schemas.claim import Claim
from services.ledger.event.apart import follows
from services.ledger.event.reach import NEXT_DAY, Reach, may_join, reach
from services.ledger.event.voices import strangers
from services.ledger.rows.record import Entry, rank
from services.ledger.rules.thresholds import Thresholds, thresholds


def within_reach(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> Sequence[Entry]:
    """Those of the entries that can have to do with `claim`: what is told of its event, and what stands in the very
    same series. Nothing else is in question for it (partners.py)."""
    if not limits.event:
        return list(entries)
    mine, places, own = reach(claim), claim.places, whose(claim)
    return [
        entry
        for entry in entries
        if may_join(mine, reach(entry.claim)) or (entry.claim.places == places and whose(entry.claim) == own)
    ]


def whose(claim: Claim) -> str | None:
    """Whose it is, as far as it says."""
    return claim.whose_id or claim.whose


class Spoken:
    """The live claims of one voice, the latest first, each to be found by the days and towns its event may be of: in
    a country at war a voice has hundreds, of which ten are of one day and two of one town."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._reach: list[Reach] = []
        self._days: Mapping[_Key, list[int]] | None = None

    def on_one_thing(self, claim: Claim, most: int) -> list[Claim]:
        """At most `most` of them, the latest first: of a toll what is on the event of `claim`, itself among it; of
        anything else whatever was said in the series, at whatever scope."""
        if not thresholds(claim.metric).event:
            return list(islice((other for other in self._claims if not strangers(claim, other)), most))
        found = (other for other in self._within_reach(claim) if other is claim or follows(claim, other))
        return list(islice(found, most))

    def _within_reach(self, claim: Claim) -> Iterator[Claim]:
        """Those that reach.may_join would let through, in their order."""
        mine = reach(claim)
        if mine.is_sum:
            return iter(self._claims)
        if self._days is None:
            self._reach = [reach(each) for each in self._claims]
            self._days = _by_day(self._reach)
        days = range(mine.first - NEXT_DAY, mine.last + NEXT_DAY + 1)
        towns = (*mine.towns, _NO_TOWN) if mine.towns and not mine.is_named else (_ANY_TOWN,)
        keys: list[_Key] = [*product(days, towns), *_texts(mine), _SUMS, *((_LONG,) if mine.is_long else ())]
        places = sorted({at for key in keys for at in self._days.get(key, ())})
        return (self._claims[at] for at in places if may_join(mine, self._reach[at]))


_Key = tuple[int | str, str]
_ANY_TOWN, _NO_TOWN = "*", ""
_LONG, _SUMS = ("long", _ANY_TOWN), ("sum", _ANY_TOWN)
"""Keys beside those of days and towns, and of texts."""


def _by_day(claims: Iterable[Reach]) -> Mapping[_Key, list[int]]:
    """Where claims stand, by each day and town, by text, and those that any other may join."""
    found: defaultdict[_Key, list[int]] = defaultdict(list)
    for at, own in enumerate(claims):
        days, towns = range(own.first, own.last + 1), own.towns or (_NO_TOWN,)
        more = *((_LONG,) if own.is_long else ()), *((_SUMS,) if own.is_sum else ())
        for key in (*product(days, (*towns, _ANY_TOWN)), *_texts(own), *more):
            found[key].append(at)
    return found


def _texts(own: Reach) -> tuple[_Key, _Key]:
    return ("of", own.origin), ("in", own.article)


def by_voice(latest_first: Iterable[Claim]) -> dict[str, Spoken]:
    """What each voice said."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in latest_first:
        found[claim.voice].append(claim)
    return {voice: Spoken(claims) for voice, claims in found.items()}


def latest_first(one: Sequence[Claim], other: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of a word of each, the earlier word first: by the later of the two, then by the earlier, the latest
    first. Both are given so."""
    each = [*((claim, other) for claim in one), *((claim, one) for claim in other)]
    for later, answers in sorted(each, key=lambda side: rank(side[0]), reverse=True):
        yield from ((earlier, later) for earlier in answers if rank(earlier) <= rank(later))
