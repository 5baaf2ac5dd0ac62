"""Names: the rolling tables, and one name with its trend, its figures and whom it is named with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.entity import EntityTallied
from schemas.entity_join import EntityJoined
from services.desk.queries import articles, entities
from services.desk.queries.articles import Article
from services.desk.queries.paging import PAGE, Filter
from services.desk.queries.paging import Page as Rows
from services.desk.queries.together import members
from services.desk.site.asked import Asked, BadQuery
from services.desk.site.cards import FigureCard
from services.desk.site.page import NotHere, Page
from services.desk.site.past import figure_cards

ORDERS = ("mentions", "trend")
FIGURES_SHOWN = 12
ARTICLES_SHOWN = 20
VOICES_SHOWN = 5
"""Chosen, as on the board: what a person can scan. The page leads on to all figures, articles and quotes."""


@dataclass(frozen=True, slots=True)
class EntitiesView:
    rows: Rows[EntityTallied]
    by: str


@dataclass(frozen=True, slots=True)
class EntityView:
    tally: EntityTallied
    asked_for: str
    merged: tuple[str, ...]
    figures: tuple[FigureCard, ...]
    articles: tuple[Article, ...]
    joins: tuple[EntityJoined, ...]


async def listed(db: AsyncConnection, asked: Asked) -> EntitiesView:
    by: Literal["mentions", "trend"] = "trend" if asked.query.get("by") == "trend" else "mentions"
    if asked.query.get("by", by) not in ORDERS:
        raise BadQuery("by", f"{asked.query['by'][:40]!r} is no order", "give mentions or trend")
    return EntitiesView(await entities.listed(db, asked.filter, asked.cursor, PAGE, by=by), by)


async def one(db: AsyncConnection, asked: Asked) -> EntityView:
    entity = asked.path["entity"]
    tally = await entities.one(db, entity)
    if tally is None:
        raise NotHere("This desk knows no such name.", "Look for it under Names, or search for it.")
    figures = await entities.figures_of(db, tally.entity, FIGURES_SHOWN)
    named_in = await articles.listed(db, Filter(entity=tally.entity), None, ARTICLES_SHOWN)
    return EntityView(
        tally=tally,
        asked_for=entity,
        merged=tuple((await members(db, [tally.entity])).get(tally.entity, ())),
        figures=await figure_cards(db, figures, VOICES_SHOWN),
        articles=named_in.items,
        joins=tuple(await entities.joins(db, tally.entity)),
    )


def list_twin(shown: EntitiesView) -> dict[str, Any]:
    return {"entities": list(shown.rows.items), "next": shown.rows.next}


def twin(shown: EntityView) -> dict[str, Any]:
    return {
        "entity": shown.tally,
        "counted_together": list(shown.merged),
        "figures": [card.figure for card in shown.figures],
        "articles": [f"/articles/{article.message.article_id}" for article in shown.articles],
        "joins": list(shown.joins),
    }


LIST = Page("/entities", "entities.html", listed, list_twin)
ONE = Page("/entities/{entity}", "entity.html", one, twin)
