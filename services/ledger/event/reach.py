"""How far a claim's event reaches: what is known of each claim alone that keeps two of them from being of one event.

A new toll of a country at war meets hundreds that are live. To work out how two stand to each other takes 20 us and
more, to see that they are of two weeks 0.5: so this is asked first, wherever claims are looked through. It never parts
two that the rules would join: `tests/unit/ledger/test_index.py` holds `may_join` against them.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.claim import Claim
from services.ledger.event.evidence import evidence
from services.ledger.event.happened import is_long_told
from services.ledger.event.running import is_running, sums_up_a_war
from services.ledger.event.weighing import RARE, with_toll
from services.ledger.event.when import span
from services.ledger.kept import by_claim
from services.ledger.rules.windows import beginning

NEXT_DAY = 1
"""Days between two tolls of what happens every day: that of the event and the next (when.py)."""


class Reach(NamedTuple):
    """Days as ordinals, from the first to the last on which it may have happened; whether it may be told for weeks,
    or is no event but a sum; its article, and the origin of that. `towns`: where its sentence has a small place, the
    keys of all its places; `is_named`: whether it may be of a disease, whose dead are one count wherever they are."""

    first: int
    last: int
    is_long: bool
    is_sum: bool
    article: str
    origin: str
    towns: frozenset[str]
    is_named: bool


@by_claim
def reach(claim: Claim) -> Reach:
    """The reach of a claim whose metric is of events."""
    days, found = span(claim), evidence(claim)
    return Reach(
        first=days.first.toordinal(),
        last=days.last.toordinal(),
        is_long=may_be_long(claim),
        is_sum=beginning(claim.window) is not None,
        article=claim.article_id,
        origin=claim.lineage,
        towns=frozenset(found.own) if any(is_small for _, is_small in found.own.values()) else frozenset(),
        is_named=bool(found.named),
    )


def may_join(one: Reach, other: Reach) -> bool:
    """Whether two claims can be of one event. Symmetric."""
    if one.first - other.last > NEXT_DAY or other.first - one.last > NEXT_DAY:
        days = one.is_long and other.is_long
    else:
        days = True
    if days and not (one.towns and other.towns and one.towns.isdisjoint(other.towns)):
        return True
    return (days and one.is_named and other.is_named) or _is_given(one, other)


def _is_given(one: Reach, other: Reach) -> bool:
    """Whether neither day nor town parts the two: of one text, or a sum of many events."""
    return one.origin == other.origin or one.article == other.article or one.is_sum or other.is_sum


@by_claim
def may_be_long(claim: Claim) -> bool:
    """Whether a claim is told of for weeks, by what happened beside the figure or around it (weighing.py), or runs
    on."""
    found = evidence(claim)
    if is_long_told(claim) or is_running(claim) or sums_up_a_war(claim):
        return True
    return any(with_toll({kind}, claim) >= RARE for kind in found.kinds | found.around_kinds)
