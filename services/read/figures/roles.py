"""The part a figure plays: total, part of another, an earlier number quoted as history, or a change; its status and kind."""

from __future__ import annotations

from schemas.claim import Kind, Role, Status
from schemas.metrics import Metric
from services.read.figures.counted import Noun
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.quantity import moved
from services.read.wordlists import word_list

_STATUS_REACH = 9
_WINDOW_REACH = 14
_RATE_REACH = 5
"""Tokens behind a number in which "daily" still speaks of it."""


def role_of(line: Line, quantity: Quantity, noun: Noun, after_subset: bool) -> Role:
    """`after_subset`: the quantity before it in the same list ("including five women *and three children*") was a part."""
    if noun.how == "ratio":
        return "change"
    at = quantity.first - 1
    while line.lower(at) in {"another", "the", "a", "an", "only", "just"}:
        at -= 1
    word = line.lower(at)
    if noun.how == "part" or after_subset:
        return "subset"
    if word in group("subset_before") and not (word == "among" and line.lower(at - 1) in {"was", "were", "is"}):
        return "subset"
    if word in {"them", "dead", "killed", "whom"} and line.lower(at - 1) in {"among", "of"}:
        return "subset"
    if word == "by" and line.lower(at - 1) in word_list("change_verbs"):
        return "change"
    if word == "of" and line.lower(at - 1) in {"increase", "rise", "drop", "fall", "decline", "decrease", "growth"}:
        return "change"
    if word == "from" and (moved(line, at) or line.lower(quantity.last) == "to"):
        return "previous"
    if word in {"with", "to", "against"} and line.lower(at - 1) in {"compared", "opposed"}:
        return "previous"
    for k in range(at, at - 8, -1):  # "earlier put the toll at 19"; "earlier two children were killed" is no such
        if line.lower(k) in group("previous_words"):
            told = {line.lower(j) for j in range(k + 1, quantity.first)} | {line.lower(k - 1)}
            if told & group("toll_telling") and "than" not in told:
                return "previous"
    return "total"


def status_of(line: Line, quantity: Quantity, metric: Metric) -> Status:
    """How sure the text calls it: feared, planned, confirmed, estimated, a correction; else asserted."""
    around = {line.lower(k) for k in range(quantity.first - _STATUS_REACH, quantity.last + _STATUS_REACH)}
    near = {line.lower(k) for k in range(quantity.first - 5, quantity.last + 6)}
    if near & group("feared"):
        return "feared"
    if around & group("correction"):
        return "correction"
    before = {line.lower(k) for k in range(quantity.first - 6, quantity.first)}
    if metric in {Metric.TROOPS, Metric.MONEY} and before & group("planned"):
        return "planned"
    if near & group("confirmed"):
        return "confirmed"
    if {line.lower(k) for k in range(quantity.first - 5, quantity.last + 1)} & group("estimated"):
        return "estimated"
    return "asserted"


def kind_of(line: Line, quantity: Quantity, metric: Metric) -> Kind:
    """Stock (how many there are), flow (how many in a day) or cumulative (how many so far)."""
    words = [line.lower(k) for k in range(quantity.first - _WINDOW_REACH, quantity.last + _WINDOW_REACH)]
    if any(line.lower(k) in group("flow_window") for k in range(quantity.first - 3, quantity.last + _RATE_REACH)):
        return "flow"
    for one, two in zip(words, words[1:], strict=False):
        if one in {"per", "every", "each", "a"} and two in group("periods") and one != "a":
            return "flow"
        if one in {"past", "last"} and (two.isdigit() or two in {"hours", "days", "week", "month", "few", "two", "three"}):
            return "flow"
    if metric.value in group("stock_metrics"):
        return "stock"
    if metric in {Metric.OTHER, Metric.MONEY, Metric.RATIO}:
        return "cumulative" if "since" in words else "stock"
    return "cumulative"
