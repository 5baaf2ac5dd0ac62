"""The number grammar: from tokens to a value.

A numeral is digits ("2,000", "33.2"), words ("twenty-three", "one hundred and five"), digits or words with a scale
("5.51 million", "half a million", "a dozen"), a vague plural ("tens of thousands") or a factor ("several hundred").
Hedges, ranges, currencies and what is counted are not its business; nor is whether the number is a date.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import compress, count
from math import inf
from typing import NamedTuple

from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.text import NUMBER, Document
from services.read.wordlists import word_list, word_table

PLURALS = {
    "tens": 10.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 100.0,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "lakhs": 1e5,
    "crores": 1e7,
}
"""Vague plurals and their unit. `schemas.interval.vague` knows their intervals, except for the last two."""

FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
"""Fractions of one character, behind a number or before a scale: "3½ million", "½ million"."""

FEWS = frozenset({"several", "few", "couple", "handful"})
ZEROS = frozenset({"no", "none", "nobody", "zero"})
MAX_DIGITS = 15
"""Digits of a number: the debt of the world in cents has 17, a telephone number 15 (E.164)."""

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")  # 2,000,000 or, in India, 20,00,000
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.000")  # 2.000.000; 2.000 is a decimal nowhere
_DECIMAL = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)\.\d+")
_COMMA_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")  # "1,5 million"
_SCALE_MARKS = frozenset({"k", "m", "b"})
_MAX_WORDS = 12
"""Words of the longest numeral: "nine hundred and ninety-nine thousand nine hundred and ninety-nine"."""


class Numeral(NamedTuple):
    """Tokens [first, last) of a number.

    `value` is in whole units; the low end where `vague` holds the words of a vague quantity ("tens of thousands"),
    `scale` then the unit behind a factor ("several thousand": 1000). `granule` is the size of the last digit where the
    value does not show it ("2.0 million": 100000). `spelled` numbers are words; `scaled` ones end in a scale word, by
    which a range takes its first number too ("2 to 3 million"); `loose` is the scale to multiply by then.
    """

    first: int
    last: int
    value: float
    granule: float | None = None
    vague: str | None = None
    scale: float = 1.0
    spelled: bool = False
    loose: float = 1.0


@cache
def units() -> dict[str, float]:
    """Number words by their value: "three", "twenty"."""
    return {word: float(value) for word, value in word_table("numbers").items()}


@cache
def scales() -> dict[str, float]:
    """What multiplies the number before it: "thousand", "m", "dozen"."""
    return {word: float(value) for word, value in word_table("scales").items()}


@cache
def _starters() -> frozenset[str]:
    spelled = {"pair", *units(), *(word for word in scales() if len(word) > 3), *PLURALS, *FEWS, *ZEROS}
    return frozenset(spelled | FRACTIONS.keys())


def candidates(document: Document) -> list[int]:
    """Token indexes at which a number may begin."""
    digits = compress(count(), map(NUMBER.__eq__, document.columns.kinds))
    return sorted((*document.tokens_of(_starters()), *digits))


def numeral_at(line: Line, i: int) -> Numeral | None:
    """The numeral that begins at token i, or whose first certain word it is ("half a *million*"); None if none does."""
    if line.is_number(i):
        return _digits(line, i)
    word = line.lower(i)
    if word in PLURALS:
        return _plural(line, i)
    if word in FEWS:
        return _few(line, i)
    if word in units():
        return _quarters(line, i) or _with_scale(line, _words(line, i))
    if word in scales():
        return _article_scale(line, i)
    return _part_of_scale(line, i) if word in FRACTIONS else _pair(line, i) if word == "pair" else None


def _part_of_scale(line: Line, i: int) -> Numeral | None:
    """ "½ million"; a fraction of anything smaller is no count."""
    factor = scales().get(line.lower(i + 1), 0.0)
    if factor < _LEAST_PARTED:
        return None
    return Numeral(i, i + 2, FRACTIONS[line.lower(i)] * factor)


def _pair(line: Line, i: int) -> Numeral | None:
    """ "a pair of gunmen", not "a pair of gloves", which is one."""
    paired = (
        line.lower(i - 1) == "a"
        and line.lower(i + 1) == "of"
        and group("worn_in_pairs").isdisjoint(line.lowers(i + 2, i + 5))
    )
    return Numeral(i - 1, i + 1, 2.0, spelled=True) if paired else None


def digits_value(text: str) -> tuple[float, int] | None:
    """Value and count of decimals of a digit token; None where it is no single number ("1.2.3", "12,13")."""
    if len(text) > MAX_DIGITS + 8:
        return None
    if text.isdigit():
        return float(int(text)), 0
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", "")), 0
    if _POINTED.fullmatch(text):
        return float(text.replace(".", "")), 0
    if _DECIMAL.fullmatch(text):
        plain = text.replace(",", "")
        return float(plain), len(plain) - plain.index(".") - 1
    return None


def _digits(line: Line, i: int) -> Numeral | None:
    text = line.text(i)
    read = digits_value(text)
    if read is None:
        if _COMMA_DECIMAL.fullmatch(text) and line.lower(i + 1) in scales():
            whole, _, part = text.partition(",")
            read = float(f"{whole}.{part}"), len(part)
        else:
            return None
    value, decimals = read
    last = i + 1
    # "150 000": groups of three apart by one space.
    while (
        value
        and not decimals
        and len(text) <= 3
        and line.is_number(last)
        and len(line.text(last)) == 3
        and line.text(last).isdigit()
        and _one_space(line, last)
        and last - i < 4
        and not line.touches(last + 1)
    ):
        value = value * 1000 + int(line.text(last))
        last += 1
    while value and not decimals and _lost_group(line, last):  # "10, 000 families"
        value, last = value * 1000, last + 2
    granule = 10.0**-decimals if decimals else None
    if not decimals and line.lower(last) in FRACTIONS and line.tokens[last].start - line.tokens[last - 1].end <= 1:
        value, granule, last = value + FRACTIONS[line.lower(last)], 0.1, last + 1  # 3½ million
    half = line.lower(last) == "and" and line.lower(last + 1) == "a" and line.lower(last + 2) == "half"
    if half and line.lower(last + 3) in scales():  # 2 and a half million
        value, granule, last = value + 0.5, 0.1, last + 3
    return _with_scale(line, Numeral(i, last, value, granule))


def _one_space(line: Line, at: int) -> bool:
    """Whether one space stands before the token at `at`, be it written as a page writes it: "1&nbsp;200"."""
    gap = line.document.text[line.tokens[at - 1].end : line.tokens[at].start]
    return len(gap) == 1 or (gap.startswith("&") and gap.count(";") == 1 and gap.endswith(";"))


def _lost_group(line: Line, at: int) -> bool:
    """Whether a group of zeros stands behind a comma and a space that does not belong there: "10, 000"."""
    if line.text(at) != "," or not line.touches(at) or line.text(at + 1) != "000":
        return False
    return len(line.text(at - 1)) <= 3 and line.tokens[at + 1].start == line.tokens[at].end + 1


def _with_scale(line: Line, numeral: Numeral) -> Numeral:
    """Take the scale words behind a number: "15 thousand", "2.3m", "10-million", "5 lakh"."""
    value, granule, last, loose = numeral.value, numeral.granule, numeral.last, 1.0
    for _ in range(2):  # "two hundred thousand" in digits: 2 hundred thousand
        at = last + 1 if line.lower(last) == "-" and line.touches(last + 1) else last
        word = line.lower(at)
        factor = scales().get(word)
        if factor is None or (word in _SCALE_MARKS and not _marks_scale(line, at, word)):
            break
        if word in {"hundred", "dozen"} and value >= 100:
            break
        value, loose, last = value * factor, loose * factor, at + 1
        granule = granule * factor if granule is not None else None
    if loose > 1 and line.lower(last) == "and" and line.lower(last + 1) == "a" and line.lower(last + 2) == "half":
        value, granule, last = value + loose / 2, loose / 10, last + 3  # two million and a half
    return numeral._replace(value=value, granule=granule, last=last, loose=loose if loose > 1 else numeral.loose)


def _marks_scale(line: Line, at: int, letter: str) -> bool:
    """Whether a letter against the digits is a scale: always in money, else k, and m before a noun."""
    if not line.touches(at):
        return False
    signs = group("money_signs")
    if line.text(at - 2) in signs or (line.lower(at - 2) in {"-", "–", "to"} and line.text(at - 4) in signs):
        return True
    if line.lower(at - 2) in word_table("glued_currencies") and line.touches(at - 1):
        return True  # Shs2b
    return letter == "k" or (letter == "m" and line.lower(at + 1) in group("millions_of"))


def _quarters(line: Line, i: int) -> Numeral | None:
    """ "three quarters of a million", "three-quarters of a billion", "two thirds of a million"."""
    at = i + 2 if line.text(i + 1) == "-" and line.touches(i + 1) else i + 1
    part = {"quarters": 4, "quarter": 4, "thirds": 3, "third": 3}.get(line.lower(at))
    scale = next((k for k in (at + 1, at + 3) if len(line.lower(k)) > 3 and line.lower(k) in scales()), 0)
    linked = scale == at + 1 or line.lowers(at + 1, at + 3) == ["of", "a"]
    if part is None or not scale or not linked or scales()[line.lower(scale)] < _LEAST_PARTED:
        return None
    value = units()[line.lower(i)] * scales()[line.lower(scale)] / part
    return Numeral(i, scale + 1, round(value), spelled=True)


_LEAST_PARTED = 1e6
"""Nobody says three quarters of a thousand."""


def _words(line: Line, i: int) -> Numeral:
    """Number words from token i on. The caller knows that token i is one."""
    table, larger = units(), scales()
    total = current = 0.0
    room = inf  # below which the next word must stay: after "twenty" a digit, after "two" only a scale
    loose = 1.0
    last, at = i, i
    for _ in range(_MAX_WORDS):
        word = line.lower(at)
        if word in table:
            value = table[word]
            if value >= room:
                break
            current, loose = current + value, 1.0
            room = 10.0 if value >= 20 and value % 10 == 0 else 0.0
        elif word in larger and len(word) > 3 and word != "dozen" and room != inf:
            factor = loose = larger[word]
            if (factor == 100 and current >= 100) or (factor > 100 and total and factor >= total):
                break
            if factor == 100:
                current, room = current * factor, 100.0
            else:
                total, current, room = total + current * factor, 0.0, min(factor, 1000.0)
        else:
            break
        last = at = at + 1
        if _hyphened(line, at) or (room >= 100 and line.lower(at) == "and" and line.lower(at + 1) in table):
            at += 1
    value = total + current
    granule = None
    halves = [line.lower(last + k) for k in range(5) if line.lower(last + k) != "-"][:3]
    if halves == ["and", "a", "half"]:  # one and a half million; one-and-a-half
        value, granule = value + 0.5, 0.1
        last += 3 + sum(1 for k in range(5) if line.lower(last + k) == "-")
    return Numeral(i, last, value, granule, spelled=True, loose=loose)


def _hyphened(line: Line, at: int) -> bool:
    """Whether a hyphen at `at` joins another number word: twenty-three."""
    return line.lower(at) == "-" and line.touches(at) and line.touches(at + 1) and _goes_on(line, at + 1)


def _goes_on(line: Line, at: int) -> bool:
    word = line.lower(at)
    return word in units() or (word in scales() and len(word) > 3)


def _article_scale(line: Line, i: int) -> Numeral | None:
    """A scale word without a number: "a million", "half a million", "half million", "over thousand"."""
    first, value = i, scales()[line.lower(i)]
    granule = None
    before = line.lower(i - 1)
    if "half" in {before, line.lower(i - 2)} and before in {"half", "a", "an"}:  # half a million, a half million
        value /= 2
        first = i - 2 if line.lower(i - 2) in {"half", "a"} else i - 1
    elif before == "-" and line.lower(i - 2) == "half" and line.touches(i) and line.touches(i - 1):  # half-dozen
        first, value = i - 2, value / 2
        if line.lower(i - 3) == "a":
            first = i - 3
    elif [line.lower(i - k) for k in (3, 2, 1)] == ["quarter", "of", "a"]:
        first, value = i - 3, value / 4
        if line.lower(i - 4) == "a":
            first = i - 4
        elif line.lower(i - 4) == "three":
            return None
    elif before in {"a", "an"}:
        first = i - 1
    elif before == "-" or line.lower(i) == "dozen":
        return None
    whole = _with_scale(line, Numeral(first, i + 1, value, granule, spelled=True))
    if value >= 100 and line.lower(whole.last) == "and" and line.lower(whole.last + 1) in units():  # a hundred and five
        rest = _words(line, whole.last + 1)
        if rest.value < value:
            whole = whole._replace(value=whole.value + rest.value, last=rest.last)
    return whole


def _plural(line: Line, i: int) -> Numeral | None:
    """Vague plurals: "dozens", "tens of thousands", "hundreds of millions", "hundreds, perhaps thousands"."""
    word = line.lower(i)
    if word in {"tens", "scores"} and not _counts(line, i):
        return None
    scale, last = 1.0, i + 1
    while line.lower(last) == "of" and line.lower(last + 1) in PLURALS:
        scale *= PLURALS[line.lower(last + 1)]
        last += 2
    if word == "tens" and scale == 1.0 and line.lower(i + 1) == "of" and line.lower(i + 2) in scales():
        scale, last = scales()[line.lower(i + 2)], i + 3  # tens of thousand
    value = PLURALS[word] * scale
    if line.lower(last) in {"and", "upon"} and line.lower(last + 1) == word:
        last += 2  # thousands and thousands
    return Numeral(i, last, value, vague=word, scale=scale, spelled=True)


def _counts(line: Line, i: int) -> bool:
    """Whether "scores" or "tens" at i is a count: "scores died", "injuring scores", not "test scores rose"."""
    at = i + 2 if line.text(i + 1) in _CLOSING else i + 1  # "tens" of people
    before, after = line.lower(i - 1), line.lower(at)
    if line.lower(i) == "tens":
        return after == "of"
    if before in group("scores_rated"):
        return False
    known = after in group("scores_of") or after in word_list("persons") or after in word_table("metric_verbs")
    harm = word_table("metric_verbs").get(before, "").split()
    return known or "object" in harm


_CLOSING = frozenset("\"”'’")


def _few(line: Line, i: int) -> Numeral | None:
    """Factors: "several hundred", "a few thousand", "a couple of dozen"; without a unit, "several people"."""
    word, first, last = line.lower(i), i, i + 1
    if word != "several":
        if line.lower(i - 1) not in group("few_of") and word != "couple":
            return None
        if line.lower(i - 1) == "a":
            first = i - 1
    if word != "several" and line.lower(last) == "of":
        last += 1
    scale, units_read = 1.0, 0
    while units_read < 2:
        following = line.lower(last)
        factor = PLURALS.get(following) or (scales().get(following) if len(following) > 3 else None)
        if factor is None:
            break
        scale, last, units_read = scale * factor, last + 1, units_read + 1
        if line.lower(last) == "of" and line.lower(last + 1) in PLURALS:
            last += 1
    return Numeral(first, last, scale, vague=word, scale=scale, spelled=True)
