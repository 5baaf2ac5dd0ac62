"""A place inside a place: 31 dead in one valley are a part of the 140 of the country (R3)."""

from __future__ import annotations

import re

from schemas.claim import Claim
from services.ledger.event.event_words import event_words
from services.ledger.event.evidence import Evidence, evidence
from services.ledger.event.place_words import no_places, place_words, shared_places
from services.ledger.rules.moment import told_at

_WIDE = frozenset({"world", "country", "region", "state", "province"})
"""Scopes of a whole: what is counted there has its parts in towns."""
_ALL_OVER = ("across ", "throughout ", "all over ", "nationwide")


def inner(one: Claim, other: Claim) -> Claim | None:
    """Of two tolls of one event the one that counts a place inside the other's place, or None. A flood or a quake has
    its dead in many places; a bomb "in Pakistan" went off in one town, and there the two places are one."""
    for part, whole in ((one, other), (other, one)):
        if _is_wide(whole) and (part.scope != whole.scope or part.scope is None) and _is_within(part, whole):
            return part
    return None


def is_part_that_fits(one: Claim, other: Claim) -> bool:
    """Whether the part is the lower one: it says nothing against the whole."""
    lower, higher = sorted((one, other), key=lambda claim: claim.value)
    if lower.value < higher.value and told_at(higher) < told_at(lower) and _is_a_house_of(lower, higher):
        return True
    part = inner(one, other)
    if part is None:
        return False
    whole = other if part is one else one
    return part.high is not None and part.high < whole.low


def is_part_that_exceeds(one: Claim, other: Claim) -> bool:
    """Whether the part is firmly above the whole."""
    part = inner(one, other)
    if part is None:
        return False
    whole = other if part is one else one
    return whole.high is not None and part.low > whole.high


def _is_wide(claim: Claim) -> bool:
    """Whether a claim counts in a country, a province, or a part of a country: "in western Torvia"."""
    found = evidence(claim)
    return claim.scope in _WIDE or (found.part is not None and not found.own)


def _is_within(part: Claim, whole: Claim) -> bool:
    first, second = evidence(part), evidence(whole)
    if not (_strikes_widely(first, second) or (whole.place or "").lower().startswith(_ALL_OVER)):
        return False
    inside, around = first.own, second.own
    return _stands_behind(part) and len(inside) > len(around) == len(shared_places(inside, around))


def _is_a_house_of(one: Claim, other: Claim) -> bool:
    """Whether the one counts in a house by its name, and the other, without it, in the city: 89 "in the Kiwa Theatre"
    are days later still a part of the city's 129. Before it they may be all that was known."""
    if one.place is None or one.places or not other.places or _NAME.search(one.place) is None:
        return False
    towns = place_words(one.place, no_places(one.region or ""))  # "the church in Kiwa" is in the town, too
    return not shared_places(towns, evidence(other).own) and one.place.lower() not in other.sentence.lower()


_NAME = re.compile(r"\b[A-Z][a-z]")


def _strikes_widely(one: Evidence, other: Evidence) -> bool:
    return bool(one.kinds & other.kinds & event_words().widespread)


def _stands_behind(claim: Claim) -> bool:
    """Whether the place is where those counted are ("31 people in Swat"), not that of the event ("the quake in Swat
    killed 31"), or begins the sentence."""
    place = claim.place or ""
    behind = claim.sentence.find(place, claim.end - claim.sentence_start) >= 0
    return bool(place) and (behind or claim.sentence.startswith(place))
