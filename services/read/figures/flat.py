"""A figure as the flat line of `counterclaim read --format figures`."""

from __future__ import annotations

from typing import Any

from schemas.metrics import Metric
from services.read.figures.figure import Counted, Figure, Quantity
from services.read.wordlists import word_list, word_table

_KINDS = {
    Metric.PEOPLE_PRESENT: "migrants",
    Metric.REFUGEES: "migrants",
    Metric.CROSSING_ATTEMPTS: "attempts",
}
"""Kinds whose name in the flat form (eval/score_figures.py) is not the metric's own."""
_STAND_INS = {"others": "other people", "one": "people", "nobody": "people", "none": "people"}
"""Words that stand for people: "30 others were hurt", "no one was killed"."""
_MONEY = {
    "USD": "dollars",
    "AUD": "dollars",
    "CAD": "dollars",
    "NZD": "dollars",
    "HKD": "dollars",
    "SGD": "dollars",
    "TWD": "dollars",
    "EUR": "euros",
    "GBP": "pounds",
    "JPY": "yen",
    "XXX": "money",
    "INR": "rupees",
    "RUB": "roubles",
    "ZMW": "kwacha",
    "MWK": "kwacha",
    "ZAR": "rand",
    "NGN": "naira",
    "KES": "shillings",
    "TZS": "shillings",
    "UGX": "shillings",
    "PHP": "pesos",
}
"""Names of currencies written with a sign or a code; others are named by the word behind the number."""


def flat_line(article_id: str, text: str, figure: Figure) -> dict[str, Any]:
    """One figure with its main fields side by side, JSON-ready; start and end are characters of `text`.

    A plain or hedged number has both ends at its headline; a floor no high end, a ceiling no low end; a vague one the
    interval of R2 and `vague` true, see `_vague_high`.
    """
    quantity, counted = figure.quantity, figure.counted
    return {
        "id": article_id,
        "start": figure.start,
        "end": figure.end,
        "value_low": quantity.stated_low,
        "value_high": _vague_high(quantity) if quantity.bound == "vague" else quantity.stated_high,
        "modifier": quantity.modifier,
        "counted": _counted(figure, text[quantity.start : quantity.end]),
        "attributed_to": figure.speaker.name,
        "kind": _kind(counted),
        "vague": quantity.bound == "vague",
        "text": text[figure.start : figure.end],
        "metric": counted.metric.value,
        "role": counted.role,
        "status": counted.status,
        "whose": counted.whose,
        "place": figure.setting.place,
        "scope": figure.setting.scope,
        "window": figure.setting.window,
    }


def _vague_high(quantity: Quantity) -> float | None:
    """The high end of a vague figure; None where it passes the next power of ten.

    The flat form (eval/score_figures.py) takes the interval of a vague figure for one of its magnitude: it ends within
    the next power of ten over its low end, or is open. "Scores" [20, 199] and "several dozen" [24, 108] are wider by
    R2, and their high end is soft; the claim keeps it.
    """
    low, high = quantity.stated_low, quantity.stated_high
    if low is None or high is None or low < 1:
        return high
    return None if high > 10.0 ** len(str(int(low))) else high


def _written(words: str) -> str | None:
    """The currency word that a figure's words end in: "20 million pesos"."""
    last = words.rsplit(maxsplit=1)[-1]
    return last if last.isalpha() and last.lower() in word_table("currencies") else None


def _counted(figure: Figure, words: str) -> str | None:
    quantity, noun = figure.quantity, figure.counted.noun
    if quantity.currency:
        return _written(words) or _MONEY.get(quantity.currency) or quantity.currency
    if quantity.percent:
        return f"percent {noun}" if noun else "percent"
    unit, state = figure.counted.unit, figure.counted.state
    if noun and noun.lower() in _STAND_INS and unit == "people":
        return _STAND_INS[noun.lower()]
    if noun == "person" and quantity.value != 1:  # "one person was dead and six were missing"
        noun = "people"
    if noun and state:  # "16 missing": people missing, or the passengers just counted
        return f"{_plain(figure.counted) if noun == state else noun} {state}"
    return noun or ("people" if unit == "people" else None)


def _plain(counted: Counted) -> str:
    return "troops" if counted.metric is Metric.TROOPS else counted.unit


def _kind(counted: Counted) -> str:
    """The kind as the flat form names it: the thing counted, so that homes without power are homes too."""
    homes = counted.metric is Metric.OTHER and counted.noun is not None
    if homes and (counted.noun or "").lower() in word_list("homes"):
        return "homes"
    return _KINDS.get(counted.metric, counted.metric.value)
