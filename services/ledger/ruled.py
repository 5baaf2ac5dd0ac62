"""The verdict of the rules on two claims: how they stand to each other, what the rules say, what guards add."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from schemas.claim import Claim
from schemas.interval import Interval
from schemas.verdict import Verdict
from services.ledger.guards import guarded
from services.ledger.kept import PAIRS
from services.ledger.relation import relate
from services.ledger.rows.record import Hedge
from services.ledger.rules.compare import compare
from services.ledger.rules.statement import Statement, of_claim

Hedges = tuple[Hedge | None, Hedge | None]


@lru_cache(maxsize=PAIRS)
def ruled(one: Claim, other: Claim, hedges: Hedges, *, collides: bool, revised: bool, doubled: bool) -> Verdict:
    """The verdict, the earlier text first. Kept, because each message asks for the last words of every conflict it
    touches: 37 verdicts a toll in a country at war, most of them asked for before.

    `collides`, `revised`: see relate. `doubled`: one of the two stands beside another number of its voice in its text,
    and which is which is unclear. `hedges`: what their texts go on to say of the numbers ("at least 22" below "kills
    22"); it decides between two numbers, and one number told twice stays one.
    """
    relation = relate(one, other, collides=collides, revised=revised)
    if doubled and relation.unfit is None:
        relation = replace(relation, unfit="one_voice_twice")
    first, second = of_claim(one), of_claim(other)
    if one.value != other.value:
        first, second = _hedged(first, hedges[0]), _hedged(second, hedges[1])
    return guarded(one, other, compare(first, second, relation))


def _hedged(said: Statement, hedge: Hedge | None) -> Statement:
    return said if hedge is None else replace(said, bound=hedge.bound, interval=Interval(hedge.low, hedge.high))


def corrected(verdict: Verdict) -> Verdict:
    """The verdict on an old and a new wording of which the publisher says that the old one was wrong (R6)."""
    if verdict.verdict not in ("increase", "decrease"):
        return verdict
    return verdict.noting("correction")
