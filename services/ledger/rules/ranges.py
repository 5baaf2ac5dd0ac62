"""How two intervals lie to each other: disjoint with a ratio, or overlapping by a share. Symmetric by construction."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.claim import Claim
from schemas.interval import Interval


@dataclass(frozen=True, slots=True)
class Gap:
    """Two intervals that do not meet. `ratio` is the low end of the higher over the high end of the lower (R5), None
    over zero; `soft` tells that they could meet if a soft end gave way."""

    lower: Interval
    higher: Interval
    ratio: float | None
    soft: bool


def gap(one: Interval, other: Interval) -> Gap | None:
    """The gap between two intervals, or None where they share at least a point."""
    for lower, higher in ((one, other), (other, one)):
        if lower.high is not None and lower.high < higher.low:
            ratio = higher.low / lower.high if lower.high > 0 else None
            if ratio == float("inf"):
                ratio = None
            return Gap(lower, higher, ratio, lower.soft_high or higher.soft_low)
    return None


def softly_apart(one: Claim, other: Claim) -> bool:
    """Whether two claims are disjoint only through a soft end: "thousands" above and "hundreds" below in one text."""
    between = gap(interval_of(one), interval_of(other))
    return between is not None and between.soft


def firmly_apart(one: Claim, other: Claim) -> bool:
    """Whether two claims exclude each other whatever a vague word may stand for."""
    between = gap(interval_of(one), interval_of(other))
    return between is not None and not between.soft


def interval_of(claim: Claim) -> Interval:
    """A claim's interval."""
    return Interval(claim.low, claim.high, claim.soft_low, claim.soft_high)


def overlap(one: Interval, other: Interval) -> float:
    """Share of what the two span together that both hold, 0 to 1. An open end shares nothing measurable: 0."""
    if (one.low, one.high) == (other.low, other.high):
        return 1.0
    if one.high is None or other.high is None:
        return 0.0
    shared = min(one.high, other.high) - max(one.low, other.low)
    spanned = max(one.high, other.high) - min(one.low, other.low)
    return max(0.0, shared / spanned) if spanned > 0 else 1.0


def contains(outer: Interval, inner: Interval) -> bool:
    """Whether every count of `inner` is one of `outer`."""
    if outer.low > inner.low:
        return False
    return outer.high is None or (inner.high is not None and inner.high <= outer.high)
