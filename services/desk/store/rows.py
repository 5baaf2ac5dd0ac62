"""Writing many rows at once, in the words both databases share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Mapping[str, Any]
T = TypeVar("T")

CHUNK = 500
"""Values of one IN: SQLite takes 250,000, PostgreSQL 32,767; a batch of messages has a few hundred."""


def _insert(db: AsyncConnection) -> Any:
    return sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert


async def add(db: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows; where one of the same key stands already, it stays as it is."""
    if rows:
        await db.execute(_insert(db)(table).on_conflict_do_nothing(), rows)


async def put(db: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows; where one of the same key stands already, its other columns are replaced."""
    if not rows:
        return
    statement = _insert(db)(table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    await db.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)


async def drop(db: AsyncConnection, table: Table, column: str, values: Iterable[Any]) -> None:
    """Delete the rows with one of these values."""
    for some in chunks(values):
        await db.execute(delete(table).where(table.c[column].in_(some)))


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in lists of at most CHUNK."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def newest(rows: Iterable[Row], key: str, at: str) -> dict[str, Row]:
    """The row of each key with the highest `at`; of equal ones the last, which is how their partition orders them."""
    kept: dict[str, Row] = {}
    for row in rows:
        held = kept.get(row[key])
        if held is None or held[at] <= row[at]:
            kept[row[key]] = row
    return kept
