"""Spans of time that a count covers, told by their length or as a part of a year: "in 24 hours", "this summer"."""

from __future__ import annotations

from datetime import datetime

from services.read.figures.settings.calendar_days import is_year, small
from services.read.text import NUMBER, Token
from services.read.wordlists import word_list, word_table

_WITHIN = frozenset({"in", "within", "over", "during"})
_BETWEEN = frozenset("the a course space span just only about around nearly almost less than under barely of".split())
"""Words between "in" and its length: "over the course of", "in less than"."""

_BETWEEN_MOST = 5
"""Tokens from the length back to its preposition: "*in* the course of only two weeks"."""

_LENGTHS = frozenset({"hours", "days", "weeks", "months"})
"""Years are left out: "in seven years of war" is all of a war, which others count "since 2011"."""

_ONE = frozenset({"a", "one", "single"})
_STRETCH = frozenset({"period", "span", "stretch"})
_ENDED = frozenset({"to", "through", "until", "till", "ending", "ended", "up", "since"})
"""Behind "in the 24 hours" these say that it is up to now."""

_NOT_YET = frozenset(
    "will would shall must should could may might can due expected ordered told plan plans planned hopes hoped hope "
    "promised pledged vowed deadline ultimatum".split()
)
"""Before "within 48 hours" these put it ahead."""

_NOT_YET_WITHIN = 14
"""Tokens looked back from "within 48 hours" for one of these."""

RECORDS = frozenset(
    "highest lowest worst best biggest largest deadliest heaviest strongest first most fewest smallest longest".split()
)
"""Before "since" or "in nine months" these speak of a record: "the lowest since 2008" counts nothing since 2008."""

_NUMBERED = RECORDS | frozenset(
    "second third fourth fifth sixth seventh time times such doubled tripled quadrupled".split()
)
"""Before "in two days" these only number what happened ("the third attack in two days") or tell how fast it grew."""

_NUMBERED_WITHIN = 12
"""Tokens looked back from "in two days" for one of these."""

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_PARTS = {"half": 6, "quarter": 3}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_YEAR = 12
"""Months in one."""


def length_at(tokens: list[Token], i: int) -> tuple[int, str] | None:
    """The preposition and the window of a length whose unit is at token `i`: "in 24 hours", "over a two-day period".

    None where it is still to come ("will arrive in two weeks"), numbers something ("the third attack in two days") or
    only lasts.
    """
    unit = word_table("time_units").get(tokens[i].lower)
    if unit not in _LENGTHS:
        return None
    behind = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    at = i - 1
    if tokens[at].text == "-" and behind in _STRETCH:
        at -= 1
    elif (tokens[i].lower == unit) != (tokens[at].lower not in _ONE) or behind in ("'", "’", "time", "ago", "earlier"):
        return None
    many = 1 if tokens[at].lower in _ONE else _number(tokens[at])
    first = at - 1
    while first > max(0, at - _BETWEEN_MOST) and tokens[first].lower in _BETWEEN:
        first -= 1
    if many is None or first < 0 or tokens[first].lower not in _WITHIN:
        return None
    the = tokens[at - 1].lower == "the" and behind not in _STRETCH and behind not in _ENDED
    after = behind == "of" and tokens[first].lower == "within"  # "within two weeks of the storm"
    if the or after or tokens[first - 1].lower in word_list("measures"):  # "the river rose by 113 cm in two days"
        return None
    before = [token.lower for token in tokens[max(0, first - _NOT_YET_WITHIN) : first]]
    if not _NOT_YET.isdisjoint(before) or not _NUMBERED.isdisjoint(before[-_NUMBERED_WITHIN:]):
        return None
    shown = {"days": "24 hours", "weeks": "7 days", "months": "30 days"}.get(unit) if many == 1 else None
    return first, f"last {shown or f'{many} {unit}'}"


def season(word: str, published: datetime, *, last: bool = False) -> str | None:
    """The window of "this summer" or "last winter": "2020 summer", by the year it began; None for any other word."""
    month = _SEASONS.get(word)
    if month is None:
        return None
    winter, half = month == _YEAR, _YEAR // 2
    over = 2 < published.month < half if winter else month + 2 < published.month
    year = published.year - (winter and published.month < half)
    return f"{year - (last and not over):04d} {'autumn' if word == 'fall' else word}"


def part_of_year(tokens: list[Token], i: int, end: int, published: datetime) -> tuple[int, str] | None:
    """The end and the window of "first half of 2019", "third quarter", "first six months of this year" at token `i`."""
    nth, at = _ORDINALS[tokens[i].lower], i + 1
    if at + 1 >= end or tokens[i - 1].lower != "the":
        return None
    months = _PARTS.get(tokens[at].lower)
    many = _number(tokens[at])
    if months is None and nth == 1 and many is not None and many < _YEAR and tokens[at + 1].lower == "months":
        months, at = many, at + 1
    if months is None or nth * months > _YEAR:
        return None
    last, until = at + 1, nth * months
    named = _year_behind(tokens, last, end, published)
    if named is None and tokens[at].lower != "quarter":
        return None  # "the first half" may be of a match
    if named is not None:
        last, year = named
    else:
        if tokens[i - 2].lower not in ("in", "during", "for") or (last < end and tokens[last].lower == "of"):
            return None
        year = published.year - (until >= published.month)
    return last, f"{year:04d}-{until - months + 1:02d} to {year:04d}-{until:02d}"


def _year_behind(tokens: list[Token], i: int, end: int, published: datetime) -> tuple[int, int] | None:
    """The end and the year of "of 2019", "of this year", "of the year", "of last year" at token `i`."""
    if i + 1 >= end or tokens[i].lower != "of":
        return None
    word = tokens[i + 1].lower
    if tokens[i + 1].kind == NUMBER and is_year(word):
        return i + 2, int(word)
    if word in ("the", "this", "last") and i + 2 < end and tokens[i + 2].lower == "year":
        return i + 3, published.year - (word == "last")
    return None


def _number(token: Token) -> int | None:
    if token.kind == NUMBER:
        return small(token.text, 1000)
    word = word_table("numbers").get(token.lower)
    return int(word) if word is not None and str(word).isdigit() else None
