"""Every case on both databases: an empty store on SQLite, and on PostgreSQL where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.desk.store.database import Database
from tests.unit.desk.store import cluster


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    programs = cluster.binaries()
    if programs is None:
        pytest.skip("no initdb: install PostgreSQL (Debian: apt install postgresql)")
    with cluster.running(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest, tmp_path: Path, made: dict[str, str]) -> str:
    """Of a store whose tables are made; they are made once a session and copied."""
    if request.param == "sqlite":
        return await _sqlite(tmp_path, made)
    return await _postgresql(request.getfixturevalue("postgresql"), made)


@pytest.fixture(scope="session")
def made() -> dict[str, str]:
    """Dialect → the store that others are copies of."""
    return {}


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    store = Database(address)
    yield store
    await store.close()


@pytest.fixture
async def on_postgresql(postgresql: str, made: dict[str, str]) -> AsyncIterator[Database]:
    """For what SQLite does not have."""
    store = Database(await _postgresql(postgresql, made))
    yield store
    await store.close()


async def _sqlite(folder: Path, made: dict[str, str]) -> str:
    if "sqlite" not in made:
        made["sqlite"] = str(folder / "made.db")
        await _migrate(f"sqlite+aiosqlite:///{made['sqlite']}")
    shutil.copy(made["sqlite"], folder / "desk.db")
    return f"sqlite+aiosqlite:///{folder / 'desk.db'}"


async def _postgresql(server: str, made: dict[str, str]) -> str:
    if "postgresql" not in made:
        made["postgresql"] = "made"
        await _create(server, "made", "template1")
        await _migrate(f"{server}/made")
    name = f"desk_{uuid4().hex}"
    await _create(server, name, made["postgresql"])
    return f"{server}/{name}"


async def _migrate(address: str) -> None:
    store = Database(address)
    await store.migrate()
    await store.close()


async def _create(server: str, name: str, template: str) -> None:
    engine = create_async_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    await engine.dispose()
