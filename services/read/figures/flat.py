"""A figure as the flat line of `counterclaim read --format figures`."""

from __future__ import annotations

from typing import Any

from schemas.metrics import Metric
from services.read.figures.figure import Counted, Figure

_KINDS = {
    Metric.PEOPLE_PRESENT: "migrants",
    Metric.REFUGEES: "migrants",
    Metric.CROSSING_ATTEMPTS: "attempts",
}
"""Kinds whose name in the flat form (eval/score_figures.py) is not the metric's own."""
_STAND_INS = {"others": "other people", "one": "people", "nobody": "people", "none": "people"}
"""Words that stand for people: "30 others were hurt", "no one was killed"."""
_MONEY = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "INR": "rupees", "RUB": "roubles"}


def flat_line(article_id: str, text: str, figure: Figure) -> dict[str, Any]:
    """One figure with its main fields side by side, JSON-ready; start and end are characters of `text`.

    A plain or hedged number has both ends at its headline; a floor no high end, a ceiling no low end; a vague one the
    interval of R2 and `vague` true.
    """
    quantity, counted = figure.quantity, figure.counted
    return {
        "id": article_id,
        "start": figure.start,
        "end": figure.end,
        "value_low": quantity.stated_low,
        "value_high": quantity.stated_high,
        "modifier": quantity.modifier,
        "counted": _counted(figure),
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


def _counted(figure: Figure) -> str | None:
    quantity, noun = figure.quantity, figure.counted.noun
    if quantity.currency:
        return _MONEY.get(quantity.currency, quantity.currency)
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
    return _KINDS.get(counted.metric, counted.metric.value)
