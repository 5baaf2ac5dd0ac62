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
    """A date from token `i` on: "November 8, 2021", "8 November", "August this year", "2015", "2021-11-14", "Thursday"."""
    months = word_table("months")
    if i >= end:
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        day = _small(token.text, 31)
        after = i + 1
        if day and after < end and tokens[after].lower in ("st", "nd", "rd", "th"):
            after += 1
        if day and after < end and tokens[after].lower in months and _is_name(tokens[after]):
            month = int(months[tokens[after].lower])
            return _with_year(tokens, after + 1, end, published, month, day)
        if i + 4 < end and day and tokens[i + 1].text in "-/" and tokens[i + 3].text == tokens[i + 1].text:
            month = _small(tokens[i + 2].text, 12)
            if month and _is_year(tokens[i + 4].text):
                return _Date(i + 5, int(tokens[i + 4].text), month, day)
        if _is_year(token.text):
            if i + 4 < end and tokens[i + 1].text == "-" == tokens[i + 3].text:
                month, day = _small(tokens[i + 2].text, 12), _small(tokens[i + 4].text, 31)
                if month and day:
                    return _Date(i + 5, int(token.text), month, day)
            return _Date(i + 1, int(token.text))
        return None
    if token.lower in months and _is_name(token):
        month = int(months[token.lower])
        after = i + 2 if i + 1 < end and tokens[i + 1].text == "." else i + 1
        day = _small(tokens[after].text, 31) if after < end and tokens[after].kind == NUMBER else None
        return _with_year(tokens, after + 1 if day else after, end, published, month, day)
    weekday = word_table("weekdays").get(token.lower)
    if weekday is not None and _is_name(token):
        after = i + 1
        while after < end and tokens[after].lower in (",", ".", "morning", "afternoon", "evening", "night"):
            after += 1
        exact = _date_at(tokens, after, end, published) if after < end and tokens[after].lower not in _weekday_names() else None
        if exact is not None and exact.day is not None:
            return exact
        when = published - timedelta(days=(published.weekday() - int(weekday)) % 7)
        return _Date(i + 1, when.year, when.month, when.day)
    if token.lower in ("yesterday", "today", "tonight"):
        when = published - timedelta(days=token.lower == "yesterday")
        return _Date(i + 1, when.year, when.month, when.day)
    return None


def _with_year(tokens: list[Token], i: int, end: int, published: datetime, month: int, day: int | None) -> _Date:
    """Adds the year: the one that follows, "this year", "last year", else the last such date up to publication."""
    if i < end and tokens[i].lower in ("st", "nd", "rd", "th"):
        i += 1
    after = i + 1 if i < end and tokens[i].text in ",." else i
    if after < end and tokens[after].kind == NUMBER and _is_year(tokens[after].text):
        return _Date(after + 1, int(tokens[after].text), month, day)
    if after + 1 < end and tokens[after + 1].lower == "year" and tokens[after].lower in ("this", "last"):
        return _Date(after + 2, published.year - (tokens[after].lower == "last"), month, day)
    later = (month, day or 1) > ((published + timedelta(days=1)).month, (published + timedelta(days=1)).day)
    return _Date(i, published.year - later, month, day)


