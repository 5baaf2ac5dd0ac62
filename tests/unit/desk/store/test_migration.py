"""The migrations make the tables that the code says."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from schemas.errors import BadSetting
from services.desk.store.database import Database
from services.desk.store.search_index import INDEXES, WORDS, words_of
from services.desk.store.tables import metadata
from tests.unit.desk.store import world


def is_of_search(name: str | None) -> bool:
    """Whether a table, column or index is the search's: not part of the metadata that both databases share."""
    return name == WORDS or any(name is not None and name.startswith(words_of(table)) for table in INDEXES)


def differences(connection: Connection) -> list[Any]:
    def wanted(_: Any, name: str | None, kind: str, *__: Any) -> bool:
        return not is_of_search(name) and not (kind == "table" and name == "alembic_version")

    options = {"include_object": wanted, "compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migrated_tables_are_those_of_the_metadata(database: Database) -> None:
    async with database.writing() as db:
        assert await db.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await world.take(database, *world.everything())
    before = await world.rows(database)
    await database.migrate()
    assert await world.rows(database) == before


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ("ALTER TABLE figures DROP COLUMN label", "figures.label"),
        ("DROP TABLE ended_sessions", "ended_sessions"),
    ],
)
async def test_tables_of_another_version_are_told_with_what_to_do(
    database: Database, change: str, lacking: str
) -> None:
    """A migration that was changed after it had run: the version says current, and each page would fail with 500."""
    async with database.writing() as db:
        await db.execute(text(change))
    with pytest.raises(BadSetting, match=f"they have no {lacking}.*desk-store rebuild"):
        await database.migrate()
