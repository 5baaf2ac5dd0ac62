"""R9: when a conflict or a change is told, told again, and over; and each step of its life."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from schemas.claim import Claim
from schemas.figure import LifeStep
from schemas.verdict import SEVERITIES, Verdict
from services.ledger.alerts import flapping
from services.ledger.rows.record import Dispute
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import Thresholds

_CHANGES = frozenset({"increase", "decrease"})
TAKEN_BACK = frozenset({"withdrawn", "corrected"})
"""Causes of an end that subscribers were told of by a cancel message."""

What = Literal["opened", "widened", "narrowed", "joined", "restated", "resolved", "reopened", "changed"]


class Move(NamedTuple):
    """A dispute after a verdict, and the verdict as it is told now; None: nothing is."""

    dispute: Dispute | None
    told: Verdict | None


def updated(
    known: Dispute | None,
    fingerprint: str,
    series: str,
    pair: tuple[Claim, Claim],
    verdict: Verdict,
    *,
    at: datetime,
    limits: Thresholds,
    forgotten: int = 0,
    forced: str | None = None,
    amends: tuple[str, ...] = (),
) -> Move:
    """The dispute after `verdict` on `pair` (in the order they are shown), and whether an alert is told now.

    `forgotten`: the highest sequence the pair may have had in a dispute that was dropped; a new one starts above it.
    `forced`: the cause of a move that is told whatever was told before: a release, a correction. `amends`: claims that
    no longer hold, which it puts right.

    A dispute moves only with a claim of a later time (R4's hour): so the order in which claims of one hour arrive
    decides neither whether an alert is told nor under which id. Whether it is over is `settled`'s to say.
    """
    newest = max(told_at(claim) for claim in pair)
    if verdict.verdict not in (*_CHANGES, "conflict"):
        return Move(known, None)
    if verdict.verdict in _CHANGES and not verdict.alert and known is None:
        return Move(None, None)
    cause = forced or _cause(known, verdict, newest, limits)
    if cause is None:
        return Move(None if known is None else _later_note(known, pair, verdict, newest), None)
    what = _what(known, verdict, cause)
    dispute = _standing(known, fingerprint, series, pair, verdict, cause=cause, at=at, newest=newest)
    dispute, may_be_told, is_unsettled = flapping.turned(known, dispute, _direction(known, verdict, what), newest)
    told = verdict.alert and (may_be_told or forced is not None)
    if told:
        sequence = (dispute.sequence or forgotten) + 1
        first = dispute.first if dispute.sequence else sequence
        dispute = dispute.model_copy(update={"sequence": sequence, "first": first})
    if known is not None and known.state == "open" and verdict.verdict in _CHANGES and known.verdict == "conflict":
        dispute = ended(dispute, "changed", at, (known.one, known.other))
    reason = verdict.reason if cause == "opened" else cause
    alert = f"{fingerprint}:{dispute.sequence}" if told else None
    step = LifeStep(what=what, cause=str(reason), at=at, claims=(pair[0].id, pair[1].id), alert=alert, amends=amends)
    shown = flapping.unsettled(verdict) if is_unsettled else verdict
    return Move(dispute.with_step(step), shown if told else None)


def _standing(
    known: Dispute | None,
    fingerprint: str,
    series: str,
    pair: tuple[Claim, Claim],
    verdict: Verdict,
    *,
    cause: str,
    at: datetime,
    newest: datetime,
) -> Dispute:
    """The open dispute as `verdict` has it, with the past of `known`; nothing of this move is told of it yet."""
    return Dispute(
        id=fingerprint,
        series=series,
        one=pair[0].id,
        other=pair[1].id,
        severity=verdict.severity,
        ratio=verdict.ratio,
        flags=verdict.flags,
        state="open",
        opened=known.opened if known is not None else at,
        updated=at,
        cause=cause,
        steps=known.steps if known is not None else (),
        dropped=known.dropped if known is not None else 0,
        verdict=verdict.verdict,
        sequence=known.sequence if known is not None else 0,
        first=known.first if known is not None and known.sequence else 1,
        newest=newest if verdict.alert or known is None else max(newest, known.newest),
    )


def settled(dispute: Dispute, last: tuple[tuple[Claim, Claim], Verdict] | None, at: datetime, gone: str) -> Dispute:
    """A conflict by the last words of its two voices and the verdict on them: over, open again, or as it is.

    `last` None: a voice has no live word any more, or none that can be compared, because of `gone`. Depends on what is
    live only, so the order in which it came does not matter.
    """
    if dispute.verdict != "conflict":
        return dispute
    if last is None:
        return ended(dispute, gone, at, (dispute.one, dispute.other)) if dispute.state == "open" else dispute
    pair, verdict = last
    names = (pair[0].id, pair[1].id)
    newest = max(told_at(claim) for claim in pair)
    dispute = between_claims(dispute, *names)
    if verdict.verdict in ("same", "refinement") and dispute.state == "open":
        met = ended(dispute, "intervals_met", at, names)
        return met.model_copy(update={"newest": max(newest, dispute.newest)})
    if verdict.verdict in _CHANGES and dispute.state == "open" and pair[0].kind == pair[1].kind == "cumulative":
        return ended(dispute, "moved_on", at, names)  # a later and higher total contradicts nothing (R4)
    if dispute.state == "open" or verdict.verdict != "conflict":
        return dispute
    reopened = {"state": "open", "updated": at, "cause": "reopened"}
    step = LifeStep(what="reopened", cause=verdict.reason, at=at, claims=names)
    return dispute.model_copy(update=reopened).with_step(step)


def between_claims(dispute: Dispute, one: str, other: str) -> Dispute:
    """The dispute, by the claims that now state its two sides."""
    if (one, other) == (dispute.one, dispute.other):
        return dispute
    return dispute.model_copy(update={"one": one, "other": other})


def ended(
    dispute: Dispute,
    cause: str,
    at: datetime,
    claims: tuple[str, ...],
    *,
    alert: str | None = None,
    amends: tuple[str, ...] = (),
) -> Dispute:
    """The dispute, resolved. `claims` show why; `alert` is the message that told it, if one did, and `amends` what that
    puts right."""
    step = LifeStep(what="resolved", cause=cause, at=at, claims=claims, alert=alert, amends=amends)
    return dispute.model_copy(update={"state": "resolved", "updated": at, "cause": cause}).with_step(step)


def narrowed(
    dispute: Dispute, verdict: Verdict, cause: str, at: datetime, *, alert: str | None, amends: tuple[str, ...]
) -> Dispute:
    """A conflict that is an alert no more, because a claim of it was put right."""
    step = LifeStep(what="narrowed", cause=cause, at=at, claims=amends, alert=alert, amends=amends)
    update = {"severity": verdict.severity, "ratio": verdict.ratio, "flags": verdict.flags, "state": "open"}
    return dispute.model_copy(update=update | {"updated": at, "cause": cause}).with_step(step)


def joined(dispute: Dispute, claim: Claim, at: datetime) -> Dispute:
    """One more voice on one of the sides."""
    return dispute.with_step(LifeStep(what="joined", cause="new_speaker", at=at, claims=(claim.id,)))


def _later_note(known: Dispute, pair: tuple[Claim, Claim], verdict: Verdict, newest: datetime) -> Dispute:
    """Of several pairs of claims by the same two voices, none of them an alert, the last by time and id is shown: which
    of them arrived first must not decide it."""
    names = sorted(claim.id for claim in pair)
    if known.sequence or known.state != "open" or (newest, names) <= (known.newest, sorted((known.one, known.other))):
        return known
    shown = {"one": pair[0].id, "other": pair[1].id, "ratio": verdict.ratio, "flags": verdict.flags, "newest": newest}
    return known.model_copy(update=shown)


def _cause(known: Dispute | None, verdict: Verdict, newest: datetime, limits: Thresholds) -> str | None:
    """Why the dispute is told (again), or None where nothing moved."""
    if known is None or known.sequence == 0:
        return "opened" if known is None or verdict.alert else None
    if known.state == "resolved" and known.cause in TAKEN_BACK:
        return "reopened"  # whoever was told that it is off is told at once that it is on again
    if newest - known.newest < timedelta(hours=limits.later_hours):
        return None
    moves = {
        "changed": verdict.verdict in _CHANGES,
        "reopened": known.state == "resolved",
        "severity_changed": known.verdict != verdict.verdict or known.severity != verdict.severity,
        "ratio_moved": _moved(known.ratio, verdict.ratio, limits.ratio_moved),
    }
    return next((cause for cause, holds in moves.items() if holds), None)


def _what(known: Dispute | None, verdict: Verdict, cause: str | None) -> What:
    if verdict.verdict in _CHANGES:
        return "changed"
    if known is None or not known.steps or known.verdict != "conflict":
        opened = known is not None and any(step.what == "opened" for step in known.steps)
        return "reopened" if opened else "opened"
    if known.state == "resolved":
        return "reopened"
    before = (SEVERITIES.index(known.severity), float("inf") if known.ratio is None else known.ratio)
    now = (SEVERITIES.index(verdict.severity), float("inf") if verdict.ratio is None else verdict.ratio)
    if before == now or cause == "released":
        return "restated"
    return "widened" if now > before else "narrowed"


def _direction(known: Dispute | None, verdict: Verdict, what: What) -> int:
    if verdict.verdict in _CHANGES:
        return 1 if verdict.verdict == "increase" else -1
    if what == "reopened" and known is not None:
        return -(known.direction or 1)  # it came together and went apart: a turn
    return {"widened": 1, "narrowed": -1}.get(what, 0)


def _moved(before: float | None, now: float | None, share: float) -> bool:
    if before is None or now is None:
        return before != now
    return abs(now - before) >= share * before
