"""When a figure holds: the date it is of and the window it covers, from the words near it, against publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import compress
from operator import itemgetter

from services.read.figures.counting.possible import is_rate_at
from services.read.figures.settings.beginnings import began_on, is_beginning, past_aside
from services.read.figures.settings.calendar_days import Date, date_at, is_year, noon, of_day, small
from services.read.figures.settings.expression import Expression
from services.read.figures.settings.spans import RECORDS, length_at, part_of_year, season
from services.read.text import NUMBER, WORD, Sentence, Token
from services.read.wordlists import word_list, word_table

_SAID_WITHIN = 6
"""Tokens between "said" and its day: "told the official agency late on Thursday"."""

_LATELY = timedelta(days=8)
"""How long ago the day of a statement may be: "Monday" is at most seven days and twelve hours back (days are noons)."""

_STATEMENTS = frozenset({"statement", "report", "bulletin", "announcement", "communique", "interview", "conference"})
"""Nouns of saying: "in a statement on Monday"."""

_AHEAD = timedelta(days=32)
"""A date farther ahead is a plan's; nearer ones are slips of a day or a month's name before its middle."""

_BEFORE_YEAR = frozenset({"in", "during", "of", "year", "throughout", "early", "late", "mid"})
"""A bare number between 1900 and 2100 is a year only behind one of these: "in 2015", not "2015 people"."""

_SINCE_THE = frozenset({"the", "early", "late", "mid", "-", "last", "start", "beginning", "end", "of", "this"})
_PAST = {"days": "24 hours", "weeks": "7 days", "months": "30 days", "years": "12 months"}
_NOW = frozenset({"now", "currently", "presently"})
_LAST = frozenset({"last", "past", "previous", "preceding"})
_FEW = {"a": 1, "an": 1, "couple": 2, "few": 3}
COMPARED = frozenset({"than", "compared", "versus", "unlike"})
"""Before a time: the figure is compared with that time, and is not of it: "more than in 2015"."""

_OUTSIDE = COMPARED | {"from", "like", "before", "ahead", "until", "till", "prior"}
"""These, too, but not before "since": "from 2015", "until Friday"."""

_OUTSIDE_WITHIN = 3
"""Tokens looked back from a time for such a word: "*than* in the 2015 season", "*before* the 2 May vote"."""

_RECORD_WITHIN = 6
"""Tokens looked back from "since" for the word of a record: "the *lowest* it has been since"."""

_EDGES = frozenset({"early", "mid", "late", "the", "-", "end", "beginning", "start", "of"})
"""Small words on the ends of a span: "from late July to early October"."""


def expressions_in(tokens: list[Token], sentence: Sentence, published: datetime) -> list[Expression]:
    """All expressions of time of a sentence, in order. Never raises; linear."""
    published = published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    found: list[Expression] = []
    starts, behind = _starts(), sentence.first
    words = tokens[sentence.first : sentence.last]
    at = range(sentence.first, sentence.last)
    spelled = compress(at, map(starts.__contains__, map(itemgetter(3), words)))
    digits = compress(at, map(NUMBER.__eq__, map(itemgetter(4), words)))
    for i in sorted((*spelled, *digits)):
        if i < behind:
            continue
        begin = starts.get(tokens[i].lower) or (_calendar if tokens[i].kind == NUMBER else None)
        expression = None
        if begin is not None:
            try:
                expression = begin(tokens, i, sentence.last, published)
            except (ValueError, OverflowError):  # 31 February, the year 0
                expression = None
        if expression is None:
            continue
        if not _is_outside(tokens, sentence, expression.first):
            found.append(_reported(tokens, sentence, expression, published))
        behind = expression.last
    return found


def _is_outside(tokens: list[Token], sentence: Sentence, first: int) -> bool:
    """Whether a time at `first` is what something is set against: "than in 2015"; not "from 43 yesterday"."""
    if first > sentence.first and tokens[first - 1].lower == "on" and tokens[first].lower in _LAST:
        return tokens[min(first + 1, sentence.last - 1)].lower in word_table("time_units")  # "up 40% on last year"
    outside = COMPARED if tokens[first].lower == "since" else _OUTSIDE  # "driven from their homes since 2011"
    for i in range(first - 1, max(sentence.first, first - _OUTSIDE_WITHIN) - 1, -1):
        if tokens[i].kind == NUMBER:
            return False
        if tokens[i].lower in outside:
            return True
    return False


def _reported(tokens: list[Token], sentence: Sentence, expression: Expression, published: datetime) -> Expression:
    """The expression, marked if it only says when somebody spoke: "said in a statement on Monday".

    A day long ago is kept: of "confirmed on 21 April 2014 that four were found" it is the best there is.
    """
    if expression.as_of is None or expression.window is not None or published - expression.as_of > _LATELY:
        return expression
    verbs = word_table("reporting_verbs")
    for i in range(expression.first - 1, max(sentence.first, expression.first - _SAID_WITHIN) - 1, -1):
        kind = verbs.get(tokens[i].lower)
        if kind in ("says", "source") or tokens[i].lower in _STATEMENTS:
            return replace(expression, reported=True)
        if tokens[i].kind == NUMBER or tokens[i].text in (",", ";", ":") or tokens[i].lower.endswith(("ed", "ing")):
            break
    return expression


def _calendar(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """A date by itself. A bare number is a year only behind its preposition."""
    before = tokens[i - 1].lower if i else ""
    full = i + 2 < end and tokens[i + 1].text in ("-", "/") and tokens[i + 2].kind == NUMBER  # not "2019-nCoV"
    if tokens[i].kind == NUMBER and is_year(tokens[i].text) and before not in _BEFORE_YEAR and not full:
        return None
    date = date_at(tokens, i, end, published)
    by = before == "by" and not _counted_by(tokens, i)
    if date is None or by or before in ("next", "until", "till") or date.noon() > published + _AHEAD:
        return None
    if date.month and not date.day and date.last < end and tokens[date.last].lower in ("to", "-", "–", "through"):
        span = _between(tokens, i - 1, end, published)  # "April to June"
        if span is not None:
            return replace(span, first=i)
    opener = i - 2 if before in ("in", "on") else i - 1
    if is_beginning(tokens, opener, date.last, end):
        return Expression(i, date.last, None, f"since {date}")
    if _describes(tokens, i, date, end):
        return None
    whole = date.month is None and before in ("during", "throughout", "of", "year")
    if date.month and not date.day and date.last < end and tokens[date.last].lower == "alone":
        whole = True  # "900 in April alone"
    return Expression(i, date.last, min(date.noon(), published), str(date) if whole else None)


def _counted_by(tokens: list[Token], i: int) -> bool:
    """Whether "by" its day tells how far a count had come: "climbed to 19 *by Tuesday*"; else it is a plan's."""
    near = {token.lower for token in tokens[max(0, i - _COUNTED_WITHIN) : i]}
    return not near.isdisjoint(_COUNTED)


