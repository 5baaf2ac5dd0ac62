"""The guards: numbers that are no figures, told before anything is counted.

Each guard looks at one numeral and answers the token span it claims and a reason, or nothing. They are tried in order:
what is sure by its form (dates, clock times, models) before what leans on the words beside it (names, scores).
A guarded number is kept as rejected with its reason, for the page that explains a reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from services.read.figures.dates import date_at
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral, digits_value
from services.read.wordlists import word_list, word_table


class Guarded(NamedTuple):
    """Tokens [first, last) that are no figure, and why."""

    first: int
    last: int
    reason: str


_HYPHENS = frozenset("-‑")
_DASHES = frozenset("-–‑—")
_CHUNK = 80
"""Characters looked at to either side for the web or mail address a number may stand in."""


def guard(line: Line, numeral: Numeral) -> Guarded | None:
    """The first guard that claims the numeral; None where it may be a figure."""
    for rule in _DIGIT_RULES if line.is_number(numeral.first) else _WORD_RULES:
        found = rule(line, numeral)
        if found is not None:
            return found
    return None


def _claim(numeral: Numeral, reason: str) -> Guarded:
    return Guarded(numeral.first, numeral.last, reason)


def _date(line: Line, numeral: Numeral) -> Guarded | None:
    span = date_at(line, numeral)
    return Guarded(*span, "date") if span else None


def _address(line: Line, numeral: Numeral) -> Guarded | None:
    """Numbers inside a web address, a mail address or a #tag."""
    token = line.tokens[numeral.first]
    text = line.document.text
    before = text[max(0, token.start - _CHUNK) : token.start]
    chunk = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if "://" in chunk or "www." in chunk or "@" in chunk or ".com/" in chunk or chunk.endswith("#"):
        return _claim(numeral, "id")
    return None


def _model(line: Line, numeral: Numeral) -> Guarded | None:
    """A number against letters: AK-47, T-72, Covid-19, MUC3-1037, G20, F16, 3D, B52s; also 3-2-1 and 555-1234-0."""
    first = numeral.first
    before = line.text(first - 1)
    if line.touches(first) and before not in _MONEY_SIGNS:
        if line.is_word(first - 1) and line.lower(first - 1) not in _MONEY_WORDS:
            return _claim(numeral, "name")
        if before in {"#", "_", "@", "°", "№"}:
            return _claim(numeral, "id")
        if before == "/":
            return _claim(numeral, "date" if line.is_number(first - 2) else "id")
        if before in _HYPHENS and line.touches(first - 1):
            if line.is_word(first - 2) and line.lower(first - 2) not in _MONEY_WORDS:
                return _claim(numeral, "date" if line.lower(first - 2) in _BEFORE_YEAR else "name")
            if line.is_number(first - 2):
                return _claim(numeral, "id")
    at = first + 1
    if line.touches(at) and line.is_word(at):
        suffix = line.lower(at)
        if suffix in _ORDINAL_ENDS:
            return Guarded(first, at + 1, "ordinal")
        if suffix == "s":
            return Guarded(first, at + 1, "date" if line.text(first).endswith("0") else "name")
        if numeral.last == at and suffix not in _TOUCHING_UNITS and suffix not in word_table("currencies"):
            unit = _MEASURES().get(suffix)
            return Guarded(first, at + 1, unit or "name")
    if line.text(at) == "/" and line.touches(at) and line.touches(at + 1) and line.is_number(at + 1):
        return Guarded(first, at + 2, "fraction" if len(line.text(first)) == 1 else "date")
    return None


_MONEY_SIGNS = frozenset("$€£¥₹₽₺₴₦₱₪₩")
_MONEY_WORDS = frozenset("rs usd eur gbp chf us inr pkr aud cad sek nok pln uah rub idr rp rm tk ksh tsh rmb zar".split())
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_TOUCHING_UNITS = frozenset({"k", "m", "mn", "bn", "b", "tn", "million", "billion", "thousand", "mln", "bln"})
_BEFORE_YEAR = frozenset({"mid", "pre", "post", "late", "early", "since"})


