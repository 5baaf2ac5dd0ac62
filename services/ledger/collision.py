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
    if claim.bound in ("range", "vague") or significant_digits(claim.value) < _limit(claim):
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
    own = number_of(claim)
    if own is None:
        return False
    return any(
        met.value == own.value
        and met.metric != own.metric
        and (met.places == own.places or not met.places or not own.places)
        and abs(met.as_of - own.as_of) <= _DAYS
        and (met.article_id, met.start) != (own.article_id, own.start)  # "1,234 dead and injured" is one figure
        for met in numbers
    )


def remember(numbers: tuple[Number, ...], claims: Iterable[Claim]) -> tuple[Number, ...]:
    """`numbers` with those of `claims`, the latest MAX_NUMBERS."""
    added = [number for number in map(number_of, claims) if number is not None and number not in numbers]
    return (*numbers, *added)[-MAX_NUMBERS:]


def significant_digits(value: float) -> int:
    """Digits without leading and trailing zeros: 3 for 4,460, 1 for 2,000."""
    return len(f"{value:.6f}".replace(".", "").strip("0"))


def _limit(claim: Claim) -> int:
    return thresholds(claim.metric.value).collision_digits
