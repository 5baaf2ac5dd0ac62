"""The word on a held verdict (rules.md R8), from the desk and from the command line."""

from __future__ import annotations

from schemas.review import Decision, ReviewDecided
from schemas.verdict import VerdictGiven
from services.desk.acting.wanted import BadAct, Wanted
from services.ledger.rows.held import NEVER_LEAVES


def may_release(given: VerdictGiven) -> bool:
    """rules.md R0: what is not supported by its text can be dismissed and never released."""
    return given.verdict.reason != NEVER_LEAVES


def decided(
    by: str, what: Wanted, word: Decision, given: VerdictGiven, before: ReviewDecided | None = None
) -> ReviewDecided:
    """What the ledger is told of the held verdict `given`, on which `before` was decided.

    Raises BadAct where somebody decided before, or where nobody may release.
    """
    if before is not None:
        raise BadAct("target", f"was {before.decision} by {before.by} already", "leave it: the first word stands")
    if word == "released" and not may_release(given):
        raise BadAct("target", "rests on words that are not in the text cited and never leaves", "dismiss it")
    return ReviewDecided(id=what.target, block=given.block, decision=word, by=by, why=what.why, at=what.at)
