"""Which live claims a new one is held against: its own voice's last word, and who else speaks of the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.ranges import gap, of
from services.ledger.record import Entry, rank
from services.ledger.thresholds import Thresholds


def superseding(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> Claim | None:
    """The same voice's later word on the same scope, where `claim` arrives after it is history."""
    later = timedelta(hours=limits.later_hours)
    newer = [e.claim for e in entries if _one_line(e.claim, claim) and e.claim.as_of - claim.as_of >= later]
    return max(newer, key=rank, default=None)


def carrier(claim: Claim, entries: Sequence[Entry]) -> Entry | None:
    """The entry of which `claim` is a mere copy: one origin, one number, one voice or nobody named. Copies add outlets,
    no voices, and need no comparing again."""
    for entry in entries:
        known = entry.claim
        if (
            known.lineage == claim.lineage
            and known.article_id != claim.article_id
            and (known.voice == claim.voice or known.speaker is claim.speaker is None)
            and known.scope == claim.scope
            and same_figure(known, claim)
        ):
            return entry
    return None


def partners(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> list[Claim]:
    """The claims to compare with, oldest first.

    Of the own voice: its last word and what else it said within the hour. Of others: everything within R4's 48 hours;
    only where there is neither, the last word anybody had before.
    """
    later, together = timedelta(hours=limits.later_hours), timedelta(hours=limits.together_hours)
    stale = timedelta(hours=limits.stale_hours)
    known = [entry.claim for entry in entries if abs(entry.claim.as_of - claim.as_of) <= stale]
    line = [other for other in known if _one_line(other, claim)]
    last = max(line, key=rank, default=None)
    found = [other for other in line if other is last or abs(other.as_of - claim.as_of) < later]
    found += [other for other in known if other.voice == claim.voice and other.scope != claim.scope]
    near = [o for o in known if o.voice != claim.voice and abs(o.as_of - claim.as_of) <= together]
    if not line and not near:
        before = [o for o in known if o.scope == claim.scope and o.as_of < claim.as_of]
        near = [max(before, key=rank)] if before else []
    return sorted(found + near, key=rank)


def is_next(one: Claim, other: Claim, entries: Sequence[Entry], verdict: Verdict) -> bool:
    """False for a change between two voices that is not between neighbours in time: of five voices on a growing toll
    the last one follows the fourth, and its own last word if it has one."""
    if "cross_source" not in verdict.flags:
        return True
    earlier, later = sorted((one, other), key=rank)
    between = [e.claim for e in entries if e.claim.scope == later.scope and e.claim.as_of < later.as_of]
    if any(known.voice == later.voice for known in between):
        return False
    return all(rank(known) <= rank(earlier) for known in between)


def same_figure(one: Claim, other: Claim) -> bool:
    """Whether two claims state one number or one range."""
    return (one.value, one.low, one.high, one.bound) == (other.value, other.low, other.high, other.bound)


def two_things(one: Claim, other: Claim) -> bool:
    """Whether one voice gives two numbers that firmly exclude each other in one article: then it counts two things."""
    if one.article_id != other.article_id or not _one_line(one, other):
        return False
    between = gap(of(one), of(other))
    return between is not None and not between.soft


def _one_line(one: Claim, other: Claim) -> bool:
    return one.voice == other.voice and one.scope == other.scope