def _MEASURES() -> dict[str, str]:  # noqa: N802
    return word_table("measures")


def _chain(line: Line, numeral: Numeral) -> Guarded | None:
    """Numbers hyphened or dotted into an id: 555-1234-00, +44 20 7946 0958, 218-11 at a line's end, 1.2.3."""
    first, last = numeral.first, numeral.last
    joined = 0
    while (
        joined < _LONGEST_CHAIN
        and line.text(last) in _HYPHENS
        and line.touches(last)
        and line.is_number(last + 1)
        and line.touches(last + 1)
    ):
        last += 2
        joined += 1
    if joined >= 2 or (joined and len(line.text(first)) >= 3 and len(line.text(last - 1)) == 4 and _phone(line, first)):
        return Guarded(first, last, "id")
    if line.text(first - 1) == "+" and line.touches(first) and len(line.text(first)) <= 3:
        while line.is_number(last):
            last += 1
        return Guarded(first, last, "id")
    if digits_value(line.text(first)) is None and numeral.last == first + 1:
        return _claim(numeral, "id")
    text = line.text(first)
    if text[0] == "0" and len(text) > 1 and "." not in text:  # 0914, 007
        return _claim(numeral, "clock" if len(text) == 4 else "id")
    return None


_LONGEST_CHAIN = 12


def _phone(line: Line, i: int) -> bool:
    return any(line.lower(i - k) in {"call", "phone", "tel", "telephone", "fax", "contact", "hotline", ")"} for k in (1, 2, 3))


def _clock(line: Line, numeral: Numeral) -> Guarded | None:
    """10:27, 9 a.m., 9pm, 6 o'clock, at 1600, 1800 GMT."""
    first, last = numeral.first, numeral.last
    if line.text(last) == ":" and line.touches(last) and line.touches(last + 1) and line.is_number(last + 1):
        last += 2
        while line.text(last) == ":" and line.touches(last + 1) and line.is_number(last + 1):
            last += 2
        return Guarded(first, _past_halfday(line, last), "clock")
    after = _past_halfday(line, last)
    if after > last:
        return Guarded(first, after, "clock")
    if line.lower(last) in _CLOCK_WORDS or (line.lower(last) == "local" and line.lower(last + 1) == "time"):
        return Guarded(first, last + 1, "clock")
    if line.lower(last) == "in" and line.lower(last + 1) == "the" and line.lower(last + 2) in {"morning", "afternoon", "evening"}:
        return Guarded(first, last + 3, "clock")
    text = line.text(first)
    hour = len(text) == 4 and text.isdigit() and int(text) < 2400 and int(text[2:]) < 60
    if hour and line.lower(first - 1) in {"at", "until", "by", "around", "about"} and not _counts_next(line, last):
        return _claim(numeral, "clock")
    return None


_CLOCK_WORDS = frozenset({"o'clock", "gmt", "utc", "bst", "est", "edt", "pst", "pdt", "cet", "hours", "hrs"}) - {"hours"}


def _past_halfday(line: Line, at: int) -> int:
    """The position behind "am", "p.m." or "PM" at `at`, else `at`."""
    if line.lower(at) in {"pm", "p"} or (line.lower(at) in {"am", "a"} and (line.touches(at) or line.text(at + 1) == "." or line.text(at).isupper() and line.text(at) == "AM" and not line.titled)):
        if line.lower(at) in {"am", "pm"}:
            return at + 1
        if line.text(at + 1) == "." and line.lower(at + 2) == "m" and line.touches(at + 2):
            return at + (4 if line.text(at + 3) == "." else 3)
    return at


