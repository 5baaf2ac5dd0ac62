"""A number that goes to and fro: told once as unsettled, then quiet until it keeps a direction."""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas.verdict import Verdict
from services.ledger.rows.record import Dispute

TURNS = 3
WITHIN = timedelta(hours=6)
"""So many changes of direction within so many hours: a live count put right to and fro, which nobody wants to be called
for each time."""


def turned(known: Dispute | None, moved: Dispute, direction: int, newest: datetime) -> tuple[Dispute, bool, bool]:
    """`moved` with its direction noted; whether it may be told; and whether it is told as unsettled.

    `direction` is that of the move from `known`: 1, -1, or 0 where there is none. Goes by the time of the claims.
    """
    before = known.direction if known is not None else 0
    turns = tuple(turn for turn in (known.turns if known is not None else ()) if newest - turn < WITHIN)
    if direction and before and direction != before:
        turns = (*turns, newest)[-TURNS:]
    was_unsettled = known is not None and known.unsettled
    unsettled = len(turns) >= TURNS or (was_unsettled and bool(turns))
    update = {"direction": direction or before, "turns": turns, "unsettled": unsettled}
    return moved.model_copy(update=update), not (unsettled and was_unsettled), unsettled and not was_unsettled


def unsettled(verdict: Verdict) -> Verdict:
    """The verdict as it is told once."""
    why = f"{TURNS} changes of direction within {WITHIN.total_seconds() / 3600:g} hours: quiet until it keeps one"
    return verdict.noting("unsettled", why)
