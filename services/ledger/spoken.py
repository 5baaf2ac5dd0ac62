"""What one voice has said of late, looked through for what it said of one thing: one claim is a side of many conflicts,
and of a toll only what is on its event counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from schemas.claim import Claim
from services.ledger.event.apart import follows
from services.ledger.event.reach import may_join, reach
from services.ledger.event.voices import strangers
from services.ledger.rows.record import Entry, SeriesRecord, rank
from services.ledger.rules.thresholds import Thresholds, thresholds


def within_reach(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> Sequence[Entry]:
    """Those of the entries that can have to do with `claim`: what is told of its event, and what stands in the very
    same series. Nothing else is in question for it (partners.py)."""
    if not limits.event:
        return list(entries)
    mine, places, own = reach(claim), claim.places, claim.belongs_to
    return [
        entry
        for entry in entries
        if may_join(mine, reach(entry.claim)) or (entry.claim.places == places and entry.claim.belongs_to == own)
    ]


def last_words(claim: Claim, claims: Iterable[Claim], most: int) -> list[Claim]:
    """At most `most` of what a voice said, in its order: of a toll what is on the event of `claim`, itself among it; of
    anything else whatever was said in the series, at whatever scope."""
    if thresholds(claim.metric).event:
        mine = reach(claim)
        near = (other for other in claims if may_join(mine, reach(other)))
        found = (other for other in near if other is claim or follows(claim, other))
    else:
        found = (other for other in claims if not strangers(claim, other))
    return list(islice(found, most))


def came_or_went(before: Iterable[SeriesRecord], now: Iterable[Entry]) -> list[Claim]:
    """What is said or carried otherwise than it was in `before`, as it was and as it is."""
    old = {id(entry): entry for record in before for entry in record.entries}
    new = {id(entry): entry for entry in now}
    either = old | new
    return [either[each].claim for each in old.keys() ^ new.keys()]


def may_change(sides: Iterable[Claim], moved: Sequence[Claim]) -> bool:
    """Whether the last words of the voice of a side may be others since those `moved` came or went."""
    return any(
        said.voice == side.voice and (not thresholds(side.metric).event or may_join(reach(side), reach(said)))
        for side in sides
        for said in moved
    )


def by_voice(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """What each voice said, in the order of `claims`."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.voice].append(claim)
    return found


def latest_first(one: Sequence[Claim], other: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of a word of each, the earlier word first: by the later of the two, then by the earlier, the latest
    first. Both are given so."""
    each = [*((claim, other) for claim in one), *((claim, one) for claim in other)]
    for later, answers in sorted(each, key=lambda side: rank(side[0]), reverse=True):
        yield from ((earlier, later) for earlier in answers if rank(earlier) <= rank(later))
