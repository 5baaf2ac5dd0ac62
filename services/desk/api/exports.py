"""A whole list as a file, made page by page: no file is ever in memory, no transaction longer than a page.

A list is read from its newest row on, so that what comes in meanwhile is not in it; a row that changes meanwhile
and moves to the top (a figure, an alert, an entity) may be left out, and none stands in it twice.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from services.desk.api.answers import adapter
from services.desk.api.columns import Column, Value
from services.desk.api.lists import List, Wanted
from services.desk.api.parquet import Parquet
from services.desk.queries.paging import MOST
from services.desk.store.database import Database

Format = Literal["csv", "jsonl", "parquet"]

MEDIA: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins so, and it is publishers who choose the words."""


class Writer(Protocol):
    """Makes a file of rows: bytes of the beginning, of each page, of the end; any of them may be empty."""

    def begin(self) -> bytes: ...

    def add(self, rows: Sequence[Any], flat: Sequence[Any]) -> bytes: ...

    def end(self) -> bytes: ...


async def pages(database: Database, listed: List[Any], wanted: Wanted) -> AsyncIterator[tuple[Sequence[Any], Any]]:
    """All rows of a list by pages, each beside its flat form."""
    cursor: str | None = None
    while True:
        async with database.reading() as db:
            page = await listed.rows(db, wanted, cursor, MOST)
            flat = await listed.flat(db, page.items)
        yield page.items, flat
        cursor = page.next
        if cursor is None:
            return


async def exported(
    database: Database, listed: List[Any], wanted: Wanted, writer: Writer
) -> AsyncIterator[tuple[bytes, int]]:
    """The file in pieces, each with the rows read for it. Raises BadQuery before the first piece."""
    told: set[bytes] = set()
    beginning = writer.begin()
    async for rows, flat in pages(database, listed, wanted):
        fresh = _fresh(listed, rows, told)
        chosen = [rows[i] for i in fresh], [flat[i] for i in fresh]
        body = await asyncio.to_thread(writer.add, *chosen)  # 10 to 50 ms, in which the desk has others to answer
        yield beginning + body, len(fresh)
        beginning = b""
    yield await asyncio.to_thread(writer.end), 0


def _fresh(listed: List[Any], rows: Sequence[Any], told: set[bytes]) -> list[int]:
    """Which rows were not told yet: one whose key fell while the file was made would come again."""
    fresh = []
    for index, row in enumerate(rows):
        name = listed.key(row).encode("utf-8", "replace")
        if name not in told:
            told.add(name)
            fresh.append(index)
    return fresh


def writer_of(listed: List[Any], form: Format) -> Writer:
    """Raises NoParquet."""
    if form == "jsonl":
        return JsonLines(listed)
    return Csv(listed.columns) if form == "csv" else Parquet(listed.columns)


class JsonLines:
    """One row of the list a line, as the list itself gives it."""

    def __init__(self, listed: List[Any]) -> None:
        item: Any = listed.item
        self._adapter = adapter(item)

    def begin(self) -> bytes:
        return b""

    def add(self, rows: Sequence[Any], flat: Sequence[Any]) -> bytes:
        return b"".join(self._adapter.dump_json(row) + b"\n" for row in rows)

    def end(self) -> bytes:
        return b""


class Csv:
    """RFC 4180 in UTF-8 with a heading. Times as 2030-03-04T12:00:00Z, true and false, empty for what is not there."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns

    def begin(self) -> bytes:
        return _lines([[column.name for column in self._columns]])

    def add(self, rows: Sequence[Any], flat: Sequence[Any]) -> bytes:
        return _lines([_cell(column.of(row)) for column in self._columns] for row in flat)

    def end(self) -> bytes:
        return b""


def _lines(rows: Iterator[list[str]] | Sequence[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
