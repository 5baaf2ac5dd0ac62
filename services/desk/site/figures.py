"""Figures: every count that somebody put a number to, those in open conflict first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.figure import FigureStated
from services.desk.queries import figures
from services.desk.queries.paging import Page as Rows
from services.desk.site.asked import Asked
from services.desk.site.cards import FigureCard
from services.desk.site.page import Page
from services.desk.site.past import figure_cards

FIGURES_SHOWN = 20
VOICES_SHOWN = 5
"""Chosen, as on the board: what a person can scan. Further pages have the others."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    cards: tuple[FigureCard, ...]
    rows: Rows[FigureStated]


async def view(db: AsyncConnection, asked: Asked) -> FiguresView:
    """`?contested=1`: only those in open conflict."""
    contested = True if asked.query.get("contested") == "1" else None
    rows = await figures.listed(db, asked.filter, asked.cursor, FIGURES_SHOWN, contested=contested)
    return FiguresView(await figure_cards(db, rows.items, VOICES_SHOWN), rows)


def twin(shown: FiguresView) -> dict[str, Any]:
    return {"figures": [card.figure for card in shown.cards], "next": shown.rows.next}


PAGE = Page("/figures", "figures.html", view, twin)
