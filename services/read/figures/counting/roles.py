"""The part a figure plays: total, part of another, an earlier number, or a change; its status and its kind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from schemas.claim import Kind, Role, Status
from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found, is_listed
from services.read.figures.counting.part import is_part
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.quantity import moved
from services.read.wordlists import word_list

_STATUS_REACH = 9
"""Tokens to either side in which a correction speaks of the number; `_NEAR` for fears and confirmations."""
_NEAR = 6
_EARLIER_REACH = 8
_ONCE = 8
"""Tokens before a number in which "at one point" speaks of it."""
_FURTHER = 3
"""Sentences back in which the count stands that "another five" goes on."""
_WINDOW_REACH = 14
_MONTH_REACH = 4
"""Tokens between "last month" and a number that is the month's."""
_RATE_REACH = 5
"""Tokens behind a number in which "daily" still speaks of it."""


def role_of(line: Line, quantity: Quantity, noun: Noun, told: Told, found: Sequence[Found]) -> Role:
    """The part a figure plays; `found` are all figures before it in the text."""
    if noun.how == "ratio":
        return "change"
    at = quantity.first - 1
    while line.lower(at) in _SMALL_WORDS:
        at -= 1
    listed = found and found[-1].line is line and is_listed(line, found[-1], quantity)
    before = found[-1].counted.role if listed else None  # "including five women *and three children*"
    if before == "subset" or is_part(line, quantity, noun, at) or _is_kind_of(line, quantity, noun, found):
        return "subset"
    if _is_change(line, at, noun, told) or _is_further(line, quantity, noun, told, found):
        return "change"
    followed = before == "previous" and (noun.how == "elided" or line.lower(quantity.first - 1) == "and")
    return "previous" if followed or _is_past(line, quantity, at) else "total"


def _is_change(line: Line, at: int, noun: Noun, told: Told) -> bool:
    """ "rose by 12", "an increase of 12"; not "concerns raised by several doctors"."""
    word, before = line.lower(at), line.lower(at - 1)
    person = noun.head is not None and line.lower(noun.head) in word_list("persons")
    if before in group("raised_by") and person and told.metric is Metric.OTHER:
        return False
    changed = before in word_list("change_verbs") if word == "by" else before in group("changes")
    return word in {"by", "of"} and changed


def _is_further(line: Line, quantity: Quantity, noun: Noun, told: Told, found: Sequence[Found]) -> bool:
    """ "Another five were killed", "19 more", "at least 16 others", behind a count of the same: no total of its own."""
    if told.metric in {Metric.OTHER, Metric.MONEY}:
        return False
    ahead = line.lowers(quantity.first - 2, quantity.last)
    behind = {line.lower(quantity.last), line.lower(noun.head) if noun.head is not None else ""}
    more = line.lower(quantity.last + 1) != "than" and behind & {"more", "others", "other", "further"}
    if not more and group("further").isdisjoint(ahead):
        return False
    if found and found[-1].line is line and found[-1].told.metric is not told.metric:
        return False  # "killed six and wounded 30 others": all the wounded
    for one in reversed(found):
        if line.sentence.number - one.line.sentence.number > _FURTHER:
            return False
        if one.told.metric is told.metric and one.counted.role == "total":
            return True
    return False


def _is_kind_of(line: Line, quantity: Quantity, noun: Noun, found: Sequence[Found]) -> bool:
    """ "Three civilians, *two women* and a man, were killed": who they were, said behind the sum."""
    if not found or found[-1].line is not line or noun.head is None or noun.how != "after":
        return False
    whole, word = found[-1], line.lower(noun.head)
    if whole.noun.head is None or word not in group("kinds_of_people") or quantity.value >= whole.quantity.value:
        return False
    between = line.lowers(max(whole.noun.last, whole.quantity.last), quantity.first)
    sum_ = line.tokens[whole.noun.head].lower
    return between in ([], [","], [":"], ["-"], ["–"], ["—"], ["("]) and sum_ not in group("kinds_of_people")


def _is_past(line: Line, quantity: Quantity, at: int) -> bool:
    """ "up from 19", "compared with 300", "had peaked at 900", "earlier put at 19"."""
    word, before = line.lower(at), line.lower(at - 1)
    old = word == "from" and (moved(line, at) or line.lower(quantity.last) == "to")
    compared = word in {"with", "to", "against"} and (before in group("comparing") or before == "opposed")
    peak = word in {"at", "of"} and before in group("peaks")
    once = _holds(line.lowers(at - _ONCE, at + 1), "one", "point")
    return old or compared or peak or once or _told_earlier(line, at, quantity)


def _holds(words: list[str], one: str, two: str) -> bool:
    return two in words and (one, two) in pairwise(words)


def _told_earlier(line: Line, at: int, quantity: Quantity) -> bool:
    """ "earlier put the toll at 19"; "earlier two children were killed" is an event, no earlier count."""
    if group("previous_words").isdisjoint(line.lowers(at - _EARLIER_REACH + 1, at + 1)):
        return False
    for k in range(at, at - _EARLIER_REACH, -1):
        if line.lower(k) in group("previous_words"):
            told = {line.lower(j) for j in range(k + 1, quantity.first)} | {line.lower(k - 1)}
            # "reported earlier this year" dates the report and revises nothing
            dated = line.lower(k + 1) == "this" and line.lower(k + 2) in group("periods")
            # "Initial reports said 40 were killed" is the news, unless the sentence goes on to another number
            news = line.lower(k) == "initial" and line.lower(k + 1) in group("news_nouns")
            first = news and group("goes_on").isdisjoint(line.lowers(quantity.last, line.last))
            return bool(told & group("toll_telling")) and "than" not in told and not dated and not first
    return False


