"""The hedge beside a number: "at least", "some", "or more"; where it stands, and the bound it makes of the number."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from schemas.claim import Bound
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table


class Hedge(NamedTuple):
    """A modifier as tokens [first, last) and the bound it makes."""

    first: int
    last: int
    bound: Bound


def hedge_before(line: Line, first: int) -> Hedge | None:
    """The longest hedge that ends before token `first`, over fillers: "at least another", "more than a total of"."""
    at = first - 1
    if line.text(at) in _OPENING and line.touches(first):  # around "600 people"
        first, at = at, at - 1
    for _ in range(_FILLERS):
        word = line.lower(at)
        for parts, bound in _before().get(word, ()):
            begin = at - len(parts) + 1
            if tuple(line.lowers(begin, at + 1)) == parts and _is_hedge(line, begin, parts, first):
                return Hedge(begin, at + 1, bound)
        if word not in group("hedge_fillers"):
            return None
        at -= 1
    return None


_OPENING = frozenset("\"“'‘")
_FILLERS = 4
"""Tokens looked back for a hedge: "more than *a total of* 600" has three in between."""


def _is_hedge(line: Line, begin: int, parts: tuple[str, ...], number: int) -> bool:
    """Whether words that can be a hedge are one here: "over", "around" and "up to" also tell a place or a change.

    `begin`: the first token of `parts`; `number`: the first of the number behind.
    """
    compares = parts[-1] == "than" and line.lower(begin + len(parts)) == "the"  # more than the 140,000 jobs expected
    if compares or (parts in _PLACE_WORDS and begin + len(parts) < number):
        return False  # "over the 2,000 refugees", "under another 12 soldiers"
    before = line.lower(begin - 1)
    if parts == ("up", "to") and (before in group("risen") or before in word_list("change_verbs")):
        # "ticked up to 49%" says where it stands, "there are up to 3,000 soldiers" how many at most
        return "there" in (line.lower(begin - 2), line.lower(begin - 3))
    if parts == ("north", "of"):
        return before not in word_table("measures") and before not in group("determiners")  # 12 km north of 40 villages
    if parts == ("over",) and before in group("over_verbs"):
        return False
    if parts == ("under",) and before in {"those", "children", "trapped", "buried"}:
        return False
    return not (parts == ("about",) and before in group("about_verbs"))


_PLACE_WORDS = frozenset({("over",), ("under",), ("above",), ("below",), ("near",), ("around",), ("about",), ("some",)})


def hedge_after(line: Line, at: int) -> Hedge | None:
    """A hedge behind the number: "200 or more", "100-plus", "20 or so"."""
    begin = at + 1 if line.lower(at) == "-" and line.touches(at) else at
    for parts, bound in _after().get(line.lower(begin), ()):
        if tuple(line.lowers(begin, begin + len(parts))) == parts:
            if parts == ("odd",) and begin == at:
                continue
            if numeral_at(line, begin + len(parts)) is not None or line.lower(begin + len(parts)) == "than":
                continue  # "… 67 At least 45 people": of the number behind
            return Hedge(at, begin + len(parts), bound)
    return None


def hedge_words(line: Line, hedge: Hedge) -> str:
    """The hedge as it stands in the text, without the hyphen of "100-plus"."""
    return line.document.text[line.tokens[hedge.first].start : line.tokens[hedge.last - 1].end].lstrip("-‑ ")


@cache
def _before() -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """The hedges of `hedges.txt` by their last word, longest first."""
    return _by_word("hedges", -1)


@cache
def _after() -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """The hedges of `hedges_after.txt` by their first word, longest first."""
    return _by_word("hedges_after", 0)


def _by_word(table: str, at: int) -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """The hedges of a word table by the word that stands nearest to the number, their `at`-th."""
    bounds: dict[str, Bound] = {"approx": "approx", "lower": "lower", "upper": "upper"}
    found: defaultdict[str, list[tuple[tuple[str, ...], Bound]]] = defaultdict(list)
    for words, bound in word_table(table).items():
        parts = tuple(words.split())
        found[parts[at]].append((parts, bounds[bound]))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(found)