_COUNTED = frozenset("rose risen climbed grew grown jumped reached hit stood had passed topped surpassed".split())
_COUNTED_WITHIN = 6
"""Tokens looked back from a day for the verb: "*climbed* to at least 19 by Tuesday"."""


_COUNTS = frozenset({"toll", "tally", "count", "figure", "total"})


def _describes(tokens: list[Token], i: int, date: Date, end: int) -> bool:
    """Whether a bare day or month only names what follows: "the Monday announcement", "his December order"."""
    if date.last != i + 1 or date.last >= end:
        return False
    noun = tokens[date.last]
    if noun.lower in _COUNTS and tokens[i].lower.endswith("'s"):
        return date.last + 1 < end and tokens[date.last + 1].lower == "of"  # "Yesterday's toll of 30 rose to 46"
    if i == 0:
        return False
    owned = tokens[i - 1].lower in ("the", "his", "her", "its", "their", "a", "an") or tokens[i].lower.endswith("'s")
    told = {token.lower for token in tokens[date.last : min(end, date.last + _ADJECTIVES)]}  # "Monday's deadly attack"
    return owned and noun.kind == WORD and noun.text.islower() and told.isdisjoint(word_list("event_nouns"))


_ADJECTIVES = 3
"""Tokens from a day to the noun it owns (half and double: 4 / 0)."""


