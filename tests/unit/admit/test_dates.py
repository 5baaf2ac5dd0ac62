"""A date is read where it can be read in one way, and never otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import date_in_head, read_date
from schemas.outcomes import Rejected
from services.admit.published import Published, published

NOW = datetime(2021, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2021-11-12", "2021-11-12T00:00:00+00:00"),
        ("2021-11-12T10:00:00+05:30", "2021-11-12T04:30:00+00:00"),
        ("1987-02-26 15:01:01", "1987-02-26T15:01:01+00:00"),
        ("2021/11/12", "2021-11-12T00:00:00+00:00"),
        ("12.11.2021", "2021-11-12T00:00:00+00:00"),
        ("1/21/18", "2018-01-21T00:00:00+00:00"),
        ("21/1/2018", "2018-01-21T00:00:00+00:00"),
        ("Nov 3rd 2021, 4:05 PM", "2021-11-03T16:05:00+00:00"),
        ("3 November 2021", "2021-11-03T00:00:00+00:00"),
        ("Wed, 03 Nov 2021 10:27:00 +0200", "2021-11-03T08:27:00+00:00"),
        ("1636540000", "2021-11-10T10:26:40+00:00"),
    ],
)
def test_dates_with_one_meaning_are_read(words: str, iso: str) -> None:
    reading = read_date(words)
    assert reading is not None
    assert reading.moment.isoformat() == iso


@pytest.mark.parametrize("words", ["12/1/16", "yesterday", "31/6/2021", "2021", "0001-01-01T00:00+14:00", "", "Nov 3"])
def test_dates_with_no_or_two_meanings_are_not_read(words: str) -> None:
    assert read_date(words) is None


def test_a_clock_of_an_ambiguous_zone_leaves_only_the_day() -> None:
    reading = read_date("Nov 3 2021 10:27 AM IST")
    assert reading is not None
    assert reading.whole_day
    assert reading.moment == datetime(2021, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (" date 2021-11-12 The river rose.", "2021-11-12T00:00:00+00:00"),
        ("SPRINGFIELD, November 14. /AGENCY/. The river rose.", "2021-11-14T00:00:00+00:00"),
        ("SPRINGFIELD, Dec 24 (Agency) - The river rose.", "2020-12-24T00:00:00+00:00"),
        ("NEW SPRINGFIELD (FREELAND), 5 JAN 90 (AGENCY) -- THE RIVER ROSE", "1990-01-05T00:00:00+00:00"),
        ("Fri 03 Sep 2021 at 0914 The river rose.", "2021-09-03T09:14:00+00:00"),
        ("Headline\n\nLAST UPDATE | Nov 3rd 2021, 10:27 AM\n\nThe river rose.", "2021-11-03T10:27:00+00:00"),
    ],
)
def test_a_text_tells_its_own_date_in_its_head(text: str, iso: str) -> None:
    found = date_in_head(text, NOW)
    assert found is not None
    assert found.moment.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "9 November 1989 was the day the wall fell.",
        "The mayor at a rally in Springfield, D.C., February 15, 2019. (Ann Example)",
        "SPRINGFIELD, February 30. /AGENCY/ The river rose.",
        "date 2099-01-01 The river will rise.",
        "The river rose.",
    ],
)
def test_a_date_in_a_sentence_is_not_the_date_of_the_text(text: str) -> None:
    assert date_in_head(text, NOW) is None


def test_without_any_date_the_arrival_stands_in_and_says_so() -> None:
    assert published(None, "The river rose.", NOW) == Published(NOW, "arrival")
    assert published(" ", "date 2021-11-12 The river rose.", NOW) == Published(
        datetime(2021, 11, 12, tzinfo=UTC), "text"
    )


def test_a_clock_that_runs_15_minutes_fast_is_forgiven_and_no_more() -> None:
    assert isinstance(published("2021-11-20T12:15:00Z", "x", NOW), Published)
    refused = published("2031-11-21T12:15:00Z", "x", NOW)
    assert refused == Rejected(
        reason="date_ahead",
        problem="2031-11-21T12:15:00Z is 10 years ahead",
        fix="send UTC, at most 15 minutes ahead",
        field="published",
    )


def test_today_in_a_time_zone_ahead_is_not_the_future() -> None:
    late = datetime(2021, 11, 20, 10, 0, tzinfo=UTC)  # midnight on Kiritimati
    assert published("2021-11-21", "x", late) == Published(late, "publisher")
    assert isinstance(published("2021-11-21", "x", late - timedelta(seconds=1)), Rejected)
    assert isinstance(published("2021-11-22", "x", late), Rejected)


@pytest.mark.parametrize(("given_", "reason"), [("1753-01-01", "date_too_old"), ("12/1/16", "bad_date")])
def test_impossible_dates_are_refused_with_a_fix(given_: str, reason: str) -> None:
    refused = published(given_, "x", NOW)
    assert isinstance(refused, Rejected)
    assert (refused.reason, refused.field) == (reason, "published")


@given(st.text() | st.from_regex(r"[0-9/.:TZ+ -]{1,30}", fullmatch=True))
def test_any_words_are_a_date_in_utc_or_none(words: str) -> None:
    reading = read_date(words)
    assert reading is None or reading.moment.tzinfo is UTC


@given(st.text(), st.datetimes(timezones=st.just(UTC)))
def test_a_date_found_in_a_text_is_never_after_its_arrival(text: str, arrived: datetime) -> None:
    for head in ("", "date ", "SPRINGFIELD, November 14. /", "UPDATED Feb 29 ", "KYIV, 29 Feb ("):
        found = date_in_head(head + text, arrived)
        assert found is None or found.moment <= arrived
