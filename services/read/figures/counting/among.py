"""Parts of the dead and the hurt: "among the dead were three children", "three children were among 18 dead"."""

from __future__ import annotations

from functools import cache

from schemas.metrics import Metric
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_LIST = 12
"""Tokens of a list looked back over: "among the dead were a nurse, *two boys and* three soldiers"."""
_AWAY = 8
"""Tokens between the dead and the verb: "among the wounded *in the port town* were four members"."""
_AHEAD = 7
"""Tokens behind "among" in which the dead stand: "among *at least 18 people killed*"."""

_LONG = 18
"""Tokens of "among them eight women and children"."""
_WAS = 3
"""Tokens behind "another" in which "was" makes it a subject of its own."""


@cache
def _states() -> dict[str, Metric]:
    """Words for people by what happened to them, and their metric."""
    found = {}
    for word in group("stand_for") | group("tolled"):
        for table in ("metric_nouns", "metric_verbs"):
            entry = word_table(table).get(word)
            if entry is not None:
                found[word] = Metric(entry.split()[0])
                break
    return found | {"victims": Metric.DEATHS, "toll": Metric.DEATHS}


def included(line: Line, first: int) -> bool:
    """Whether "including" governs the figure at token `first`: "including children and two nurses"."""
    opener = line.lower(_opener(line, first))
    return opener == "including" or opener in group("include_verbs")


def whole_before(line: Line, first: int) -> tuple[Metric, int] | None:
    """The dead that the figure at token `first` is a part of, and where they stand: "those killed included six"."""
    k = _opener(line, first)
    verb = line.lower(k)
    included = verb in group("include_verbs")
    if not (included or verb in group("be")):
        return None
    for j in range(k - 1, max(k - _AWAY, line.first - 1), -1):
        metric = _states().get(line.lower(j))
        if metric is not None:
            at = j - 1 if line.is_number(j - 1) else j  # "among the *188* dead"
            lead = line.lower(at - 1)
            among = "among" in {lead, line.lower(at - 2)}
            definite = lead in group("definite") or lead.endswith(("'s", "’s"))  # "the plane's victims included"
            return (metric, j) if among or (included and definite) else None
        within = line.is_word(j) or line.is_number(j) or line.text(j) == "-"
        if not within or line.lower(j) in group("stop_predicate"):
            return None
    return None


def _opener(line: Line, first: int) -> int:
    """The token before the list that the figure at `first` stands in."""
    k = first - 1
    while first - k <= _LIST and _in_list(line, k):
        k -= 1
    return k


def whole_behind(line: Line, at: int) -> tuple[Metric, int] | None:
    """The dead behind "among" at token `at`, and where they stand: "among the dead", "among 18 people killed"."""
    if line.lower(at) != "among" or line.lower(at + 1) in group("pronouns") - group("definite"):
        return None
    for k in range(at + 1, at + _AHEAD):
        metric = _states().get(line.lower(k))
        if metric is not None:
            return metric, k
        if not (line.is_word(k) or line.is_number(k)) or line.lower(k) in group("be"):
            return None
    return None


def in_subject(line: Line, k: int) -> bool:
    """Whether token k may stand between the first subject of several and the verb: "12 boys *and 11 men also* were"."""
    word = line.lower(k)
    return _in_list(line, k) or word in group("be") or word in {"also", "of", "from"} or line.capitalised(k)


def _in_list(line: Line, k: int) -> bool:
    word = line.lower(k)
    if word in group("listing") or word in {":", "-"}:
        return True
    # "including 14 children and wounded another 250" goes on with a verb
    if not word or word in group("include_verbs") or word == "including" or word in word_table("metric_verbs"):
        return False
    known = word in word_list("persons") or word in group("object_skip") or word in word_table("numbers")
    return known or line.is_number(k) or word.endswith(("ed", "al", "an", "er", "or"))


def past_among(line: Line, at: int, word: str) -> int:
    """The position of "were" behind "nine *among them eight women and children* were killed"; else 0."""
    if word != "among" or line.lower(at + 1) != "them":
        return 0
    number = numeral_at(line, at + 2)
    for k in range(number.last if number is not None else line.last, min(at + _LONG, line.last)):
        if line.lower(k) in group("be"):
            return k
        if not line.is_word(k) or line.is_number(k) or line.lower(k) in word_table("metric_verbs"):
            return 0
    return 0


def is_another(line: Line, at: int, word: str) -> bool:
    """Whether one more is told of by itself: "two people died *and another was* missing"."""
    if word != "and" or line.lower(at + 1) != "another" or numeral_at(line, at + 2) is not None:
        return False
    return "was" in line.lowers(at + 2, at + 2 + _WAS)
