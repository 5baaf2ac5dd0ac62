"""R9: statements that nobody has carried for long go stale, and conflicts that rest on them are over.

A pure function of a row and a time. A sweep can say so before any record comes, and the next record of the row finds
the same: every step carries the moment at which it came to be, not the moment at which somebody looked.
"""

from __future__ import annotations

from datetime import datetime

from services.ledger.dispute import ended
from services.ledger.entries import goes_stale
from services.ledger.record import SeriesRecord


def expired(record: SeriesRecord, now: datetime) -> SeriesRecord:
    """The row without what is stale by `now`, with the conflicts resolved that rested on it."""
    moments = {
        claim_id: moment
        for entry in record.entries
        if (moment := goes_stale(entry, record)) <= now
        for claim_id in (entry.claim.id, *entry.earlier)
    }
    if not moments:
        return record
    disputes = []
    for dispute in record.disputes:
        gone = [moments[side] for side in (dispute.one, dispute.other) if side in moments]
        stale = dispute.verdict == "conflict" and dispute.state == "open" and gone
        disputes.append(ended(dispute, "stale", min(gone), (dispute.one, dispute.other)) if stale else dispute)
    live = tuple(entry for entry in record.entries if entry.claim.id not in moments)
    return record.model_copy(update={"entries": live, "disputes": tuple(disputes)})


def next_expiry(record: SeriesRecord) -> datetime | None:
    """When the first of its statements goes stale, None where there is none."""
    return min((goes_stale(entry, record) for entry in record.entries), default=None)
