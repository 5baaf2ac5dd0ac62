"""When a figure holds: the date it is of and the window it covers, from the words near it, against publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from services.read.text import NUMBER, Sentence, Token
from services.read.wordlists import word_table


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of time, tokens [first, last): the noon they name, the window they span, or both."""

    first: int
    last: int
    as_of: datetime | None = None
    window: str | None = None


@dataclass(frozen=True, slots=True)
class _Date:
    """A calendar date as far as the words give it."""

    last: int
    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def noon(self) -> datetime:
        """Noon of the day; the 15th of a bare month, 1 July of a bare year."""
        month = self.month or 7
        return datetime(self.year, month, self.day or (15 if self.month else 1), 12, tzinfo=UTC)


_AHEAD = timedelta(days=32)
"""A date farther ahead is a plan's; nearer ones are slips of a day or a month's name before its middle."""

_BEFORE_YEAR = frozenset({"in", "during", "of", "year", "throughout", "early", "late", "mid"})
_SINCE_THE = frozenset({"the", "early", "late", "mid", "-", "last", "start", "beginning", "end", "of", "this"})
_PAST = {"days": "24 hours", "weeks": "7 days", "months": "30 days", "years": "12 months"}
_NOW = frozenset({"now", "currently", "presently"})
_LAST = frozenset({"last", "past", "previous", "preceding"})
_FEW = {"a": 1, "an": 1, "couple": 2, "few": 3}
_COMPARED = frozenset({"than", "compared", "from", "like", "unlike"})
"""Before a date these set the figure against that time; they do not put it there."""


def expressions_in(tokens: list[Token], sentence: Sentence, published: datetime) -> list[Expression]:
    """All expressions of time of a sentence, in order. Never raises; linear."""
    published = published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    found: list[Expression] = []
    i = sentence.first
    while i < sentence.last:
        begin = _starts().get(tokens[i].lower) or (_calendar if tokens[i].kind == NUMBER else None)
        expression = None
        if begin is not None:
            try:
                expression = begin(tokens, i, sentence.last, published)
            except (ValueError, OverflowError):  # 31 February, the year 0
                expression = None
        if expression is None:
            i += 1
            continue
        before = [t.lower for t in tokens[max(sentence.first, expression.first - 3) : expression.first]]
        if not any(word in _COMPARED for word in before):
            found.append(expression)
        i = expression.last
    return found


def _date_at(tokens: list[Token], i: int, end: int, published: datetime) -> _Date | None:
    """A date at token `i`: "November 8, 2021", "8 November", "August this year", "2015", "2021-11-14", "Thursday"."""
    if i >= end:
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        return _numeric(tokens, i, end) or _day_first(tokens, i, end, published)
    if token.lower in ("yesterday", "today", "tonight"):
        return _day(i + 1, published - timedelta(days=token.lower == "yesterday"))
    if not token.text[0].isupper():  # "march", "may" and "sun" are words
        return None
    if token.lower in word_table("months"):
        month = int(word_table("months")[token.lower])
        after = i + 2 if i + 1 < end and tokens[i + 1].text == "." else i + 1
        day = _small(tokens[after].text, 31) if after < end and tokens[after].kind == NUMBER else None
        return _with_year(tokens, after + 1 if day else after, end, published, month=month, day=day)
    weekday = word_table("weekdays").get(token.lower)
    return _weekday(tokens, i, end, published, int(weekday)) if weekday is not None else None


def _numeric(tokens: list[Token], i: int, end: int) -> _Date | None:
    """In figures: "2021-11-14", "14-11-2021", "2015"."""
    mark = tokens[i + 1].text if i + 4 < end else ""
    if mark and mark in "-/" and tokens[i + 3].text == mark:
        month = _small(tokens[i + 2].text, 12)
        for year, day in ((tokens[i].text, tokens[i + 4].text), (tokens[i + 4].text, tokens[i].text)):
            if month and _is_year(year) and _small(day, 31):
                return _Date(i + 5, int(year), month, int(day))
    return _Date(i + 1, int(tokens[i].text)) if _is_year(tokens[i].text) else None


