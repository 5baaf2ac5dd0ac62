"""Days, months and years as the words give them, resolved against a day they were written on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.read.text import NUMBER, WORD, Token
from services.read.wordlists import word_table


@dataclass(frozen=True, slots=True)
class Date:
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


def date_at(tokens: list[Token], i: int, end: int, published: datetime) -> Date | None:
    """The date that begins at token `i`: "November 8, 2021", "8 November", "August this year", "2015", "Thursday"."""
    if i >= end:
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        return _numeric(tokens, i, end) or _day_first(tokens, i, end, published)
    word = token.lower.removesuffix("'s")  # "Thursday's eruption"
    if word in ("yesterday", "today", "tonight"):
        return of_day(i + 1, published - timedelta(days=word == "yesterday"))
    if not token.text[0].isupper():  # "march", "may" and "sun" are words
        return None
    if token.lower in word_table("months"):
        return _month_first(tokens, i, end, published)
    weekday = word_table("weekdays").get(word)
    return _weekday(tokens, i, end, published, int(weekday)) if weekday is not None else None


def _month_first(tokens: list[Token], i: int, end: int, published: datetime) -> Date | None:
    """With the month first, or alone: "November 8, 2021", "August this year"."""
    month = int(word_table("months")[tokens[i].lower])
    after = i + 2 if i + 1 < end and tokens[i + 1].text == "." else i + 1
    day = small(tokens[after].text, 31) if after < end and tokens[after].kind == NUMBER else None
    if day is None and _is_name(tokens, i):
        return None
    return _with_year(tokens, after + 1 if day else after, end, published, month=month, day=day)


def _is_name(tokens: list[Token], i: int) -> bool:
    """Whether "March" or "May" is of a name: "the Women's March", "Theresa May". Behind "in" it is a month."""
    if tokens[i].lower not in _NAMES or i == 0:
        return False
    before = tokens[i - 1]
    if before.lower in _BEFORE_MONTH or before.kind != WORD:
        return False
    return before.text[0].isupper() or before.lower.endswith("'s")


_NAMES = frozenset({"march", "may"})
_BEFORE_MONTH = frozenset(
    "in of since during by from to until till through last this next early late mid between and before after for"
    " on".split()
)


def _numeric(tokens: list[Token], i: int, end: int) -> Date | None:
    """In figures: "2021-11-14", "14-11-2021", "14.11.2021", "2015"."""
    mark = tokens[i + 1].text if i + 4 < end else ""
    if mark and mark in "-/" and tokens[i + 3].text == mark:
        month = small(tokens[i + 2].text, 12)
        for year, day in ((tokens[i].text, tokens[i + 4].text), (tokens[i + 4].text, tokens[i].text)):
            if month and is_year(year) and small(day, 31):
                return Date(i + 5, int(year), month, int(day))
    dotted = tokens[i].text.split(".")
    if len(dotted) == 3 and is_year(dotted[2]) and small(dotted[0], 31) and small(dotted[1], 12):
        return Date(i + 1, int(dotted[2]), int(dotted[1]), int(dotted[0]))  # 10.10.2017, never an American order
    return Date(i + 1, int(tokens[i].text)) if is_year(tokens[i].text) else None


def _day_first(tokens: list[Token], i: int, end: int, published: datetime) -> Date | None:
    """With the day first: "8 November 2021", "the 8th of November"."""
    day = small(tokens[i].text, 31)
    after = i + 1
    while after < end and tokens[after].lower in ("st", "nd", "rd", "th", "of"):
        after += 1
    month = word_table("months").get(tokens[after].lower) if day and after < end else None
    if month is None or not tokens[after].text[0].isupper():
        return None
    return _with_year(tokens, after + 1, end, published, month=int(month), day=day)


def _weekday(tokens: list[Token], i: int, end: int, published: datetime, weekday: int) -> Date:
    """The day behind it ("Saturday, November 13"), else the last such day up to publication."""
    after = i + 1
    while after < end and tokens[after].lower in (",", ".", "morning", "afternoon", "evening", "night"):
        after += 1
    if after < end and tokens[after].lower not in word_table("weekdays"):
        exact = date_at(tokens, after, end, published)
        if exact is not None and exact.day is not None and tokens[after].lower not in ("yesterday", "today"):
            return exact
    return of_day(i + 1, published - timedelta(days=(published.weekday() - weekday) % 7))


def of_day(last: int, when: datetime) -> Date:
    """A whole day."""
    return Date(last, when.year, when.month, when.day)


def _with_year(tokens: list[Token], i: int, end: int, published: datetime, *, month: int, day: int | None) -> Date:
    """Adds the year: the one that follows, "this year", "last year", else the last such date up to publication."""
    if i < end and tokens[i].lower in ("st", "nd", "rd", "th"):
        i += 1
    after = i + 1 if i < end and tokens[i].text in (",", ".") else i
    if after < end and tokens[after].kind == NUMBER and is_year(tokens[after].text):
        return Date(after + 1, int(tokens[after].text), month, day)
    if after + 1 < end and tokens[after + 1].lower == "year" and tokens[after].lower in ("this", "last"):
        return Date(after + 2, published.year - (tokens[after].lower == "last"), month, day)
    tomorrow = published + timedelta(days=1)  # the publisher's zone may be a day ahead
    later = (month, day or 1) > (tomorrow.month, tomorrow.day)
    return Date(i, tomorrow.year - later, month, day)


def small(text: str, highest: int) -> int | None:
    """The number a token says, if it is one up to `highest` (4 digits at most)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= highest else None


def is_year(text: str) -> bool:
    """Whether four digits may be a year of the news."""
    return len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100


def noon(when: datetime) -> datetime:
    """Noon of that day."""
    return when.replace(hour=12, minute=0, second=0, microsecond=0)
