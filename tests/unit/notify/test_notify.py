"""Which alerts go to whom."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed
from schemas.subscription import CONSOLE, Match, Subscription
from services.notify import stage
from services.notify.matching import wants
from tests.unit.notify.making import NOON, ONE, OTHER, alert, at, subscription

EVERYTHING = (CONSOLE, subscription("desk"))


def step(
    message: AlertRaised,
    rows: dict[str, bytes],
    arrival: Arrival,
    subscriptions: tuple[Subscription, ...] = EVERYTHING,
) -> Outcome:
    return stage.step(message, {"delivered": rows, "silences": {}}, arrival, subscriptions)


def stored(outcome: Outcome) -> dict[str, bytes]:
    assert isinstance(outcome, Processed)
    return {write.key: write.value for write in outcome.store if write.value is not None}


def told(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Processed)
    return [entry.subscription for entry in outcome.emit if isinstance(entry, DeliveryLogged)]


def test_an_alert_is_due_to_each_subscription_that_wants_it() -> None:
    outcome = step(alert(), {}, at(3), (*EVERYTHING, subscription("critical-only", minimum_severity="critical")))
    assert told(outcome) == ["console", "desk"]
    assert isinstance(outcome, Processed)
    due = outcome.emit[1]
    assert isinstance(due, DeliveryLogged)
    assert (due.alert_id, due.state, due.attempt, due.next_at, due.alert) == ("alr-1:1", "due", 0, NOON, alert())
    assert due.record_id() == "desk:alr-1:1:0:due"


def test_the_same_alert_from_upstream_again_is_no_news() -> None:
    rows = stored(step(alert(), {}, at(3)))
    assert step(alert(), rows, at(9)) == Duplicate(of="alr-1:1")
    assert isinstance(step(alert(2), rows, at(9)), Processed)


def test_a_redelivery_after_a_crash_is_due_again_with_the_same_id() -> None:
    first = step(alert(), {}, at(3))
    assert step(alert(), stored(first), at(3)) == first


def test_a_redelivery_of_an_earlier_message_is_due_again_although_a_later_one_was_told() -> None:
    first = step(alert(), {}, at(3))
    then = step(alert(2), stored(first), at(4), (CONSOLE,))
    assert isinstance(first, Processed)
    assert isinstance(then, Processed)
    again = step(alert(), stored(then), at(3))
    assert isinstance(again, Processed)
    assert again.emit == first.emit
    assert stored(again) == stored(then)
    assert step(alert(2), stored(again), at(4)) == then, "whoever subscribed meanwhile is not told of it now"


def test_rows_stay_small_however_often_an_alert_is_told() -> None:
    rows: dict[str, bytes] = {}
    for sequence in range(1, 200):
        rows = stored(step(alert(sequence), rows, at(sequence)))
    assert len(rows["alr-1"]) < 1_000


def test_to_whom_nothing_was_told_an_update_is_the_alert_and_a_cancellation_nothing() -> None:
    mild = step(alert(), {}, at(1), (subscription("critical", message_type=("alert",), minimum_severity="critical"),))
    assert told(mild) == []
    both = (
        subscription("critical", message_type=("alert",), minimum_severity="critical"),
        subscription("cancels", message_type=("cancel",)),
    )
    worse = alert(2, severity="critical", message_type="update", references=("alr-1:1",))
    assert told(step(worse, stored(mild), at(2), both)) == ["critical"]
    gone = alert(2, severity="critical", message_type="cancel", references=("alr-1:1",))
    assert told(step(gone, stored(mild), at(2), (*both, subscription("all")))) == ["cancels"]


def test_a_row_of_before_there_were_subscriptions_is_read() -> None:
    rows = {"alr-1": orjson.dumps({"sequence": 1, "offset": 3})}
    assert step(alert(), rows, at(9)) == Duplicate(of="alr-1:1")
    assert told(step(alert(2), rows, at(9))) == ["console", "desk"]


@given(st.lists(st.integers(min_value=1, max_value=5), max_size=20))
def test_what_goes_out_only_rises(sequences: list[int]) -> None:
    rows: dict[str, bytes] = {}
    sent = []
    for offset, sequence in enumerate(sequences):
        outcome = step(alert(sequence), rows, at(offset))
        if isinstance(outcome, Processed):
            sent.append(sequence)
            rows |= stored(outcome)
    assert sent == sorted(set(sent))


def test_a_correction_reaches_whoever_was_told_and_nobody_else() -> None:
    both = (subscription("critical", minimum_severity="critical"), subscription("all"), subscription("late"))
    first = step(alert(severity="critical"), {}, at(1), both[:2])
    assert told(first) == ["critical", "all"]
    cancel = alert(2, severity="info", message_type="cancel", references=("alr-1:1",))
    only_alerts = subscription("all", message_type=("alert",))
    then = step(cancel, stored(first), at(2), (both[0], only_alerts, subscription("late", minimum_severity="warning")))
    assert told(then) == ["critical"], "told of it, whatever its severity; the others want no cancel, or none so mild"


@pytest.mark.parametrize(
    ("match", "wanted"),
    [
        ({}, True),
        ({"verdict": ("conflict", "increase")}, True),
        ({"verdict": ("increase",)}, False),
        ({"metric": (Metric.PEOPLE_PRESENT,)}, True),
        ({"metric": (Metric.DEATHS,)}, False),
        ({"minimum_severity": "warning"}, True),
        ({"minimum_severity": "critical"}, False),
        ({"message_type": ("update", "cancel")}, False),
        ({"speaker": ("THE ARMY",)}, True),
        ({"speaker": ("The Valley Post",)}, True),
        ({"speaker": ("army",)}, False),
        ({"entity": ("Q36",)}, True),
        ({"entity": ("poland", "Q1")}, True),
        ({"entity": ("Q184",)}, True),
        ({"entity": ("The army",)}, False),
        ({"entity": ("Poland",), "speaker": ("nobody",)}, False),
    ],
)
def test_every_condition_given_must_fit_by_one_of_its_values(match: dict[str, Any], wanted: bool) -> None:
    polish = ONE.model_copy(update={"whose": "Poland", "whose_id": "Q36"})
    border = OTHER.model_copy(update={"places": ("Q184", "Q36"), "place_names": ("Belarus", "Poland")})
    assert wants(Match(**match), alert(claims=(polish, border)), told=False) is wanted
