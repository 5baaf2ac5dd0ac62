"""Guards for ages: by the unit behind, by the word before, by the name or noun a bare number stands behind."""

from __future__ import annotations

from services.read.figures.guards.guarded import DASHES, Guarded, claim, tallied
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral

_OLDEST = 125
"""Years. The oldest person ever documented reached 122."""

_YOUNGEST = 10
"""Years, where nothing but a full name before and an article behind tells an age (half and double: 0 / 0)."""


def by_unit(line: Line, numeral: Numeral) -> Guarded | None:
    """33-year-old, 33 years old, 18 years of age, 60 or older."""
    first, last = numeral.first, numeral.last
    if numeral.vague or numeral.value > _OLDEST:
        return None
    at = last + 1 if line.text(last) in DASHES else last
    if line.lower(at) in group("age_units"):
        skip = at + 2 if line.text(at + 1) in DASHES else at + 1
        if line.lower(skip) in group("older") or (line.lower(skip) == "of" and line.lower(skip + 1) == "age"):
            return Guarded(first, skip + 1, "age")
    if line.lower(last) in {"or", "and"} and line.lower(last + 1) in {"older", "younger"}:
        return Guarded(first, last + 2, "age")
    return None


def by_word(line: Line, numeral: Numeral) -> Guarded | None:
    """aged 24, age 24, at the age of 24, aged from four to 10, ages 18 to 30, younger than 30."""
    first, last = numeral.first, numeral.last
    if numeral.vague or numeral.value > _OLDEST:
        return None
    before = line.lower(first - 1)
    if before in {"from", "between"} and line.lower(first - 2) in {"aged", "ages", "age"}:
        return Guarded(
            first, last + 2 if line.lower(last) in {"to", "and"} and line.is_number(last + 1) else last, "age"
        )
    if before in {"aged", "age"} or (before in {"of", "at", "under"} and line.lower(first - 2) in {"age", "aged"}):
        return claim(numeral, "age")
    if before == "than" and line.lower(first - 2) in {"older", "younger"}:
        return claim(numeral, "age")
    if before in {"and", "to", "-"} and any(line.lower(first - k) in {"aged", "ages"} for k in (2, 3, 4, 5)):
        return claim(numeral, "age")
    return None


def by_name(line: Line, numeral: Numeral) -> Guarded | None:
    """ "Smith, 33,", "Smith (33)", "a girl, 8,", "a boy of 12", "Ann Smith 33 a nurse"; digits only, "Kerry, two" is no
    age."""
    first, last = numeral.first, numeral.last
    if last != first + 1 or not 1 < numeral.value <= _OLDEST:
        return None
    closed = line.text(last) in {",", ")"} or (line.text(last) == "." and last + 1 >= line.last)
    named = line.capitalised(first - 2) or line.lower(first - 2) in group("aged")
    if named and closed and not tallied(line, first, last) and line.text(first - 1) in {",", "("}:
        return claim(numeral, "age")
    full = line.capitalised(first - 1) and line.capitalised(first - 2) and not line.titled
    if full and numeral.value >= _YOUNGEST and line.lower(last) in group("behind_age"):
        return claim(numeral, "age")
    person = line.lower(first - 2) in group("aged") and line.lower(first - 3) in {"a", "the"}
    if line.lower(first - 1) == "of" and person and not line.is_word(last):
        return claim(numeral, "age")
    return None
