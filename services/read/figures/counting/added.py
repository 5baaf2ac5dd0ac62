"""Numbers that add to a count and are none of their own: "7 more people", "45 new deaths", "three died, taking the toll
to 21". Read as a total, such a number has the same voice take back what it said before."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.fit import nouns
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found
from services.read.figures.counting.verbs import verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at

_FURTHER = 3
"""Sentences back in which the count stands that "another five" goes on."""
_BESIDE = 1
"""Sentences back in which the dead stand beside whom "30 more were wounded" are all the wounded."""
_TOLL_AHEAD = 24
"""Tokens behind a number in which ", taking the toll" makes it an addition."""
_TOLL = 12
"""Tokens of "bringing the total number of people killed in the town to"."""
_UNADDED = frozenset({Metric.OTHER, Metric.MONEY, Metric.RATIO})


_HARM = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING, Metric.DETAINED})


def is_further(line: Line, quantity: Quantity, noun: Noun, told: Told, found: Sequence[Found], *, flows: bool) -> bool:
    """ "Another five were killed" behind a count of the same; "19 more", "an additional 200", "45 new deaths" alone.

    What `flows` ("45 new deaths in 24 hours") is set beside other flows, and no addition to one.
    """
    if told.metric in _UNADDED:
        return False
    if not flows and (_is_new(line, quantity, noun) or _is_summed(line, quantity, told)):
        return True
    ahead = line.lowers(quantity.first - 2, quantity.last)
    behind = {line.lower(quantity.last), line.lower(noun.head) if noun.head is not None else ""}
    more = behind & {"more", "others", "other", "further"}
    if not more and group("further").isdisjoint(ahead):
        return False
    if found and found[-1].line is line and found[-1].told.metric is not told.metric:
        return False  # "killed six and wounded 30 others": all the wounded
    for one in reversed(found):
        if line.sentence.number - one.line.sentence.number > _FURTHER:
            break
        if one.told.metric is told.metric and one.counted.role == "total":
            return True
    sure = not flows and (not group("further").isdisjoint({*ahead, *behind} - {"another"}) or "more" in behind)
    return sure and not _stands_beside(line, quantity, told, found)


def _stands_beside(line: Line, quantity: Quantity, told: Told, found: Sequence[Found]) -> bool:
    """ "Six people were killed. *Thirty more* were wounded", "wounded the mayor and killed *two more*": all of them."""
    for one in reversed(found):
        if line.sentence.number - one.line.sentence.number > _BESIDE:
            break
        if one.told.metric in _HARM and one.told.metric is not told.metric:
            return True
    uses = (verbs().get(word) for word in line.lowers(line.first, quantity.first))
    return any(use is not None and use.metric in _HARM and use.metric is not told.metric for use in uses)


def _is_new(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """ "45 new deaths", "1,200 fresh cases"; "12 new homes" are only new."""
    if noun.head is None or not 0 < noun.head - quantity.last <= _ADJECTIVES:
        return False
    fresh = group("newly").isdisjoint(line.lowers(quantity.last, noun.head))
    return not fresh and line.lower(noun.head) in group("tallied_anew")


_ADJECTIVES = 3
"""Words from a number to the noun that is counted anew: "45 new confirmed cases"."""


def _is_summed(line: Line, quantity: Quantity, told: Told) -> bool:
    """ "Three died in hospital, *taking the toll to 21*"; "killed 40, bringing to 300 those killed this year" leaves
    the 40 a total of their own."""
    for k in range(quantity.last, min(quantity.last + _TOLL_AHEAD, line.last)):
        word = line.lower(k)
        if word in {";", ":"}:
            return False
        if word in group("taking_toll"):
            break
    else:
        return False
    words = line.lowers(k + 1, k + 1 + _TOLL)
    if group("tolls").isdisjoint(words) or "to" not in words:
        return False
    if not group("toll_spans").isdisjoint(line.lowers(k + 1, k + 2 * _TOLL)):
        return False
    at = k + 1 + words.index("to")
    sum_ = next((n for j in range(at + 1, at + 4) if (n := numeral_at(line, j)) is not None), None)
    if sum_ is None or sum_.value <= quantity.value:
        return False
    metrics = {Metric.DEATHS for word in words if word == "toll"} if "injury" not in words else set()
    metrics |= {verbs()[word].metric for word in words if word in verbs()}
    metrics |= {nouns()[word][0] for word in words if word in nouns() and nouns()[word][1]}
    return not metrics or told.metric in metrics


def is_sum(line: Line, quantity: Quantity) -> bool:
    """Whether a number is what others add up to: ", taking the total *to 54,321*"; its sentence's hours are not its."""
    at = quantity.first - 1
    for k in range(at, max(at - _SUMMED, line.first - 1), -1):
        word = line.lower(k)
        if word in {";", ":"}:
            return False
        if word in group("taking_toll"):
            return not group("tolls").isdisjoint(line.lowers(k, quantity.last + _TOLL))
    return False


_SUMMED = 20
"""Tokens looked back for "taking the total to 54,321 infections and *1,987* deaths"."""
