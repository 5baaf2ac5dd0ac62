"""When a stranger's record came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.arrival import arrival_time, believed
from tests.unit.platform.conftest import NOON

WEEK = timedelta(days=7)


@given(st.one_of(st.none(), st.floats(allow_nan=False)))
def test_any_timestamp_of_a_stranger_is_a_time(seconds: float | None) -> None:
    at = arrival_time(seconds)
    assert datetime(1970, 1, 1, tzinfo=UTC) <= at < datetime(2100, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("written", [datetime(2099, 1, 1, tzinfo=UTC), NOON + timedelta(minutes=16), arrival_time(0)])
def test_a_time_that_cannot_be_is_the_time_of_reading(written: datetime) -> None:
    assert believed(written, NOON, WEEK) == NOON


@pytest.mark.parametrize("age", [timedelta(minutes=-15), timedelta(0), timedelta(days=7)])
def test_a_time_that_can_be_stands_whenever_it_is_read_again(age: timedelta) -> None:
    assert believed(NOON - age, NOON, WEEK) == NOON - age
