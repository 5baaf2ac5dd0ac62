"""R5: two statements of one moment."""

from __future__ import annotations

from schemas.interval import in_digits
from services.ledger.rules.finding import Finding
from services.ledger.rules.ranges import contains, gap, overlap
from services.ledger.rules.say import span, times
from services.ledger.rules.severity import of_conflict
from services.ledger.rules.statement import Statement
from services.ledger.rules.thresholds import Thresholds

_OPPOSITES = {"lower", "upper"}


def judge(one: Statement, other: Statement, limits: Thresholds) -> Finding:
    """Symmetric in its two statements."""
    if same_headline(one, other):
        if {one.bound, other.bound} == _OPPOSITES:
            why = f"a floor against a ceiling on {in_digits(one.value)}"
            return Finding(
                "conflict",
                "opposite_bounds",
                (why, "warning: a flat conflict"),
                frozenset({"opposite_bounds"}),
                "warning",
                1.0,
            )
        return same(one, other)
    found = gap(one.interval, other.interval)
    if found is not None:
        level, why = of_conflict(found.ratio, found.soft, limits)
        apart = f"the ranges do not meet: {span(found.lower)} and {span(found.higher)}, {times(found.ratio)} apart"
        flags = frozenset({"soft_bound"} if found.soft else ())
        return Finding("conflict", "disjoint", (apart, why), flags, level, found.ratio)
    return compatible(one, other, limits)


def same_headline(one: Statement, other: Statement) -> bool:
    """Whether both name one number, or both say the same range or vague plural."""
    if one.headline is not None and other.headline is not None:
        return one.headline == other.headline
    return one.bound == other.bound and one.interval == other.interval


def same(one: Statement, other: Statement) -> Finding:
    """One headline number twice; another hedge on it is flagged, and changes nothing (Williams & Power 2013)."""
    hedged = one.bound != other.bound or one.interval != other.interval
    words = f"both say {in_digits(one.value)}" if one.headline is not None else f"both say {span(one.interval)}"
    if hedged:
        words += ", hedged differently"
    return Finding("same", "same_number", (words,), frozenset({"hedge_changed"} if hedged else ()))


def compatible(one: Statement, other: Statement, limits: Thresholds) -> Finding:
    """Ranges that meet: the same where nearly all is shared, else a refinement that contradicts nothing."""
    first, second = sorted((span(one.interval), span(other.interval)))
    share = overlap(one.interval, other.interval)
    if share >= limits.same_overlap:
        return Finding("same", "same_range", (f"the ranges share {share:.0%}: {first} and {second}",))
    flags = set()
    if contains(one.interval, other.interval) or contains(other.interval, one.interval):
        flags.add("less_precise")
        words = f"one range lies within the other: {first} and {second}"
    else:
        flags.add("overlap")
        words = f"the ranges overlap: {first} and {second}"
    if "vague" not in (one.bound, other.bound):
        small, large = sorted((one.value, other.value))
        if large >= limits.wide_gap * small and large > 0:
            flags.add("wide_gap")
            words += f", though the numbers are {limits.wide_gap:g} times apart or more"
    reason = "within" if "less_precise" in flags else "overlap"
    return Finding("refinement", reason, (words,), frozenset(flags))
