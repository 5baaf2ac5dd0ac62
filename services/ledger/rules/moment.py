"""What time a claim is told of: for a toll not always the day the text names, which is the day of the event."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from schemas.claim import Claim
from services.ledger.kept import by_claim
from services.ledger.rules.thresholds import thresholds

_UTC_OFFSET = timedelta(0)
_AS_OF = re.compile(r"\bas of (?!(?:yet|now|then)\b)", re.IGNORECASE)


@by_claim
def told_at(claim: Claim) -> datetime:
    """The time that decides which of two claims is the later word (R4).

    "The attack on Tuesday killed 58": a text of that day counts as of Tuesday. A later text tells what is known by
    then, so its own publication counts: "86 were killed on April 4" of 10 April is the later toll of one event, and no
    contradiction to the 58; and two papers of Wednesday morning, of which one says "on Tuesday", are of one moment.
    "As of Sunday night there were 471 deaths" is the day of the count, whenever it is told.
    """
    if _AS_OF.search(claim.sentence, 0, max(0, claim.start - claim.sentence_start)):
        return in_utc(claim.as_of)
    if claim.as_of_from != "text" or claim.kind != "cumulative" or not thresholds(claim.metric).event:
        return in_utc(claim.as_of)
    # By days, because "on Tuesday" stands for its noon and a paper's date for its midnight.
    later = claim.published.date() > claim.as_of.date()
    return in_utc(max(claim.as_of, claim.published) if later else claim.as_of)


def in_utc(moment: datetime) -> datetime:
    """The same moment. Each time that is decoded brings a zone of its own, and to compare two of different zones takes
    ten times as long as two of the one UTC, though both are UTC."""
    return moment.replace(tzinfo=UTC) if moment.utcoffset() == _UTC_OFFSET else moment
