"""What a silence set at the desk keeps back, and what it does not."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.alert import AlertRaised, Correction
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.outcomes import Arrival, Duplicate, Processed
from schemas.subscription import CONSOLE
from schemas.topics import ACTED
from services.notify import stage
from tests.unit.notify.making import NOON, alert, subscription

SUBSCRIPTIONS = (CONSOLE, subscription("desk"))
PUT_RIGHT = (Correction(claim="c1", was="500", now="50", article_id="art-3", noted=True),)


def act(target: str = "alr-1", **fields: Any) -> DeskActed:
    kind = "figure" if target.startswith("ser-") else "alert"
    given = {
        "act": "silenced",
        "kind": kind,
        "target": target,
        "by": "Ana",
        "role": "editor",
        "why": "a test",
        "at": NOON,
    }
    return DeskActed.model_validate(given | fields)


class Notify:
    """The stage over tables of its own. What it answers is stored unless it is killed before."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, bytes]] = {"delivered": {}, "silences": {}}
        self.changelogs: defaultdict[int, dict[str, dict[str, bytes | None]]] = defaultdict(
            lambda: {"delivered": {}, "silences": {}}
        )
        self.offset = 0

    def restart(self) -> None:
        """The rows of all partitions as their changelogs have them, in one table as a worker holds them."""
        for table, rows in self.tables.items():
            rows.clear()
            for logs in self.changelogs.values():
                rows.update({key: value for key, value in logs[table].items() if value is not None})

    def take(
        self,
        message: AlertRaised | DeskActed,
        *,
        offset: int | None = None,
        at: datetime = NOON,
        killed: bool = False,
        partition: int = 0,
    ) -> list[tuple[str, str]]:
        """(subscription, state) of what goes out."""
        self.offset = self.offset + 1 if offset is None else offset
        outcome = stage.step(message, self.tables, Arrival("t", partition, self.offset, at), SUBSCRIPTIONS)
        if isinstance(outcome, Duplicate):
            return []
        assert isinstance(outcome, Processed)
        for write in () if killed else outcome.store:
            self.changelogs[partition][write.table][write.key] = write.value
            if write.value is None:
                del self.tables[write.table][write.key]
            else:
                self.tables[write.table][write.key] = write.value
        self.entries = [entry for entry in outcome.emit if isinstance(entry, DeliveryLogged)]
        return [(entry.subscription, entry.state) for entry in self.entries]


TOLD = [("console", "due"), ("desk", "due")]
KEPT = [("console", "silenced"), ("desk", "silenced")]


def test_a_silence_of_an_alert_or_of_its_figure_keeps_it_from_every_subscriber() -> None:
    for target in ("alr-1", "ser-1"):
        notify = Notify()
        assert notify.take(act(target)) == []
        assert notify.take(alert()) == KEPT
        assert notify.take(alert(2)) == KEPT
        assert notify.take(alert(fingerprint="alr-2", series="ser-2")) == TOLD


def test_the_log_says_who_keeps_it_back_and_until_when() -> None:
    notify = Notify()
    notify.take(act(until=NOON + timedelta(hours=1)))
    notify.take(alert())
    entry = notify.entries[0]
    assert (entry.reason, entry.detail, entry.alert, entry.next_at) == (
        "silenced", "by Ana until 2026-03-01 13:00Z", None, None,
    )  # fmt: skip
    notify.take(act("alr-2"))
    notify.take(alert(fingerprint="alr-2"))
    assert notify.entries[0].detail == "by Ana until it is taken back"


def test_it_ends_at_its_time_or_when_somebody_takes_it_back() -> None:
    notify = Notify()
    notify.take(act(until=NOON + timedelta(hours=1)))
    assert notify.take(alert(), at=NOON + timedelta(minutes=59)) == KEPT
    assert notify.take(alert(2), at=NOON + timedelta(hours=1)) == TOLD
    notify.take(act())
    notify.take(act(act="flagged", kind="claim", target="alr-1"))
    assert notify.take(alert(3)) == KEPT
    notify.take(act(act="unsilenced"))
    assert notify.tables["silences"] == {}
    assert notify.take(act(act="unsilenced")) == [], "taken back twice"
    assert notify.take(alert(4)) == TOLD


def test_what_was_taken_back_on_every_partition_stays_so_over_a_restart() -> None:
    notify = Notify()
    for said in ("silenced", "unsilenced"):
        for partition in range(ACTED.partitions):
            notify.take(act("ser-1", act=said, partition=partition), partition=partition)
        notify.restart()
        kept = TOLD if said == "unsilenced" else KEPT
        for partition in range(ACTED.partitions):
            name = f"alr-{said}-{partition}"
            assert notify.take(alert(fingerprint=name), partition=partition) == kept, partition
    assert notify.tables["silences"] == {}


def test_a_silence_that_ended_a_week_ago_leaves_no_row() -> None:
    notify = Notify()
    for number in range(100):
        day = NOON + timedelta(days=number)
        notify.take(act(f"alr-{number}", at=day, until=day + timedelta(hours=1)), at=day)
    assert len(notify.tables["silences"]) == 8
    notify.take(act("alr-for-ever"), at=NOON)
    notify.take(act("alr-other"), at=NOON + timedelta(days=365))
    assert sorted(notify.tables["silences"]) == ["0/alr-for-ever", "0/alr-other"]


def test_what_becomes_more_severe_is_told() -> None:
    notify = Notify()
    notify.take(act(severity="warning"))
    assert notify.take(alert(severity="warning")) == KEPT
    assert notify.take(alert(2, severity="critical")) == TOLD
    assert notify.take(alert(3, severity="warning")) == KEPT
    notify.take(act(severity="critical"))
    assert notify.take(alert(4, severity="critical")) == KEPT


def test_a_correction_of_what_went_out_goes_out_and_of_what_did_not_does_not() -> None:
    for late in ({"message_type": "cancel"}, {"corrections": PUT_RIGHT}):
        told, never = Notify(), Notify()
        assert told.take(alert()) == TOLD
        for notify in (told, never):
            notify.take(act())
            assert notify.take(alert(2)) == KEPT
        assert told.take(alert(3, **late)) == TOLD
        assert never.take(alert(3, **late)) == ([] if "message_type" in late else KEPT), "nothing went out to cancel"


def test_a_redelivery_is_kept_back_or_told_as_before_whatever_was_done_meanwhile() -> None:
    notify = Notify()
    assert notify.take(alert(), offset=7) == TOLD
    notify.take(act(), offset=1)
    assert notify.take(alert(), offset=7) == TOLD
    assert notify.take(alert(2), offset=8) == KEPT
    notify.take(act(act="unsilenced"), offset=2)
    assert notify.take(alert(2), offset=8) == KEPT
    assert notify.take(alert(2), offset=9) == [], "told once: upstream says it again"


@given(st.lists(st.tuples(st.sampled_from(["alert", "silenced", "unsilenced"]), st.booleans()), max_size=25))
def test_a_crash_before_any_store_changes_nothing(steps: list[tuple[str, bool]]) -> None:
    """Each record comes again after a crash, and is then answered as without one."""
    crashed, calm = Notify(), Notify()
    for number, (what, crash) in enumerate(steps, 1):
        message = alert(number) if what == "alert" else act(act=what)
        first = crashed.take(message, offset=number, killed=crash)
        again = crashed.take(message, offset=number) if crash else first
        assert first == again == calm.take(message, offset=number)
    assert crashed.tables == calm.tables