def status_of(line: Line, quantity: Quantity, metric: Metric) -> Status:
    """How sure the text calls it: feared, planned, confirmed, estimated, a correction; else asserted."""
    first, last = quantity.first, quantity.last
    before = line.lowers(first - _STATUS_REACH, first)
    behind = line.lowers(last, last + _STATUS_REACH)
    ahead, near = before[-_NEAR:], {*before[-_NEAR:], *behind[:_NEAR]}
    if near & group("feared") or (metric in _HARM and _may_be(behind[:_NEAR])):
        return "feared"
    if not group("correction").isdisjoint(before + behind):
        return "correction"
    if _is_planned(line, first, last, metric, ahead) or (metric is Metric.DISPLACED and _is_urged(line, first, last)):
        return "feared" if metric in _HARM and _may_rise(ahead) else "planned"
    if near & group("confirmed"):
        return "confirmed"
    close = {*ahead, *line.lowers(first, last + 1)}
    return "estimated" if close & group("estimated") else "asserted"


def _is_urged(line: Line, first: int, last: int) -> bool:
    """ "were advised to evacuate", "ordered 600 residents to leave": nobody has counted who went."""
    words = line.lowers(first - 3, last + _URGED)
    leave = any(
        before == "to" and (one in group("leaving") or one in {"move", "flee"}) for before, one in pairwise(words)
    )
    return leave and not group("urging").isdisjoint(words)


_URGED = 9
"""Tokens behind a number in which its people are told to leave."""
_SMALL_WORDS = frozenset({"another", "the", "a", "an", "only", "just"})
_HARM = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING, Metric.HOSTAGES})


def _may_be(behind: list[str]) -> bool:
    """ "40 may have died", "100 could be buried": nobody has counted them."""
    if group("possible").isdisjoint(behind):
        return False
    return any(one in group("possible") and two in {"have", "be"} for one, two in pairwise(behind))


def _may_rise(ahead: list[str]) -> bool:
    """ "the toll *could* reach 200", "may rise to": nobody plans the dead."""
    return not group("possible").isdisjoint(ahead)


def _is_modal(line: Line, k: int, word: str) -> bool:
    month = word == "may" and (line.text(k) == "May" or line.is_number(k - 1) or line.is_number(k + 1))
    return word in group("modal") and not month and line.lower(k + 1) != "have"


def _is_planned(line: Line, first: int, last: int, metric: Metric, ahead: list[str]) -> bool:
    """ "will send 400 soldiers", "10,000 are expected", "could rise to 100", "vowed to kill ten judges"."""
    if metric in {Metric.OTHER, Metric.RATIO}:
        return False
    if metric in {Metric.TROOPS, Metric.MONEY}:
        return not group("planned").isdisjoint(ahead)
    start = max(first - _NEAR, line.first)
    words = line.lowers(start, first)
    may = not (group("modal").isdisjoint(words) and group("intending").isdisjoint(words))
    for k, word in reversed([*enumerate(words, start)] if may else []):
        if word in group("stop_marks") or word in group("stop_predicate"):
            break  # "he would resign after 12 people died"
        if _is_modal(line, k, word) or (word in group("intending") and line.lower(k + 1) == "to"):
            return True
    behind = line.lowers(last, last + _NEAR)
    return _holds(behind, "will", "be") or _holds(behind, "would", "be") or "expected" in behind[1:]


_RATED = frozenset({"per", "every", "each"})


def kind_of(line: Line, quantity: Quantity, metric: Metric) -> Kind:
    """Stock (how many there are), flow (how many in a day) or cumulative (how many so far)."""
    words = line.lowers(quantity.first - _WINDOW_REACH, quantity.last + _WINDOW_REACH)
    if not group("flow_window").isdisjoint(line.lowers(quantity.first - 3, quantity.last + _RATE_REACH)):
        return "flow"
    rated = not _RATED.isdisjoint(words)
    if rated and any(one in _RATED and two in group("periods") for one, two in pairwise(words)):
        return "flow"
    if _in_a_window(line, quantity):
        return "flow"
    if metric.value in group("stock_metrics"):
        return "stock"
    if metric in {Metric.OTHER, Metric.MONEY, Metric.RATIO}:
        return "cumulative" if "since" in words else "stock"
    return "cumulative"


def _in_a_window(line: Line, quantity: Quantity) -> bool:
    """ "in the past week", "in the last 24 hours", "last month 1,200"; "last week a storm killed 25" tells a day."""
    start = max(quantity.first - _WINDOW_REACH, line.first)
    words = line.lowers(start, quantity.last + _WINDOW_REACH)
    if "past" not in words and "last" not in words:
        return False
    for k, word in enumerate(words, start):
        if word not in {"past", "last"}:
            continue
        span = line.lower(k + 1)
        if span.isdigit() or span in group("past_periods"):
            return True
        close = span in {"month", "year"} and 0 < quantity.first - k <= _MONTH_REACH
        if span in group("periods") and (close or line.lower(k - 1) == "the"):
            return True
    return False
