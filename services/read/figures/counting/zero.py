"""Zero as a count: "no one was killed", "there were no casualties". "No reports of casualties" is silence.

"No casualties were reported" is what is known so far: a zero whose high end is soft, so that the first toll behind it
contradicts nothing (rules.md R7).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counting.counted import SOME, Noun, after
from services.read.figures.counting.fit import ANY, nouns
from services.read.figures.counting.verbs import Use, verbs
from services.read.figures.counting.whole import past_owner
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_table


class Zero(NamedTuple):
    """A count of none: "no civilians were killed"."""

    quantity: Quantity
    noun: Noun
    metric: Metric


_REACH = 7
"""Tokens behind "no …" in which its verb is sought: "no passengers on the train were seriously *hurt*"."""
_ADJECTIVES = 3
"""Words between "no" and what there is none of: "no immediate civilian casualties"."""
_IDLE = Use(Metric.OTHER, frozenset())


def zero_at(line: Line, i: int) -> Zero | None:
    """The zero that "no", "none", "nobody" or "zero" at token i states; None where it states none."""
    word = line.lower(i)
    head, last = i, i + 1
    if word == "no" and line.lower(i + 1) == "one":
        last, head = i + 2, i + 1
    elif word in {"no", "zero"}:
        first = i + 4 if line.lowers(i + 1, i + 4) == ["on", "the", "ground"] else i + 1
        head = next((k for k in range(first, first + _ADJECTIVES) if line.lower(k) in group("zero_counted")), -1)
        if head < 0 or any(_is_silent(line, k) for k in range(first, head)):
            return None
    noun = Noun(head, head, head + 1, "after")
    if word == "none" and line.lower(i + 1) == "of":
        whole = _whole(line, i)
        if whole is not None:
            noun, head = whole, whole.last - 1
    homes = nouns().get(line.lower(head), ANY)[0] is Metric.HOMES_DAMAGED
    metric = _predicate(line, head + 1, homes=homes)
    soft = False
    if metric is None and head > i and word in {"no", "zero"}:
        victims = "casualties" if line.lower(head) == "victims" else ""  # of what, only their number's words say
        named = word_table("metric_nouns").get(line.lower(head), victims).split()
        said = _stated(line, i, head) if len(named) == 1 else None
        if said is not None:
            metric, soft = Metric(named[0]), said == "reported"
    if metric is None:
        return None
    return Zero(nothing(line, i, last, soft=soft), noun, metric)


def _whole(line: Line, i: int) -> Noun | None:
    """The noun of those of whom "none" at token `i` is: "none of *the 62 passengers* survived"."""
    at = i + 2
    while line.lower(at) in group("determiners"):
        at += 1
    at = past_owner(line, at)
    numeral = numeral_at(line, at)
    found = after(line, numeral.last if numeral is not None else at, SOME, "part")
    counted = found.head is not None and found.how == "part" and not found.refused
    return replace(found, how="after") if counted else None


def nothing(line: Line, first: int, last: int, *, soft: bool = False) -> Quantity:
    """The quantity zero that tokens [first, last) state; `soft` where it is only what is known so far."""
    start, end = line.tokens[first].start, line.tokens[last - 1].end
    return Quantity(start, end, first, last, 0, 0, 0, 0, 0, False, soft, "exact", None)


def _is_silent(line: Line, k: int) -> bool:
    """ "no *reports* of injuries", "no *signs of* deaths": nothing is counted; "no *reported* injuries" are."""
    word = line.lower(k)
    silent = word in group("silence") and word not in group("zero_reported") and word != "immediate"
    initial = line.text(k) == "." and len(line.text(k - 1)) == 1  # U.S. casualties
    return silent or word == "of" or not (line.is_word(k) or initial)


def _predicate(line: Line, at: int, *, homes: bool) -> Metric | None:
    """What did not happen: "was (seriously) hurt", "have been killed", "died"; of homes "had burned", "was lost"."""
    auxiliary = False
    for k in range(at, at + _REACH):
        word = line.lower(k)
        if word in group("silence"):
            return None
        hit = homes and (word in group("homes_hit") or verbs().get(word, _IDLE).metric is Metric.HOMES_DAMAGED)
        if hit and auxiliary:
            return Metric.HOMES_DAMAGED
        if not homes and word in group("zero_verbs") and (auxiliary or word in {"died", "survived"}):
            if line.lower(k + 1) == "or" and verbs().get(line.lower(k + 2), _IDLE).metric is Metric.DEATHS:
                return Metric.DEATHS  # "missing or killed"
            return verbs()[word].metric if word in verbs() else Metric.INJURED
        if word in group("be") or word in group("have"):
            auxiliary = True
        elif not word or not line.is_word(k) or word in {"who", "that", "and", "but", "to"}:
            return None
    return None


def _stated(line: Line, i: int, head: int) -> str | None:
    """How a zero of the noun at `head` is told: "stated" as a fact, "reported" as what is known so far, or not at all.

    "There were no casualties", "caused no injuries"; "no casualties were reported", "they reported no deaths".
    """
    before = line.lower(i - 1)
    behind = [word for word in line.lowers(head + 1, head + _TOLD_REACH) if word not in {"so", "far", "yet"}]
    reported = next((k for k, word in enumerate(behind) if word in group("zero_reported")), -1)
    passive = reported > 0 and not (group("be") | group("have")).isdisjoint(behind[:reported])
    if line.lower(i) == "zero":
        return "stated"
    if before in group("zero_telling") or passive or (reported == 0 and before in group("be")):
        return "reported"
    at = int(behind[:1] != [] and behind[0] in group("have"))
    stated = before in group("be") or before in {"caused", "causing", "with", "suffered", "been", "left", "claimed"}
    stated = stated or not _HAPPENED.isdisjoint(behind[at : at + 1])
    if line.lower(head - 1) in group("zero_reported"):
        return "reported" if stated else None
    return "stated" if stated and group("silence").isdisjoint(line.lowers(i, i + 6)) else None


_HAPPENED = frozenset({"resulted", "occurred", "ensued", "happened"})
"""Behind the noun these say flatly that there was none: "no injuries resulted"."""

_TOLD_REACH = 9
"""Tokens behind the noun in which "were reported" stands: "no deaths or serious injuries have been reported"."""
