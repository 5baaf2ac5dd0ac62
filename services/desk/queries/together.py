"""The table of a name that stands for several ids: what names two of them counts once.

The tally keeps a table for each id, also of merged ones. Here they become one, from the mentions that the store has: by
the rules of services.tally.joins, which has the states that the store has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.entity import Companion, EntityInArticle, EntityTallied, FigureOf, Window, WindowName
from schemas.message import decode
from services.desk.store.columns import micros
from services.desk.store.tables import article_entities, articles, entities, joined

_WINDOWS: Mapping[WindowName, timedelta] = {
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
}


async def members(db: AsyncConnection, wholes: Iterable[str]) -> dict[str, list[str]]:
    """The ids that each of `wholes` stands for beside itself; only those that stand for any."""
    found: dict[str, list[str]] = {}
    asked = select(joined.c.into, joined.c.entity).where(joined.c.into.in_(list(wholes)))
    for into, entity in await db.execute(asked.order_by(joined.c.entity)):
        found.setdefault(into, []).append(entity)
    return found


async def together(
    db: AsyncConnection, whole: str, own: EntityTallied | None, merged: Sequence[str]
) -> EntityTallied | None:
    """The table of `whole` and the ids `merged` into it; `own` is that of `whole` alone. None where none has any.

    Mentions, articles, origins and outlets are of the union, and never below those of one id alone: the store may have
    forgotten articles that the tally still counts. Figures and companions are sums, as the tally has it.
    """
    bodies = await db.execute(select(entities.c.message).where(entities.c.entity.in_(merged)))
    tables = [*([own] if own is not None else []), *(decode(EntityTallied, body) for body in bodies.scalars())]
    if (len(tables) < 2 and own is not None) or not tables:
        return own
    ids = {whole, *merged}
    as_of = max(table.as_of for table in tables)
    latest: dict[str, FigureOf] = {}
    for figure in (figure for table in tables for figure in table.latest):
        if figure.metric not in latest or latest[figure.metric].as_of <= figure.as_of:
            latest[figure.metric] = figure
    windows = await _windows(db, ids, as_of, tables)
    return tables[0].model_copy(
        update={
            "entity": whole,
            "as_of": as_of,
            "windows": windows,
            "figures": _sums(table.figures for table in tables),
            "latest": tuple(figure for _, figure in sorted(latest.items())),
            "companions": _companions(tables, ids, windows["7d"].articles),
            "first_seen": min(table.first_seen for table in tables),
            "last_seen": max(table.last_seen for table in tables),
        }
    )


async def _windows(
    db: AsyncConnection, ids: set[str], as_of: datetime, tables: Sequence[EntityTallied]
) -> dict[WindowName, Window]:
    """Windows are (as_of - window, as_of], as the tally has them."""
    asked = (
        select(
            article_entities.c.article_id,
            article_entities.c.arrived,
            article_entities.c.message,
            articles.c.lineage,
            articles.c.publisher,
        )
        .outerjoin(articles, articles.c.article_id == article_entities.c.article_id)
        .where(
            article_entities.c.entity.in_(ids),
            article_entities.c.arrived > micros(as_of - 2 * _WINDOWS["7d"]),
            article_entities.c.arrived <= micros(as_of),
        )
    )
    rows = (await db.execute(asked)).all()
    spans = {id(row): len(EntityInArticle.model_validate_json(row.message).spans) for row in rows}
    counted: dict[WindowName, Window] = {}
    for name, length in _WINDOWS.items():
        start = micros(as_of - length)
        before = micros(as_of - 2 * length)
        now = [row for row in rows if row.arrived > start]
        alone = [table.windows[name] for table in tables if name in table.windows]
        union = Window(
            mentions=sum(spans[id(row)] for row in now),
            articles=len({row.article_id for row in now}),
            lineages=len({row.lineage or row.article_id for row in now}),
            publishers=len({row.publisher for row in now}),
            before=len({row.article_id for row in rows if before < row.arrived <= start}),
        )
        counted[name] = Window(
            **{field: max(getattr(each, field) for each in (union, *alone)) for field in Window.model_fields}
        )
    return counted


def _sums(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for each in counts:
        for name, count in each.items():
            sums[name] = sums.get(name, 0) + count
    return sums


def _companions(tables: Sequence[EntityTallied], ids: set[str], most: int) -> tuple[Companion, ...]:
    met = [each for table in tables for each in table.companions if each.entity not in ids]
    names = {each.entity: each.name for each in met}
    articles = _sums({each.entity: each.articles} for each in met)
    first = sorted(articles, key=lambda entity: (-articles[entity], entity))
    shown = first[: max(len(table.companions) for table in tables)]
    return tuple(Companion(entity=each, name=names[each], articles=min(articles[each], max(1, most))) for each in shown)
