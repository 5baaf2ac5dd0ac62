"""Zero as a count: "no one was killed", "there were no casualties". "No casualties were reported" is silence."""

from __future__ import annotations

from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.fit import ANY, nouns
from services.read.figures.counting.happened import Use, verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_table


class Zero(NamedTuple):
    quantity: Quantity
    noun: Noun
    metric: Metric


_REACH = 7
_IDLE = Use(Metric.OTHER, frozenset())


def zero_at(line: Line, i: int) -> Zero | None:
    """The zero that "no", "none", "nobody" or "zero" at token i states; None where it states none."""
    word = line.lower(i)
    head, last = i, i + 1
    if word == "no" and line.lower(i + 1) == "one":
        last, head = i + 2, i + 1
    elif word in {"no", "zero"}:
        head = next((k for k in range(i + 1, i + 4) if line.lower(k) in group("zero_counted")), -1)
        if head < 0 or any(_is_silent(line, k) for k in range(i + 1, head)):
            return None
    noun = Noun(head, head, head + 1, "after")
    homes = nouns().get(line.lower(head), ANY)[0] is Metric.HOMES_DAMAGED
    metric = _predicate(line, head + 1, homes=homes)
    if metric is None and head > i and word in {"no", "zero"}:
        named = word_table("metric_nouns").get(line.lower(head), "").split()
        metric = Metric(named[0]) if len(named) == 1 and _stated(line, i) else None
    if metric is None:
        return None
    tokens = line.tokens
    return Zero(
        Quantity(tokens[i].start, tokens[last - 1].end, i, last, 0, 0, 0, 0, 0, False, False, "exact", None),
        noun,
        metric,
    )


def _is_silent(line: Line, k: int) -> bool:
    """ "no *reports* of injuries", "no *signs of* deaths": nothing is counted."""
    return line.lower(k) in group("silence") or line.lower(k) == "of" or not line.is_word(k)


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
        if not homes and word in group("zero_verbs") and (auxiliary or word == "died"):
            return verbs()[word].metric if word in verbs() else Metric.INJURED
        if word in group("be") or word in group("have"):
            auxiliary = True
        elif not word or not line.is_word(k) or word in {"who", "that", "and", "but", "to"}:
            return None
    return None


def _stated(line: Line, i: int) -> bool:
    """ "There were no casualties", "caused no injuries", "with no deaths"; not "no casualties were reported"."""
    before = line.lower(i - 1)
    stated = before in group("be") or before in {"caused", "causing", "with", "suffered", "been", "left", "claimed"}
    return stated and not any(line.lower(k) in group("silence") for k in range(i, i + 6))
