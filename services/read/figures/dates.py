"""Dates among the numbers: which tokens of a numeral's surroundings are a day, a month or a year."""

from __future__ import annotations

from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral
from services.read.wordlists import word_list, word_table

_DAY_ENDS = frozenset({"st", "nd", "rd", "th"})
_FIRST_YEAR, _LAST_YEAR = 1400, 2150
"""Four digits between these may be a year where a word says so ("in 1848")."""
_FIRST_MODERN, _LAST_MODERN = 1900, 2100
"""Between these they are a year unless they count something: "the 2016 vote"."""
_FIRST_BARE, _LAST_BARE = 1800, 2100
"""Between these a number without a noun is rather a year than a count: "roughly 1850", "2016 was worse"."""


def is_month(line: Line, i: int) -> bool:
    """A month's name. Abbreviations and the words may, march, mar, dec need their capital, and "may" no verb behind."""
    word = line.lower(i)
    if word not in word_table("months"):
        return False
    if word in {"may", "march", "mar", "sep", "dec", "jan", "sun"} and not line.text(i)[0].isupper():
        return False
    if word == "may" and line.titled:  # IN CAPITALS: "5 MAY 89" but "5 MAY HAVE DIED"
        return line.lower(i + 1) not in group("after_may")
    return True


def date_at(line: Line, numeral: Numeral) -> tuple[int, int] | None:
    """Tokens [first, last) of the date the numeral stands in, from its own first token on; None where it is no date."""
    first, last = numeral.first, numeral.last
    if numeral.vague or last - first > 4 or numeral.value > _LAST_YEAR or numeral.value != int(numeral.value):
        return None
    digits = line.is_number(first) and last == first + 1
    end = _numeric(line, first) if digits else None
    if end is None and numeral.value <= 31:
        end = _day(line, first, last)
    if end is None and digits:
        end = _year(line, first, int(numeral.value))
    return (first, end) if end is not None else None


def _numeric(line: Line, i: int) -> int | None:
    """2021-11-12, 12/11/2021, 2003-2005, 2015/16; 12.11.2021 is one token and an id."""
    mark = line.text(i + 1)
    if mark not in {"-", "/"} or not line.is_number(i + 2) or not (line.touches(i + 1) and line.touches(i + 2)):
        return None
    sizes = [len(line.text(i)), len(line.text(i + 2))]
    if line.text(i + 3) == mark and line.is_number(i + 4) and line.touches(i + 3) and line.touches(i + 4):
        sizes.append(len(line.text(i + 4)))
        if max(sizes) <= 4 and sum(sizes) <= 8 and (4 in sizes or mark == "/" or sum(sizes) == 6):
            return i + 5
    short = sizes[1] == 2 or _yearlike(line.text(i + 2))
    return i + 3 if sizes[0] == 4 and short and _yearlike(line.text(i)) else None


def _day(line: Line, first: int, last: int) -> int | None:
    """ "November 8", "8 November 2021", "Nov. 10th", "28 and 29 March", "the 14th of March"."""
    end = last + 1 if line.lower(last) in _DAY_ENDS and line.touches(last) else last
    at = _past_days(line, end)
    if line.lower(at) in group("date_joins") and is_month(line, at + 1) and line.touches(at) and line.touches(at + 1):
        at += 1  # 5-Jan-90
    month = at + 1 if line.lower(at) == "of" else at
    if is_month(line, month):
        return _with_year(line, month + 1)
    back = _before_days(line, first - 1)
    joined = back < first - 1
    if line.text(back) == ".":
        back -= 1
    if line.lower(back) in group("date_joins") and is_month(line, back - 1) and line.touches(back):  # Jan-05
        back -= 1
    apart = joined or line.text(first - 1) == ","  # "In October, 16 people died"
    return _with_year(line, end) if is_month(line, back) and not (apart and _counted(line, end)) else None


def _past_days(line: Line, at: int) -> int:
    """The position behind more days of one month: 28, *29 and 30* March."""
    for _ in range(_DAYS_LISTED):
        if not (line.lower(at) in group("date_joins") and line.is_number(at + 1) and len(line.text(at + 1)) <= 2):
            break
        at += 3 if line.lower(at + 2) in _DAY_ENDS else 2
    return at


def _before_days(line: Line, at: int) -> int:
    """The position before more days of one month: March *28, 29 and* 30."""
    for _ in range(_DAYS_LISTED):
        if line.lower(at) in group("date_joins") and line.is_number(at - 1) and len(line.text(at - 1)) <= 2:
            at -= 2
        elif line.lower(at) in _DAY_ENDS and line.is_number(at - 1):
            at -= 1
        else:
            break
    return at


_DAYS_LISTED = 3
"""Days of one month read beside the first; longer lists are not written so."""


def _with_year(line: Line, at: int) -> int:
    """The position behind the year that may follow a day and month."""
    after = at + 1 if line.text(at) in {",", ".", "-", "/"} else at
    text = line.text(after)
    if line.is_number(after) and text.isdigit():
        if len(text) == 4 and _yearlike(text):
            return after + 1
        if len(text) == 2 and (after == at or line.touches(after)) and line.titled:  # 5 JAN 90
            return after + 1
    return at


def _year(line: Line, i: int, value: int) -> int | None:
    """A year by its form and what is before and behind: "in 2015", "'89", "the 2016 vote"; "2015 people" is none."""
    if len(line.text(i)) == 2:
        short = line.text(i - 1) in {"'", "’", "‘"} and not line.is_word(i + 1)  # '89
        dated = is_month(line, i - 1) and line.titled and not _counted(line, i + 1)  # DEC 89
        return i + 1 if short or dated else None
    if len(line.text(i)) != 4 or not _FIRST_YEAR <= value <= _LAST_YEAR:
        return None
    before = line.lower(i - 1)
    if is_month(line, i - 1) or (before in {",", "."} and is_month(line, i - 2)):
        return i + 1
    if before in group("money_signs") or before in group("hedged_year"):
        return None
    after = line.lower(i + 1)
    plural = after.endswith("s") or after in word_list("irregular_plurals")
    known = after in word_list("persons") or after in word_table("metric_nouns")
    person = plural and known and after not in group("cohorts")  # the 2020 Democrats, 1966 graduates
    measured = after in {"percent", "per", "%"} or after in word_table("measures")
    round_count = value % 100 == 0 and (person or _counted(line, i + 1))
    if before in group("before_year"):
        return None if measured or (person and round_count) else i + 1
    modern = _FIRST_MODERN <= value <= _LAST_MODERN
    return i + 1 if modern and not (round_count or person or measured) else None


def may_be_year(line: Line, quantity: Quantity) -> bool:
    """Whether a quantity that stands without a noun is written in digits and may be a year."""
    return line.text(quantity.last - 1).isdigit() and _FIRST_BARE <= quantity.value <= _LAST_BARE


def _yearlike(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _counted(line: Line, at: int) -> bool:
    """Whether a lower-case noun may stand at `at`: the number before it counts something."""
    word = line.lower(at)
    noun = line.text(at).islower() and word not in word_list("phrase_ends")
    return line.is_word(at) and (noun or word in word_list("persons"))
