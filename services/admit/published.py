"""When an article was published, and who says so: its publisher, its own text, or only its arrival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.article import PublishedFrom
from schemas.dates import EARLIEST_YEAR, date_in_head, read_date
from schemas.outcomes import Rejected

MAX_AHEAD = timedelta(minutes=15)
"""Clocks of publishers run fast by minutes; what is further ahead is a wrong zone or a wrong year."""

_EARTH_AHEAD = timedelta(hours=14)
"""A date without a time begins 14 h earlier on Kiritimati than in UTC; it is a day, not a midnight."""


@dataclass(frozen=True, slots=True)
class Published:
    """`moment` in UTC, never after the arrival by more than `MAX_AHEAD`."""

    moment: datetime
    source: PublishedFrom


def published(given: str | None, text: str, arrived: datetime) -> Published | Rejected:
    """The publication time: `given` if there is one, else the one in the head of `text`, else `arrived` (UTC).

    Rejected where `given` is no ISO 8601 date, lies more than 15 minutes ahead, or before the year 1800.
    """
    if given is None or not given.strip():
        found = date_in_head(text, arrived)
        return Published(found.moment, "text") if found else Published(arrived, "arrival")
    reading = read_date(given)
    if reading is None:
        return _rejected(
            "bad_date",
            f"{given[:40]!r} is no date, or may be two",
            "send ISO 8601 in UTC, like 2021-11-14T09:30Z, or null",
        )
    moment = reading.moment
    if reading.whole_day and arrived < moment <= arrived + _EARTH_AHEAD:
        moment = arrived
    if moment > arrived + MAX_AHEAD:
        ahead = _in_words(moment - arrived)
        return _rejected("date_ahead", f"{given[:40]} is {ahead} ahead", "send UTC, at most 15 minutes ahead")
    if moment.year < EARLIEST_YEAR:
        return _rejected("date_too_old", f"{given[:40]} is before {EARLIEST_YEAR}", "send the day it appeared, or null")
    return Published(moment, "publisher")


def _rejected(reason: str, problem: str, fix: str) -> Rejected:
    return Rejected(reason=reason, problem=problem, fix=fix, field="published")


def _in_words(ahead: timedelta) -> str:
    """A duration in its largest unit, rounded down: "10 years", "3 hours"."""
    seconds = int(ahead.total_seconds())
    for unit, size in (("year", 31_557_600), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
