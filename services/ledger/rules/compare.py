"""The rules in their order: R0 and R3 gate, R4 mode, R5 or R6 finding, R7 severity, R8 hold. Pure and symmetric."""

from __future__ import annotations

from dataclasses import replace

from schemas.interval import Interval, in_digits
from schemas.verdict import Verdict
from services.ledger.rules import cross_source, timeline
from services.ledger.rules.finding import Finding
from services.ledger.rules.gate import Barrier, barrier, is_floor, scope_barrier
from services.ledger.rules.hold import held, is_digit_slip
from services.ledger.rules.mode import Timeline, mode
from services.ledger.rules.statement import Relation, Statement
from services.ledger.rules.thresholds import thresholds

LOUD = frozenset({"warning", "critical"})
"""R7: an alert is a warning or critical verdict that is not held."""
_PLAIN = Relation()


def compare(one: Statement, other: Statement, relation: Relation = _PLAIN) -> Verdict:
    """What the rules say of two statements. Symmetric: `compare(a, b, r)` equals `compare(b, a, r)` with `r` seen
    from the other side. Never raises for finite numbers and dates that both have a time zone (or both none)."""
    limits = thresholds(one.metric)
    stop = barrier(one, other, relation)
    if stop is not None:
        return _silence(stop)
    flags: set[str] = set()
    because: list[str] = []
    if one.lineage is not None and one.lineage == other.lineage and one.article != other.article:
        if cross_source.same_headline(one, other):
            return _copied(one)
        flags.add("same_origin")
    if relation.shared is not None:
        because.append(relation.shared)
    way = mode(one, other, relation, limits)
    flags |= way.flags
    because.append(way.because)
    if relation.scope != "equal":
        part = scope_barrier(one, other, relation, one_moment=not isinstance(way, Timeline))
        if isinstance(part, Barrier):
            return _silence(part)
        flags |= part.flags
        because.append(part.because)
    if one.article == other.article:
        flags.add("intra_article")
    if one.status != other.status and "correction" not in (one.status, other.status):
        flags.add("status_differs")
    if isinstance(way, Timeline):
        earlier, later, floors = _floored(way.earlier, way.later)
        finding = timeline.judge(earlier, later, floors, limits, one_voice="cross_source" not in way.flags)
    else:
        left, right, floors = _floored(way.one, way.other)
        finding = cross_source.judge(left, right, limits)
        if relation.part_exceeds and finding.verdict == "conflict":
            flags.add("subset_exceeds")
            because.append("what is counted is a part of the other, and exceeds it")
    if floors:
        because.append("a confirmed count is a floor against an estimate")
    return _verdict((one, other), relation, finding, flags, because)


def _verdict(
    pair: tuple[Statement, Statement], relation: Relation, finding: Finding, flags: set[str], because: list[str]
) -> Verdict:
    one, other = pair
    holds = held(one, other, relation, finding, thresholds(one.metric))
    flags = flags | finding.flags | holds.keys()
    both_stated = one.headline is not None and other.headline is not None
    if finding.severity != "none" and both_stated and is_digit_slip(one.value, other.value):
        flags.add("digit_slip")
    return Verdict(
        verdict=finding.verdict,
        flags=tuple(sorted(flags)),
        severity=finding.severity,
        alert=finding.severity in LOUD and not holds,
        hold=bool(holds),
        reason=finding.reason,
        because=(*because, *finding.because, *holds.values()),
        ratio=finding.ratio,
    )


def _floored(one: Statement, other: Statement) -> tuple[Statement, Statement, bool]:
    """R3: a confirmed count beside an estimate says "at least"."""
    if cross_source.same_headline(one, other):
        return one, other, False  # forty confirmed beside "up to 40" feared: nobody wrote "at least"
    if is_floor(one, other):
        return _as_floor(one), other, True
    if is_floor(other, one):
        return one, _as_floor(other), True
    return one, other, False


def _as_floor(statement: Statement) -> Statement:
    interval = statement.interval
    return replace(statement, bound="lower", interval=Interval(interval.low, None, interval.soft_low))


def _copied(one: Statement) -> Verdict:
    return _quiet(
        Finding(
            "same",
            "duplicate_copy",
            (f"one text carried twice: both say {in_digits(one.value)}",),
            frozenset({"duplicate_copy"}),
        )
    )


def _silence(stop: Barrier) -> Verdict:
    return _quiet(Finding("not_comparable", stop.reason, (stop.because,), stop.flags), hold=stop.hold)


def _quiet(finding: Finding, *, hold: bool = False) -> Verdict:
    return Verdict(
        verdict=finding.verdict,
        flags=tuple(sorted(finding.flags)),
        severity="none",
        alert=False,
        hold=hold,
        reason=finding.reason,
        because=finding.because,
    )
