"""Alerts: the list with its filters, and one alert with every message of it, old words beside new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised, Correction
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.figure import Conflict
from services.desk.queries import acts, alerts, conflicts
from services.desk.queries.paging import Page as Rows
from services.desk.site.asked import Asked
from services.desk.site.cards import AlertCard, alert_card
from services.desk.site.page import NotHere, Page

CARDS = 25
"""Alerts of a page, each with both quotes and its reasons: 3.4 kB of HTML a card, 172 kB for fifty."""


@dataclass(frozen=True, slots=True)
class AlertsView:
    """`cards`: each with the silence that keeps it back, if one does."""

    cards: tuple[tuple[AlertCard, DeskActed | None], ...]
    rows: Rows[AlertRaised]


@dataclass(frozen=True, slots=True)
class AlertView:
    """`messages`: all of its fingerprint, newest first; `corrections`: every claim put right, the latest first;
    `deliveries`: how far each message came with each subscription, the latest step first; `over`: its
    conflict, if that has ended."""

    card: AlertCard
    messages: tuple[AlertRaised, ...]
    corrections: tuple[tuple[AlertRaised, Correction], ...]
    acts: tuple[DeskActed, ...]
    silenced: DeskActed | None
    deliveries: tuple[DeliveryLogged, ...]
    over: Conflict | None


async def listed(db: AsyncConnection, asked: Asked) -> AlertsView:
    rows = await alerts.listed(db, asked.filter, asked.cursor, CARDS)
    silences = await alerts.silenced(db, asked.now)
    over = await conflicts.over(db, [alert.fingerprint for alert in rows.items])
    return AlertsView(
        tuple(
            (alert_card(alert, over=over.get(alert.fingerprint)), alerts.silence_of(alert, silences, asked.now))
            for alert in rows.items
        ),
        rows,
    )


async def one(db: AsyncConnection, asked: Asked) -> AlertView:
    fingerprint = asked.path["fingerprint"]
    messages = list(reversed(await alerts.messages(db, fingerprint)))
    if not messages:
        raise NotHere(
            "This desk holds no alert of that name.",
            "If the desk was just started it is still reading the topics: wait a moment and reload.",
        )
    silences = await alerts.silenced(db, asked.now)
    known = await conflicts.one(db, fingerprint)
    return AlertView(
        card=alert_card(messages[0]),
        messages=tuple(messages),
        corrections=tuple((message, put_right) for message in messages for put_right in message.corrections),
        acts=tuple(await acts.of(db, fingerprint)),
        silenced=alerts.silence_of(messages[0], silences, asked.now),
        deliveries=_last_steps(await alerts.delivered(db, fingerprint)),
        over=known.conflict if known is not None and known.conflict.state == "resolved" else None,
    )


def list_twin(shown: AlertsView) -> dict[str, Any]:
    return {"alerts": [summary(card.alert, card.over) for card, _ in shown.cards], "next": shown.rows.next}


def twin(shown: AlertView) -> dict[str, Any]:
    """The alert as last raised, its own address, where its sentences stand, every message before, where it went, and
    who did what."""
    more = {"messages": list(shown.messages), "deliveries": list(shown.deliveries), "acts": list(shown.acts)}
    return summary(shown.card.alert, shown.over) | more


def summary(alert: AlertRaised, over: Conflict | None) -> dict[str, Any]:
    return {
        "page": f"/alerts/{quote(alert.fingerprint, safe='')}",
        "evidence": [f"/articles/{quote(c.article_id, safe='')}#{quote(c.id, safe='')}" for c in alert.claims],
        "alert": alert,
        "over": over,
    }


def _last_steps(steps: Sequence[DeliveryLogged]) -> tuple[DeliveryLogged, ...]:
    """Of each message and subscription the step with the most attempts behind it, of equal ones the later."""
    last: dict[tuple[str, str], DeliveryLogged] = {}
    for step in sorted(steps, key=lambda step: (step.attempt, step.at)):
        last[step.alert_id, step.subscription] = step
    return tuple(sorted(last.values(), key=lambda step: (step.at, step.subscription), reverse=True))


LIST = Page("/alerts", "alerts.html", listed, list_twin)
ONE = Page("/alerts/{fingerprint}", "alert.html", one, twin)
