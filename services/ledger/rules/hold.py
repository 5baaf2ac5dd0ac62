"""R8: what a person must look at before it goes out, and slips of digits worth showing."""

from __future__ import annotations

import math

from schemas.interval import Interval, in_digits
from services.ledger.rules.finding import Finding
from services.ledger.rules.ranges import gap
from services.ledger.rules.statement import Relation, Statement
from services.ledger.rules.thresholds import Thresholds

_DIGITS_OF_A_SLIP = 3
"""A digit slip needs neighbours that stayed: with fewer significant digits any two numbers look like one."""
_DIGITS_OF_A_SWAP = 2
"""45 and 54: one pair of numbers in a hundred is so by chance."""
_SLIPS = (1, 2, 3, 6)
"""Powers of the factor that are slips: a zero or two too many, a billion for a million, a million for one."""
_ROUNDED = 0.05
"""How far a floor or a ceiling may lie from ten times another and still be a slip of it: as "about" (R2)."""


def held(one: Statement, other: Statement, relation: Relation, finding: Finding, limits: Thresholds) -> dict[str, str]:
    """Flags that hold this finding, each with its words. Empty: it may go out."""
    if finding.verdict not in ("increase", "decrease", "conflict"):
        return {}
    found = {}
    if relation.collides:
        found["metric_collision"] = "held: the same digits stand under another metric of this event"
    if one.speaker == other.speaker:
        for factor in (limits.slip_factor**power for power in _SLIPS):
            if is_magnitude_slip(one, other, factor):
                found["magnitude_slip"] = f"held: one speaker, {in_digits(factor)} times off, is probably a slip"
    if limits.wide and one.speaker != other.speaker and one.article != other.article:
        between = gap(one.interval, other.interval)
        if between is not None and (between.ratio is None or between.ratio >= limits.critical_ratio):
            apart = f"{limits.critical_ratio:g} times apart or more in two texts"
            found["other_count"] = f"held: two numbers of a whole country, {apart}, probably count different people"
    return found


def is_magnitude_slip(one: Statement, other: Statement, factor: float) -> bool:
    """Whether the larger number is `factor` times the smaller within what rounding allows, a range at both its ends."""
    if one.bound == other.bound == "range":
        ranges = sorted((side.interval.low, side.interval.high or 0.0) for side in (one, other))
        return all(math.isclose(small * factor, large, rel_tol=_ROUNDED) for small, large in zip(*ranges, strict=True))
    if one.headline is None or other.headline is None:
        return False
    small, large = sorted((_around(one), _around(other)), key=_ends)
    if small.high is None or small.high <= 0:
        return False
    return gap(Interval(small.low * factor, small.high * factor), large) is None


def _ends(interval: Interval) -> tuple[float, float]:
    """By the high end where the low ends are one: [0, 0] before [0, 2], whichever side says it."""
    return interval.low, math.inf if interval.high is None else interval.high


def _around(statement: Statement) -> Interval:
    """What the headline number may have been rounded from: of a floor or a ceiling not all that it allows."""
    if statement.bound not in ("lower", "upper"):
        return statement.interval
    return Interval((1 - _ROUNDED) * statement.value, (1 + _ROUNDED) * statement.value)


def is_digit_slip(one: float, other: float) -> bool:
    """Whether two unlike numbers differ by one digit, not the last significant one, or by two neighbours swapped."""
    if not (float(one).is_integer() and float(other).is_integer()) or one == other:
        return False
    left, right = str(int(one)), str(int(other))
    shared = min(len(left) - len(left.rstrip("0")), len(right) - len(right.rstrip("0")))
    left, right = left[: len(left) - shared], right[: len(right) - shared]
    if len(left) != len(right) or len(left) < _DIGITS_OF_A_SWAP:
        return False
    differing = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(differing) == 1:
        if len(left) < _DIGITS_OF_A_SLIP:
            return False
        return differing[0] != len(left) - 1 and set(left[differing[0] + 1 :]) != {"0"}
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and left[differing[0]] == right[differing[1]]
        and left[differing[1]] == right[differing[0]]
    )