def _calendar(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """A date by itself. A bare number is a year only behind its preposition."""
    bare = tokens[i].kind == NUMBER and _is_year(tokens[i].text)
    if bare and (i == 0 or tokens[i - 1].lower not in ("in", "during", "of", "year", "throughout", "early", "late", "mid")):
        if not (i + 1 < end and tokens[i + 1].text == "-"):
            return None
    date = _date_at(tokens, i, end, published)
    if date is None or date.noon() > published + timedelta(days=32):
        return None
    before = tokens[i - 1].lower if i else ""
    if before in ("next", "until", "till"):
        return None
    whole = date.month is None and before in ("during", "throughout", "of", "year")
    if date.noon() > published + timedelta(days=1):
        return Expression(i, date.last, published)
    return Expression(i, date.last, date.noon(), str(date) if whole else None)


def _since(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'since August', 'since the start of the year', 'since last Thursday'."""
    j = i + 1
    while j < end and tokens[j].lower in ("the", "early", "late", "mid", "-", "last"):
        j += 1
    if j + 1 < end and tokens[j].lower in ("start", "beginning", "end") and tokens[j + 1].lower == "of":
        j += 2
        while j < end and tokens[j].lower in ("the", "this"):
            j += 1
    date = _date_at(tokens, j, end, published)
    for k in range(j + 1, min(j + 9, end)):  # "since the war began in March 2011"
        if date is None and tokens[k - 1].lower in ("in", "on"):
            date = _date_at(tokens, k, end, published)
    if date is not None:
        return Expression(i, date.last, None, f"since {date}")
    if j < end and tokens[j].lower in ("year", "month"):
        back = published.replace(day=15) - timedelta(days=30) if tokens[j - 1].lower == "last" else published
        if tokens[j].lower == "month":
            return Expression(i, j + 1, None, f"since {back.year:04d}-{back.month:02d}")
        year = published.year - (tokens[j - 1].lower == "last")
        return Expression(i, j + 1, None, f"since {year:04d}" if tokens[j - 1].lower == "last" else f"since {year:04d}-01")
    return None


def _between(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'between January and March', 'from 2015 to 2020'."""
    one = _date_at(tokens, i + 1, end, published)
    if one is None or one.last >= end or tokens[one.last].lower not in ("and", "to", "until", "through", "-", "–"):
        return None
    other = _date_at(tokens, one.last + 1, end, published)
    if other is None:
        return None
    if one.month and other.month and one.year > other.year:
        one = _Date(one.last, other.year, one.month, one.day)
    if one.month and other.month and (one.month, one.day or 0) <= (other.month, other.day or 32) and one.year < other.year:
        one = _Date(one.last, other.year, one.month, one.day)  # the year stands behind the second month only
    return Expression(i, other.last, None, f"{one} to {other}")


def _last(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'past 24 hours', 'last two weeks', 'last month', 'last Thursday', 'last night'."""
    if i + 1 >= end:
        return None
    units = word_table("time_units")
    word = tokens[i + 1].lower
    many = _count(tokens[i + 1])
    j = i + 3 if word in ("couple", "few") and i + 2 < end and tokens[i + 2].lower == "of" else i + 2
    if many is not None and j < end and tokens[j].lower in units:
        return Expression(i, j + 1, None, f"last {many} {units[tokens[j].lower]}")
    if word == "night":
        return Expression(i, i + 2, _noon(published - timedelta(days=1)))
    if word in units and tokens[i].lower in ("past", "preceding"):
        days = {"days": "24 hours", "weeks": "7 days", "months": "30 days", "years": "12 months"}
        return Expression(i, i + 2, None, f"last {days[units[word]]}") if units[word] in days else None
    if word == "week":
        return Expression(i, i + 2, _noon(published - timedelta(days=7)))
    if word == "month":
        month = published.replace(day=1) - timedelta(days=1)
        return Expression(i, i + 2, _noon(month.replace(day=15)), f"{month.year:04d}-{month.month:02d}")
    if word == "year":
        return Expression(i, i + 2, _Date(0, published.year - 1).noon(), f"{published.year - 1:04d}")
    date = _date_at(tokens, i + 1, end, published)
    return Expression(i, date.last, date.noon()) if date is not None and date.noon() <= published + timedelta(days=1) else None


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
        return Expression(i, i + 2, _noon(published))
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


@cache
def _weekday_names() -> frozenset[str]:
    return frozenset(word_table("weekdays"))


def _count(token: Token) -> int | None:
    if token.kind == NUMBER:
        return _small(token.text, 1000)
    word = _FEW.get(token.lower) or word_table("numbers").get(token.lower)
    return int(word) if word is not None and str(word).isdigit() else None


def _small(text: str, highest: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= highest else None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100


def _is_name(token: Token) -> bool:
    """Months and weekdays are written with a capital: "march", "may" and "sun" are words."""
    return token.text[0].isupper()


def _noon(when: datetime) -> datetime:
    return when.replace(hour=12, minute=0, second=0, microsecond=0)
