"""Figures that lean on the one before: items of a list, parts of a whole, nouns not said again."""

from __future__ import annotations

from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counted import Noun
from services.read.figures.figure import Counted, Quantity
from services.read.figures.happened import Told
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list

_GAP = 4
"""Tokens between the items of a list: ", as well as"."""
_REACH = 16
"""Tokens from a figure to its part or parallel: "28 died in the north of Rajasthan and five in Odisha"."""


class Found(NamedTuple):
    """A figure as read so far, without speaker and setting; `end` is the last character of its words."""

    line: Line
    quantity: Quantity
    noun: Noun
    told: Told
    counted: Counted
    end: int


def is_listed(line: Line, previous: Found, quantity: Quantity) -> bool:
    """Whether only "and", "or", a comma stand between the noun of the figure before and this quantity."""
    between = range(max(previous.noun.last, previous.quantity.last), quantity.first)
    return 0 < len(between) <= _GAP and all(line.lower(k) in group("listing") for k in between)


def is_part(line: Line, previous: Found, quantity: Quantity, noun: Noun) -> bool:
    """ "56 civilians were killed *including 19 children*": what happened to the whole happened to the part."""
    if noun.head is None or line.lower(noun.head) not in word_list("persons") or quantity.percent or quantity.currency:
        return False
    before = line.lower(quantity.first - 1)
    among = before in {"them", "whom"} and line.lower(quantity.first - 2) == "among"
    near = quantity.first - previous.quantity.last <= _REACH
    return near and previous.counted.unit in {"people", "soldiers"} and (among or before in group("subset_before"))


def is_parallel(line: Line, previous: Found, quantity: Quantity) -> bool:
    """ "28 died in Rajasthan *and five in Odisha*": the noun is not said again."""
    if previous.told.metric is Metric.OTHER or (previous.noun.head is None and previous.told.token is None):
        return False
    before, after = line.lower(quantity.first - 1), line.lower(quantity.last)
    near = quantity.first - previous.quantity.last <= _REACH
    return near and after in group("in_parallel") and before in group("before_parallel")
