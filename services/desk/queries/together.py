"""The table of a name that stands for several ids: what names two of them counts once.

The tally keeps a table for each id, also of merged ones. Here they become one, from the mentions that the store has: by
the rules of services.tally.joins, which has the states that the store has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import orjson
from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.entity import Companion, EntityTallied, FigureOf, Window, WindowName
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
    """Windows are (as_of - window, as_of], as the tally has them. What SQL can count it counts: 20,000 rows that are
    fetched take 0.25 s of every board, so only the mentions, which stand in JSON, are."""
    mention, of_article = article_entities.c, articles.c
    own = mention.entity.in_(ids), mention.arrived <= micros(as_of)
    bodies = select(mention.arrived, mention.message).where(*own, mention.arrived > micros(as_of - _WINDOWS["7d"]))
    spans = [(arrived, len(orjson.loads(body)["spans"])) for arrived, body in await db.execute(bodies)]
    seen = select(func.count(mention.article_id.distinct())).where(*own)
    known = article_entities.outerjoin(articles, of_article.article_id == mention.article_id)
    no_publisher = func.coalesce(func.max(case((of_article.publisher.is_(None), 1), else_=0)), 0)
    carried = select(
        func.count(mention.article_id.distinct()),
        func.count(func.coalesce(of_article.lineage, mention.article_id).distinct()),
        func.count(of_article.publisher.distinct()) + no_publisher,
    ).select_from(known)
    counted: dict[WindowName, Window] = {}
    for name, length in _WINDOWS.items():
        start, before = micros(as_of - length), micros(as_of - 2 * length)
        came = (await db.execute(carried.where(*own, mention.arrived > start))).one()
        earlier = await db.execute(seen.where(mention.arrived > before, mention.arrived <= start))
        alone = [table.windows[name] for table in tables if name in table.windows]
        union = Window(
            mentions=sum(count for arrived, count in spans if arrived > start),
            articles=came[0],
            lineages=came[1],
            publishers=came[2],
            before=earlier.scalar_one(),
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
