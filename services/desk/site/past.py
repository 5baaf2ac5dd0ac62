"""What was said last of figures of which nothing is compared any more.

The ledger states a series empty when its numbers are replaced, taken back, or too old to be compared. Who said what of
it is still what an editor looks for; the claims themselves are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.claim import Claim
from schemas.figure import FigureStated
from services.desk.queries import claims
from services.desk.site.cards import FigureCard, figure_card


async def figure_cards(db: AsyncConnection, figures: Sequence[FigureStated], rows: int) -> tuple[FigureCard, ...]:
    """The cards of `figures`, with `rows` voices each."""
    filled = await with_last_words(db, figures)
    carried = await claims.carried(db, [claim.id for figure in filled for claim in figure.statements])
    cards = (figure_card(figure, carried, rows) for figure in filled)
    return tuple(
        replace(card, figure=figure, past=not figure.statements) for card, figure in zip(cards, figures, strict=True)
    )


async def with_last_words(
    db: AsyncConnection, figures: Sequence[FigureStated], as_known_at: datetime | None = None
) -> list[FigureStated]:
    """`figures`, those without statements with the last claim of each voice at each scope that was not revised."""
    filled = []
    for figure in figures:
        if not figure.statements:
            known = await claims.of_series(db, figure.series, as_known_at)
            latest: dict[tuple[str, str | None], Claim] = {}
            for claim in sorted((one.claim for one in known if one.revised_by is None), key=lambda c: (c.as_of, c.id)):
                latest[claim.voice, claim.scope] = claim
            filled.append(figure.model_copy(update={"statements": tuple(latest.values())}))
        else:
            filled.append(figure)
    return filled
