"""How the scopes of two claims of one series lie to each other (R3)."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest

from schemas.claim import Claim
from services.ledger.listed import listed
from services.ledger.rules.statement import ScopeRelation

_SETTLED = frozenset({"village", "town", "city", "region", None})
"""Kinds of place that go with a name: "in the city of Rankus" is "in Rankus", and an island is a region."""


def scope_relation(one: str | None, other: str | None) -> ScopeRelation:
    """`equal` also where neither says; `unknown` where only one says or no chain of places.yaml holds both."""
    if one == other:
        return "equal"
    if one is None or other is None:
        return "unknown"
    for chain in _chains():
        if one in chain and other in chain:
            return "one_in_other" if chain.index(one) < chain.index(other) else "other_in_one"
    return "unknown"


def is_one_scope(one: Claim, other: Claim) -> bool:
    """Whether two claims tell of one kind of place, or of one place by its name."""
    if one.scope == other.scope:
        return True
    return {one.scope, other.scope} <= _SETTLED and particular_places(one) == particular_places(other) != ()


def particular_places(claim: Claim) -> tuple[str, ...]:
    """The places that say more than the block, which already names the country or country pair."""
    return beyond(claim.block, claim.places)


def beyond(block: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """The entity ids of `places` that `block` does not name."""
    geography = block.partition("/")[2].split("+")
    return tuple(place for place in places if place not in geography)


def particular_names(claim: Claim) -> tuple[str, ...]:
    """The names of `particular_places`, in their order."""
    if not claim.places:
        return ()
    named = dict(zip_longest(claim.places, claim.place_names[: len(claim.places)]))
    return tuple(named[place] or place for place in particular_places(claim))


@cache
def _chains() -> tuple[tuple[str, ...], ...]:
    table = listed("services.ledger.rules", "places.yaml")
    return tuple(tuple(chain) for chain in table["chains"])
