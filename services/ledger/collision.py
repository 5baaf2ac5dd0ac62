"""R8's metric collision: one number under two metrics of one event (AP and Haiyan: 4,460 dead were shelters)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from schemas.claim import Claim
from services.ledger.places import particular_places
from services.ledger.record import MAX_NUMBERS, Number
from services.ledger.thresholds import thresholds

_DAYS = timedelta(days=14)
"""Longer than that the same digits are chance again: 900 three-digit numbers fill up."""


def number_of(claim: Claim) -> Number | None:
    """The number of a claim if it has enough significant digits, else None."""
    if not _is_telling(claim):
        return None
    return Number(
        value=claim.value,
        metric=claim.metric,
        places=particular_places(claim),
        as_of=claim.as_of,
        article_id=claim.article_id,
        start=claim.start,
    )


def collides(claim: Claim, numbers: Iterable[Number]) -> bool:
    """Whether one of `numbers` is this claim's number under another metric of what may be the same event."""
    if not _is_telling(claim):
        return False
    places = particular_places(claim)
    return any(
        met.value == claim.value
        and met.metric != claim.metric
        and (met.places == places or not met.places or not places)
        and abs(met.as_of - claim.as_of) <= _DAYS
        and (met.article_id, met.start) != (claim.article_id, claim.start)  # "1,234 dead and injured" is one figure
        for met in numbers
    )


def remember(numbers: tuple[Number, ...], claims: Iterable[Claim]) -> tuple[Number, ...]:
    """`numbers` with those of `claims`, the latest MAX_NUMBERS."""
    found = [number for number in map(number_of, claims) if number is not None]
    if not found:
        return numbers
    known = {(number.article_id, number.start, number.metric) for number in numbers}
    added = [number for number in found if (number.article_id, number.start, number.metric) not in known]
    return (*numbers, *added)[-MAX_NUMBERS:]


def significant_digits(value: float) -> int:
    """Digits without leading and trailing zeros: 3 for 4,460, 1 for 2,000."""
    return len(f"{value:.6f}".replace(".", "").strip("0"))


def _is_telling(claim: Claim) -> bool:
    """Whether the number has too many significant digits to be met by chance."""
    if claim.bound in ("range", "vague"):
        return False
    return significant_digits(claim.value) >= thresholds(claim.metric).collision_digits
