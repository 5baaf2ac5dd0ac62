"""What one voice has said of late, looked through for what it said of one thing: one claim is a side of many conflicts,
and of a toll only what is on its event counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from schemas.claim import Claim
from services.ledger.event.apart import follows
from services.ledger.event.reach import may_join, reach
from services.ledger.event.voices import strangers
from services.ledger.rows.record import rank
from services.ledger.rules.thresholds import thresholds


def last_words(claim: Claim, claims: Iterable[Claim], most: int) -> list[Claim]:
    """At most `most` of what a voice said, in its order: of a toll what is on the event of `claim`, itself among it; of
    anything else whatever was said in the series, at whatever scope."""
    if thresholds(claim.metric).event:
        mine = reach(claim)
        joining = (other for other in claims if may_join(mine, reach(other)))
        found = (other for other in joining if other is claim or follows(claim, other))
    else:
        found = (other for other in claims if not strangers(claim, other))
    return list(islice(found, most))


def may_change(side: Claim, moved: Mapping[str, Sequence[Claim]]) -> bool:
    """Whether the last words of the voice of a side may be others since those `moved` came or went, by voice."""
    said = moved.get(side.voice, ())
    return any(not thresholds(side.metric).event or may_join(reach(side), reach(other)) for other in said)


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
