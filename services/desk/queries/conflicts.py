"""Conflicts: two voices whose intervals do not meet, from birth to end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.figure import Conflict
from schemas.metrics import Metric
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import by_terms, equal, in_time, severe
from services.desk.queries.paging import Filter, Page
from services.desk.store.tables import conflicts, figure_terms, figures


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """A conflict and the series it is in, with the name that is shown of it."""

    conflict: Conflict
    series: str
    label: str
    metric: Metric


async def one(db: AsyncConnection, id_: str) -> KnownConflict | None:
    """A conflict by its id, which is its alert's fingerprint."""
    row = (await db.execute(_whole().where(conflicts.c.id == id_))).first()
    return None if row is None else _made(row)


async def over(db: AsyncConnection, ids: Iterable[str]) -> dict[str, Conflict]:
    """Those of `ids` that have ended. Numbers that meet raise no message of their alert, so a list of alerts asks."""
    ended = conflicts.c.id.in_(list(ids)), conflicts.c.state == "resolved"
    found = await db.execute(select(conflicts.c.id, conflicts.c.message).where(*ended))
    return {row.id: Conflict.model_validate_json(row.message) for row in found}


async def listed(
    db: AsyncConnection,
    wanted: Filter,
    cursor: str | None,
    limit: int,
    state: Literal["open", "resolved"] | None = None,
) -> Page[KnownConflict]:
    """The last changed first. An open one must stand in its figure's latest state: the ledger drops the oldest of a
    series that has very many."""
    statement = _whole().where(
        *in_time(conflicts.c.updated, wanted),
        *severe(conflicts.c.severity, wanted),
        *equal(conflicts.c.metric, wanted.metric),
        *await by_terms(db, conflicts.c.series, figure_terms, wanted),
    )
    if state is not None:
        statement = statement.where(conflicts.c.state == state)
    if state == "open":
        statement = statement.where(figures.c.updated == conflicts.c.stated)
    rows, following = await rows_of(db, statement, (Key(conflicts.c.updated), Key(conflicts.c.id)), cursor, limit)
    return Page(tuple(map(_made, rows)), following)


def _whole() -> Select[Any]:
    together = conflicts.join(figures, conflicts.c.series == figures.c.series)
    return select(conflicts.c.message, conflicts.c.series, conflicts.c.metric, figures.c.label).select_from(together)


def _made(row: Row[Any]) -> KnownConflict:
    return KnownConflict(Conflict.model_validate_json(row.message), row.series, row.label, Metric(row.metric))
