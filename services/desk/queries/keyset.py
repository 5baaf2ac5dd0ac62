"""Pages that begin after a row instead of skipping rows: as fast at the thousandth page as at the first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.errors import BadCursor
from services.desk.queries.paging import MOST
from services.desk.store.columns import storable

_LONGEST = 4096
"""Characters of a cursor: the longest sort key is a name of 200 characters beside two numbers."""


@dataclass(frozen=True, slots=True)
class Key:
    """One column of a sort order. The last of an order is unique, so that no row is told twice or left out."""

    column: ColumnElement[Any]
    descending: bool = True


async def rows_of(
    db: AsyncConnection, statement: Select[Any], keys: Sequence[Key], cursor: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    """At most `limit` rows (1 to MOST) in the order of `keys` after `cursor`, and the cursor after them, if any.

    The rows have the columns of `statement` first. Raises BadCursor.
    """
    wanted = max(1, min(limit, MOST))
    if cursor is not None:
        statement = statement.where(_after(keys, _values(keys, cursor)))
    statement = statement.add_columns(*(key.column.label(f"key_{i}") for i, key in enumerate(keys)))
    statement = statement.order_by(*(key.column.desc() if key.descending else key.column for key in keys))
    rows = list(await db.execute(statement.limit(wanted + 1)))
    if len(rows) <= wanted:
        return rows, None
    rows = rows[:wanted]
    return rows, _cursor(rows[-1][-len(keys) :])


def _cursor(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(values))).rstrip(b"=").decode()


def _values(keys: Sequence[Key], cursor: str) -> list[Any]:
    try:
        padded = cursor[:_LONGEST].encode("ascii") + b"=" * (-len(cursor) % 4)
        values = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise BadCursor(f"{cursor[:40]!r} cannot be read") from None
    if not isinstance(values, list) or len(values) != len(keys) or not all(map(_fits, keys, values)):
        raise BadCursor(f"{cursor[:40]!r} is of another list")
    return values


def _fits(key: Key, value: object) -> bool:
    """Whether a column could hold `value`; PostgreSQL refuses to be asked for another."""
    kind = key.column.type.python_type
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        most = 2**63 if isinstance(key.column.type, BigInteger) else 2**31
        return isinstance(value, int) and not isinstance(value, bool) and -most <= value < most
    if kind is str:
        return isinstance(value, str) and value == storable(value)
    return isinstance(value, kind)


def _after(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows behind the given one. Where all columns run one way both databases walk the index from there."""
    columns = [key.column for key in keys]
    if all(key.descending for key in keys):
        return tuple_(*columns) < tuple_(*values)
    if not any(key.descending for key in keys):
        return tuple_(*columns) > tuple_(*values)
    return or_(
        *(
            and_(
                *(columns[before] == values[before] for before in range(i)),
                columns[i] < values[i] if keys[i].descending else columns[i] > values[i],
            )
            for i in range(len(keys))
        )
    )
