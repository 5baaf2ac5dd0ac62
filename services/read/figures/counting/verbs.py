"""The verbs that tell what happened to the counted, as `metric_verbs.txt` has them, and what stands behind a verb."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table


class Use(NamedTuple):
    """A word of `metric_verbs.txt`: its metric and how it takes the counted."""

    metric: Metric
    uses: frozenset[str]


@cache
def verbs() -> dict[str, Use]:
    """The words of `metric_verbs.txt`."""
    found = {}
    for word, value in word_table("metric_verbs").items():
        metric, *uses = value.split()
        found[word] = Use(Metric(metric), frozenset(uses))
    return found


def object_follows(line: Line, at: int) -> bool:
    """Whether what stands at `at` is the object of an active verb before it: a number, an article, a person."""
    word = line.lower(at)
    if word in verbs() or line.breaks(at):
        return False
    hedged = at
    while line.lower(hedged) in group("object_hedges"):  # "killed *at least* 5 soldiers"
        hedged += 1
    number = line.is_number(hedged) or line.lower(hedged) in word_table("numbers")
    if number and (line.lower(hedged + 1) in verbs() or line.lower(hedged + 1) in group("be")):
        return False  # "20 killed 30 injured": the next item of a list; "of the 86 killed 30 were nurses"
    return number or word in group("determiners") or word in word_list("persons")


def finite(line: Line, k: int, word: str) -> bool:
    """Whether the word at k opens a predicate of its own: "opened fire", "attacked the base"."""
    return word in word_list("finite_verbs") or (word.endswith("ed") and len(word) > 4 and object_follows(line, k + 1))
