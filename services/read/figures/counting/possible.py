"""What has not happened, and what happens at a rate: "could have killed 400", "if 300 died", "3,000 a day"."""

from __future__ import annotations

from itertools import pairwise

from services.read.figures.dates import is_month
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_IF = 12
"""Tokens of a clause between its "if" and the number: "if the river bursts its banks and *40,000* lose their homes"."""
_IF_WITHIN = 40
"""Tokens around a number in which another clause's "if" makes its "could" a mere possibility."""
_MODAL = 8
"""Tokens between a number and its "will be": "500 soldiers from the north *will be* sent"."""
_HAVE = 7
"""Tokens between "could have" and the number: "could have seriously wounded or killed some *400*"."""
_RATE = 5
"""Tokens between a number and its "a day": "1,500 men and women *a year*"."""
_MONTH = 8
"""Tokens between a number and "in April alone"."""


def is_hypothetical(line: Line, first: int, last: int) -> bool:
    """Whether tokens [first, last) count what only might be: "if 300 were killed", "could have killed 400".

    "40 may have died" is a fear, and no hypothesis.
    """
    return _is_condition(line, first) or _is_unreal(line, first) or _depends(line, first, last)


def _is_condition(line: Line, first: int) -> bool:
    for k in range(first - 1, max(first - _IF, line.first) - 1, -1):
        word = line.lower(k)
        if word in {"if", "unless"} and line.lower(first - 1) != "of":  # "if the murder of 20" tells that 20 died
            return line.lower(k - 1) != "as" and not line.lower(k + 1).endswith("ed")  # "as if"; "if confirmed"
        if line.text(k) in _STOPS or word in {"then", "but", "said", "who", "which", "among"}:
            return False
    return False


_STOPS = frozenset(",;:—–()")


def _is_unreal(line: Line, first: int) -> bool:
    """ "The fire could have killed 400": a verb of its own between "have" and the number, in one clause."""
    for k in range(first - 1, max(first - _HAVE, line.first) - 1, -1):
        if line.lower(k) == "have" and line.lower(k - 1) in {"could", "would"}:
            return k < first - 1
        if line.text(k) in _STOPS or line.lower(k) in group("stop_predicate") - {"as"} or line.lower(k) == "that":
            return False
    return False


def is_awaited(line: Line, first: int, last: int) -> bool:
    """Whether tokens [first, last) count what is still to come: "expects 20,000 marchers", "1,000 are due to leave",
    "up to 6,000 could be displaced", "is to reach 5,000"."""
    before = line.lowers(first - _EXPECTED, first)
    if not _EXPECT.isdisjoint(before) or any(one in _IS and two == "to" for one, two in pairwise(before)):
        return True
    for k in range(last, last + _TO_COME):
        if not line.is_word(k) or line.lower(k) in {"and", "but", "were", "was", "have", "has", "had"}:
            return False
        words = (line.lower(k), line.lower(k + 1))
        if words in _COMING or (words in _ABOUT and line.lower(k - 1) in _IS):  # "8 injured due to a fire" are
            return True
    return False


_EXPECT = frozenset({"expect", "expects", "expecting", "anticipate", "anticipates", "anticipating", "awaits", "await"})
_IS = frozenset({"is", "are"})
_COMING = frozenset({("could", "be"), ("may", "be"), ("might", "be"), ("would", "be")})
_ABOUT = frozenset({("due", "to"), ("set", "to")})
_EXPECTED = 4
"""Tokens between "expects" and its number: "expects *up to another* 20,000"."""
_TO_COME = 7
"""Tokens behind a number with "could be": "American soldiers from the north *could be*"."""


def _depends(line: Line, first: int, last: int) -> bool:
    """ "If the dam fails, 40,000 could be displaced"."""
    if not will_be(line, last, harm=True):
        return False
    return not {"if", "unless"}.isdisjoint(line.lowers(first - _IF_WITHIN, last + _IF_WITHIN))


def will_be(line: Line, last: int, *, harm: bool = False) -> bool:
    """Whether the number that ends at `last` is the subject of what may come: "500 soldiers will be sent", "3,000 could
    die"; with `harm` also of "could be buried", which without an "if" is a fear of what has happened."""
    for k in range(last, min(last + _MODAL, line.last)):
        word = line.lower(k)
        if word in group("coming") and not (word == "may" and line.text(k) == "May"):
            verb = line.lower(k + 1)
            if verb.endswith("ly") or verb in {"still", "also", "soon", "now", "all", "eventually"}:
                verb = line.lower(k + 2)
            if verb == "be":
                return harm or word == "will"
            return line.is_word(k + 1) and verb not in {"have", "not", "never", "no", "t"}
        stops = word in group("relative") or word in group("stop_predicate") or line.text(k) in _STOPS
        joined = word in {"and", "but", "or"} and not line.lower(k + 1).endswith("s")
        if stops or joined or word in group("be") or word in word_list("finite_verbs"):
            return False
        if word in word_table("metric_verbs") and k > last + 1:
            return False
    return False


def is_rate(line: Line, last: int) -> bool:
    """Whether "a day", "a year" stands behind a number and its noun: "1,500 people *a year*"; not "a day later"."""
    for k in range(last, min(last + _RATE, line.last)):
        if line.lower(k) in {"a", "an"}:
            return is_rate_at(line.lower(k - 1), line.lower(k + 1), line.lower(k + 2))
        if not line.is_word(k) or line.lower(k) in word_list("place_prepositions"):
            return False
    return False


def is_rate_at(before: str, period: str, behind: str) -> bool:
    """Whether "a" between these is "per": behind a plural or a number, before a period that nothing counts on from."""
    counted = before.endswith("s") or before in word_list("irregular_plurals") or before in word_list("persons")
    counted = counted or before.isdigit() or before in word_table("numbers") or before.replace(",", "").isdigit()
    return period in group("periods") and period != "night" and counted and behind not in group("no_rate_behind")


def is_of_a_month_alone(line: Line, last: int) -> bool:
    """ "900 people *in April alone*"."""
    for k in range(last, min(last + _MONTH, line.last)):
        if line.lower(k) == "alone":
            return is_month(line, k - 1) or line.lower(k - 1) in {"month", "week", "year"}
        if numeral_at(line, k) is not None and not line.text(k).isdigit():
            return False
    return False