def _age(line: Line, numeral: Numeral) -> Guarded | None:
    """33-year-old, 33 years old, aged 24, "Smith, 33,", Smith (33), a girl of 12, under-18s, in her 30s."""
    first, last = numeral.first, numeral.last
    if numeral.vague or numeral.value > _OLDEST:
        return None
    at = last + 1 if line.text(last) in _DASHES else last
    if line.lower(at) in {"year", "years", "month", "months", "yr", "yrs", "day", "week"}:
        skip = at + 2 if line.text(at + 1) in _DASHES else at + 1
        if line.lower(skip) in {"old", "olds", "older", "younger"} or line.lower(skip) == "of" and line.lower(skip + 1) == "age":
            return Guarded(first, skip + 1, "age")
    before = line.lower(first - 1)
    if before in {"from", "between"} and line.lower(first - 2) in {"aged", "ages", "age"}:
        after = last + 2 if line.lower(last) in {"to", "and"} else last
        return Guarded(first, after, "age")
    if before in {"aged", "age"} or (before in {"of", "at"} and line.lower(first - 2) in {"age", "ages", "aged"}):
        return _claim(numeral, "age")
    if before in {"and", "to", "-"} and any(line.lower(first - k) in {"aged", "ages"} for k in (2, 3, 4, 5)):
        return _claim(numeral, "age")
    name = line.capitalised(first - 2) and line.text(first - 1) in {",", "("}
    close = line.text(last) in {",", ")"} or (line.text(last) == "." and last + 1 >= line.last)
    if name and close and line.is_number(first) and 1 < numeral.value and last == first + 1:
        return _claim(numeral, "age")
    if line.text(first - 1) == "," and line.lower(first - 2) in _AGED and line.text(last) in {",", "."}:
        return _claim(numeral, "age")
    if before == "of" and line.lower(first - 2) in _AGED and line.lower(first - 3) in {"a", "the"} and not line.is_word(last):
        return _claim(numeral, "age")
    if line.lower(last) in {"or", "and"} and line.lower(last + 1) in {"older", "younger"}:
        return Guarded(first, last + 2, "age")
    return None


_OLDEST = 125
_AGED = frozenset("boy girl man woman son daughter brother sister child wife husband mother father student suspect".split())


def _list_number(line: Line, numeral: Numeral) -> Guarded | None:
    """"1. …", "2) …" at the start of a line, "(3)" anywhere, and a line that is nothing but a number."""
    first, last = numeral.first, numeral.last
    if first == line.first:
        if last >= line.last or (last + 1 == line.last and not line.is_word(last)):
            return _claim(numeral, "list")
        if line.text(last) in {".", ")", ":"} and line.is_number(first) and numeral.value < 100:
            return _claim(numeral, "list")
    if line.text(first - 1) == "(" and line.text(last) == ")" and not numeral.spelled and numeral.value < 1000:
        return _claim(numeral, "list")
    if all(not line.is_word(i) for i in range(line.first, min(line.last, line.first + 8))) and line.last - line.first < 8:
        return _claim(numeral, "list")
    return None


def _numbered(line: Line, numeral: Numeral) -> Guarded | None:
    """Article 5, Resolution 2254, No. 3, Boeing 737, Nord Stream 2; by the word before or by its capital."""
    first, last = numeral.first, numeral.last
    at = first - 1
    if line.text(at) == "." and line.lower(at - 1) in {"no", "nos", "art", "vol", "sec", "nr", "fig", "p", "pp", "ch"}:
        return _claim(numeral, "name")
    before = line.lower(at)
    if before in {"and", "to", "or", "-", "–", ","} and line.is_number(at - 1):  # Articles 5 and 6
        at -= 2
        before = line.lower(at)
    if not before or not line.is_word(at):
        return None
    if line.is_number(first) and before in word_list("numbered_names"):
        named = line.capitalised(at) and not line.titled and line.lower(last) not in word_list("persons")
        if named or not _counts_next(line, last):
            return _claim(numeral, "name")
    if line.titled or not line.capitalised(at) or "," in line.text(first) or numeral.last - numeral.first > 1:
        return None
    if before in word_list("name_heads"):
        return _claim(numeral, "name")
    if at == line.first or line.opens(at) or before in _CAPITAL_BUT_NO_NAME or _counts_next(line, last):
        return None
    if line.is_number(first) and numeral.value < 10_000:
        return _claim(numeral, "name")
    return None


