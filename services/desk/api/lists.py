"""The lists of the API: one table, read by the JSON pages, the exports and `counterclaim export`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.entity import EntityTallied
from schemas.figure import FigureStated
from schemas.verdict import VerdictGiven
from services.desk.access.people import Role
from services.desk.api import asked as a
from services.desk.api import columns as c
from services.desk.queries import (
    alerts,
    articles,
    claims,
    conflicts,
    dead_letters,
    entities,
    figures,
    held,
    search,
    sources,
    verdicts,
)
from services.desk.queries.articles import Article
from services.desk.queries.claims import Known
from services.desk.queries.keyset import rows_of
from services.desk.queries.paging import Filter, Page
from services.desk.store import tables

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a list. `more`: the parameters that are no filter of every list. `now`: aware."""

    now: datetime
    filter: Filter
    more: a.Asked


Rows = Callable[[AsyncConnection, Wanted, str | None, int], Awaitable[Page[T]]]


async def _as_they_are(_: AsyncConnection, rows: Sequence[Any]) -> Sequence[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class List(Generic[T]):
    """One list. `item`: type of a row; `rows` gives a page after a cursor; `whole`: it is never cut into pages.
    `key` names a row among the others; `flat` makes of rows what `columns` are read from.
    """

    name: str
    about: str
    item: type[T]
    asked: type[a.Asked]
    rows: Rows[T]
    columns: tuple[c.Column, ...]
    key: Callable[[T], str]
    role: Role = "reader"
    whole: bool = False
    flat: Callable[[AsyncConnection, Sequence[T]], Awaitable[Sequence[Any]]] = _as_they_are


async def _articles(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[Article]:
    return await articles.listed(db, wanted.filter, cursor, limit)


async def _claims(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[Known]:
    series = cast(a.OfClaims, wanted.more).series
    if series is None:
        return await claims.listed(db, wanted.filter, cursor, limit)
    own = claims.whole().where(tables.claims.c.series == series, *await claims.conditions(db, wanted.filter))
    rows, following = await rows_of(db, own, claims.NEWEST, cursor, limit)
    return Page(tuple(await claims.known(db, rows)), following)


async def addressed(db: AsyncConnection, known: Sequence[Known]) -> list[c.Sourced]:
    """Claims with the address of their article, None where it has none or is kept no longer."""
    own = tables.articles.c.article_id.in_({each.claim.article_id for each in known})
    found = await db.execute(select(tables.articles.c.article_id, tables.articles.c.message).where(own))
    urls: dict[str, str | None] = {article_id: orjson.loads(body).get("url") for article_id, body in found}
    return [c.Sourced(each, urls.get(each.claim.article_id)) for each in known]


async def _figures(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[FigureStated]:
    return await figures.listed(db, wanted.filter, cursor, limit, cast(a.OfFigures, wanted.more).contested)


async def _conflicts(
    db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int
) -> Page[conflicts.KnownConflict]:
    return await conflicts.listed(db, wanted.filter, cursor, limit, cast(a.OfConflicts, wanted.more).state)


async def _alerts(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[AlertRaised]:
    return await alerts.listed(db, wanted.filter, cursor, limit)


async def _entities(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[EntityTallied]:
    return await entities.listed(db, wanted.filter, cursor, limit, cast(a.OfEntities, wanted.more).by)


async def _sources(db: AsyncConnection, wanted: Wanted, _: str | None, __: int) -> Page[sources.Source]:
    return Page(tuple(await sources.listed(db, wanted.now)), None)


async def _verdicts(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[VerdictGiven]:
    return await verdicts.listed(db, wanted.filter, cursor, limit, cast(a.OfVerdicts, wanted.more).notes_only)


async def _held(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[held.HeldItem]:
    state = cast(a.OfHeld, wanted.more).state
    return await (held.waiting if state == "waiting" else held.decided)(db, cursor, limit)


async def _letters(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[dead_letters.Letter]:
    return await dead_letters.listed(db, wanted.filter, cursor, limit)


async def _found(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[search.Hit]:
    return await search.articles(db, wanted.filter, cursor, limit)


async def _quoted(db: AsyncConnection, wanted: Wanted, cursor: str | None, limit: int) -> Page[search.QuoteHit]:
    return await search.quotes(db, wanted.filter, cursor, limit)


async def _of_hits(_: AsyncConnection, hits: Sequence[search.Hit]) -> list[Article]:
    return [hit.article for hit in hits]


async def _of_quotes(db: AsyncConnection, hits: Sequence[search.QuoteHit]) -> list[c.Sourced]:
    return await addressed(db, [hit.known for hit in hits])


ARTICLES = List(
    "articles", "The newest arrival first, without their texts.", Article, a.About, _articles, c.ARTICLE,
    key=lambda row: row.message.article_id,
)  # fmt: skip
CLAIMS = List(
    "claims", "The last learned first.", Known, a.OfClaims, _claims, c.CLAIM,
    key=lambda row: row.claim.id, flat=addressed,
)  # fmt: skip
FIGURES = List(
    "figures", "Series: the worst open conflict first, then the newest.", FigureStated, a.OfFigures, _figures, c.FIGURE,
    key=lambda row: row.series,
)  # fmt: skip
CONFLICTS = List(
    "conflicts", "The last changed first.", conflicts.KnownConflict, a.OfConflicts, _conflicts, c.CONFLICT,
    key=lambda row: row.conflict.id,
)  # fmt: skip
ALERTS = List(
    "alerts", "The latest message of each alert, newest first.", AlertRaised, a.OfAlerts, _alerts, c.ALERT,
    key=lambda row: row.id,
)  # fmt: skip
ENTITIES = List(
    "entities", "Who and what is in the news.", EntityTallied, a.OfEntities, _entities, c.ENTITY,
    key=lambda row: row.entity,
)  # fmt: skip
SOURCES = List(
    "sources", "Publishers, the silent ones first; all at once.", sources.Source, a.Nothing, _sources, c.SOURCE,
    key=lambda row: row.publisher or "", whole=True,
)  # fmt: skip
VERDICTS = List(
    "verdicts", "Comparisons of two claims, the latest first.", VerdictGiven, a.OfVerdicts, _verdicts, c.VERDICT,
    key=VerdictGiven.record_id,
)  # fmt: skip
HELD = List(
    "held", "Held for a person: waiting, the oldest first; or decided, the latest first.", held.HeldItem, a.OfHeld,
    _held, c.HELD, key=lambda row: row.id,
)  # fmt: skip
LETTERS = List(
    "dead-letters", "Records nobody could use, the latest first. For editors.", dead_letters.Letter, a.OfPublisher,
    _letters, c.LETTER, key=lambda row: row.message.id, role="editor",
)  # fmt: skip
FOUND = List(
    "search/articles", "Articles with these words, the newest first, without their texts.", search.Hit, a.Search,
    _found, c.ARTICLE, key=lambda row: row.article.message.article_id, flat=_of_hits,
)  # fmt: skip
QUOTED = List(
    "search/quotes", "Claims whose sentence has these words, the last learned first.", search.QuoteHit, a.Search,
    _quoted, c.CLAIM, key=lambda row: row.known.claim.id, flat=_of_quotes,
)  # fmt: skip

LISTS: tuple[List[Any], ...] = (
    ARTICLES, CLAIMS, FIGURES, CONFLICTS, ALERTS, ENTITIES, SOURCES, VERDICTS, HELD, LETTERS, FOUND, QUOTED,
)  # fmt: skip

BY_NAME: dict[str, List[Any]] = {each.name: each for each in LISTS}
