"""deliver: the delivery log (DeliveryLogged) -> the rows of what is still to be delivered.

Theory of operation. The log is a topic, and this stage reads what it writes:

    notify ── due ─► log ─► step ─► tables `waiting`, `subscribers` ─► courier ─► the subscriber
                      ▲                                                   │ accepted, 503, timed out, …
                      └───────── delivered, failed, given up ─────────────┘

The log is keyed by subscription, so one worker holds all that waits for a subscription: its order, its bound and its
end (410) are decided in one place. `step` folds each entry into the rows; the courier (courier.py) looks at them five
times a second, makes the attempts that are due, and puts their ends on the log. It keeps nothing that matters: after a
crash or a rebalance whoever has the partition finds in the tables what waits, and goes on.

Why nothing is lost: notify commits an alert when its `due` is at the broker, this stage commits `due` when its row is,
and a row goes only when the log says delivered or given up. Why always the same `webhook-id`: it is the alert's id and
stands in the row. A crash between a receiver's 200 and its entry on the log sends the same id again, never a new one;
receivers drop repeats by it. Entries that come again change nothing: ends are remembered, attempts are set, not added.

The tables need no order of durability between them: no entry is committed before both changelogs are out, and an entry
done again sets right whatever half of it survived.
"""

from __future__ import annotations

from schemas.delivery import DeliveryLogged
from schemas.message import encode
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected, Tables, Write
from services.deliver.rows import SUBSCRIBERS, WAITING, Subscriber, Waiting, is_full, key


def step(entry: DeliveryLogged, tables: Tables, arrival: Arrival) -> Outcome:
    """Fold one entry of the log into the rows."""
    match entry.state:
        case "due":
            return _due(entry, tables)
        case "failed":
            return _failed(entry, tables)
        case "delivered" | "given_up":
            return _finished(entry, tables)
        case "silenced":
            return Processed()


def _due(entry: DeliveryLogged, tables: Tables) -> Outcome:
    if entry.alert is None or entry.next_at is None:
        return Rejected("bad_field", "due without an alert or a time", "send both, as services/notify/stage.py does")
    name = key(entry.subscription, entry.alert_id)
    if entry.alert_id in _subscriber(entry, tables).finished or name in tables[WAITING]:
        return Duplicate(of=entry.record_id())
    if is_full(tables[WAITING], entry.subscription):
        full = {"state": "given_up", "reason": "queue_full", "next_at": None, "alert": None}
        return Processed(emit=(entry.model_copy(update=full),))
    row = Waiting(0, entry.next_at.timestamp(), encode(entry.alert))
    return Processed(store=(Write(WAITING, name, row.encode()),))


def _failed(entry: DeliveryLogged, tables: Tables) -> Outcome:
    if entry.next_at is None:
        return Rejected("bad_field", "failed without a time", "send next_at, as services/deliver/schedule.py does")
    name = key(entry.subscription, entry.alert_id)
    stored = tables[WAITING].get(name)
    row = None if stored is None else Waiting.decode(stored)
    if row is None or row.attempts >= entry.attempt:
        return Duplicate(of=entry.record_id())
    row = Waiting(entry.attempt, entry.next_at.timestamp(), row.alert)
    return Processed(store=(Write(WAITING, name, row.encode()),))


def _finished(entry: DeliveryLogged, tables: Tables) -> Outcome:
    gone = Write(WAITING, key(entry.subscription, entry.alert_id), None)
    subscriber = _subscriber(entry, tables)
    if entry.alert_id in subscriber.finished:
        return Duplicate(of=entry.record_id(), store=(gone,))
    subscriber = subscriber.with_end(entry.alert_id, disabled=entry.at if entry.reason == "gone" else None)
    return Processed(store=(Write(SUBSCRIBERS, entry.subscription, subscriber.encode()), gone))


def _subscriber(entry: DeliveryLogged, tables: Tables) -> Subscriber:
    return Subscriber.load(tables[SUBSCRIBERS].get(entry.subscription))
