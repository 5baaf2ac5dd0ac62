"""Levels that move: "payrolls climbed by 263,000", "enrolment fell to 12,500 after increasing 9,000 a year before".

A level is a noun in the singular or a mass ("employment", "attendance") that stands for how many there are. The number
stands behind the verb that moves it, not before the noun, so nothing but the subject says what it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.read.figures.counting.counted import Noun
from services.read.figures.counting.listed import Found
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list

_VERB = 4
"""Tokens between the verb and the number: "fell *sharply to a revised* 12,000"."""
_ASIDE = 12
"""Tokens between them with a remark in commas: "rose by 12,500, *still the most in a decade*, to 2.2 million"."""
_SUBJECT = 8
"""Words of a subject: "Federal employment excluding postal jobs"."""


def level(line: Line, quantity: Quantity) -> Noun | None:
    """The level that a verb of change moved to or by the quantity; None where no such verb stands before."""
    if quantity.currency or quantity.percent or quantity.value != int(quantity.value):
        return None
    at = _verb(line, quantity)
    if at is None:
        return None
    hangs = line.lower(at).endswith("ing") and line.text(at - 1) == ","  # "Layoffs picked up, rising by 12,000"
    at -= hangs
    for k in range(at - 1, max(at - 1 - _SUBJECT, line.first - 1), -1):
        word = line.lower(k)
        if word == "cases" and "in" in line.lowers(k - 3, k):
            return None  # "in many cases fines rose to 86"
        if word in group("levels"):
            first = k
            while first - 1 >= line.first and k - first < 2 and _describes(line, first - 1):
                first -= 1
            return Noun(k, first, k + 1, "before")
        moved = word in word_list("change_verbs") and not hangs
        if not line.is_word(k) or word in group("stop_predicate") or moved:
            return None
    return None


def _verb(line: Line, quantity: Quantity) -> int | None:
    """The verb of change before "by", "to" or "from" and the quantity."""
    at = quantity.first - 1
    while line.lower(at) in group("before_skip") or line.lower(at) in {"revised", "total"}:
        at -= 1
    if line.lower(at - 1) in {"a", "an"} and line.is_word(at) and line.lower(at - 2) in {"by", "to"}:
        at -= 2  # "grew by an astonishing 93,000"
    if line.lower(at) in word_list("change_verbs"):
        return at  # "claims fell 12,000"
    if line.lower(at) not in {"by", "to", "from"}:
        return None
    reach = _ASIDE if line.text(at - 1) == "," else _VERB
    return next((k for k in range(at - 1, at - 1 - reach, -1) if line.lower(k) in word_list("change_verbs")), None)


def _describes(line: Line, k: int) -> bool:
    """Whether the word at k belongs to the level behind it: "manufacturing employment"."""
    return line.is_word(k) and line.lower(k) not in word_list("phrase_ends")


def level_again(line: Line, quantity: Quantity, found: Sequence[Found]) -> Found | None:
    """The figure of a level which this quantity goes on: "after increasing 179,000", "after a 189,000 advance"."""
    before = found[-1] if found and found[-1].line is line else None
    if before is None or before.noun.head is None or line.tokens[before.noun.head].lower not in group("levels"):
        return None
    verb = line.lower(quantity.first - 1)
    moving = verb in word_list("change_verbs") and verb.endswith("ing")
    return before if moving or line.lower(quantity.last) in group("changes") else None