def _since(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'since August', 'since the start of the year', 'since the war began in March 2011', 'since last month'."""
    j = i + 1
    while j < end and j - i < 8 and tokens[j].lower in _SINCE_THE:
        j += 1
    date = date_at(tokens, j, end, published)
    if any(t.lower in RECORDS for t in tokens[max(0, i - _RECORD_WITHIN) : i]):
        return _record(tokens, i, date, end)
    date = date or began_on(tokens, j, end, published)
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


def _record(tokens: list[Token], i: int, date: Date | None, end: int) -> Expression | None:
    """The date of a record is no figure's, unless "when" tells one: "the worst since 2014, *when 132 were killed*"."""
    if date is None:
        return None
    at = date.last + 1 if date.last < end and tokens[date.last].text == "," else date.last
    told = at < end and tokens[at].lower == "when"
    return Expression(i, date.last, date.noon() if told else None, ahead=told)


def _between(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'between January and March', 'from 2015 to 2020'."""
    one = date_at(tokens, _past_edges(tokens, i + 1, end), end, published)
    joint = past_aside(tokens, one.last, end) if one is not None else end
    if one is None or joint >= end or tokens[joint].lower not in ("and", "to", "until", "through", "-", "–"):
        return None
    other = date_at(tokens, _past_edges(tokens, joint + 1, end), end, published)
    if other is None:
        return None
    if one.month and other.month and not is_year(tokens[one.last - 1].text):  # "between November and March 2021"
        wraps = (one.month, one.day or 0) > (other.month, other.day or 31)
        one = Date(one.last, other.year - wraps, one.month, one.day)
    return Expression(i, other.last, None, f"{one} to {other}")


def _past_edges(tokens: list[Token], i: int, end: int) -> int:
    """The token behind "early", "late" and "the end of"."""
    while i < end and tokens[i].lower in _EDGES:
        i += 1
    return i


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
    past = _PAST.get(units.get(word, "")) if tokens[i].lower in ("past", "preceding") else None
    if (window := f"last {past}" if past else season(word, published, last=True)) is not None:
        return Expression(i, i + 2, None, window)
    if word in _PREVIOUS:
        return _PREVIOUS[word](i, published)
    if word in ("day", "evening") and tokens[i].lower in ("previous", "preceding"):
        return Expression(i, i + 2, noon(published - timedelta(days=1)))
    date = date_at(tokens, i + 1, end, published)
    return Expression(i, date.last, min(date.noon(), published)) if date is not None else None


def _previous_month(i: int, published: datetime) -> Expression:
    month = published.replace(day=1) - timedelta(days=1)
    return Expression(i, i + 2, noon(month.replace(day=15)), f"{month.year:04d}-{month.month:02d}")


def _previous_year(i: int, published: datetime) -> Expression:
    year = published.year - 1
    return Expression(i, i + 2, Date(0, year).noon(), f"{year:04d}")


def _weekend(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'over the weekend', 'last weekend': its Sunday, or the day of publication inside one."""
    if tokens[i - 1].lower not in ("the", "this", "last") or i < 1:
        return None
    back = 0 if published.weekday() >= _SATURDAY else published.weekday() + 1
    return Expression(i - 1, i + 1, min(noon(published - timedelta(days=back)), published))


_SATURDAY = 5


def _earlier(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'a day earlier', 'two days before', found at its last word."""
    if i < 2 or word_table("time_units").get(tokens[i - 1].lower) != "days":
        return None
    behind = tokens[i + 1] if i + 1 < end else None
    if behind is not None and (behind.lower == "than" or (tokens[i].lower == "before" and behind.kind == WORD)):
        return None  # "two days before the vote"
    many = 1 if tokens[i - 2].lower == "the" else _count(tokens[i - 2])
    if many is None or many > _DAYS:
        return None
    return Expression(i - 2, i + 1, noon(published - timedelta(days=many)))


_DAYS = 6
"""Days up to which "earlier" counts from the news, not from what was told last."""

_PREVIOUS: dict[str, Callable[[int, datetime], Expression]] = {
    "night": lambda i, published: Expression(i, i + 2, noon(published - timedelta(days=1))),
    "week": lambda i, published: Expression(i, i + 2, noon(published - timedelta(days=7))),
    "month": _previous_month,
    "year": _previous_year,
}


def _this(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'this year', 'this month', 'this morning', 'this week'."""
    word = tokens[i + 1].lower if i + 1 < end else ""
    if i and tokens[i - 1].lower in ("earlier", "later"):
        return None  # "earlier this month" is some day of it and spans nothing
    if word == "year":
        return Expression(i, i + 2, None, f"{published.year:04d}")
    if word == "month":
        return Expression(i, i + 2, None, f"{published.year:04d}-{published.month:02d}")
    if word == "week":
        year, week, _ = published.isocalendar()
        return Expression(i, i + 2, None, f"{year:04d}-W{week:02d}")
    if word in ("morning", "afternoon", "evening"):
        return Expression(i, i + 2, min(noon(published), published))
    window = season(word, published)
    return Expression(i, i + 2, None, window) if window else None


def _length(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'in 24 hours', 'over a two-day period', found at its unit."""
    found = length_at(tokens, i)
    return Expression(found[0], i + 1, None, found[1]) if found else None


def _part(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'the first half of 2019', 'the first six months of the year'."""
    found = part_of_year(tokens, i, end, published)
    return Expression(i, found[0], None, found[1]) if found else None


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
    day = noon(published - timedelta(days=days * many))
    since = next((k for k in range(i - 3, max(-1, i - _BEGAN_AGO), -1) if tokens[k].lower == "since"), None)
    if since is None:
        return Expression(i - 2, i + 1, day)
    if any(t.lower in RECORDS for t in tokens[max(0, since - _RECORD_WITHIN) : since]):
        return Expression(i - 2, i + 1)  # "the worst since the unrest began three months ago"
    return Expression(i - 2, i + 1, None, f"since {of_day(i, day)}")


_BEGAN_AGO = 12
"""Tokens back from "ago" to "since": "since the unrest began three months ago"."""


def _each(tokens: list[Token], i: int, end: int, published: datetime) -> Expression | None:
    """'per day', 'daily', 'every week', '3,000 people a day'."""
    if tokens[i].lower in ("a", "an"):
        period = tokens[i + 1].lower if i + 1 < end else ""
        behind = tokens[i + 2].lower if i + 2 < end else ""
        rate = i > 0 and is_rate_at(tokens[i - 1].lower, period, behind)
        return Expression(i, i + 2, None, f"per {period}") if rate else None
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
    days = [*word_table("weekdays"), "yesterday", "today"]
    dates = dict.fromkeys([*word_table("months"), *days, *(f"{day}'s" for day in days), "tonight"], _calendar)
    return {
        **dates,
        **dict.fromkeys(_NOW, _now),
        **dict.fromkeys(_LAST, _last),
        **dict.fromkeys(("per", "every", "each", "daily", "a", "an"), _each),
        **dict.fromkeys(word_table("time_units"), _length),
        **dict.fromkeys(("first", "second", "third", "fourth"), _part),
        "since": _since,
        "between": _between,
        "from": _between,
        "this": _this,
        "overnight": _now,
        "ago": _ago,
        "earlier": _earlier,
        "before": _earlier,
        "weekend": _weekend,
    }


def _count(token: Token) -> int | None:
    if token.kind == NUMBER:
        return small(token.text, 1000)
    word = _FEW.get(token.lower) or word_table("numbers").get(token.lower)
    return int(word) if word is not None and str(word).isdigit() else None
