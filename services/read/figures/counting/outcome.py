"""Whether a part of others is all there is of what happened to it: "530 people fell ill, *seven* of whom have died".

Those seven are a part of the ill and the whole toll. Of the hurt it is not so: others may have died before.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line

_HARM = frozenset({Metric.DEATHS, Metric.INJURED, Metric.MISSING, Metric.HOSTAGES, Metric.DETAINED})
_COUNTED = frozenset({Metric.CASES, Metric.CASUALTIES})
_WHOLES = _COUNTED | {Metric.PEOPLE_PRESENT, Metric.CROWD, Metric.OTHER}
"""Metrics of which the dead may all be a part: the ill, those aboard, those who were there. Behind "including" only
the ill and the casualties: "700 people, including 47 wounded, had come" tells of no toll."""

_WITHIN = 14
"""Tokens between the whole's number and its part: "530 people have been diagnosed across the country, *seven*"."""

_TOLLS = frozenset({"death", "deaths", "fatality", "fatalities"})


def is_all_of_it(line: Line, quantity: Quantity, noun: Noun, told: Told, found: Sequence[Found]) -> bool:
    """Whether a figure of harm is a part only of a figure that counts no harm. `found`: all figures before it."""
    if told.metric not in _HARM or not _is_parted(line, quantity):
        return False
    word = line.lower(noun.head) if noun.head is not None else ""
    if found and found[-1].line is not line and line.lowers(quantity.last, quantity.last + 2) == ["of", "them"]:
        return found[-1].told.metric in _WHOLES | {Metric.TROOPS}  # "54 members entered. Eight of them were seized"
    first = word in _TOLLS and told.metric is Metric.DEATHS and _is_first(line, quantity)
    if not found or found[-1].line is not line:
        return first
    whole = found[-1]
    if first and whole.told.metric is Metric.OTHER:  # "the cases, which totaled more than 1,000, including 18 deaths"
        return True
    named = line.lower(whole.noun.head) if whole.noun.head is not None else ""
    wholes = _COUNTED if line.lower(quantity.first - 1) == "including" else _WHOLES
    return (
        whole.told.metric in wholes
        and (whole.told.metric is Metric.CASUALTIES or named not in group("tolled"))
        and quantity.first - whole.quantity.last <= _WITHIN
        and quantity.value <= whole.quantity.value
    )


def _is_parted(line: Line, quantity: Quantity) -> bool:
    """Whether "of whom" or "including" stands at a figure."""
    behind = line.lower(quantity.last) == "of" and line.lower(quantity.last + 1) in group("pronouns")
    ahead = line.lowers(quantity.first - 2, quantity.first)
    listed = ahead[-1:] == ["including"] or (ahead[-1:] == [":"] and ahead[0] in group("include_verbs"))
    opened = line.lower(line.first) == "of" and ahead[-1:] == [","]  # "Of the 530 infected, seven have died"
    return behind or listed or opened or ahead in (["of", "whom"], ["of", "which"], ["of", "them"])


def _is_first(line: Line, quantity: Quantity) -> bool:
    """Whether no dead were told of before in the sentence: "more than 1,000 cases, including 18 deaths"."""
    return (_TOLLS | {"killed", "dead", "died", "toll"}).isdisjoint(line.lowers(line.first, quantity.first))
