"""Dates as newsrooms write them, read without guessing.

A date that can be read in two ways (12/1/16) is not read at all: a wrong date is worse than none, because the arrival
time is a good stand-in. A time without a zone is UTC (the contract of `ArticlePublished.published`); with a zone named
by letters other than UTC or GMT only the day is taken, because "CST" and "IST" each mean three different zones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

EARLIEST_YEAR = 1800
"""Older dates are a mistake of a template (year 0001, 1601, 1753 are the zero of some calendar)."""

CENTURY_TURN = 69
"""A two-digit year from here on is 19.., below it 20.. (POSIX, strptime %y)."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_CLOCK = (
    r"(?:[,\s|]+(?:at\s+)?(?P<hour>\d{1,2})[:.h]?(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>(?:z|utc|gmt|[ecmp][sd]?t|bst|ist|cest|cet|eet|eest|msk|ae[sd]t|jst|kst|sgt|hkt)\b)?)?"
)
_MONTH_FIRST = rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?P<year>\d{{4}})\b)?"
_DAY_FIRST = rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?(?:\s+(?P<year>\d{{4}}|\d\d)(?!\d))?"

_NAMED = tuple(re.compile(form + _CLOCK, re.IGNORECASE) for form in (_MONTH_FIRST, _DAY_FIRST))
_ISO_LIKE = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ].*)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SECONDS, _MILLISECONDS = re.compile(r"\d{9,10}"), re.compile(r"\d{12,13}")

