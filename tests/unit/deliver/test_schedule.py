"""When a delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deliver.channel import Answer
from services.deliver.schedule import JITTER, LONGEST_WAIT, PAUSES, logged, pause, retry_after
from tests.unit.notify.making import NOON

BUSY = Answer("answered_503", "503 busy")


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    starts = [timedelta(0)]
    for each in PAUSES:
        starts.append(starts[-1] + each)
    assert [str(start) for start in starts] == [
        "0:00:00",
        "0:00:05",
        "0:05:05",
        "0:35:05",
        "2:35:05",
        "7:35:05",
        "17:35:05",
        "1 day, 7:35:05",
        "2 days, 3:35:05",
        "3 days, 3:35:05",
    ]


@given(st.integers(1, len(PAUSES)), st.floats(0, 1, exclude_max=True))
def test_a_pause_is_never_shorter_and_at_most_a_fifth_longer(attempt: int, chance: float) -> None:
    waited = pause(attempt, chance)
    assert waited is not None
    assert PAUSES[attempt - 1] <= waited <= PAUSES[attempt - 1] * (1 + JITTER)


def test_after_the_tenth_attempt_it_is_given_up() -> None:
    entries = [logged("desk", "alr-1:1", attempt, BUSY, at=NOON, chance=0) for attempt in range(1, 11)]
    assert [entry.state for entry in entries] == ["failed"] * 9 + ["given_up"]
    assert [entry.next_at is None for entry in entries] == [False] * 9 + [True]


def test_pauses_shrink_in_development_but_what_the_receiver_asks_for_does_not() -> None:
    entry = logged("desk", "alr-1:1", 2, BUSY, at=NOON, chance=0, scale=0.01)
    assert entry.next_at == NOON + timedelta(seconds=3)
    asked = Answer("answered_503", None, retry_after=timedelta(seconds=20))
    entry = logged("desk", "alr-1:1", 2, asked, at=NOON, chance=0, scale=0.01)
    assert entry.next_at == NOON + timedelta(seconds=20)


def test_a_shorter_retry_after_does_not_hurry() -> None:
    asked = Answer("answered_503", None, retry_after=timedelta(seconds=1))
    assert logged("desk", "alr-1:1", 2, asked, at=NOON, chance=0).next_at == NOON + PAUSES[1]


@pytest.mark.parametrize(
    ("reason", "state"), [("accepted", "delivered"), ("gone", "given_up"), ("disabled", "given_up"), ("tls", "failed")]
)
def test_an_answer_says_what_becomes_of_the_delivery(reason: str, state: str) -> None:
    assert logged("desk", "alr-1:1", 1, Answer(reason), at=NOON, chance=0).state == state


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("0", 0),
        (" 120 ", 120),
        ("9" * 400, LONGEST_WAIT.total_seconds()),
        ("Sun, 01 Mar 2026 12:01:40 GMT", 100),
        ("Sun, 01 Mar 2026 13:01:40 +0100", 100),
        ("Sun, 01 Mar 2026 12:01:40 -0000", 100),
        ("Sun, 01 Mar 2020 12:00:00 GMT", 0),
        ("Sun, 01 Mar 2099 12:00:00 GMT", LONGEST_WAIT.total_seconds()),
        ("Sun, 99 Mar 2026 12:00:00 GMT", None),
        ("Sun, 01 Mar 2026 12:00:00 +99999999999999", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date_and_bounded(header: str | None, seconds: float | None) -> None:
    found = retry_after(header, NOON)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


@given(st.text(max_size=60))
def test_no_retry_after_of_a_stranger_breaks_anything(header: str) -> None:
    found = retry_after(header, datetime.now(UTC))
    assert found is None or timedelta(0) <= found <= LONGEST_WAIT
