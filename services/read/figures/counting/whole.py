"""A number and the one it is a part of: "1,200 of the town's roughly 9,000 residents were displaced".

What is told behind such a whole is of the part: 1,200 fled, of "none of the 62" nobody. Only what stands inside the
whole's own phrase is the whole's: "nine of the 86 people killed were nurses".
"""

from __future__ import annotations

from services.read.figures.counting.counted import Noun
from services.read.figures.counting.verbs import verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_OWNER = 4
"""Words of whom the whole belongs to: "of the *Gaza Strip's* 36 hospitals"."""
_HEDGE = 3
"""Words of "roughly", "more than" before the whole."""
_OWN_VERB = 9
"""Tokens behind a participle in which another verb makes it the whole's: "15 of the 86 *injured* have *died*"."""

_OPENED = 24
"""Tokens from what a whole at the head of a sentence did to the comma that ends it (half and double: 0 / 0)."""


def past_owner(line: Line, at: int) -> int:
    """The number of the whole behind "of" and what stands before it, articles passed over: "town's roughly | 9,000";
    else `at`."""
    k = at
    for j in range(at, at + _OWNER):
        if line.lower(j).endswith("'s") or (line.lower(j).endswith("s") and line.text(j + 1) in _APOSTROPHES):
            k = j + 1 + (line.text(j + 1) in _APOSTROPHES)
            break
        if not line.is_word(j) or line.lower(j) in word_list("phrase_ends"):
            break
    for j in range(k, k + _HEDGE + 1):
        if numeral_at(line, j) is not None:
            return j
        if line.lower(j) not in word_table("hedges") and line.lower(j) not in group("hedge_words"):
            break
    return at


_APOSTROPHES = frozenset("'’")


def whole_number(line: Line, quantity: Quantity) -> int | None:
    """Where the number stands that a quantity is a part of: "12 *of the 40* miners"; None where none does."""
    at = quantity.last
    at += line.lower(at) == "out"
    if quantity.bound == "vague" and line.lower(at - 1) == "of":
        at -= 1
    if line.lower(at) != "of":
        return None
    at += 1
    while line.lower(at) in group("determiners") or line.lower(at) == "all":
        at += 1
    at = past_owner(line, at)
    return at if at > quantity.last + 1 and numeral_at(line, at) is not None else None


def is_whole(line: Line, first: int) -> bool:
    """Whether the number at token `first`, its hedge with it, is one that others are a part of: "half of the *200*"."""
    at = first - 1
    for _ in range(_OWNER):
        if line.lower(at) == "of" or not (line.is_word(at) or line.text(at) in _APOSTROPHES):
            break
        at -= 1
    if line.lower(at) != "of" or (at == first - 1 and at > line.first):
        return False
    between = [line.lower(k) for k in range(at + 1, first)]
    while between and (between[0] in group("determiners") or between[0] == "all"):
        del between[0]
    owned = not between or between[-1].endswith("'s") or between[-1] in _APOSTROPHES
    if not owned:
        return False
    if at == line.first:
        return True  # "Of the town's 9,000 residents, 1,200 were displaced"
    at -= line.lower(at - 1) == "out"
    parted = line.lower(at - 1) in group("part_words_before")
    return parted or any(_ends_at(line, k, at) for k in range(at - 1, at - _PART, -1))


_PART = 5
"""Words of the number of the part: "two hundred and ten | of the"."""


def _ends_at(line: Line, k: int, at: int) -> bool:
    numeral = numeral_at(line, k)
    return numeral is not None and numeral.last == at


def whole_has_it(line: Line, noun: Noun, told: int) -> bool:
    """Whether what token `told` tells stands in the whole's own phrase, of noun `noun`: "the 86 people killed"."""
    if line.lower(line.first) == "of" and noun.first < line.first + 2 * _OWNER:
        # "Of the 86 people who were hurt in Oru, nine were nurses": all before its comma is the whole's
        goes_on = "," in line.lowers(told, told + _OPENED) or numeral_at(line, told + 1) is not None  # a comma lost
        return "," not in line.lowers(noun.last, told) and goes_on
    adverb = told == noun.last + 1 and line.lower(noun.last).endswith("ly")
    if (told > noun.last and not adverb) or (noun.head is not None and told < noun.first):
        return False
    by = line.lower(told + 1) == "by"  # "most of the 10,000 people internally displaced by the war"
    if told < noun.last or by or (noun.head is not None and line.lower(noun.head) in group("stand_for")):
        return True
    for k in range(told + 1, told + _OWN_VERB):
        word = line.lower(k)
        if not word or word in {",", ";", "."}:
            return False
        if word in group("be") or word in group("have") or word in verbs() or word in word_list("finite_verbs"):
            return True
    return False
