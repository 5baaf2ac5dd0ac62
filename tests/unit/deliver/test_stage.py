"""The delivery log folds into the same rows, however often its entries come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.delivery import DeliveryLogged
from schemas.message import encode
from schemas.outcomes import Arrival, Duplicate, Processed, Rejected
from schemas.topics import TABLES
from services.deliver.channel import Answer
from services.deliver.rows import MAX_FINISHED, MAX_WAITING, Due, Subscriber, Waiting, due, key
from services.deliver.schedule import logged
from services.deliver.stage import step
from tests.unit.deliver.making import Worker, due_entry
from tests.unit.notify.making import NOON, alert

FIRST, SECOND = "alr-1:1", "alr-2:1"
SOON = NOON + timedelta(minutes=1)


def ended(reason: str, attempt: int = 1, alert_id: str = FIRST, subscription: str = "desk") -> DeliveryLogged:
    return logged(subscription, alert_id, attempt, Answer(reason), at=NOON, chance=0)


def due_now(worker: Worker, now: datetime = NOON) -> dict[str, list[str]]:
    """Alert ids by subscription."""
    disabled = {name for name, row in worker.tables["subscribers"].items() if Subscriber.load(row).disabled}
    found = due(worker.tables["waiting"], disabled, now.timestamp())
    return {subscription: [each.alert_id for each in deliveries] for subscription, deliveries in found.items()}


def test_a_delivery_waits_until_the_log_says_how_it_ended() -> None:
    worker = Worker()
    worker.read(due_entry(FIRST))
    assert due_now(worker) == {"desk": [FIRST]}
    worker.read(ended("timeout", 1))
    assert due_now(worker) == {}
    assert due_now(worker, SOON) == {"desk": [FIRST]}
    row = Waiting.decode(worker.tables["waiting"][key("desk", FIRST)])
    assert (row.attempts, row.alert) == (1, encode(alert()))
    worker.read(ended("accepted", 2))
    assert worker.tables["waiting"] == {}
    assert isinstance(worker.read(due_entry(FIRST)), Duplicate), "sent again by notify after a crash, it is known"


def test_what_waits_longest_comes_first_and_each_subscription_for_itself() -> None:
    worker = Worker()
    worker.read(due_entry(SECOND, at=NOON + timedelta(seconds=2)), due_entry(FIRST, at=NOON + timedelta(seconds=1)))
    worker.read(due_entry(FIRST, "other"))
    assert due_now(worker, SOON) == {"desk": [FIRST, SECOND], "other": [FIRST]}
    assert due_now(worker, NOON) == {"other": [FIRST]}


def test_410_ends_what_waits_and_what_comes_for_that_subscription_only() -> None:
    worker = Worker()
    worker.read(due_entry(FIRST), ended("timeout"), due_entry(SECOND), due_entry(FIRST, "other"))
    worker.read(ended("gone", alert_id=SECOND))
    assert due_now(worker) == {"desk": [FIRST], "other": [FIRST]}, "its next attempt is not awaited: it is given up now"
    worker.read(due_entry("alr-3:1"))
    worker.read(ended("disabled", 1), ended("disabled", 0, "alr-3:1"))
    assert due_now(worker, SOON) == {"other": [FIRST]}


def test_a_full_queue_gives_up_aloud_and_holds_up_no_other() -> None:
    worker = Worker()
    row = Waiting(0, SOON.timestamp(), b"{}").encode()
    worker.tables["waiting"] = {key("desk", f"a{number}"): row for number in range(MAX_WAITING - 1)}
    worker.read(due_entry(FIRST))
    outcome = worker.read(due_entry(SECOND))
    assert isinstance(outcome, Processed)
    (given_up,) = outcome.emit
    assert isinstance(given_up, DeliveryLogged)
    assert (given_up.state, given_up.reason, given_up.alert_id) == ("given_up", "queue_full", SECOND)
    worker.read(given_up, due_entry(SECOND, "other"))
    assert due_now(worker) == {"desk": [FIRST], "other": [SECOND]}


def test_an_entry_that_lacks_what_it_needs_is_refused() -> None:
    worker = Worker()
    for fields in ({"alert": None}, {"next_at": None}, {"state": "failed", "next_at": None}):
        entry = due_entry(FIRST).model_copy(update=fields)
        assert isinstance(step(entry, worker.tables, Arrival("t", 0, 0, NOON)), Rejected)


def test_only_the_last_ends_are_remembered() -> None:
    worker = Worker()
    for number in range(MAX_FINISHED + 5):
        worker.read(due_entry(f"alr-{number}:1"), ended("accepted", alert_id=f"alr-{number}:1"))
    assert len(Subscriber.load(worker.tables["subscribers"]["desk"]).finished) == MAX_FINISHED
    assert worker.tables["waiting"] == {}


LIVES = st.lists(
    st.sampled_from(
        [
            [due_entry(FIRST), ended("accepted")],
            [due_entry(SECOND), ended("timeout", 1, SECOND), ended("accepted", 2, SECOND)],
            [due_entry("alr-3:1"), ended("timeout", 1, "alr-3:1")],
            [due_entry("alr-4:1", "other")],
            [due_entry("alr-5:1", "other"), ended("gone", 1, "alr-5:1", "other")],
        ]
    ),
    max_size=5,
    unique_by=lambda life: life[0].record_id(),
)


@given(LIVES, st.data())
def test_read_again_from_anywhere_the_log_gives_the_same_rows(lives: Any, data: st.DataObject) -> None:
    entries = [entry for life in lives for entry in life]
    undisturbed = Worker()
    undisturbed.read(*entries)
    crashed = Worker()
    crash = data.draw(st.integers(0, len(entries)))
    crashed.read(*entries[:crash])
    crashed.read(*entries[data.draw(st.integers(0, crash)) :])
    assert crashed.tables == undisturbed.tables


@given(LIVES, st.data())
def test_a_half_of_the_writes_that_survives_a_crash_is_set_right(lives: Any, data: st.DataObject) -> None:
    """Each table's changelog is a topic of its own: of the last entry before a crash either part may be durable."""
    entries = [entry for life in lives for entry in life]
    undisturbed = Worker()
    undisturbed.read(*entries)
    crashed = Worker()
    for entry in entries:
        before = {name: dict(table) for name, table in crashed.tables.items()}
        crashed.read(entry)
        if data.draw(st.booleans()):
            lost = data.draw(st.sampled_from(TABLES["deliver"]))
            crashed.tables[lost] = before[lost]
            crashed.read(entry)
    assert crashed.tables == undisturbed.tables


@given(st.lists(st.tuples(st.floats(0, 1e10), st.integers(0, 10)), max_size=20), st.floats(0, 1e10))
def test_all_that_is_due_is_found_and_nothing_else(rows: list[tuple[float, int]], now: float) -> None:
    waiting = {key("desk", f"a{n}"): Waiting(tries, at, b"{}").encode() for n, (at, tries) in enumerate(rows)}
    found = due(waiting, set(), now).get("desk", [])
    assert sorted(found) == found == sorted(Due(at, f"a{n}", t) for n, (at, t) in enumerate(rows) if at <= now)
