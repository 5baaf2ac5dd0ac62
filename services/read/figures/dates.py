"""Dates among the numbers: which tokens of a numeral's surroundings are a day, a month or a year."""

from __future__ import annotations

from services.read.figures.line import Line
from services.read.figures.numbers import Numeral
from services.read.wordlists import word_list, word_table

_JOINS = frozenset({"-", "–", "/", "and", "to", ",", "&", "or", "through", "until"})
_DAY_ENDS = frozenset({"st", "nd", "rd", "th"})
_BEFORE_YEAR = frozenset(
    "in since during until till before after from by of early late mid year years fiscal fy spring summer autumn fall "
    "winter around circa election elections for through season between to and the end".split()
)
_SURE_BEFORE_YEAR = frozenset("in since during until till early late mid fiscal fy spring summer autumn winter year".split())
_FIRST_YEAR, _LAST_YEAR = 1400, 2150


def is_month(line: Line, i: int) -> bool:
    """A month's name. Abbreviations and the words may, march, mar, dec need their capital, and "may" no verb behind."""
    word = line.lower(i)
    if word not in word_table("months"):
        return False
    if word in {"may", "march", "mar", "sep", "dec", "jan", "sun"} and not line.text(i)[0].isupper():
        return False
    if word == "may" and line.titled:  # IN CAPITALS: "5 MAY 89" but "5 MAY HAVE DIED"
        return not line.is_word(i + 1) or line.lower(i + 1) in {"in", "at", "on", "by", "and", "to", "the", "when"}
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
    """2021-11-12, 12/11/2021, 12.11.2021 (one token, told by the chain guard), 10-15 May."""
    mark = line.text(i + 1)
    if mark not in {"-", "/", "."} or not line.is_number(i + 2) or not (line.touches(i + 1) and line.touches(i + 2)):
        return None
    sizes = [len(line.text(i)), len(line.text(i + 2))]
    if line.text(i + 3) == mark and line.is_number(i + 4) and line.touches(i + 3) and line.touches(i + 4):
        sizes.append(len(line.text(i + 4)))
        if max(sizes) <= 4 and sum(sizes) <= 8 and (4 in sizes or mark == "/" or sum(sizes) == 6):
            return i + 5
    years = [line.text(i), line.text(i + 2)]
    if sizes[:2] in ([4, 4], [4, 2]) and _yearlike(years[0]) and mark != ".":
        if sizes[1] == 2 or _yearlike(years[1]):  # 2003-2005, 2015/16, 1998-99
            return i + 3
    return None


def _day(line: Line, first: int, last: int) -> int | None:
    """"November 8", "8 November 2021", "Nov. 10th", "28 and 29 March", "Wednesday 5 April 2017", "the 14th of March"."""
    end = last
    if line.lower(end) in _DAY_ENDS and line.touches(end):
        end += 1
    at = end
    for _ in range(3):  # 28, 29 and 30 March
        if line.lower(at) in _JOINS and line.is_number(at + 1) and len(line.text(at + 1)) <= 2:
            at += 2
            if line.lower(at) in _DAY_ENDS:
                at += 1
        else:
            break
    if line.lower(at) in _JOINS and is_month(line, at + 1) and line.touches(at) and line.touches(at + 1):  # 5-Jan-90
        at += 1
    month = at + 1 if line.lower(at) == "of" else at
    if is_month(line, month):
        return _with_year(line, month + 1)
    back = first - 1
    for _ in range(3):  # March 28, 29 and 30
        if line.lower(back) in _JOINS and line.is_number(back - 1) and len(line.text(back - 1)) <= 2:
            back -= 2
        elif line.lower(back) in _DAY_ENDS and line.is_number(back - 1):
            back -= 1
        else:
            break
    joined = back < first - 1
    if line.text(back) == ".":
        back -= 1
    if line.lower(back) in _JOINS and is_month(line, back - 1) and line.touches(back):  # Jan-05
        back -= 1
    if is_month(line, back) and not (joined and _counted(line, end)):
        return _with_year(line, end)
    return None


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
    text = line.text(i)
    if len(text) == 2 and line.text(i - 1) in {"'", "’", "‘"} and not line.is_word(i + 1):  # '89
        return i + 1
    if len(text) == 2 and is_month(line, i - 1) and line.titled and not _counted(line, i + 1):
        return i + 1
    if len(text) != 4 or not _FIRST_YEAR <= value <= _LAST_YEAR:
        return None
    before = line.lower(i - 1)
    if is_month(line, i - 1) or (before in {",", "."} and is_month(line, i - 2)):
        return i + 1
    if line.text(i - 1) in _MONEY or before in {"than", "least", "about", "approximately", "some", "nearly", "almost", "over"}:
        return None
    modern = 1900 <= value <= 2100
    person = line.lower(i + 1) in word_list("persons") or line.lower(i + 1) in word_table("metric_nouns")
    percent = line.lower(i + 1) in {"percent", "per", "%"} or line.lower(i + 1) in word_table("measures")
    if before in _SURE_BEFORE_YEAR and not percent and not (person and value % 100 == 0):
        return i + 1
    if not modern or value % 100 == 0 and (person or _counted(line, i + 1)):
        return None
    return None if person or percent else i + 1


_MONEY = frozenset("$€£¥₹")


def _yearlike(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _counted(line: Line, at: int) -> bool:
    """Whether a lower-case noun may stand at `at`: the number before it counts something."""
    word = line.lower(at)
    return line.is_word(at) and (word in word_list("persons") or (line.text(at).islower() and word not in word_list("phrase_ends")))
