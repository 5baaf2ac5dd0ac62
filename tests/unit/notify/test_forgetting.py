"""The table of who was told shrinks again, and nobody is told twice by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.outcomes import Arrival, Processed
from schemas.subscription import CONSOLE
from services.notify import stage
from services.notify.forgetting import KEPT
from tests.unit.notify.making import NOON, alert

DAY = timedelta(days=1)


class Notify:
    """One partition of the stage. `told`: ids of the alerts that went out."""

    def __init__(self, partition: int = 0) -> None:
        self.rows: dict[str, bytes] = {}
        self.told: list[str] = []
        self._partition = partition

    def take(self, message: AlertRaised, offset: int, at: datetime, killed_after: int = 1000) -> None:
        """`killed_after`: rows that are still stored."""
        arrival = Arrival("news.alert.raised.v1", self._partition, offset, at)
        outcome = stage.step(message, {"delivered": self.rows, "silences": {}}, arrival, (CONSOLE,))
        if not isinstance(outcome, Processed):
            return
        self.told += [entry.alert_id for entry in outcome.emit if isinstance(entry, DeliveryLogged)]
        for write in outcome.store[:killed_after]:
            write.into(self.rows)

    @property
    def alerts(self) -> set[str]:
        return {key for key in self.rows if key.startswith("alr-")}


def a_day_each(notify: Notify, days: int) -> None:
    for day in range(days):
        notify.take(alert(fingerprint=f"alr-{day}"), day, NOON + day * DAY)


def test_a_year_of_alerts_leaves_the_rows_of_the_last_hundred_days() -> None:
    notify = Notify()
    a_day_each(notify, 365)
    assert notify.alerts == {f"alr-{day}" for day in range(365 - 1 - KEPT.days, 365)}
    assert len(notify.told) == 365


@given(st.lists(st.integers(min_value=0, max_value=300), min_size=1, max_size=12))
def test_a_redelivery_of_anything_repeats_nothing_beyond_what_a_crash_may_repeat(rewinds: list[int]) -> None:
    """The topic read again from any offset, also from the first: within the horizon by the rows, behind it by age. A
    record whose answer is still kept is answered as before, under the same id, which deliver drops."""
    notify = Notify()
    a_day_each(notify, 301)
    for start in rewinds:
        notify.told.clear()
        before = dict(notify.rows)
        for day in range(start, 301):
            notify.take(alert(fingerprint=f"alr-{day}"), 1000 + day, NOON + day * DAY)
        assert (notify.told, notify.rows) == ([], before)


def test_an_alert_that_moves_is_kept_by_its_last_message() -> None:
    notify = Notify()
    notify.take(alert(), 1, NOON)
    notify.take(alert(2), 2, NOON + 60 * DAY)
    notify.take(alert(fingerprint="alr-2"), 3, NOON + 150 * DAY)
    assert notify.alerts == {"alr-1", "alr-2"}
    notify.take(alert(2), 4, NOON + 60 * DAY)
    assert notify.told == ["alr-1:1", "alr-1:2", "alr-2:1"]


def test_an_old_pair_that_disagrees_anew_is_told() -> None:
    notify = Notify()
    a_day_each(notify, 200)
    notify.told.clear()
    notify.take(alert(2, fingerprint="alr-0"), 500, NOON + 199 * DAY)
    assert notify.told == ["alr-0:2"]


def test_a_row_is_not_forgotten_by_the_message_that_brings_it_back() -> None:
    notify = Notify()
    notify.take(alert(), 1, NOON)
    notify.take(alert(2), 2, NOON + 150 * DAY)
    assert notify.alerts == {"alr-1"}


def test_rows_of_another_partition_are_left_to_its_own_records() -> None:
    one, other = Notify(0), Notify(1)
    other.rows = one.rows
    one.take(alert(), 0, NOON)
    other.take(alert(fingerprint="alr-2"), 0, NOON + 300 * DAY)
    assert "alr-1" in one.rows


def test_what_a_kill_cuts_off_is_forgotten_with_the_record_read_again() -> None:
    whole, killed = Notify(), Notify()
    for notify in (whole, killed):
        a_day_each(notify, 5)
    late = NOON + 200 * DAY
    whole.take(alert(fingerprint="alr-9"), 9, late)
    killed.take(alert(fingerprint="alr-9"), 9, late, killed_after=3)
    killed.take(alert(fingerprint="alr-9"), 9, late)
    assert killed.rows == whole.rows
    assert killed.alerts == {"alr-9"}
