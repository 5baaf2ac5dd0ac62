"""Alerts, what silences them, and where they went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.message import decode
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import by_terms, equal, in_time, severe
from services.desk.queries.paging import MOST, Filter, Page
from services.desk.store.columns import micros
from services.desk.store.tables import acts, alert_terms, alerts, conflicts, deliveries


async def one(db: AsyncConnection, fingerprint: str) -> AlertRaised | None:
    """The latest message of an alert."""
    found = await db.execute(
        select(alerts.c.message).where(alerts.c.fingerprint == fingerprint, alerts.c.latest.is_(True))
    )
    body = found.scalar()
    return None if body is None else decode(AlertRaised, body)


async def messages(db: AsyncConnection, fingerprint: str) -> list[AlertRaised]:
    """Every message of an alert, oldest first; of more than MOST the latest."""
    own = select(alerts.c.message).where(alerts.c.fingerprint == fingerprint)
    found = await db.execute(own.order_by(alerts.c.sequence.desc()).limit(MOST))
    return [decode(AlertRaised, body) for body in found.scalars()][::-1]


async def listed(
    db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int, *, standing: bool = False
) -> Page[AlertRaised]:
    """The latest message of each alert, newest first. `standing`: none that is withdrawn or whose conflict is over.

    A conflict that ends by itself (its numbers meet, one side falls silent) raises no cancel: only its state says so.
    """
    statement = select(alerts.c.message).where(
        alerts.c.latest.is_(True),
        *in_time(alerts.c.raised, wanted),
        *severe(alerts.c.severity, wanted),
        *equal(alerts.c.metric, wanted.metric),
        *equal(alerts.c.verdict, wanted.verdict),
        *await by_terms(db, alerts.c.id, alert_terms, wanted),
    )
    if standing:
        over = conflicts.c.id == alerts.c.fingerprint, conflicts.c.state == "resolved"
        statement = statement.where(~exists().where(*over))
    rows, following = await rows_of(db, statement, (Key(alerts.c.raised), Key(alerts.c.id)), cursor, limit)
    return Page(tuple(decode(AlertRaised, row.message) for row in rows), following)


async def silenced(db: AsyncConnection, now: datetime) -> dict[str, DeskActed]:
    """What is silent at `now`, by what is silenced: of each target the last word counts, until it ends."""
    said = acts.c.act.in_(("silenced", "unsilenced")), acts.c.at <= micros(now)
    last: dict[str, DeskActed] = {}
    for body in (await db.execute(select(acts.c.message).where(*said).order_by(acts.c.at, acts.c.id))).scalars():
        act = decode(DeskActed, body)
        last[act.target] = act
    return {
        target: act for target, act in last.items() if act.act == "silenced" and (act.until is None or act.until > now)
    }


def silence_of(alert: AlertRaised, silences: Mapping[str, DeskActed], now: datetime) -> DeskActed | None:
    """The one of `silences` (as `silenced` gives them) that keeps the alert back: of it, or of its figure."""
    for target in (alert.fingerprint, alert.series):
        act = silences.get(target)
        if act is not None and act.keeps_back(alert.severity, now):
            return act
    return None


async def delivered(db: AsyncConnection, fingerprint: str) -> list[DeliveryLogged]:
    """Each step of the deliveries of an alert, oldest first; of more than MOST the latest."""
    own = select(deliveries.c.message).where(deliveries.c.fingerprint == fingerprint)
    found = await db.execute(own.order_by(deliveries.c.at.desc(), deliveries.c.id.desc()).limit(MOST))
    return [decode(DeliveryLogged, body) for body in found.scalars()][::-1]