def _day_first(tokens: list[Token], i: int, end: int, published: datetime) -> _Date | None:
    """With the day first: "8 November 2021", "the 8th of November"."""
    day = _small(tokens[i].text, 31)
    after = i + 1
    while after < end and tokens[after].lower in ("st", "nd", "rd", "th", "of"):
        after += 1
    month = word_table("months").get(tokens[after].lower) if day and after < end else None
    if month is None or not tokens[after].text[0].isupper():
        return None
    return _with_year(tokens, after + 1, end, published, month=int(month), day=day)


def _weekday(tokens: list[Token], i: int, end: int, published: datetime, weekday: int) -> _Date:
    """The day behind it ("Saturday, November 13"), else the last such day up to publication."""
    after = i + 1
    while after < end and tokens[after].lower in (",", ".", "morning", "afternoon", "evening", "night"):
        after += 1
    if after < end and tokens[after].lower not in word_table("weekdays"):
        exact = _date_at(tokens, after, end, published)
        if exact is not None and exact.day is not None and tokens[after].lower not in ("yesterday", "today"):
            return exact
    return _day(i + 1, published - timedelta(days=(published.weekday() - weekday) % 7))


def _day(last: int, when: datetime) -> _Date:
    return _Date(last, when.year, when.month, when.day)


def _with_year(tokens: list[Token], i: int, end: int, published: datetime, *, month: int, day: int | None) -> _Date:
    """Adds the year: the one that follows, "this year", "last year", else the last such date up to publication."""
    if i < end and tokens[i].lower in ("st", "nd", "rd", "th"):
        i += 1
    after = i + 1 if i < end and tokens[i].text in (",", ".") else i
    if after < end and tokens[after].kind == NUMBER and _is_year(tokens[after].text):
        return _Date(after + 1, int(tokens[after].text), month, day)
    if after + 1 < end and tokens[after + 1].lower == "year" and tokens[after].lower in ("this", "last"):
        return _Date(after + 2, published.year - (tokens[after].lower == "last"), month, day)
    tomorrow = published + timedelta(days=1)  # the publisher's zone may be a day ahead
    later = (month, day or 1) > (tomorrow.month, tomorrow.day)
    return _Date(i, tomorrow.year - later, month, day)


