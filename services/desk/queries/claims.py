"""Claims, with what the desk knows beside them: when they were learned, who carries them, whether they still stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.claim import Claim
from schemas.desk_act import DeskActed
from services.desk.queries.acts import flagged_claims, open_flags
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import Condition, among, entity_ids, equal, in_time
from services.desk.queries.paging import MOST, Filter, Page
from services.desk.store.columns import folded, micros, moment
from services.desk.store.rows import chunks
from services.desk.store.tables import claim_entities, claims, revisions


@dataclass(frozen=True, slots=True)
class Known:
    """A claim. `learned`: when its article came; `series`: None for what is never compared; `revised_by`: article_id of
    the text that took the place of its article's; `outlets`, `origins`: how many carry the same statement, at least 1;
    `flags`: what people at the desk say is wrong with it, and nobody has taken back."""

    claim: Claim
    learned: datetime
    series: str | None
    revised_by: str | None
    outlets: int
    origins: int
    flags: tuple[DeskActed, ...]


NEWEST = (Key(claims.c.learned), Key(claims.c.id))


async def one(db: AsyncConnection, id_: str) -> Known | None:
    """A claim by its id."""
    found = await db.execute(whole().where(claims.c.id == id_))
    return next(iter(await known(db, list(found))), None)


async def some(db: AsyncConnection, ids: Sequence[str]) -> dict[str, Claim]:
    """The claims of these ids, as far as they are kept."""
    kept: dict[str, Claim] = {}
    for part in chunks(ids):
        found = await db.execute(select(claims.c.id, claims.c.message).where(claims.c.id.in_(part)))
        kept.update((id_, Claim.model_validate_json(body)) for id_, body in found)
    return kept


async def listed(db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int) -> Page[Known]:
    """The last learned first."""
    statement = whole().where(*await conditions(db, wanted))
    rows, following = await rows_of(db, statement, NEWEST, cursor, limit)
    return Page(tuple(await known(db, rows)), following)


async def of_article(db: AsyncConnection, article_id: str) -> list[Known]:
    """The claims of one article in the order of its text, those of its title first."""
    found = await db.execute(whole().where(claims.c.article_id == article_id))
    return sorted(await known(db, list(found)), key=_place)


def _place(known: Known) -> tuple[bool, int, int, str]:
    claim = known.claim
    return claim.part == "text", claim.start, claim.end, claim.id


async def of_series(db: AsyncConnection, series: str, as_known_at: datetime | None = None) -> list[Known]:
    """Every claim of a series that was learned by then, first learned first; of more than MOST the latest."""
    statement = whole().where(claims.c.series == series)
    if as_known_at is not None:
        statement = statement.where(claims.c.learned <= micros(as_known_at))
    found = await db.execute(statement.order_by(claims.c.learned.desc(), claims.c.id.desc()).limit(MOST))
    return (await known(db, list(found), as_known_at))[::-1]


def whole() -> Select[Any]:
    """What `known` needs."""
    names = ("message", "id", "learned", "series", "article_id", "statement")
    return select(*(claims.c[name] for name in names))


async def known(db: AsyncConnection, rows: Sequence[Row[Any]], at: datetime | None = None) -> list[Known]:
    """Claims of rows of `whole`, in their order. `at`: without the revisions that came later."""
    carried = await _carried(db, {row.statement for row in rows})
    revised = await _revised(db, {row.article_id for row in rows}, at)
    flags = await open_flags(db, [row.id for row in rows])
    return [
        Known(
            claim=Claim.model_validate_json(row.message),
            learned=moment(row.learned),
            series=row.series,
            revised_by=revised.get(row.article_id),
            outlets=carried[row.statement][0],
            origins=carried[row.statement][1],
            flags=flags.get(row.id, ()),
        )
        for row in rows
    ]


async def _carried(db: AsyncConnection, statements: set[str]) -> dict[str, tuple[int, int]]:
    """(outlets, origins) of each statement: distinct publishers and distinct lineages."""
    carried: dict[str, tuple[int, int]] = {}
    outlets, origins = func.count(claims.c.outlet.distinct()), func.count(claims.c.lineage.distinct())
    for some_ in chunks(statements):
        same = select(claims.c.statement, outlets, origins).where(claims.c.statement.in_(some_))
        found = await db.execute(same.group_by(claims.c.statement))
        carried.update((statement, (publishers, lineages)) for statement, publishers, lineages in found)
    return carried


async def _revised(db: AsyncConnection, article_ids: set[str], at: datetime | None) -> dict[str, str]:
    revised: dict[str, str] = {}
    for some_ in chunks(article_ids):
        statement = select(revisions.c.revises, revisions.c.article_id).where(revisions.c.revises.in_(some_))
        if at is not None:
            statement = statement.where(revisions.c.at <= micros(at))
        revised.update((old, new) for old, new in await db.execute(statement))
    return revised


async def conditions(db: AsyncConnection, wanted: Filter) -> list[Condition]:
    """What a filter asks of a claim."""
    asked = [
        *in_time(claims.c.learned, wanted),
        *equal(claims.c.metric, wanted.metric),
        *equal(claims.c.publisher, wanted.publisher),
    ]
    if wanted.speaker is not None:
        asked.append(claims.c.voice == folded(wanted.speaker))
    if (ids := await entity_ids(db, wanted.entity)) is not None:
        asked.append(await among(db, claims.c.id, claim_entities.c.claim, claim_entities.c.entity.in_(ids)))
    if (ids := await entity_ids(db, wanted.place)) is not None:
        at_place = claim_entities.c.entity.in_(ids), claim_entities.c.is_place.is_(True)
        asked.append(await among(db, claims.c.id, claim_entities.c.claim, *at_place))
    return asked


async def carried(db: AsyncConnection, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(outlets, origins) of the statements of these claims, by claim id, as far as they are kept."""
    said: dict[str, str] = {}
    for part in chunks(ids):
        found = await db.execute(select(claims.c.id, claims.c.statement).where(claims.c.id.in_(part)))
        said.update((row.id, row.statement) for row in found)
    by_statement = await _carried(db, set(said.values()))
    return {id_: by_statement[statement] for id_, statement in said.items()}


async def flagged(db: AsyncConnection, limit: int) -> list[Known]:
    """Claims that somebody flagged and nobody has taken back, the last flagged first."""
    ids = await flagged_claims(db, limit)
    found = {row.id: row for row in await db.execute(whole().where(claims.c.id.in_(ids)))}
    return await known(db, [found[id_] for id_ in ids if id_ in found])
