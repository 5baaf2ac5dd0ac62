"""A conflict: two voices whose numbers do not meet, from the day it opened to the day it ended, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.figure import LifeStep
from services.desk.chart import Chart, draw
from services.desk.queries import alerts, claims, conflicts
from services.desk.queries.conflicts import KnownConflict
from services.desk.site.asked import Asked
from services.desk.site.cards import AlertCard, alert_card, remarks
from services.desk.site.page import NotHere, Page


@dataclass(frozen=True, slots=True)
class Step:
    """One step of its life, with the claims that show it and the alert that told it."""

    step: LifeStep
    claims: tuple[Claim, ...]
    alert: AlertRaised | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    known: KnownConflict
    sides: tuple[Claim, ...]
    chart: Chart
    remarks: tuple[str, ...]
    steps: tuple[Step, ...]
    card: AlertCard | None


async def view(db: AsyncConnection, asked: Asked) -> ConflictView:
    known = await conflicts.one(db, asked.path["conflict"])
    if known is None:
        raise NotHere(
            "This desk holds no conflict of that name.",
            "Its address may be mistyped; if the desk was just started it is still reading: wait a moment and reload.",
        )
    conflict = known.conflict
    wanted = (conflict.one, conflict.other, *(claim for step in conflict.steps for claim in step.claims))
    found = await claims.some(db, list(dict.fromkeys(wanted)))
    told = {alert.id: alert for alert in await alerts.messages(db, conflict.id)}
    latest = max(told.values(), key=lambda alert: alert.sequence, default=None)
    sides = tuple(found[claim] for claim in (conflict.one, conflict.other) if claim in found)
    return ConflictView(
        known=known,
        sides=sides,
        chart=draw(sides, (sides[0], sides[1]) if len(sides) == 2 else None),
        remarks=remarks(conflict.flags, (sides[0], sides[1])) if len(sides) == 2 else (),
        steps=tuple(
            Step(step, tuple(found[c] for c in step.claims if c in found), told.get(step.alert or ""))
            for step in conflict.steps
        ),
        card=None if latest is None else alert_card(latest),
    )


def twin(shown: ConflictView) -> dict[str, Any]:
    """The conflict with its life, its two claims, and the latest alert that told of it."""
    return {
        "series": shown.known.series,
        "label": shown.known.label,
        "conflict": shown.known.conflict,
        "claims": list(shown.sides),
        "alert": None if shown.card is None else shown.card.alert,
    }


PAGE = Page("/conflicts/{conflict}", "conflict.html", view, twin)