_CAPITAL_BUT_NO_NAME = frozenset("the a an in at on of and i he she they we it about over some nearly almost only".split())


def _counts_next(line: Line, at: int) -> bool:
    """Whether a counted noun may begin at token `at`: a lower-case word that is no small word, or a known noun."""
    word = line.lower(at)
    if not line.is_word(at):
        return False
    if word in word_list("persons") or word in word_table("metric_nouns") or word in word_table("metric_verbs"):
        return True
    return not line.titled and line.text(at).islower() and word not in word_list("phrase_ends")


def _street(line: Line, numeral: Numeral) -> Guarded | None:
    """10 Downing Street, 1600 Pennsylvania Avenue."""
    at = numeral.last
    for k in range(at, at + 4):
        if not line.capitalised(k):
            return None
        if k > at and line.lower(k) in _STREETS:
            return Guarded(numeral.first, k + 1, "address")
    return None


_STREETS = frozenset("street avenue road boulevard lane drive square st ave rd blvd".split())


def _score(line: Line, numeral: Numeral) -> Guarded | None:
    """3-2, won 52-48, by 12 to 5, a 6-3 vote, one in five, nine out of 10."""
    first, last = numeral.first, numeral.last
    if line.text(last) in _DASHES and line.is_number(last + 1):
        other = digits_value(line.text(last + 1))
        tight = line.touches(last) and line.touches(last + 1)
        if other and tight and not other[1]:
            if other[0] < numeral.value and line.lower(last + 2) not in {"million", "billion", "thousand"}:
                return Guarded(first, last + 2, "score")
            scored = word_list("score_words")
            around = (first - 4, first - 3, first - 2, first - 1, last + 2, last + 3)
            if numeral.value < 1000 and not _counts_next(line, last + 2) and any(line.lower(k) in scored for k in around):
                return Guarded(first, last + 2, "score")
            if line.lower(last + 2) in scored and line.lower(last + 2) not in {"lost", "led"}:
                return Guarded(first, last + 2, "score")
    if line.lower(last) == "to" and line.is_number(last + 1) and not numeral.spelled:
        other = digits_value(line.text(last + 1))
        scored = word_list("score_words")
        if other and other[0] < numeral.value and line.lower(last + 2) not in {"million", "billion", "thousand"}:
            if any(line.lower(k) in scored for k in range(first - 5, first)):
                return Guarded(first, last + 2, "score")
    return None


def _fraction(line: Line, numeral: Numeral) -> Guarded | None:
    """one in five, nine out of 10, two-thirds, three quarters, 10-fold."""
    first, last = numeral.first, numeral.last
    at = last + 1 if line.text(last) in _DASHES and line.touches(last) else last
    if line.lower(at) in _PARTS and (at > last or line.lower(at) != "second"):
        if line.lower(at) in {"quarter", "quarters"} and numeral.value not in {1, 3} and at == last:
            return None
        return Guarded(first, at + 1, "fraction")
    if line.lower(last) == "in" or (line.lower(last) == "out" and line.lower(last + 1) == "of"):
        other = last + (1 if line.lower(last) == "in" else 2)
        if line.lower(other) == "every":
            other += 1
        if numeral.value <= 10 and _small(line, other) and line.lower(other + 1) not in _MONTHS():
            return Guarded(first, other + 1, "fraction")
    return None


def _MONTHS() -> dict[str, str]:  # noqa: N802
    return word_table("months")


def _small(line: Line, at: int) -> bool:
    word = line.text(at)
    return (line.is_number(at) and word.isdigit() and int(word[:4]) <= 1000 and len(word) <= 4) or word.lower() in _BASES


