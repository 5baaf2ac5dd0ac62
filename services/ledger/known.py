"""A figure as it was known at a time: the log of what came in until then, judged again. Nothing is edited in place.

What the ledger says follows from the records it read, so the state of any moment is found by reading those that had
come by then. The topics keep 90 days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from schemas.claim import ClaimsMade
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Processed
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from services.ledger import stage
from services.ledger.rows.gathered import gather
from services.ledger.rows.record import TABLE, stated

Logged = tuple[Arrival, ClaimsMade | ArticleRevised | ReviewDecided]


def known_at(log: Iterable[Logged], series: str, at: datetime) -> FigureStated | None:
    """The state of a series at `at`, None if nobody had said anything of it. `log`: the records of its block's
    partition, of that block at least, in any order."""
    rows: dict[str, bytes] = {}
    last: FigureStated | None = None
    for arrival, record in sorted((entry for entry in log if entry[0].at <= at), key=_order):
        outcome = stage.step(record, {TABLE: rows}, arrival)
        if not isinstance(outcome, Processed):
            continue
        for write in outcome.store:
            write.into(rows)
        last = next((f for f in outcome.emit if isinstance(f, FigureStated) and f.series == series), last)
    if last is None or not last.statements:
        return last
    return _with_what_is_stale(rows, last, at)


def _with_what_is_stale(rows: dict[str, bytes], last: FigureStated, at: datetime) -> FigureStated:
    """The conflicts that rest on what was stale by then are over; the statements stay the last ones known."""
    gathered = gather(rows, {last.series})
    record = gathered.records.get(last.series)
    if record is None or not record.entries:
        return last
    _, disputes = gathered.live(at)
    over = tuple(dispute for dispute in disputes if dispute.series == last.series)
    return stated(record.model_copy(update={"disputes": over}), {e.claim.id: e.claim for e in gathered.entries})


def _order(entry: Logged) -> tuple[datetime, str, int, int]:
    arrival, _ = entry
    return arrival.at, arrival.topic, arrival.partition, arrival.offset
