"""The database behind the desk: one connection writes, several read, each reader sees one moment of it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from schemas.errors import BadSetting
from services.desk.store.tables import metadata

READERS = 4
"""Connections for pages. A page takes some 10 ms of database; more readers than cores would wait for each other."""

_LOOKED_AT = 1_000
"""Entries of each index that SQLite looks at: enough to tell a rare value from a common one, in 0.1 s."""

_BUSY_MS = 5_000
_CACHE_KIB = 16_000
_MAPPED_BYTES = 1 << 30
"""SQLite, per connection. 16 MB hold the index pages a board touches; up to 1 GB of the file is read without copying.
Another process may hold the write lock for as long as a rebuild's transaction takes, 0.3 s."""

_READ_ONLY = {"server_settings": {"default_transaction_read_only": "on"}}
_WRITER_LOCK = 8340
"""PostgreSQL: two desks on one database write one after the other (`pg_advisory_xact_lock`). Any number will do."""


class DatabaseAway(OperationalError):
    """No connection could be had: the database is stopped, starting, or not reachable. Nothing was read or written."""


class Database:
    """`url`: sqlite+aiosqlite:///FILE, postgresql+asyncpg://…, or sqlite+aiosqlite:// for one that ends with `close`.

    The last is a file, too, in a folder of its own: SQLite's memory databases have no log, so that a page would wait
    for every batch that is written. Raises BadSetting for another address.
    """

    def __init__(self, url: str, *, existing: bool = False) -> None:
        """`existing`: a SQLite file must be there already."""
        parsed, self._folder = _placed(_parsed(url), existing=existing)
        self.dialect = parsed.get_backend_name()
        sqlite = self.dialect == "sqlite"
        own: dict[str, Any] = {} if sqlite else {"isolation_level": "REPEATABLE READ", "connect_args": _READ_ONLY}
        both: dict[str, Any] = {
            "max_overflow": 0,
            "pool_pre_ping": not sqlite,  # a connection that a restart cut is opened anew instead of failing a page
            "hide_parameters": True,  # they are the news, and errors end in logs
        }
        try:
            self._readers = create_async_engine(parsed, pool_size=READERS, **both, **own)
            self._writer = create_async_engine(parsed, pool_size=1, **both)
        except ModuleNotFoundError as error:
            raise BadSetting(f"{_SETTING}: {error.name} is not installed; `make setup-postgres` adds it") from None
        if sqlite:
            _tune(self._readers.sync_engine, "BEGIN", "query_only=ON")
            _tune(self._writer.sync_engine, "BEGIN IMMEDIATE")
        self._writing = asyncio.Lock()

    async def migrate(self) -> None:
        """Bring the tables to what this version needs; on an empty database, make them. Raises BadSetting where the
        database cannot be opened, or was made by a later version."""
        try:
            async with self.writing() as db:
                await db.run_sync(_upgrade)
                lacking = await db.run_sync(_lacking)
        except DBAPIError as error:
            raise BadSetting(f"{_SETTING}: cannot be opened ({error.orig}); correct it or start the database") from None
        except CommandError as error:
            raise BadSetting(f"{_SETTING}: {error}; it was made by another version of counterclaim") from None
        if lacking:
            raise BadSetting(
                f"{_SETTING}: its tables were made by another version of counterclaim (they have no {lacking}); name a "
                "new file or an empty database, and fill it from the topics: `counterclaim desk-store rebuild`"
            )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment, whatever is written meanwhile. Nothing can be written through it.

        Raises DatabaseAway while the database does not answer, as `writing` does.
        """
        async with _opened(self._readers.connect()) as db:
            yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, kept if the body ends, undone if it raises. A second one waits for the first."""
        async with self._writing, _opened(self._writer.begin()) as db:
            if self.dialect == "postgresql":
                await db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})
            yield db

    async def optimize(self) -> None:
        """Let the database look at how its values are spread: after a rebuild, and now and then."""
        async with self.writing() as db:
            if self.dialect == "sqlite":
                await db.execute(text(f"PRAGMA analysis_limit={_LOOKED_AT}"))
            await db.execute(text("ANALYZE"))

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()
        if self._folder is not None:
            self._folder.cleanup()


@asynccontextmanager
async def _opened(connection: AbstractAsyncContextManager[AsyncConnection]) -> AsyncIterator[AsyncConnection]:
    """`connection`; where it cannot be had, that is a DatabaseAway, whatever the driver says.

    SQLAlchemy passes on what a driver raises before there is a connection: OSError, and asyncpg's own errors while
    PostgreSQL starts.
    """
    async with AsyncExitStack() as stack:
        try:
            db = await stack.enter_async_context(connection)
        except Exception as error:
            cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
            raise DatabaseAway(None, None, cause) from error
        yield db


def _parsed(url: str) -> URL:
    """Raises BadSetting, without the password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadSetting(f"{_SETTING}: no address; write {_FORMS}") from None
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise BadSetting(f"{_SETTING}: {parsed.drivername} is not known; write {_FORMS}")
    return parsed


_SETTING = "COUNTERCLAIM_DESK_DATABASE"
_FORMS = "sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"


def _placed(url: URL, *, existing: bool) -> tuple[URL, tempfile.TemporaryDirectory[str] | None]:
    """The address with a file in it, and the folder that was made for it."""
    if url.get_backend_name() != "sqlite":
        return url, None
    if not url.database or url.database == ":memory:":
        folder = tempfile.TemporaryDirectory(prefix="counterclaim-desk-")
        return url.set(database=str(Path(folder.name) / "desk.db")), folder
    if existing and not Path(url.database).exists():
        raise BadSetting(f"{_SETTING}: there is no file {url.database}; correct it, or start the desk, which makes it")
    folder_of = Path(url.database).parent
    try:
        folder_of.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"{_SETTING}: {folder_of}: {error.strerror}; name a file in a folder that can be made"
        ) from None
    return url, None


def _tune(engine: Engine, begin: str, *pragmas: str) -> None:
    """SQLite as this store wants it. Python's driver begins transactions of its own; here `begin` does."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",  # pages read while a batch is written
            "synchronous=NORMAL",  # a power cut may lose the last transactions: their offsets with them
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_MS}",
            f"cache_size=-{_CACHE_KIB}",
            f"mmap_size={_MAPPED_BYTES}",
            *pragmas,
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _upgrade(connection: Connection) -> None:
    command.upgrade(alembic(connection), "head")


def _lacking(connection: Connection) -> str | None:
    """A table or column that the tables should have and lack, although their version says that they are current: a
    migration was changed after it had run here, or something else made them. Each page would fail with 500."""
    found = inspect(connection)
    there = set(found.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            return table.name
        columns = {column["name"] for column in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                return f"{table.name}.{column.name}"
    return None


def alembic(connection: Connection) -> Config:
    """Alembic's configuration for the migrations of this package, over an open connection."""
    config = Config()
    config.set_main_option("script_location", "services.desk.store:migrations")
    config.attributes["connection"] = connection
    return config
