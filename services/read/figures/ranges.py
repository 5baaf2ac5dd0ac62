"""Two numbers that make a range: "between 30 and 40", "2 to 3 million". "From A to B" may be a change instead."""

from __future__ import annotations

from services.read.figures.dates import is_month
from services.read.figures.hedges import hedge_before
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.money import money_after, money_before
from services.read.figures.numbers import Numeral, numeral_at
from services.read.wordlists import word_list, word_table

_DASHES = frozenset("-–—‑")
_THOUSAND = 1e3
_ALTERNATIVES = 10
"""Times the first number up to which "A or B" is one estimate: "2 or 3 dozen", not "5 or 600"."""


def range_at(line: Line, numeral: Numeral, first: int) -> tuple[Numeral, Numeral | None, str]:
    """Both numbers of a range and the word that makes it one (between, from, to, or, -); else the first alone.

    `first`: the first token of the numeral with its currency. The first number takes the scale of the second: "2 to
    3 million".
    """
    alone: tuple[Numeral, Numeral | None, str] = (numeral, None, "")
    before = line.lower(first - 1)
    joint = _past_unit(line, numeral, before)
    word = line.lower(joint)
    if not (word in {"to", "or"} or (word == "and" and before == "between") or word in _DASHES):
        return alone
    if word in _DASHES and (word == "—" or line.touches(joint) != line.touches(joint + 1)):
        return alone
    other = _second(line, joint + 1)
    if other is None or _units_differ(line, numeral, other, joint, first):
        return alone
    low = _scaled(numeral, other, dashed=word in _DASHES)
    if other.value <= low.value or (word == "or" and other.value > _ALTERNATIVES * low.value):
        return alone
    if word == "to" and _is_change(line, low, other, first, unitless=joint == numeral.last):
        return alone
    return low, other, before if before == "between" or (before == "from" and word != "or") else word


def _past_unit(line: Line, numeral: Numeral, before: str) -> int:
    """The position behind what both ends may have: "$2m-$3m", "10 percent to 15 percent", "30 people and 40 people"."""
    money = money_after(line, numeral.last)
    at = percent_end(line, numeral.last) or (money.edge if money else numeral.last)
    return _past_noun_said_twice(line, at) if before == "between" else at


def _second(line: Line, at: int) -> Numeral | None:
    """The number at `at` that can end a range, perhaps behind a hedge or a currency; not "hundreds", not "5 May"."""
    for _ in range(2):
        word = line.lower(at)
        if word in group("second_end") or (word in word_table("currencies") and len(word) <= _CURRENCY_SIGN):
            at += 1
    other = numeral_at(line, at)
    if other is None and line.lower(at) in {"a", "half"}:  # between half a million and a million
        other = next((n for k in (at + 1, at + 2) if (n := numeral_at(line, k)) is not None and n.first == at), None)
    return None if other is None or other.vague or is_month(line, other.last) else other


_CURRENCY_SIGN = 3
"""Characters of a sign or code before a number: "$", "US$", "EUR"; longer names stand behind it."""


def _scaled(numeral: Numeral, other: Numeral, *, dashed: bool) -> Numeral:
    """The first number in the scale of the second: "2 to 3 million", "3-4,000 people"."""
    if numeral.loose == 1 and other.loose > 1 and numeral.value < other.value / other.loose:
        numeral = numeral._replace(value=numeral.value * other.loose)
    thousands = other.value / _THOUSAND
    if dashed and numeral.value < thousands and thousands.is_integer() and not other.spelled:
        numeral = numeral._replace(value=numeral.value * _THOUSAND)
    return numeral


def _is_change(line: Line, numeral: Numeral, other: Numeral, first: int, *, unitless: bool) -> bool:
    """Whether "A to B" is an old number or a rise, and the new number: "rose from 12 to 31", "rose by 12 to 31".

    `unitless`: nothing stands between A and "to".
    """
    if not moved(line, numeral.first):
        return False
    if line.lower(first - 1) == "from":
        return True
    far = other.value > _FAR * numeral.value or _is_sum_of(line, numeral, other, first)
    return unitless and far and _risen_by(line, first)


def _units_differ(line: Line, numeral: Numeral, other: Numeral, joint: int, first: int) -> bool:
    """ "fell 8.4 percent to 210.60 dollars": how much it fell, and where to; "10 percent to 15 percent" is a range."""
    percent = percent_end(line, numeral.last) == joint
    if percent != (percent_end(line, other.last) is not None):
        return percent or (joint > numeral.last or money_before(line, first) is not None)
    return percent and money_before(line, other.first) is not None


def _past_noun_said_twice(line: Line, at: int) -> int:
    """The position of "and" in "between 30 *people* and 40 people"; else `at`."""
    for joint in range(at + 1, at + 1 + _SAID_TWICE):
        if not line.is_word(joint - 1):
            break
        if line.lower(joint) == "and" and (other := numeral_at(line, joint + 1)) is not None:
            return joint if line.lowers(at, joint) == line.lowers(other.last, other.last + joint - at) else at
    return at


_SAID_TWICE = 3
"""Words of a noun that both ends of a range have: "30 aid workers and 40 aid workers"."""


def _is_sum_of(line: Line, numeral: Numeral, other: Numeral, first: int) -> bool:
    """Whether "by A to B" gives the addition and the new count: of a toll, or no round numbers, "rose by 12 to 31"."""
    whole = numeral.value == int(numeral.value) and other.value == int(other.value)
    counts = whole and numeral.loose == other.loose == 1
    unit = percent_end(line, other.last) or money_after(line, other.last)
    by = "by" in line.lowers(first - 2, first) and unit is None
    if counts and by and not group("tallied_anew").isdisjoint(line.lowers(first - _TALLIED, first)):
        return True
    return counts and by and (numeral.value % _ROUND > 0 or other.value % _ROUND > 0) and other.value > _ROUND


_TALLIED = 9
"""Tokens before a number in which "deaths" or "cases" is what rose by it."""
_ROUND = 10
"""Estimates that make a range are round: "rise by 10 to 20"."""


def _risen_by(line: Line, first: int) -> bool:
    """Whether "by" or the verb stands before a number and its hedge: "rose (by) more than 21,000 to 130,000"."""
    hedge = hedge_before(line, first)
    before = line.lower((hedge.first if hedge else first) - 1)
    return before == "by" or before in word_list("change_verbs")


def moved(line: Line, at: int) -> bool:
    """Whether a verb of change stands before "from A to B": then A is the old number and B the new one."""
    changes = word_list("change_verbs")
    return any(line.lower(k) in changes for k in range(at - 1, at - _CHANGE_REACH, -1))


_CHANGE_REACH = 18
"""Tokens before "from" in which a verb of change is looked for: "cut the toll from the floods in Kiwa
to 'about 253' from" has 14 (half and double: 3 / 0)."""
_FAR = 3.0
"""Times the first number from which "rose by A to B" tells a change and the new number rather than a range."""


def percent_end(line: Line, at: int) -> int | None:
    """The position behind %, percent, per cent or pct at `at`; None where none stands there."""
    if line.lower(at) == "-" and line.touches(at + 1):
        at += 1
    word = line.lower(at)
    if word in {"%", "percent", "pct", "٪"}:
        return at + 1
    if word == "per" and line.lower(at + 1) == "cent":
        return at + 2
    return None
