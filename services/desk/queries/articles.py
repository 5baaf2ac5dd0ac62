"""Articles, and what belongs to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead
from schemas.entity import EntityInArticle
from schemas.ids import digest
from schemas.message import decode
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import Condition, among, entity_ids, equal, in_time
from services.desk.queries.paging import MOST, Filter, Page
from services.desk.store.columns import folded
from services.desk.store.tables import article_entities, articles, claim_entities, claims, readings


@dataclass(frozen=True, slots=True)
class Article:
    """An article. `message.text` is "" in lists, and where the text is kept no longer; `read` None until that is."""

    message: ArticleTraced
    text_kept: bool
    read: ArticleRead | None


NEWEST = (Key(articles.c.arrived), Key(articles.c.article_id))


async def one(db: AsyncConnection, article_id: str) -> Article | None:
    """An article by its id, with its text."""
    row = (await db.execute(whole().add_columns(articles.c.text).where(articles.c.article_id == article_id))).first()
    if row is None:
        return None
    found = made(row)
    return replace(found, message=found.message.model_copy(update={"text": row.text})) if found.text_kept else found


async def listed(db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int) -> Page[Article]:
    """The newest arrival first. `metric`, `speaker` and `place`: of any of its claims; `entity`: also merely named."""
    statement = whole().where(*await conditions(db, wanted))
    rows, following = await rows_of(db, statement, NEWEST, cursor, limit)
    return Page(tuple(map(made, rows)), following)


async def same_words(db: AsyncConnection, article: ArticleTraced) -> list[Article]:
    """The other articles of this article's lineage, in order of arrival, at most MOST."""
    own = (articles.c.lineage == article.lineage, articles.c.article_id != article.article_id)
    found = await db.execute(whole().where(*own).order_by(articles.c.arrived, articles.c.article_id).limit(MOST))
    return [made(row) for row in found]


async def revisions(db: AsyncConnection, article: ArticleTraced) -> list[Article]:
    """All texts this article has had, its own among them, oldest first, at most MOST."""
    own = articles.c.identity == digest(article.identity)
    found = await db.execute(whole().where(own).order_by(articles.c.revision, articles.c.arrived).limit(MOST))
    return [made(row) for row in found]


async def openings(db: AsyncConnection, ids: Sequence[str], longest: int) -> dict[str, str]:
    """The first `longest` characters of the texts of these articles, as far as they are kept."""
    begin = func.substr(articles.c.text, 1, longest)
    of_these = articles.c.article_id.in_(ids), articles.c.text.is_not(None)
    found = await db.execute(select(articles.c.article_id, begin).where(*of_these))
    return {article_id: text for article_id, text in found}  # noqa: C416  # of rows `dict` knows no types


async def names(db: AsyncConnection, article_id: str) -> list[EntityInArticle]:
    """Who and what an article names, the most mentioned first."""
    found = await db.execute(select(article_entities.c.message).where(article_entities.c.article_id == article_id))
    named = [EntityInArticle.model_validate_json(body) for body in found.scalars()]
    return sorted(named, key=lambda entity: (-len(entity.spans), entity.name, entity.entity))


def whole() -> Select[Any]:
    """What `made` needs. Without the text: five hundred of 1 MB would be read for a list that shows none."""
    together = articles.outerjoin(readings, articles.c.article_id == readings.c.article_id)
    kept = articles.c.text.is_not(None)
    return select(articles.c.message, kept.label("text_kept"), readings.c.message).select_from(together)


def made(row: Row[Any] | Sequence[Any]) -> Article:
    """An article of a row of `whole`."""
    body, kept, read = row[:3]
    return Article(decode(ArticleTraced, body), bool(kept), None if read is None else decode(ArticleRead, read))


async def conditions(db: AsyncConnection, wanted: Filter) -> list[Condition]:
    """What a filter asks of an article."""
    asked = [*in_time(articles.c.arrived, wanted), *equal(articles.c.publisher, wanted.publisher)]
    of_claim = [*equal(claims.c.metric, wanted.metric)]
    if wanted.speaker is not None:
        of_claim.append(claims.c.voice == folded(wanted.speaker))
    if of_claim:
        asked.append(await among(db, articles.c.article_id, claims.c.article_id, *of_claim))
    if (ids := await entity_ids(db, wanted.entity)) is not None:
        naming = article_entities.c.entity.in_(ids), *in_time(article_entities.c.arrived, wanted)
        asked.append(await among(db, articles.c.article_id, article_entities.c.article_id, *naming))
    if (ids := await entity_ids(db, wanted.place)) is not None:
        at_place = claim_entities.c.entity.in_(ids), claim_entities.c.is_place.is_(True)
        told = claims.c.id == claim_entities.c.claim, *at_place
        asked.append(await among(db, articles.c.article_id, claims.c.article_id, *told))
    return asked
