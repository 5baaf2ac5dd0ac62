"""Why: the chain of rules behind a claim or an alert, in words, with both intervals, thresholds and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.verdict import VerdictGiven
from services.desk.queries import alerts, claims, verdicts
from services.desk.queries.claims import Known
from services.desk.site.asked import Asked
from services.desk.site.page import NotHere, Page
from services.ledger.rules.thresholds import thresholds
from services.ledger.silence import Silence, silence

COMPARED = 50
"""Comparisons of one claim that are shown, the latest first; as many as a page of any list."""


@dataclass(frozen=True, slots=True)
class Comparison:
    given: VerdictGiven
    one: Claim | None
    other: Claim | None


@dataclass(frozen=True, slots=True)
class ExplainView:
    """Of a claim: `own`, its comparisons, or why there is none. Of an alert: its messages and their comparisons."""

    id: str
    own: Known | None
    alert: AlertRaised | None
    comparisons: tuple[Comparison, ...]
    silence: Silence | None
    metric: str
    thresholds: Mapping[str, Any]


async def view(db: AsyncConnection, asked: Asked) -> ExplainView:
    name = asked.path["id"]
    own = await claims.one(db, name)
    alert = None if own else await alerts.one(db, name.partition(":")[0])
    if own is not None:
        given = await verdicts.of_claim(db, name, COMPARED)
        metric = own.claim.metric.value
    elif alert is not None:
        given = await verdicts.between(db, alert.claims[0].id, alert.claims[1].id)
        metric = alert.metric.value
    else:
        raise NotHere("This desk knows no claim and no alert of that name.", "Their names stand at the foot of pages.")
    kept = await claims.some(db, [claim for one in given for claim in (one.one, one.other)])
    return ExplainView(
        id=name,
        own=own,
        alert=alert,
        comparisons=tuple(Comparison(one, kept.get(one.one), kept.get(one.other)) for one in given),
        silence=silence(own.claim, own.revised_by) if own is not None and not given else None,
        metric=metric,
        thresholds=thresholds(metric).model_dump(),
    )


def twin(shown: ExplainView) -> dict[str, Any]:
    return {
        "id": shown.id,
        "claim": None if shown.own is None else shown.own.claim,
        "series": None if shown.own is None else shown.own.series,
        "alert": shown.alert,
        "comparisons": [one.given for one in shown.comparisons],
        "silence": None if shown.silence is None else shown.silence._asdict(),
        "thresholds": dict(shown.thresholds),
    }


PAGE = Page("/explain/{id}", "explain.html", view, twin)
