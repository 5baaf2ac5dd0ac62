"""Why a claim was compared with nothing, or what came of it is not told: every silence has a reason code, too (R9)."""

from __future__ import annotations

from typing import NamedTuple

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.rules.gate import DOUBTED, UNCOMPARED_METRICS, UNCOMPARED_ROLES


class Silence(NamedTuple):
    """A stable code, and the words for it."""

    reason: str
    because: str


def silence(claim: Claim, revised_by: str | None = None) -> Silence:
    """Why no verdict names the claim. `revised_by`: the article that took the place of its own, if one did."""
    if claim.part == "title":
        return Silence("headline", "a number that stands in a title alone is held against the text below it alone")
    if claim.metric.value in UNCOMPARED_METRICS:
        return Silence("gate_metric", f"a figure of metric {claim.metric.value!r} is shown, never compared")
    if claim.role in UNCOMPARED_ROLES:
        return Silence("gate_role", f"a {claim.role} figure is no total")
    if claim.status in DOUBTED:
        return Silence(f"gate_{claim.status}", f"a figure that is {claim.status} is nobody's count")
    if revised_by is not None:
        return Silence("revised", f"a newer text of its article was read before it or since: {revised_by}")
    return Silence("alone", "nobody else had a live word on the same count, nor had its own voice an earlier one")


def leaped(verdict: Verdict) -> Verdict:
    """A change that leaves out a step between: kept in the log, and told step by step only."""
    return verdict.model_copy(update={"alert": False}).noting("leap", "not told: others had a word between the two")


def superseded(newer: Claim) -> Verdict:
    """Of a claim that comes after a later word of its own voice."""
    return Verdict(
        verdict="not_comparable",
        flags=("superseded",),
        severity="none",
        alert=False,
        hold=False,
        reason="superseded",
        because=(f"the same voice has a later word, of {newer.as_of:%Y-%m-%d %H:%M} UTC",),
    )
