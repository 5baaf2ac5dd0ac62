"""How much comes of each publisher, and when: counted as rows are added, so that nobody has to count 100,000 of them.

Only rows that were not there are counted, in their own transaction: what is told again counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.store.tables import source_hours, source_totals

HOUR = 3_600_000_000
"""Microseconds."""

OF_CLAIMS = ""
"""Stands where the language stands of articles."""


async def count_articles(db: AsyncConnection, came: Iterable[tuple[str | None, str, int]]) -> None:
    """New articles as (publisher, language, arrival)."""
    listed = list(came)
    await _count(db, source_totals, "language", ((publisher or "", language, at) for publisher, language, at in listed))
    await _count(db, source_hours, "hour", ((publisher or "", at - at % HOUR, at) for publisher, _, at in listed))


async def count_claims(db: AsyncConnection, publishers: Iterable[str | None]) -> None:
    """New claims by their publishers."""
    await _count(db, source_totals, "language", ((publisher or "", OF_CLAIMS, 0) for publisher in publishers))


async def _count(db: AsyncConnection, table: Table, key: str, came: Iterable[tuple[str, str | int, int]]) -> None:
    """One more of each (publisher, `key`), at these times."""
    times: dict[tuple[str, str | int], list[int]] = {}
    for publisher, value, at in came:
        times.setdefault((publisher, value), []).append(at)
    if not times:
        return
    statement = (sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert)(table)
    new, (least, most) = statement.excluded, _ends(db)
    sums = {"count": table.c["count"] + new["count"], "last": most(table.c["last"], new["last"])}
    if "first" in table.c:
        sums["first"] = least(table.c["first"], new["first"])
    rows = [
        {"publisher": publisher, key: value, "count": len(at), "first": min(at), "last": max(at)}
        for (publisher, value), at in times.items()
    ]
    given = [{name: row[name] for name in row if name in table.c} for row in rows]
    await db.execute(statement.on_conflict_do_update(index_elements=["publisher", key], set_=sums), given)


def _ends(db: AsyncConnection) -> tuple[Any, Any]:
    """The functions of two values that give the lower and the higher."""
    return (func.min, func.max) if db.dialect.name == "sqlite" else (func.least, func.greatest)
