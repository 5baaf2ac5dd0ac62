"""Series: their latest state, every state before it, and the conflicts in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.claim import Claim
from schemas.figure import FigureStated
from schemas.message import encode
from schemas.outcomes import Arrival
from schemas.verdict import SEVERITIES
from services.desk.store.columns import folded, micros, pack
from services.desk.store.project_claims import add_claims
from services.desk.store.rows import Row, add, chunks, drop, newest, put
from services.desk.store.tables import conflicts, figure_states, figure_terms, figures


async def stated(db: AsyncConnection, arrived: Sequence[tuple[Arrival, FigureStated]]) -> None:
    await add_claims(db, [(micros(arrival.at), c) for arrival, message in arrived for c in message.statements])
    states = {(message.series, micros(message.updated)): message for _, message in arrived}
    await put(
        db,
        figure_states,
        [{"series": s, "updated": at, "message": pack(encode(message))} for (s, at), message in states.items()],
    )
    rows = newest([_row(message) for _, message in arrived], "series", "updated")
    won = await winners(db, figures, rows, "series", "updated")
    await put(db, figures, won)
    await drop(db, figure_terms, "series", [row["series"] for row in won])
    terms = [
        {"series": message.series, "kind": kind, "value": value}
        for message in (states[row["series"], row["updated"]] for row in won)
        for kind, value in terms_of(message.statements, message.places)
    ]
    await add(db, figure_terms, terms)
    told = newest([row for _, message in arrived for row in _conflicts(message)], "id", "stated")
    await put(db, conflicts, await winners(db, conflicts, told, "id", "stated"))


async def winners(db: AsyncConnection, table: Table, rows: Mapping[str, Row], key: str, at: str) -> list[Row]:
    """Those of `rows` that are not older than the row the table has of the same key."""
    held: dict[str, int] = {}
    for keys in chunks(rows):
        found = await db.execute(select(table.c[key], table.c[at]).where(table.c[key].in_(keys)))
        held.update((name, moment) for name, moment in found)
    return [row for name, row in rows.items() if name not in held or held[name] <= row[at]]


def terms_of(claims: Iterable[Claim], places: Iterable[str] = ()) -> set[tuple[str, str]]:
    """What something made of claims is found by: (kind, value)."""
    terms = {(kind, place) for place in places for kind in ("place", "entity")}
    for claim in claims:
        terms |= {(kind, place) for place in claim.places for kind in ("place", "entity")}
        terms |= {("entity", entity) for entity in (claim.whose_id, claim.speaker_id) if entity}
        terms.add(("voice", folded(claim.voice_name)))
        if claim.publisher:
            terms.add(("publisher", claim.publisher))
    return terms


def _row(message: FigureStated) -> dict[str, Any]:
    in_conflict = [SEVERITIES.index(c.severity) for c in message.conflicts if c.state == "open"]
    return {
        "series": message.series,
        "label": message.label,
        "metric": message.metric.value,
        "open_conflicts": len(in_conflict),
        "severity": max(in_conflict, default=0),
        "updated": micros(message.updated),
        "message": encode(message),
    }


def _conflicts(message: FigureStated) -> Iterable[dict[str, Any]]:
    for conflict in message.conflicts:
        yield {
            "id": conflict.id,
            "series": message.series,
            "metric": message.metric.value,
            "state": conflict.state,
            "severity": SEVERITIES.index(conflict.severity),
            "updated": micros(conflict.updated),
            "stated": micros(message.updated),
            "message": conflict.__pydantic_serializer__.to_json(conflict),
        }
