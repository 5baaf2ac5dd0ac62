from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from services.desk.store.database import Database
from tests.unit.desk.api.serving import Desk, fill
from tests.unit.desk.store import world


@pytest.fixture(scope="session")
def kept() -> dict[str, Path]:
    """The store that others are copies of: making its tables takes longer than most tests."""
    return {}


@pytest.fixture
async def empty(tmp_path: Path, kept: dict[str, Path]) -> AsyncIterator[Database]:
    if not kept:
        first = Database(f"sqlite+aiosqlite:///{tmp_path / 'made.db'}")
        await first.migrate()
        await first.close()
        kept["made"] = tmp_path / "made.db"
    shutil.copy(kept["made"], tmp_path / "desk.db")
    store = Database(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}")
    yield store
    await store.close()


@pytest.fixture
async def database(empty: Database) -> Database:
    """All that can happen to the flood."""
    await fill(empty, world.arrived(world.everything()))
    return empty


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    made = Desk(database)
    yield made
    made.changes.close()


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.client() as asking:
        yield asking
