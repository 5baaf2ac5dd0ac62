"""Articles, how they were read, and which took the place of which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead
from schemas.ids import digest
from schemas.message import encode
from schemas.outcomes import Arrival
from schemas.revision import ArticleRevised
from services.desk.store.columns import micros
from services.desk.store.numbers import free_numbers
from services.desk.store.rows import add, chunks, newest, put
from services.desk.store.source_counts import count_articles
from services.desk.store.tables import articles, readings, revisions


async def traced(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ArticleTraced]]) -> None:
    """The first message of an article stands: its id names its words, so a later one says nothing new, and must not
    bring back a text that is kept no longer."""
    first: dict[str, ArticleTraced] = {}
    for _, article in arrived:
        first.setdefault(article.article_id, article)
    for ids in chunks(first):
        known = await db.execute(select(articles.c.article_id).where(articles.c.article_id.in_(ids)))
        for article_id in known.scalars():
            del first[article_id]
    numbers = await free_numbers(db, articles, [(micros(a.arrived), a.article_id) for a in first.values()])
    rows: list[dict[str, Any]] = [
        {
            "article_id": article.article_id,
            "number": number,
            "identity": digest(article.identity),
            "publisher": article.publisher,
            "title": article.title,
            "language": article.language,
            "arrived": micros(article.arrived),
            "revision": article.revision,
            "lineage": article.lineage,
            "text": article.text,
            "message": encode(article.model_copy(update={"text": ""})),
        }
        for article, number in zip(first.values(), numbers, strict=True)
    ]
    await add(db, articles, rows)
    await count_articles(db, ((row["publisher"], row["language"], row["arrived"]) for row in rows))


async def read(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ArticleRead]]) -> None:
    rows = [
        {"article_id": message.article_id, "at": micros(arrival.at), "message": encode(message)}
        for arrival, message in arrived
    ]
    await put(db, readings, list(newest(rows, "article_id", "at").values()))


async def revised(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ArticleRevised]]) -> None:
    """Every partition of the claims is told the same: the first that is heard stands."""
    rows = [
        {"revises": message.revises, "article_id": message.article_id, "at": micros(arrival.at)}
        for arrival, message in arrived
    ]
    await add(db, revisions, rows)
