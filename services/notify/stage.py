"""notify: AlertRaised -> DeliveryLogged `due`, one for each subscription that wants the alert.

Each fingerprint keeps the sequence told last, the offset it came from, and who was told. A lower or equal sequence at
another offset was told before; the same offset again is a redelivery after a crash, of which nobody knows whether the
deliveries went out: they are sent again, under the same ids, and deliver drops those it knows.

What becomes of a delivery is not this stage's business (services/deliver). Grouping, when it comes, is decided here: a
delivery may be due later than now (`next_at`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write
from schemas.subscription import Subscription
from services.notify.matching import wants

TABLE = "delivered"

_NEVER = {"sequence": 0, "offset": -1}


def step(alert: AlertRaised, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription]) -> Outcome:
    """Processed: a delivery for each subscription that wants it. Duplicate: this or a later message of it was told."""
    stored = tables[TABLE].get(alert.fingerprint)
    last: dict[str, Any] = _NEVER if stored is None else orjson.loads(stored)
    if alert.sequence <= last["sequence"] and arrival.offset != last["offset"]:
        return Duplicate(of=alert.id)
    told = set(last.get("told", ()))  # rows of before there were subscriptions have none
    wanted = [each.id for each in subscriptions if wants(each.match, alert, told=each.id in told)]
    row = {"sequence": alert.sequence, "offset": arrival.offset, "told": sorted(told.union(wanted))}
    return Processed(
        emit=tuple(_due(subscription, alert, arrival) for subscription in wanted),
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
