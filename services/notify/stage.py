"""Which alerts are news to the subscribers. Pure; the delivery itself is the agent's `deliver`.

Each fingerprint keeps the sequence delivered last and the offset it came from. A lower or equal sequence at another
offset was delivered before; the same offset again is a redelivery after a crash, of which nobody knows whether the
text went out: it goes out again. The promise is at least once, always with the same id.
"""

from __future__ import annotations

import orjson

from schemas.alert import AlertRaised
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write

TABLE = "delivered"


def step(alert: AlertRaised, tables: Tables, arrival: Arrival) -> Outcome:
    """Processed: deliver it. Duplicate: this or a later message of the same alert was delivered."""
    stored = tables[TABLE].get(alert.fingerprint)
    if stored is not None:
        last = orjson.loads(stored)
        if alert.sequence <= last["sequence"] and arrival.offset != last["offset"]:
            return Duplicate(of=alert.id)
    row = orjson.dumps({"sequence": alert.sequence, "offset": arrival.offset})
    return Processed(store=(Write(TABLE, alert.fingerprint, row),))
