"""The database as such: addresses, who sees what when."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemas.errors import BadSetting
from services.desk.queries.counts import counts
from services.desk.store.columns import micros, moment
from services.desk.store.database import Database
from services.desk.store.feed import open_database
from services.platform.settings import Settings
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world


@pytest.mark.parametrize("url", ["desk.db", "mysql://u:secret@h/desk", "postgresql://u:secret@h/desk", "://", "\x00"])
def test_another_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadSetting, match="sqlite\\+aiosqlite:///FILE") as refused:
        Database(url)
    assert "secret" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match=r"COUNTERCLAIM_DESK_DATABASE: .*/file: .*; name a file in a folder"):
        Database(f"sqlite+aiosqlite:///{tmp_path}/file/desk.db")


async def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    store = Database("postgresql+asyncpg://desk:secret@127.0.0.1:1/desk")
    with pytest.raises(BadSetting, match="DESK_DATABASE") as refused:
        await store.migrate()
    assert "secret" not in str(refused.value)
    await store.close()


async def test_a_connection_that_cannot_be_had_is_a_databases_error_whoever_raises_it() -> None:
    store = Database("postgresql+asyncpg://desk:secret@127.0.0.1:1/desk")
    for asked in (store.reading(), store.writing()):
        with pytest.raises(DBAPIError):
            async with asked:
                pass
    await store.close()


async def test_an_error_of_the_database_does_not_tell_the_news(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.writing() as db:
            await db.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "a source in the ministry"})
    assert "ministry" not in str(caught.value)


async def test_a_desk_without_a_database_has_one_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = open_database(Settings())
    await store.migrate()
    await world.take(store, d.MINISTRY)
    async with store.reading() as db:
        assert (await counts(db)).articles == 1
    assert len(_files(tmp_path)) >= 1
    await store.close()
    assert _files(tmp_path) == []


async def test_a_page_sees_one_moment_whatever_is_written_meanwhile(database: Database) -> None:
    await world.take(database, d.MINISTRY)
    async with database.reading() as db:
        before = await counts(db)
        await world.take(database, d.UNION)
        assert await counts(db) == before
    async with database.reading() as db:
        assert (await counts(db)).articles == 2


async def test_nothing_can_be_written_by_a_page(database: Database) -> None:
    async with database.reading() as db:
        with pytest.raises(DBAPIError):
            await db.execute(text("DELETE FROM articles"))


async def test_what_was_taken_in_is_there_after_a_restart(address: str) -> None:
    first = Database(address)
    await world.take(first, *world.everything())
    before = await world.rows(first)
    await first.close()
    second = Database(address)
    await second.migrate()
    assert await world.rows(second) == before
    await second.close()


def test_times_are_kept_to_the_microsecond() -> None:
    for at in (d.NOON, d.NOON.replace(microsecond=999_999), d.NOON.replace(year=9999), d.NOON.replace(year=1)):
        assert moment(micros(at)) == at


def _files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.db"))
