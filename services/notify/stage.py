"""notify: AlertRaised -> DeliveryLogged `due`, one for each subscription that wants the alert; `silenced` instead while
somebody at the desk keeps it back.

Each fingerprint keeps the sequence told last, the offset it came from, who was told, and whether it was kept back. A
lower or equal sequence at another offset was told before; the same offset again is a redelivery after a crash, of which
nobody knows whether the deliveries went out: they are sent again, under the same ids, and deliver drops those it knows.
Whether it was kept back is not asked anew then: a silence may have come or gone meanwhile.

What a silence keeps back does not go out when the silence ends; the next message of the alert does. It never keeps back
what puts right an alert that went out.

What becomes of a delivery is not this stage's business (services/deliver). Grouping, when it comes, is decided here: a
delivery may be due later than now (`next_at`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write
from schemas.subscription import Subscription
from services.notify import silences
from services.notify.matching import wants

TABLE = "delivered"

_NEVER = {"sequence": 0, "offset": -1}


def step(
    message: AlertRaised | DeskActed, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription]
) -> Outcome:
    """Processed: an entry for each subscription that wants the alert, or what the desk did is kept. Duplicate: this or
    a later message of the alert was told."""
    if isinstance(message, DeskActed):
        return silences.heard(message, tables)
    return _alerted(message, tables, arrival, subscriptions)


def _alerted(alert: AlertRaised, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription]) -> Outcome:
    stored = tables[TABLE].get(alert.fingerprint)
    last: dict[str, Any] = _NEVER if stored is None else orjson.loads(stored)
    if alert.sequence <= last["sequence"] and arrival.offset != last["offset"]:
        return Duplicate(of=alert.id)
    again = arrival.offset == last["offset"]
    silence = last.get("silence") if again else silences.standing(alert, tables, arrival.at)
    told = set(last.get("told", ()))  # rows of before there were subscriptions have none
    wanted = [each.id for each in subscriptions if wants(each.match, alert, told=each.id in told)]
    puts_right = alert.message_type == "cancel" or bool(alert.corrections)
    due = [each for each in wanted if silence is None or (puts_right and each in told)]
    row = {"sequence": alert.sequence, "offset": arrival.offset, "told": sorted(told.union(due)), "silence": silence}
    return Processed(
        emit=tuple(
            _due(each, alert, arrival) if each in due else _kept(each, alert, arrival, silence) for each in wanted
        ),
        store=(Write(TABLE, alert.fingerprint, orjson.dumps(row)),),
    )


def _due(subscription: str, alert: AlertRaised, arrival: Arrival) -> DeliveryLogged:
    return DeliveryLogged(
        subscription=subscription,
        alert_id=alert.id,
        state="due",
        attempt=0,
        at=arrival.at,
        next_at=arrival.at,
        reason="matched",
        alert=alert,
    )


def _kept(subscription: str, alert: AlertRaised, arrival: Arrival, silence: str | None) -> DeliveryLogged:
    return DeliveryLogged(
        subscription=subscription,
        alert_id=alert.id,
        state="silenced",
        attempt=0,
        at=arrival.at,
        reason="silenced",
        detail=silence,
    )
