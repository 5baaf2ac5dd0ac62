"""Row ids that grow with time, so that a search may take the newest hits first and stop at the fiftieth.

SQLite's FTS5 gives hits in the order of their row ids and cannot sort by anything else without looking at all of them:
a common word in 100,000 articles has 60,000.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.ids import digest
from services.desk.store.rows import chunks

_BITS = 21
"""Milliseconds of 2099 take 42 bits, a row id has 63: what is left keeps rows of one millisecond apart."""

_APART = 1 << _BITS
_HIGHEST = (1 << 63) - 1


def number_of(at: int, id_: str) -> int:
    """The number of a row: its time (microseconds), then its id. Not yet free of collisions: `free_numbers`."""
    return first_number(at) + int(digest("number", id_)[:6], 16) % _APART


def first_number(at: int) -> int:
    """The lowest number a row of this time or later may have."""
    return max(0, min(at // 1000 * _APART, _HIGHEST))


async def free_numbers(db: AsyncConnection, table: Table, wanted: Sequence[tuple[int, str]]) -> list[int]:
    """Numbers for new rows of `table`, given as (time, id). Two rows of one millisecond share one once in 2 million."""
    numbers = [number_of(at, id_) for at, id_ in wanted]
    taken: set[int] = set()
    for some in chunks(numbers):
        taken |= await _taken(db, table, some)
    free: list[int] = []
    for first in numbers:
        number = first
        while number in taken or (number != first and await _taken(db, table, [number])):
            number += 1
        taken.add(number)
        free.append(number)
    return free


async def _taken(db: AsyncConnection, table: Table, numbers: Sequence[int]) -> set[int]:
    found = await db.execute(select(table.c.number).where(table.c.number.in_(numbers)))
    return set(found.scalars())
