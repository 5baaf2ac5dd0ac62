"""Names and the entities they may mean, for filters that give a name instead of an id."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.store.columns import INDEXED, folded, storable
from services.desk.store.tables import names


async def add_names(db: AsyncConnection, met: Iterable[tuple[str, str]]) -> None:
    """Note (entity, name) pairs. Of spellings that fold to one the first of the alphabet is shown, in any order."""
    rows: dict[tuple[str, str], str] = {}
    for entity, given in met:
        name = storable(given[:INDEXED])
        key = (folded(name), entity)
        rows[key] = min(name, rows.get(key, name))
    if not rows:
        return
    statement = (sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert)(names)
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=["folded", "entity"],
            set_={"name": statement.excluded.name},
            where=statement.excluded.name < names.c.name,
        ),
        [{"folded": fold, "entity": entity, "name": name} for (fold, entity), name in rows.items()],
    )
