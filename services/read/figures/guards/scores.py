"""Guards for scores, votes, fractions and ranks."""

from __future__ import annotations

from services.read.figures.guards.guarded import DASHES, Guarded, counts_next, followed_by_scale
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral, digits_value
from services.read.wordlists import word_list, word_table

_HIGHEST_SCORE = 1000
"""No match and no chamber counts so many (half and double: 0 / 0)."""
_WIDEST_BASE = 1000
"""One in N: above, "in" is a place or a year."""


def dashed(line: Line, numeral: Numeral) -> Guarded | None:
    """3-2, a 6-3 vote, won 52-48. A higher number first is always one; a lower needs a word of winning or voting."""
    first, last = numeral.first, numeral.last
    if line.text(last) not in DASHES or not (line.touches(last) and line.touches(last + 1)):
        return None
    other = digits_value(line.text(last + 1)) if line.is_number(last + 1) else None
    if other is None or other[1] or followed_by_scale(line, last + 2):
        return None
    scored = word_list("score_words")
    near = (first - 4, first - 3, first - 2, first - 1, last + 3)
    votes = line.lower(last + 2) in scored and line.lower(last + 2) not in {"lost", "led"}
    told = numeral.value < _HIGHEST_SCORE and not counts_next(line, last + 2)
    if other[0] < numeral.value or votes or (told and any(line.lower(k) in scored for k in near)):
        return Guarded(first, last + 2, "score")
    return None


def to(line: Line, numeral: Numeral) -> Guarded | None:
    """won 52 to 48, by 12 to 5."""
    first, last = numeral.first, numeral.last
    if line.lower(last) != "to" or not line.is_number(last + 1) or followed_by_scale(line, last + 2):
        return None
    other = digits_value(line.text(last + 1))
    if other is None or other[0] >= numeral.value:
        return None
    scored = any(line.lower(k) in word_list("score_words") for k in (*range(first - 5, first), last + 2, last + 3))
    return Guarded(first, last + 2, "score") if scored else None


def fraction(line: Line, numeral: Numeral) -> Guarded | None:
    """one in five, nine out of 10, two-thirds, three quarters, 10-fold."""
    first, last = numeral.first, numeral.last
    at = last + 1 if line.text(last) in DASHES and line.touches(last) else last
    word = line.lower(at)
    if word in group("parts") and _is_part(line, numeral, at):
        return Guarded(first, at + 1, "fraction")
    if line.lower(last) == "in" or (line.lower(last) == "out" and line.lower(last + 1) == "of"):
        other = last + (1 if line.lower(last) == "in" else 2)
        if line.lower(other) == "every":
            other += 1
        if numeral.value <= 10 and _base(line, other) and line.lower(other + 1) not in word_table("months"):
            return Guarded(first, other + 1, "fraction")
    return None


def _is_part(line: Line, numeral: Numeral, at: int) -> bool:
    """Whether a word for a part at `at` makes a fraction: two thirds, 10-fold; not "11 million, half of them", not
    "three seventh-grade pupils"."""
    word, joined = line.lower(at), at > numeral.last
    if word.startswith("quarter") and not joined and numeral.value not in {1, 3}:
        return False
    if word == "half" and not joined and numeral.value != 1:
        return False
    graded = line.text(at + 1) in DASHES and line.touches(at + 1) and line.touches(at + 2) and not joined
    return not (graded and numeral.value > 1 and not word.endswith("s"))


def _base(line: Line, at: int) -> bool:
    word = line.text(at)
    small = line.is_number(at) and word.isdigit() and len(word) <= 4 and int(word) <= _WIDEST_BASE
    return small or line.lower(at) in group("bases")


def rank(line: Line, numeral: Numeral) -> Guarded | None:
    """twenty-third: tens and an ordinal; a single number before one is a fraction ("two-thirds")."""
    if numeral.value < 20:
        return None
    at = numeral.last + 1
    if line.text(numeral.last) == "-" and line.lower(at) in group("ordinals"):
        return Guarded(numeral.first, at + 1, "ordinal")
    return None
