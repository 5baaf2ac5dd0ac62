"""Comparisons, and what people decided of those that were held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.ids import held_id
from schemas.message import encode
from schemas.outcomes import Arrival
from schemas.review import ReviewDecided
from schemas.verdict import SEVERITIES, Verdict, VerdictGiven
from services.desk.store.columns import micros
from services.desk.store.project_figures import winners
from services.desk.store.rows import add, newest, put
from services.desk.store.tables import reviews, verdicts


async def given(db: AsyncConnection, arrived: Sequence[tuple[Arrival, VerdictGiven]]) -> None:
    rows = newest([_row(message) for _, message in arrived], "id", "at")
    await put(db, verdicts, await winners(db, verdicts, rows, "id", "at"))


async def decided(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ReviewDecided]]) -> None:
    """The first word on a held verdict stands."""
    rows = [{"id": message.id, "at": micros(message.at), "message": encode(message)} for _, message in arrived]
    await add(db, reviews, rows)


def _row(message: VerdictGiven) -> dict[str, Any]:
    return {
        "id": message.record_id(),
        "held": held_id(message.one, message.other),
        "series": message.series,
        "one": message.one,
        "other": message.other,
        "verdict": message.verdict.verdict,
        "severity": SEVERITIES.index(message.verdict.severity),
        "hold": message.verdict.hold,
        "note": _is_note(message.verdict),
        "at": micros(message.at),
        "message": encode(message),
    }


def _is_note(verdict: Verdict) -> bool:
    return verdict.hold or (verdict.verdict == "conflict" and verdict.severity == "info" and not verdict.alert)
