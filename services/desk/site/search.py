"""Search: words in articles and in quotes, with filters; the address holds all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import Side
from schemas.claim import Claim
from services.desk.queries import articles, claims, search
from services.desk.queries.paging import Filter
from services.desk.queries.paging import Page as Rows
from services.desk.queries.search import Hit, QuoteHit
from services.desk.quotes import quote
from services.desk.site.asked import Asked
from services.desk.site.cards import FigureCard
from services.desk.site.named import figures_named
from services.desk.site.page import Page
from services.desk.site.past import figure_cards

HITS = 20
"""Of a page of each list; chosen."""

OPENING = 240
"""Characters of an article shown where no word of it was looked for: two lines."""

FIGURES_SHOWN = 6
VOICES_SHOWN = 4
"""Chosen: they stand above the hits, which are what was searched for."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """`kind`: which list the cursor goes on in. Without any filter nothing is searched and all lists are empty."""

    kind: str
    figures: tuple[FigureCard, ...]
    quotes: Rows[QuoteHit]
    articles: Rows[Hit]


async def view(db: AsyncConnection, asked: Asked) -> SearchView:
    """`?in=quotes` or `?in=articles` shows one list alone, with its further pages."""
    kind = asked.query.get("in", "")
    if not {name for name in asked.query if name not in ("in", "cursor", "theme", "kiosk")}:
        return SearchView(kind, (), Rows((), None), Rows((), None))
    first = asked.cursor is None
    named = await figures_named(db, asked.filter, FIGURES_SHOWN) if first and kind == "" else []
    cursor = asked.cursor if kind else None
    quotes = await _quotes(db, asked.filter, cursor) if kind in ("", "quotes") else Rows[QuoteHit]((), None)
    hits = await _articles(db, asked.filter, cursor) if kind in ("", "articles") else Rows[Hit]((), None)
    return SearchView(kind, await figure_cards(db, named, VOICES_SHOWN), quotes, hits)


def twin(shown: SearchView) -> dict[str, Any]:
    return {
        "figures": [card.figure for card in shown.figures],
        "quotes": [{"claim": hit.known.claim, "series": hit.known.series} for hit in shown.quotes.items],
        "articles": [
            {
                "page": f"/articles/{hit.article.message.article_id}",
                "title": hit.article.message.title,
                "publisher": hit.article.message.publisher,
                "arrived": hit.article.message.arrived,
                "snippet": "".join(text for text, _ in hit.snippet),
            }
            for hit in shown.articles.items
        ],
        "next_quotes": shown.quotes.next,
        "next_articles": shown.articles.next,
    }


async def _quotes(db: AsyncConnection, wanted: Filter, cursor: str | None) -> Rows[QuoteHit]:
    """By words, or without words every claim that fits the filters, with its own words lit."""
    if wanted.q is not None:
        return await search.quotes(db, wanted, cursor, HITS)
    rows = await claims.listed(db, wanted, cursor, HITS)
    return Rows(tuple(QuoteHit(known, _lit(known.claim)) for known in rows.items), rows.next)


async def _articles(db: AsyncConnection, wanted: Filter, cursor: str | None) -> Rows[Hit]:
    if wanted.q is not None:
        return await search.articles(db, wanted, cursor, HITS)
    rows = await articles.listed(db, wanted, cursor, HITS)
    texts = await articles.openings(db, [article.message.article_id for article in rows.items], OPENING)
    hits = (Hit(article, ((texts.get(article.message.article_id, ""), False),)) for article in rows.items)
    return Rows(tuple(hits), rows.next)


def _lit(claim: Claim) -> tuple[tuple[str, bool], ...]:
    shown = quote(claim, Side(voice=claim.voice_name, claim=claim.id, outlets=1, origins=1))
    return ((shown.before, False), (shown.words, True), (shown.after, False))


PAGE = Page("/search", "search.html", view, twin)
