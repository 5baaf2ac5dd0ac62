"""What time a claim is told of: for a toll not always the day the text names, which is the day of the event."""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas.claim import Claim
from services.ledger.thresholds import thresholds


def told_at(claim: Claim) -> datetime:
    """The time that decides which of two claims is the later word (R4).

    "The attack on Tuesday killed 58": a text of that day or the next counts as of Tuesday. One that comes R4's 48 hours
    later tells what is known by then, so its own publication counts: "86 were killed on April 4" of 10 April is the
    later toll of one event, and no contradiction to the 58.
    """
    if claim.as_of_from != "text" or claim.kind != "cumulative":
        return claim.as_of
    limits = thresholds(claim.metric)
    if not limits.event:
        return claim.as_of
    # In days, because "on Tuesday" stands for its noon and a paper's date for its midnight.
    late = claim.published.date() - claim.as_of.date() >= timedelta(hours=limits.together_hours)
    return max(claim.as_of, claim.published) if late else claim.as_of
