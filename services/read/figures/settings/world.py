"""Figures of the whole world: "4.7 million people globally", "Worldwide, 100 million were displaced"."""

from __future__ import annotations

from collections.abc import Sequence

from services.read.figures.figure import Quantity, Setting
from services.read.text import MARK, NUMBER, Sentence, Token

WORLD = "Q2"
"""Wikidata's id of the Earth: the place of such a figure, and the block of its claims."""

_ADVERBS = frozenset({"globally", "worldwide", "world-wide"})
_WITHIN = frozenset({"around", "across", "throughout", "over", "in"})
_WORLDS = frozenset({"world", "globe"})

_TOLLS = frozenset({"toll", "tolls", "deaths", "death", "cases", "case", "infections", "total", "tally"})
_BEFORE = 8
"""Tokens before a figure in which a toll is called the world's (half and double: 0 / 0)."""

_BEHIND = 6
"""Tokens between a figure and its "worldwide": "4.7 million confirmed cases of the disease globally"."""


def of_the_world(tokens: Sequence[Token], sentence: Sentence, quantity: Quantity) -> Setting | None:
    """The place of a figure that the words behind it, or the first of its sentence, say of the world; else None."""
    begin = _past_second(tokens, sentence, quantity.last)
    last = min(sentence.last, begin + _BEHIND + 1)
    for at in range(begin, last):
        token = tokens[at]
        if token.kind == NUMBER or token.text in (",", ";", ":", "(", "–"):
            break  # "1,200 people, the most in the world"
        if end := _ends(tokens, at, sentence.last):
            return _place(tokens, at, end)
    if end := _ends(tokens, sentence.first, quantity.first):
        return _place(tokens, sentence.first, end)
    for at in range(quantity.first - 1, max(sentence.first, quantity.first - _BEFORE), -1):
        if tokens[at].kind == NUMBER or tokens[at].text in (",", ";", ":", "(", "–"):
            break
        beside = {tokens[at - 1].lower, tokens[at + 1].lower}
        if tokens[at].lower in _ADVERBS and not beside.isdisjoint(_TOLLS):
            return _place(tokens, at, at + 1)  # "The death toll worldwide passed 300,000"
    return None


def _past_second(tokens: Sequence[Token], sentence: Sentence, at: int) -> int:
    """Behind the second number of "120,000 deaths *and nearly 2 million* cases worldwide"; else `at`."""
    joint = next((i for i in range(at + 1, min(sentence.last, at + _NOUN + 1)) if tokens[i].lower == "and"), at)
    if joint == at or any(tokens[i].kind == MARK or tokens[i].lower in _WITHIN for i in range(at, joint)):
        return at
    for i in range(joint + 1, min(sentence.last, joint + _HEDGE + 2)):
        if tokens[i].kind == NUMBER:
            return i + 1
        if tokens[i].lower not in _HEDGES:
            break
    return at


_NOUN, _HEDGE = 3, 3
"""Tokens of what the first number counts, and of the second's hedge."""
_HEDGES = frozenset("nearly almost about around over some more than at least roughly approximately another".split())


def _ends(tokens: Sequence[Token], at: int, last: int) -> int | None:
    """Where words for the world that begin at a token end; None where there are none."""
    if at < last and tokens[at].lower in _ADVERBS:
        return at + 1
    around = at + 2 < last and tokens[at].lower in _WITHIN and tokens[at + 1].lower == "the"
    return at + 3 if around and tokens[at + 2].lower in _WORLDS else None


def _place(tokens: Sequence[Token], first: int, last: int) -> Setting:
    return Setting(place=" ".join(token.text for token in tokens[first:last]), places=(WORLD,), scope="world")