HEAD = 1500
"""Characters of a text that may hold its date: a site's appeal and the headline stand before "LAST UPDATE"."""
_EDGE = re.compile(r"\W{0,5}")
_LABEL = re.compile(
    r"\W{0,5}(?:last )?(?:updated?|published|posted|date)\b[\s|:,\u2013-]{1,3}(?:on |at )?", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\b")
_SET_APART = re.compile(r"\s*[\u2013\u2014|:/\n-]")
_STAMP = re.compile(r"\W*(?:last )?(?:updated?|published|posted|date)\b[\s|:,–-]*(?:on |at )?", re.IGNORECASE)
_PLACE = re.compile(
    r"\b[A-Z]{3}[A-Z.'-]{0,30}(?: [A-Z][A-Z.'-]{1,30}){0,3}(?: ?\([^()\n]{1,30}\))?,\s+(?:[A-Z][a-z]+,\s+)?(?=\S)"
)
_DATELINE_END = re.compile(r"[.,]?\s{0,2}[/(–—:-]")
_DATELINE_WITHIN = 200
_PLACE_WITHIN = 40
"""A dateline opens the story, behind an agency's mark at most; later a place and a date are a caption or a sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One date as read. `whole_day`: no time of day was given, `moment` is its midnight UTC. `note`: the assumption."""

    moment: datetime
    whole_day: bool
    note: str | None = None


def read_date(words: str) -> Reading | None:
    """The date that `words` are and nothing else: ISO 8601, RFC 2822, named months, numbers, Unix time. Never raises.

    None where they are no date, or more than one.
    """
    words = words.strip()
    try:
        return _iso(words) or _named(words) or _numeric(words) or _unix(words) or _mail(words)
    except (ValueError, OverflowError):  # the 31st of June, year 0, a zone beyond the calendar's ends
        return None


def date_in_head(text: str, arrived: datetime) -> Reading | None:
    """The date a text states about itself: at its very start, in a dateline, or in a line "Updated …".

    A dateline without a year ("MINSK, November 14. /TASS/") is the latest such day not after `arrived`. Dates after
    the arrival are not taken.
    """
    for found in (_at_start(text), _in_dateline(text, arrived), _in_stamp(text)):
        if found is not None and found.moment.year >= EARLIEST_YEAR and found.moment <= arrived:
            return found
    return None


def _at_start(text: str) -> Reading | None:
    """A date as the very first words: labelled, with its weekday, or set apart from what follows.

    "9 November 1989 was the day" is none of these: it is a story about that day.
    """
    opening = text[:_DATELINE_WITHIN]
    label = _LABEL.match(opening)
    start = label.end() if label else _EDGE.match(opening).end()  # type: ignore[union-attr]  # matches the empty string
    if iso := _ISO_DAY.match(opening, start):
        return read_date(iso[0])
    for form in _NAMED:
        match = form.match(opening, start)
        if match and match["year"]:
            dated = label or match["weekday"] or _SET_APART.match(opening, match.end())
            return _of_match(match, None) if dated else None
    return None


def _in_dateline(text: str, arrived: datetime) -> Reading | None:
    opening = text[:_DATELINE_WITHIN]
    for place in _PLACE.finditer(opening):
        if place.start() > _PLACE_WITHIN:
            break
        for form in _NAMED:
            match = form.match(opening, place.end())
            if match and _DATELINE_END.match(opening, match.end()):
                return _of_match(match, arrived)
    return None


def _in_stamp(text: str) -> Reading | None:
    for line in text[:HEAD].split("\n"):
        if (stamp := _STAMP.match(line)) and (found := read_date(line[stamp.end() :].strip(" .)|"))):
            return found
    return None


def _iso(words: str) -> Reading | None:
    if not _ISO_LIKE.fullmatch(words):
        return None
    moment = datetime.fromisoformat(words.upper())
    return Reading(_utc(moment), whole_day=len(words) <= len("2021-11-12"))


def _mail(words: str) -> Reading | None:
    if words.count(":") == 0:
        return None
    return Reading(_utc(parsedate_to_datetime(words)), whole_day=False)


def _named(words: str) -> Reading | None:
    for form in _NAMED:
        match = form.fullmatch(words)
        if match and match["year"]:
            return _of_match(match, None)
    return None


def _of_match(match: re.Match[str], arrived: datetime | None) -> Reading | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    day = int(match["day"])
    try:
        if match["year"]:
            on, note = date(_full_year(match["year"]), month, day), None
        elif arrived is not None:
            on, note = _latest(month, day, arrived.date()), "no year: the latest such day"
        else:
            return None
        clock = _clock(match)
    except ValueError:
        return None
    return Reading(datetime.combine(on, clock or time(), UTC), whole_day=clock is None, note=note)


def _clock(match: re.Match[str]) -> time | None:
    if match["hour"] is None or (match["zone"] or "utc").lower() not in {"z", "utc", "gmt"}:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return time(hour, int(match["minute"]))


def _latest(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year <= today + timedelta(days=1) else date(today.year - 1, month, day)


def _numeric(words: str) -> Reading | None:
    if match := _YEAR_FIRST.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]), None)
    if match := _DOTTED.fullmatch(words):
        return _day(int(match[3]), int(match[2]), int(match[1]), "day first, as dates with dots are written")
    match = _SLASHED.fullmatch(words)
    if match is None:
        return None
    one, two, year = int(match[1]), int(match[2]), _full_year(match[3])
    if one <= 12 and two <= 12 and one != two:
        return None
    month, day = (one, two) if two > 12 or one == two else (two, one)
    return _day(year, month, day, None if len(match[3]) == 4 else f"two-digit year read as {year}")


def _day(year: int, month: int, day: int, note: str | None) -> Reading:
    return Reading(datetime(year, month, day, tzinfo=UTC), whole_day=True, note=note)


def _unix(words: str) -> Reading | None:
    if _SECONDS.fullmatch(words):
        return Reading(datetime.fromtimestamp(int(words), UTC), whole_day=False, note="Unix time in seconds")
    if _MILLISECONDS.fullmatch(words):
        return Reading(
            datetime.fromtimestamp(int(words) / 1000, UTC), whole_day=False, note="Unix time in milliseconds"
        )
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= CENTURY_TURN else 2000)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
