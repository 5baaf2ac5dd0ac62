"""The part a figure plays: total, part of another, an earlier number, or a change; its status and its kind."""

from __future__ import annotations

from itertools import pairwise

from schemas.claim import Kind, Role, Status
from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.quantity import moved
from services.read.wordlists import word_list

_STATUS_REACH = 9
"""Tokens to either side in which a correction speaks of the number; `_NEAR` for fears and confirmations."""
_NEAR = 6
_EARLIER_REACH = 8
_WINDOW_REACH = 14
_RATE_REACH = 5
"""Tokens behind a number in which "daily" still speaks of it."""


def role_of(line: Line, quantity: Quantity, noun: Noun, listed: Role | None) -> Role:
    """`listed`: the role of the quantity before it in a list, "including five women *and three children*"."""
    if noun.how == "ratio":
        return "change"
    at = quantity.first - 1
    while line.lower(at) in {"another", "the", "a", "an", "only", "just"}:
        at -= 1
    word, before = line.lower(at), line.lower(at - 1)
    of_those = noun.how == "state" and line.lower(quantity.last + 1) in group("pronouns")  # "nine of those killed"
    if noun.how == "part" or of_those or listed == "subset" or _among(word, before):
        return "subset"
    if line.lower(quantity.first - 1) == "other" and line.lower(quantity.first - 2) == "the":
        return "subset"  # "one was found dead, the other two are missing"
    changed = before in word_list("change_verbs") if word == "by" else before in group("changes")
    if word in {"by", "of"} and changed:
        return "change"
    old = word == "from" and (moved(line, at) or line.lower(quantity.last) == "to")
    compared = word in {"with", "to", "against"} and (before in group("comparing") or before == "opposed")
    followed = listed == "previous" and noun.how == "elided"
    return "previous" if old or compared or followed or _told_earlier(line, at, quantity) else "total"


def _among(word: str, before: str) -> bool:
    """including five women; among them five women; but not "was among 81 individuals"."""
    if word in {"them", "dead", "whom", "which"}:
        return before in {"among", "of"}
    return word in group("subset_before") and not (word == "among" and before in group("be"))


def _told_earlier(line: Line, at: int, quantity: Quantity) -> bool:
    """ "earlier put the toll at 19"; "earlier two children were killed" is an event, no earlier count."""
    for k in range(at, at - _EARLIER_REACH, -1):
        if line.lower(k) in group("previous_words"):
            told = {line.lower(j) for j in range(k + 1, quantity.first)} | {line.lower(k - 1)}
            return bool(told & group("toll_telling")) and "than" not in told
    return False


def status_of(line: Line, quantity: Quantity, metric: Metric) -> Status:
    """How sure the text calls it: feared, planned, confirmed, estimated, a correction; else asserted."""
    first, last = quantity.first, quantity.last
    before = line.lowers(first - _STATUS_REACH, first)
    behind = line.lowers(last, last + _STATUS_REACH)
    near = {*before[-_NEAR:], *behind[:_NEAR]}
    if near & group("feared"):
        return "feared"
    if not group("correction").isdisjoint(before + behind):
        return "correction"
    if metric in {Metric.TROOPS, Metric.MONEY} and not group("planned").isdisjoint(before[-_NEAR:]):
        return "planned"
    if near & group("confirmed"):
        return "confirmed"
    close = {*before[-_NEAR:], *line.lowers(first, last + 1)}
    return "estimated" if close & group("estimated") else "asserted"


def kind_of(line: Line, quantity: Quantity, metric: Metric) -> Kind:
    """Stock (how many there are), flow (how many in a day) or cumulative (how many so far)."""
    words = line.lowers(quantity.first - _WINDOW_REACH, quantity.last + _WINDOW_REACH)
    if not group("flow_window").isdisjoint(line.lowers(quantity.first - 3, quantity.last + _RATE_REACH)):
        return "flow"
    for one, two in pairwise(words):
        if one in {"per", "every", "each"} and two in group("periods"):
            return "flow"
        if one in {"past", "last"} and (two.isdigit() or two in group("past_periods")):
            return "flow"
    if metric.value in group("stock_metrics"):
        return "stock"
    if metric in {Metric.OTHER, Metric.MONEY, Metric.RATIO}:
        return "cumulative" if "since" in words else "stock"
    return "cumulative"
