"""R9: when a conflict or a change is told, told again, and over."""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.record import Dispute
from services.ledger.thresholds import Thresholds

_CHANGES = frozenset({"increase", "decrease"})


def updated(
    known: Dispute | None,
    fingerprint: str,
    pair: tuple[Claim, Claim],
    verdict: Verdict,
    *,
    at: datetime,
    limits: Thresholds,
    forgotten: int = 0,
) -> tuple[Dispute | None, bool]:
    """The dispute after `verdict` on `pair` (in the order they are shown), and whether an alert is told now.

    `forgotten`: the highest sequence the pair may have had in a dispute that was dropped; a new one starts above it.

    A dispute moves only with a claim of a later time (R4's hour): so the order in which claims of one hour arrive
    decides neither whether an alert is told nor under which id.
    """
    newest = max(claim.as_of for claim in pair)
    if verdict.verdict in ("same", "refinement"):
        if known is not None and known.state == "open" and newest >= known.newest:
            known = known.model_copy(update={"state": "resolved", "updated": at, "cause": "intervals_met"})
        return known, False
    if verdict.verdict == "not_comparable" or (verdict.verdict in _CHANGES and not verdict.alert and known is None):
        return known, False
    cause = _cause(known, verdict, newest, limits)
    told = verdict.alert and cause is not None
    if known is not None and cause is None:
        return _later_note(known, pair, verdict, newest), False
    before = known.sequence if known is not None else 0
    sequence = (before or forgotten) + 1 if told else before
    dispute = Dispute(
        id=fingerprint,
        one=pair[0].id,
        other=pair[1].id,
        severity=verdict.severity,
        ratio=verdict.ratio,
        flags=verdict.flags,
        state="open",
        opened=known.opened if known is not None else at,
        updated=at,
        cause=cause or "opened",
        verdict=verdict.verdict,
        sequence=sequence,
        first=known.first if known is not None and before else max(1, sequence),
        newest=newest if told or known is None else max(newest, known.newest),
    )
    return dispute, told


def _later_note(known: Dispute, pair: tuple[Claim, Claim], verdict: Verdict, newest: datetime) -> Dispute:
    """Of several pairs of claims by the same two voices, none of them an alert, the last by time and id is shown: which
    of them arrived first must not decide it."""
    names = sorted(claim.id for claim in pair)
    if known.sequence or known.state != "open" or (newest, names) <= (known.newest, sorted((known.one, known.other))):
        return known
    shown = {"one": pair[0].id, "other": pair[1].id, "ratio": verdict.ratio, "flags": verdict.flags, "newest": newest}
    return known.model_copy(update=shown)


def gone_stale(dispute: Dispute, stale: set[str], at: datetime) -> Dispute:
    """Resolved where a side is among the `stale` claims of its series."""
    if dispute.state == "open" and {dispute.one, dispute.other} & stale:
        return dispute.model_copy(update={"state": "resolved", "updated": at, "cause": "stale"})
    return dispute


def _cause(known: Dispute | None, verdict: Verdict, newest: datetime, limits: Thresholds) -> str | None:
    """Why the dispute is told (again), or None where nothing moved."""
    if known is None or known.sequence == 0:
        return "opened" if known is None or verdict.alert else None
    if newest - known.newest < timedelta(hours=limits.later_hours):
        return None
    moves = {
        "changed": verdict.verdict in _CHANGES,
        "reopened": known.state == "resolved",
        "severity_changed": known.verdict != verdict.verdict or known.severity != verdict.severity,
        "ratio_moved": _moved(known.ratio, verdict.ratio, limits.ratio_moved),
    }
    return next((cause for cause, holds in moves.items() if holds), None)


def _moved(before: float | None, now: float | None, share: float) -> bool:
    if before is None or now is None:
        return before != now
    return abs(now - before) >= share * before
