"""R9: statements that nobody has carried for long go stale, and conflicts that rest on them are over.

A pure function of rows and a time. A sweep can say so before any record comes, and the next record of the rows finds
the same: every step carries the moment at which it came to be, not the moment at which somebody looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.ledger.alerts.dispute import ended
from services.ledger.rows.entries import goes_stale
from services.ledger.rows.record import Dispute, Entry


def expired(entries: Iterable[Entry], disputes: Iterable[Dispute], now: datetime) -> tuple[list[Entry], list[Dispute]]:
    """What is live by `now`, and the disputes, with the conflicts resolved that rested on what is not."""
    entries, disputes = list(entries), list(disputes)
    moments = {
        claim_id: moment
        for entry in entries
        if (moment := goes_stale(entry)) <= now
        for claim_id in (entry.claim.id, *entry.earlier)
    }
    if not moments:
        return entries, disputes
    after = []
    for dispute in disputes:
        gone = [moments[side] for side in (dispute.one, dispute.other) if side in moments]
        stale = dispute.verdict == "conflict" and dispute.state == "open" and gone
        after.append(ended(dispute, "stale", min(gone), (dispute.one, dispute.other)) if stale else dispute)
    return [entry for entry in entries if entry.claim.id not in moments], after
