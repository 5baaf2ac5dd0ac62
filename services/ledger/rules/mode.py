"""R4: is this one count at two times (timeline), or two voices on one moment (cross-source)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from services.ledger.rules.say import hours
from services.ledger.rules.statement import Relation, Statement
from services.ledger.rules.thresholds import Thresholds

_SECONDS_PER_HOUR = 3600
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`earlier` and `later` are one count at two times."""

    earlier: Statement
    later: Statement
    flags: frozenset[str]
    because: str


@dataclass(frozen=True, slots=True)
class CrossSource:
    """Two statements of one moment, in an order that does not depend on how they were given."""

    one: Statement
    other: Statement
    flags: frozenset[str]
    because: str


def mode(one: Statement, other: Statement, relation: Relation, limits: Thresholds) -> Timeline | CrossSource:
    """Symmetric: swapping the statements (and the relation) gives the same answer."""
    earlier, later = _in_order(one, other, relation)
    apart = abs((one.as_of - other.as_of).total_seconds()) / _SECONDS_PER_HOUR
    known = relation.order != "by_time"
    if one.speaker == other.speaker and not relation.strangers:
        corrects = later.status == "correction" and (one.as_of != other.as_of or earlier.status != "correction")
        if apart >= limits.later_hours or known or corrects:
            return Timeline(earlier, later, frozenset(), f"one speaker, {hours(apart)} apart: a timeline")
        return CrossSource(
            earlier, later, frozenset({"same_speaker"}), f"one speaker, {hours(apart)} apart: the same moment"
        )
    if apart > limits.together_hours:
        why = f"different speakers, {hours(apart)} apart: a timeline"
        return Timeline(earlier, later, frozenset({"cross_source"}), why)
    grown = later.value > earlier.value and one.kind == other.kind == "cumulative"
    # "On Monday" stands for its noon: of one article and day, the hours between two voices are the clock's, not news.
    by_day = _NOON in (one.as_of.time(), other.as_of.time())
    one_day = by_day and one.article == other.article and one.as_of.date() == other.as_of.date()
    if grown and not one_day and apart >= limits.later_hours:
        why = f"different speakers, but a running total that is higher {hours(apart)} later: a timeline"
        return Timeline(earlier, later, frozenset({"cross_source"}), why)
    if grown and relation.risen and one.article != other.article:
        why = "different speakers, but a running total that is told to have risen: a timeline"
        return Timeline(earlier, later, frozenset({"cross_source"}), why)
    within = f"within the {limits.together_hours:g} hours in which two speakers are compared"
    return CrossSource(earlier, later, frozenset(), f"different speakers, {hours(apart)} apart, {within}")


def _in_order(one: Statement, other: Statement, relation: Relation) -> tuple[Statement, Statement]:
    if relation.order == "one_first":
        return one, other
    if relation.order == "other_first":
        return other, one
    # A correction follows what it corrects even where both carry one date; the rest only makes the order a total one.
    ordered = sorted((one, other), key=_rank)
    return ordered[0], ordered[1]


def _rank(statement: Statement) -> tuple[object, ...]:
    high = statement.interval.high
    return (
        statement.as_of,
        statement.status == "correction",
        statement.value,
        statement.interval.low,
        float("inf") if high is None else high,
        statement.speaker,
        statement.words,
        statement.article,
        statement.scope or "",
        statement.status,
        statement.bound,
        statement.kind,
        statement.lineage or "",
        statement.interval.soft_low,
        statement.interval.soft_high,
    )