_BASES = frozenset("two three four five six seven eight nine ten twelve twenty fifty hundred".split())
_PARTS = frozenset(
    "third thirds fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth ninths tenth tenths "
    "quarter quarters half halves fold hundredth hundredths".split()
)


def _rank(line: Line, numeral: Numeral) -> Guarded | None:
    """twenty-third, hundred-and-first: a number word that ends in an ordinal."""
    at = numeral.last + 1 if line.text(numeral.last) == "-" else numeral.last
    if at > numeral.last and line.lower(at) in _ORDINALS:
        return Guarded(numeral.first, at + 1, "ordinal")
    return None


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth".split())


def _name_word(line: Line, numeral: Numeral) -> Guarded | None:
    """Number words in names: Visegrad Four, Group of Seven, the Big Three, Air Force One, Five Star Movement."""
    first, last = numeral.first, numeral.last
    if line.lower(first - 1) in {"number", "phase", "channel", "level", "chapter", "category"} and last - first == 1:
        return _claim(numeral, "name")
    if line.titled or line.text(first)[:1].islower() or line.opens(first) or numeral.vague:
        return None
    before = line.lower(first - 1)
    if line.text(first).isupper() and len(line.text(first)) > 1:
        return None
    if line.text(first - 1) in {".", "!", "?", ",", "…", "/", ";"} or (before and not line.is_word(first - 1)):
        return None
    # "… said Two people": a sentence lost its stop. A name has a capital beside it.
    named = line.capitalised(first - 1) and first - 1 > line.first
    of_name = before in {"of", "the"} and (line.capitalised(first - 2) or not _counts_next(line, last))
    into = line.capitalised(last) and line.lower(last) not in word_list("persons")
    return _claim(numeral, "name") if named and not _counts_next(line, last) or of_name or into else None


def _furniture(line: Line, numeral: Numeral) -> Guarded | None:
    """11 comments, 1,204 views: what a page counts about itself, on a line of its own."""
    if line.last - line.first > _FURNITURE_WORDS:
        return None
    around = {line.lower(numeral.last), line.lower(numeral.first - 1), line.lower(numeral.last + 1)}
    return _claim(numeral, "page") if around & word_list("page_counts") else None


_FURNITURE_WORDS = 7
_HEX = re.compile(r"[0-9a-f]{8,}")


def _one(line: Line, numeral: Numeral) -> Guarded | None:
    """"one" that counts nothing: one of the, no one, one another, one day, this one, the one who."""
    first, last = numeral.first, numeral.last
    if numeral.value != 1 or not numeral.spelled or last - first > 1:
        return None
    before, after = line.lower(first - 1), line.lower(last)
    if after in group("be") and line.lower(last + 1) in word_table("metric_verbs"):
        return None  # "one was killed"
    if before in _NO_ONE or after in _ONE_OTHER or line.text(last) in {"-", "'", "’"}:
        return _claim(numeral, "pronoun")
    return None


_NO_ONE = frozenset(
    "no any every some each this that which the another only such first last next big bad good new old great "
    "right wrong best worst whatever for as like day number a an my his her their our your".split()
)
_ONE_OTHER = frozenset(
    "another can could should would must may might cannot can't who that which whose has had 's or and but by to "
    "of time day another's thing way reason side hand point such who's i you he she we they more morning night "
    "evening afternoon".split()
)

Rule = Callable[[Line, Numeral], Guarded | None]
_DIGIT_RULES: tuple[Rule, ...] = (
    _address,
    _clock,
    _date,
    _age,
    _chain,
    _score,
    _model,
    _list_number,
    _street,
    _furniture,
    _fraction,
    _numbered,
)
_WORD_RULES: tuple[Rule, ...] = (_date, _clock, _age, _fraction, _rank, _score, _one, _name_word, _list_number)
