"""Review: verdicts held for a person, and flagged claims. Released or dismissed here with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.review import ReviewDecided
from services.desk.acting.review import may_release
from services.desk.chart import Chart, draw
from services.desk.queries import claims, held
from services.desk.queries.claims import Known
from services.desk.queries.held import HeldItem
from services.desk.queries.paging import PAGE
from services.desk.queries.paging import Page as Rows
from services.desk.site.asked import Asked
from services.desk.site.cards import remarks
from services.desk.site.page import Page


@dataclass(frozen=True, slots=True)
class Waiting:
    item: HeldItem
    remarks: tuple[str, ...]
    chart: Chart | None
    may_release: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    waiting: tuple[Waiting, ...]
    rows: Rows[HeldItem]
    flagged: tuple[Known, ...]
    decided: tuple[ReviewDecided, ...]


async def view(db: AsyncConnection, asked: Asked) -> ReviewView:
    rows = await held.waiting(db, asked.cursor, PAGE)
    decided = (await held.decided(db, None, PAGE)).items
    return ReviewView(
        waiting=tuple(_waiting(item) for item in rows.items),
        rows=rows,
        flagged=tuple(await claims.flagged(db, PAGE)),
        decided=tuple(item.decision for item in decided if item.decision is not None),
    )


def twin(shown: ReviewView) -> dict[str, Any]:
    return {
        "held": [
            {"id": one.item.id, "verdict": one.item.given, "claims": list(one.item.claims)} for one in shown.waiting
        ],
        "next": shown.rows.next,
        "flagged": [{"claim": one.claim, "flags": list(one.flags)} for one in shown.flagged],
        "decided": list(shown.decided),
    }


def _waiting(item: HeldItem) -> Waiting:
    pair = tuple(claim for claim in item.claims if claim is not None)
    whole = (pair[0], pair[1]) if len(pair) == 2 else None
    return Waiting(
        item,
        remarks(item.given.verdict.flags, whole) if whole else (),
        draw(whole, whole) if whole else None,
        may_release(item.given),
    )


REVIEW = Page("/review", "review.html", view, twin)
