"""The unit two figures must share to be compared: people, soldiers, families, attempts, homes, EUR, percent."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list

_OF_METRIC = {
    Metric.RATIO: "times",
    Metric.TROOPS: "soldiers",
    Metric.CROSSING_ATTEMPTS: "attempts",
    Metric.HOMES_DAMAGED: "homes",
    Metric.CASES: "cases",
    Metric.MONEY: "money",
}


def unit_of(line: Line, quantity: Quantity, metric: Metric, head: int | None, *, people: bool) -> str:
    """The unit of a figure: migrants, civilians and the dead are all people; families are not converted.

    `people` holds where nobody but people can be meant, without a noun.
    """
    if quantity.currency:
        return quantity.currency
    if quantity.percent:
        return "percent"
    word = line.tokens[head].lower if head is not None else ""  # may stand in the sentence before
    if metric is Metric.HOMES_DAMAGED and word in group("buildings"):
        return word  # 40 stores are no homes
    if metric in _OF_METRIC:
        return _OF_METRIC[metric]
    if word in {"families", "family", "households", "household"}:
        return "families"
    known = word in group("affecting") or word in word_list("persons") or word == "population"
    return "people" if people or known or metric is not Metric.OTHER else word or "number"
