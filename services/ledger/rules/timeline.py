"""R6: one count at two times."""

from __future__ import annotations

from schemas.interval import in_digits, rounding
from schemas.verdict import Severity, VerdictName
from services.ledger.rules.cross_source import compatible, same, same_headline
from services.ledger.rules.finding import Finding
from services.ledger.rules.ranges import gap
from services.ledger.rules.say import span
from services.ledger.rules.severity import crosses_milestone, of_change
from services.ledger.rules.statement import Statement
from services.ledger.rules.thresholds import Thresholds

_COUNTED = frozenset({"exact", "lower"})
"""R6: a running total is compared by its headline number where both are stated counts or floors."""


def judge(earlier: Statement, later: Statement, floors: bool, limits: Thresholds, *, one_voice: bool) -> Finding:
    """`floors`: a confirmed count was read as a floor (R3); then only ranges that do not meet are a change.

    `one_voice`: only who gave a number can take it back.
    """
    if same_headline(earlier, later):
        # Another voice's "up to 100" after "at least 100" gives the same number, and takes nobody's back.
        if {earlier.bound, later.bound} == {"lower", "upper"} and one_voice:
            verdict: VerdictName = "increase" if later.bound == "lower" else "decrease"
            return _change(verdict, "opposite_bounds", (earlier, later), limits, flags=frozenset({"opposite_bounds"}))
        return same(earlier, later)
    corrected = later.status == "correction"
    flags = frozenset({"correction"} if corrected else ())
    cumulative = earlier.kind == later.kind == "cumulative"
    counted = not floors and earlier.bound in _COUNTED and later.bound in _COUNTED
    if corrected and later.value != earlier.value:
        verdict = "increase" if later.value > earlier.value else "decrease"
        return _change(verdict, "correction", (earlier, later), limits, flags=flags)
    found = gap(earlier.interval, later.interval)
    raised = later.value > earlier.value
    if cumulative and counted and (raised or (one_voice and _lowered(earlier, later))):
        verdict, reason = ("increase", "raised") if raised else ("decrease", "lowered")
        return _change(verdict, reason, (earlier, later), limits, flags=flags)
    if found is None:  # also a running total that fell by rounding only
        return compatible(earlier, later, limits)
    verdict = "increase" if found.higher == later.interval else "decrease"
    return _change(verdict, "disjoint", (earlier, later), limits, flags=flags, soft=found.soft, ratio=found.ratio)


def _lowered(earlier: Statement, later: Statement) -> bool:
    """Whether one voice gives a floor below the number it gave: "at least 40" after "at least 45".

    "More than 300" after 312 only rounds (R2), and so does "over 50" after 53, though by itself 50 is not round.
    """
    if later.bound != "lower":
        return False
    rounded = rounding(later.value)
    if earlier.bound == "exact" and later.value % 10 == 0:
        rounded = max(rounded, 9)
    return later.value + rounded < earlier.value


def _nearest(earlier: Statement, later: Statement) -> tuple[float, float]:
    """The numbers a change is measured between: of a range that was passed its high end, for nobody stated less of a
    change than from there ("20 to 30", then 33: a tenth, and not from 20). A range's own number is its low end."""
    lower, higher = sorted((earlier, later), key=lambda statement: statement.value)
    high = lower.interval.high
    if lower.bound != "range" or high is None or high > higher.value:
        return earlier.value, later.value
    return (high, later.value) if lower is earlier else (earlier.value, high)


def _change(
    verdict: VerdictName,
    reason: str,
    pair: tuple[Statement, Statement],
    limits: Thresholds,
    *,
    flags: frozenset[str],
    soft: bool = False,
    ratio: float | None = None,
) -> Finding:
    earlier, later = pair
    before, after = _nearest(earlier, later)
    level, why = of_change(before, after, soft, limits)
    because = [f"from {span(earlier.interval)} to {span(later.interval)}", why]
    added: set[str] = {"soft_bound"} if soft else set()
    lifted: Severity = level
    if not soft and crosses_milestone(before, after, limits):
        added.add("milestone")
        if level == "info":
            lifted = "warning"
            because.append(f"warning: it crosses a power of ten on the way to {in_digits(after)}")
    if verdict == "decrease" and earlier.kind == later.kind == "cumulative":
        added.add("revised_down")
        if lifted == "info" and not soft:
            lifted = "warning"
        because.append("a running total can only fall by revision: always told")
    return Finding(verdict, reason, tuple(because), flags | added, lifted, ratio)
