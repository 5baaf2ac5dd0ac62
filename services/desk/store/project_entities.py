"""Entities: their tables, which articles name them, and which ids are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.entity import EntitiesMentioned, EntityTallied, Window
from schemas.entity_join import EntityJoined
from schemas.message import decode, encode
from schemas.outcomes import Arrival
from services.desk.store.columns import INDEXED, micros
from services.desk.store.name_index import add_names
from services.desk.store.project_figures import winners
from services.desk.store.rows import add, newest, put
from services.desk.store.tables import article_entities, entities, joins
from services.desk.store.tables import joined as joined_ids
from services.tally.joins import joins as standing_for

_NOTHING = Window(mentions=0, articles=0, lineages=0, publishers=0)


async def mentioned(db: AsyncConnection, arrived: Sequence[tuple[Arrival, EntitiesMentioned]]) -> None:
    rows = {
        (message.article_id, entity.entity): {
            "article_id": message.article_id,
            "entity": entity.entity,
            "arrived": micros(message.arrived),
            "message": entity.__pydantic_serializer__.to_json(entity),
        }
        for _, message in arrived
        for entity in message.entities
    }
    await put(db, article_entities, list(rows.values()))
    await add_names(db, ((entity.entity, entity.name) for _, message in arrived for entity in message.entities))


async def tallied(db: AsyncConnection, arrived: Sequence[tuple[Arrival, EntityTallied]]) -> None:
    rows = newest([_row(message) for _, message in arrived], "entity", "as_of")
    await put(db, entities, await winners(db, entities, rows, "entity", "as_of"))
    await add_names(db, ((message.entity, message.name) for _, message in arrived))


async def joined(db: AsyncConnection, arrived: Sequence[tuple[Arrival, EntityJoined]]) -> None:
    """Which ids are one follows from the whole log, by the same rules as on the command line (services.tally.joins)."""
    if not arrived:
        return
    rows = [
        {
            "id": message.record_id(),
            "offset": arrival.offset,
            "entity": message.entity,
            "into": message.into,
            "message": encode(message),
        }
        for arrival, message in arrived
    ]
    await add(db, joins, rows)
    log = await db.execute(select(joins.c.message).order_by(joins.c.offset))
    into = standing_for(decode(EntityJoined, body) for body in log.scalars())
    await db.execute(delete(joined_ids))
    await add(db, joined_ids, [{"entity": entity, "into": whole} for entity, whole in into.items()])


def _row(message: EntityTallied) -> dict[str, Any]:
    day, week = (message.windows.get(name, _NOTHING) for name in ("24h", "7d"))
    return {
        "entity": message.entity,
        "name": message.name[:INDEXED],
        "mentions_24h": day.mentions,
        "mentions_7d": week.mentions,
        "trend": day.articles / max(1, day.before),
        "last_seen": micros(message.last_seen),
        "as_of": micros(message.as_of),
        "message": encode(message),
    }
