"""Alerts, every message of them, and what became of their deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.message import encode
from schemas.outcomes import Arrival
from schemas.verdict import SEVERITIES
from services.desk.store.columns import micros
from services.desk.store.project_claims import add_claims
from services.desk.store.project_figures import terms_of
from services.desk.store.rows import add, chunks, drop, put
from services.desk.store.tables import alert_terms, alerts, deliveries


async def raised(db: AsyncConnection, arrived: Sequence[tuple[Arrival, AlertRaised]]) -> None:
    await add_claims(db, [(micros(arrival.at), claim) for arrival, alert in arrived for claim in alert.claims])
    messages = {alert.id: alert for _, alert in arrived}
    await put(db, alerts, [_row(alert) for alert in messages.values()])
    await drop(db, alert_terms, "alert", messages)
    terms = [
        {"alert": alert.id, "kind": kind, "value": value}
        for alert in messages.values()
        for kind, value in terms_of(alert.claims)
    ]
    await add(db, alert_terms, terms)
    other = alerts.alias()
    highest = select(func.max(other.c.sequence)).where(other.c.fingerprint == alerts.c.fingerprint).scalar_subquery()
    for fingerprints in chunks({alert.fingerprint for alert in messages.values()}):
        own = alerts.c.fingerprint.in_(fingerprints)
        await db.execute(update(alerts).where(own).values(latest=alerts.c.sequence == highest))


async def logged(db: AsyncConnection, arrived: Sequence[tuple[Arrival, DeliveryLogged]]) -> None:
    rows = [
        {
            "id": message.record_id(),
            "fingerprint": message.alert_id.rpartition(":")[0],
            "at": micros(message.at),
            "message": encode(message.model_copy(update={"alert": None})),
        }
        for _, message in arrived
    ]
    await add(db, deliveries, rows)


def _row(alert: AlertRaised) -> dict[str, Any]:
    return {
        "id": alert.id,
        "fingerprint": alert.fingerprint,
        "sequence": alert.sequence,
        "latest": False,
        "severity": SEVERITIES.index(alert.severity),
        "verdict": alert.verdict,
        "metric": alert.metric.value,
        "raised": micros(alert.raised),
        "message": encode(alert),
    }
