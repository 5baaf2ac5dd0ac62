"""Who and what is in the news: tables, names, figures, and which ids are one."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.entity import EntityTallied
from schemas.entity_join import EntityJoined
from schemas.figure import FigureStated
from schemas.message import decode
from services.desk.queries import figures
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import Condition, in_time
from services.desk.queries.paging import Filter, Page
from services.desk.queries.together import members, together
from services.desk.store.columns import folded
from services.desk.store.tables import entities, joined, names
from services.desk.store.tables import joins as join_log

_ORDERS = {
    "mentions": (Key(entities.c.mentions_24h), Key(entities.c.mentions_7d), Key(entities.c.entity, descending=False)),
    "trend": (Key(entities.c.trend), Key(entities.c.mentions_24h), Key(entities.c.entity, descending=False)),
}

_LAST_CHARACTER = "\U0010ffff"


async def one(db: AsyncConnection, entity: str) -> EntityTallied | None:
    """An entity's table. A merged id gives the one that stands for it, with what all its ids have together."""
    whole = await db.execute(select(joined.c.into).where(joined.c.entity == entity))
    wanted = whole.scalar() or entity
    found = await db.execute(select(entities.c.message).where(entities.c.entity == wanted))
    body = found.scalar()
    own = None if body is None else decode(EntityTallied, body)
    merged = (await members(db, [wanted])).get(wanted)
    return own if merged is None else await together(db, wanted, own, merged)


async def listed(
    db: AsyncConnection,
    wanted: Filter,
    cursor: str | None,
    limit: int,
    by: Literal["mentions", "trend"] = "mentions",
) -> Page[EntityTallied]:
    """The most mentioned of the last 24 hours first (then of 7 days), or the fastest growing. Without merged ids: the
    one that stands for them counts for all, at the place that its own mentions give it.

    `q`, `entity` and `place`: names that begin so, in any case; `since` and `until`: last seen.
    """
    statement = select(entities.c.message).where(
        entities.c.entity.not_in(select(joined.c.entity)), *in_time(entities.c.last_seen, wanted)
    )
    for begin in (wanted.q, wanted.entity, wanted.place):
        if begin is not None:
            met = select(names.c.entity).where(_begins(begin))
            statement = statement.where(or_(entities.c.entity == begin, entities.c.entity.in_(met)))
    rows, following = await rows_of(db, statement, _ORDERS[by], cursor, limit)
    shown = [decode(EntityTallied, row.message) for row in rows]
    merged = await members(db, [table.entity for table in shown])
    for number, table in enumerate(shown):
        if table.entity in merged:
            shown[number] = await together(db, table.entity, table, merged[table.entity]) or table
    return Page(tuple(shown), following)


async def figures_of(db: AsyncConnection, entity: str, limit: int) -> list[FigureStated]:
    """The series an entity is in (as place, as whose, as voice), the worst open conflict first."""
    return list((await figures.listed(db, Filter(entity=entity), None, limit)).items)


async def joins(db: AsyncConnection, entity: str) -> list[EntityJoined]:
    """What people said of an id: its merges and unmerges, either way round, in their order."""
    own = or_(join_log.c.entity == entity, join_log.c.into == entity)
    found = await db.execute(select(join_log.c.message).where(own).order_by(join_log.c.offset))
    return [decode(EntityJoined, body) for body in found.scalars()]


async def named(db: AsyncConnection, text: str, limit: int) -> list[tuple[str, str]]:
    """(entity, name) of the entities whose name begins with `text`, in any case; the most mentioned first."""
    together = names.outerjoin(entities, names.c.entity == entities.c.entity)
    mentions = func.coalesce(func.max(entities.c.mentions_7d), 0)
    found = await db.execute(
        select(names.c.entity, func.coalesce(func.max(entities.c.name), func.min(names.c.name)))
        .select_from(together)
        .where(_begins(text), names.c.entity.not_in(select(joined.c.entity)))
        .group_by(names.c.entity)
        .order_by(mentions.desc(), names.c.entity)
        .limit(limit)
    )
    return [(entity, name) for entity, name in found]


def _begins(text: str) -> Condition:
    begin = folded(text)
    return (names.c.folded >= begin) & (names.c.folded < begin + _LAST_CHARACTER)