def _calendar(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """A date by itself. A bare number is a year only behind its preposition."""
    before = tokens[i - 1].lower if i else ""
    full = i + 1 < end and tokens[i + 1].text in ("-", "/")
    if tokens[i].kind == NUMBER and _is_year(tokens[i].text) and before not in _BEFORE_YEAR and not full:
        return None
    date = _date_at(tokens, i, end, published)
    if date is None or before in ("next", "until", "till", "by") or date.noon() > published + _AHEAD:
        return None
    whole = date.month is None and before in ("during", "throughout", "of", "year")
    return Expression(i, date.last, min(date.noon(), published), str(date) if whole else None)


def _since(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'since August', 'since the start of the year', 'since the war began in March 2011', 'since last month'."""
    j = i + 1
    while j < end and j - i < 8 and tokens[j].lower in _SINCE_THE:
        j += 1
    date = _date_at(tokens, j, end, published)
    for k in range(j + 1, min(j + 9, end)):
        if date is None and tokens[k - 1].lower in ("in", "on"):
            date = _date_at(tokens, k, end, published)
    if date is not None:
        return Expression(i, date.last, None, f"since {date}")
    unit = tokens[j].lower if j < end else ""
    before = tokens[j - 1].lower == "last"
    if unit == "year":
        return Expression(i, j + 1, None, f"since {published.year - 1}" if before else f"since {published.year}-01")
    if unit == "month":
        month = published.replace(day=1) - timedelta(days=before)
        return Expression(i, j + 1, None, f"since {month.year:04d}-{month.month:02d}")
    return None


def _between(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'between January and March', 'from 2015 to 2020'."""
    one = _date_at(tokens, i + 1, end, published)
    if one is None or one.last >= end or tokens[one.last].lower not in ("and", "to", "until", "through", "-", "–"):
        return None
    other = _date_at(tokens, one.last + 1, end, published)
    if other is None:
        return None
    if one.month and other.month:  # a year stands behind the second only: "between November and March 2021"
        wraps = (one.month, one.day or 0) > (other.month, other.day or 31)
        one = _Date(one.last, other.year - wraps, one.month, one.day)
    return Expression(i, other.last, None, f"{one} to {other}")


def _last(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'past 24 hours', 'last two weeks', 'last month', 'last Thursday', 'last night'."""
    if i + 1 >= end:
        return None
    units = word_table("time_units")
    word = tokens[i + 1].lower
    j = i + 3 if word == "couple" and i + 2 < end and tokens[i + 2].lower == "of" else i + 2
    many = _count(tokens[i + 1])
    if many is not None and j < end and tokens[j].lower in units:
        return Expression(i, j + 1, None, f"last {many} {units[tokens[j].lower]}")
    if word in units and tokens[i].lower in ("past", "preceding"):
        window = _PAST.get(units[word])
        return Expression(i, i + 2, None, f"last {window}") if window else None
    if word in _PREVIOUS:
        return _PREVIOUS[word](i, published)
    date = _date_at(tokens, i + 1, end, published)
    return Expression(i, date.last, min(date.noon(), published)) if date is not None else None


def _previous_month(i: int, published: datetime) -> Expression:
    month = published.replace(day=1) - timedelta(days=1)
    return Expression(i, i + 2, _noon(month.replace(day=15)), f"{month.year:04d}-{month.month:02d}")


def _previous_year(i: int, published: datetime) -> Expression:
    year = published.year - 1
    return Expression(i, i + 2, _Date(0, year).noon(), f"{year:04d}")


_PREVIOUS: dict[str, Callable[[int, datetime], Expression]] = {
    "night": lambda i, published: Expression(i, i + 2, _noon(published - timedelta(days=1))),
    "week": lambda i, published: Expression(i, i + 2, _noon(published - timedelta(days=7))),
    "month": _previous_month,
    "year": _previous_year,
}


def _this(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'this year', 'this month', 'this morning', 'this week'."""
    word = tokens[i + 1].lower if i + 1 < end else ""
    if word == "year":
        return Expression(i, i + 2, None, f"{published.year:04d}")
    if word == "month":
        return Expression(i, i + 2, None, f"{published.year:04d}-{published.month:02d}")
    if word == "week":
        year, week, _ = published.isocalendar()
        return Expression(i, i + 2, None, f"{year:04d}-W{week:02d}")
    if word in ("morning", "afternoon", "evening"):
        return Expression(i, i + 2, min(_noon(published), published))
    return None


def _now(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    return Expression(i, i + 1, published)


def _ago(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'two days ago', found at "ago"; years ago are history and weeks ago a day."""
    if i < 2 or (unit := word_table("time_units").get(tokens[i - 1].lower)) is None:
        return None
    many = _count(tokens[i - 2])
    days = {"hours": 0, "days": 1, "weeks": 7, "months": 30, "years": 365}.get(unit)
    if many is None or days is None:
        return None
    return Expression(i - 2, i + 1, _noon(published - timedelta(days=days * many)))


def _each(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'per day', 'daily', 'every week'."""
    if tokens[i].lower == "daily":
        idiom = i + 1 < end and tokens[i + 1].lower == "basis"  # "with more arriving on a daily basis"
        return None if idiom else Expression(i, i + 1, None, "per day")
    word = tokens[i + 1].lower if i + 1 < end else ""
    unit = word_table("time_units").get(word)
    if unit is None or word == unit:  # the plural: "every hours" is nothing
        return None
    return Expression(i, i + 2, None, f"per {word}")


_Begin = Callable[[list[Token], int, int, datetime], Expression | None]


@cache
def _starts() -> dict[str, _Begin]:
    """The words an expression can begin with, and what reads it."""
    dates = dict.fromkeys([*word_table("months"), *word_table("weekdays"), "yesterday", "today", "tonight"], _calendar)
    return {
        **dates,
        **dict.fromkeys(_NOW, _now),
        **dict.fromkeys(_LAST, _last),
        **dict.fromkeys(("per", "every", "each", "daily"), _each),
        "since": _since,
        "between": _between,
        "from": _between,
        "this": _this,
        "ago": _ago,
    }


def _count(token: Token) -> int | None:
    if token.kind == NUMBER:
        return _small(token.text, 1000)
    word = _FEW.get(token.lower) or word_table("numbers").get(token.lower)
    return int(word) if word is not None and str(word).isdigit() else None


def _small(text: str, highest: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= highest else None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100


def _noon(when: datetime) -> datetime:
    return when.replace(hour=12, minute=0, second=0, microsecond=0)
