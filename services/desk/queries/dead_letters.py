"""Records that could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.dead_letter import ArticleRejected
from schemas.message import decode
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import equal, in_time
from services.desk.queries.paging import Filter, Page
from services.desk.store.columns import moment
from services.desk.store.tables import acts, dead_letters


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter. `replayed`: when somebody at the desk last put it back, None: nobody did."""

    message: ArticleRejected
    replayed: datetime | None


async def one(db: AsyncConnection, id_: str) -> Letter | None:
    """A dead letter by its id."""
    found = await db.execute(select(dead_letters.c.message, dead_letters.c.id).where(dead_letters.c.id == id_))
    return next(iter(await _made(db, found.all())), None)


async def listed(db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int) -> Page[Letter]:
    """The latest first; of a publisher as far as the body says who sent it."""
    statement = select(dead_letters.c.message, dead_letters.c.id).where(
        *in_time(dead_letters.c.rejected, wanted), *equal(dead_letters.c.publisher, wanted.publisher)
    )
    keys = (Key(dead_letters.c.rejected), Key(dead_letters.c.id))
    rows, following = await rows_of(db, statement, keys, cursor, limit)
    return Page(tuple(await _made(db, rows)), following)


async def _made(db: AsyncConnection, rows: Sequence[Any]) -> list[Letter]:
    replays = select(acts.c.target, func.max(acts.c.at)).where(
        acts.c.act == "replayed", acts.c.target.in_([row.id for row in rows])
    )
    replayed = {target: moment(at) for target, at in await db.execute(replays.group_by(acts.c.target))}
    return [Letter(decode(ArticleRejected, row.message), replayed.get(row.id)) for row in rows]
