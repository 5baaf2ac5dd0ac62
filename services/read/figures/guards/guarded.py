"""A stretch of tokens that is no figure, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral
from services.read.wordlists import word_list, word_table

HYPHENS = frozenset("-‑")
DASHES = frozenset("-–‑—")


class Guarded(NamedTuple):
    """Tokens [first, last) that are no figure, and why."""

    first: int
    last: int
    reason: str


Rule = Callable[[Line, Numeral], Guarded | None]


def claim(numeral: Numeral, reason: str) -> Guarded:
    """The numeral itself and no more."""
    return Guarded(numeral.first, numeral.last, reason)


def counts_next(line: Line, at: int) -> bool:
    """Whether a counted noun may begin at token `at`: a lower-case word that is no small word, or a known noun."""
    word = line.lower(at)
    if not line.is_word(at):
        return False
    if word in word_list("persons") or word in word_table("metric_nouns") or word in word_table("metric_verbs"):
        return True
    return not line.titled and line.text(at).islower() and word not in word_list("phrase_ends")


def followed_by_scale(line: Line, at: int) -> bool:
    """Whether a word at `at` multiplies the number before it: "2-3 *million*"."""
    return line.lower(at) in group("scales_behind")


def tallied(line: Line, first: int, last: int) -> bool:
    """Whether a number in brackets behind a name counts, by place: "deaths in the districts of Ila (7), Oru (3)"."""
    if line.text(first - 1) != "(" or line.text(last) != ")" or not line.capitalised(first - 2):
        return False
    words = line.lowers(first - _TALLY_REACH, first)
    regions = [k for k, word in enumerate(words) if word in group("regions")]
    return bool(regions) and any(word in word_table("metric_nouns") for word in words[: regions[-1]])


_TALLY_REACH = 40
"""Tokens looked back for the beginning of a list of places with their counts (half and double: 0 / 0)."""
