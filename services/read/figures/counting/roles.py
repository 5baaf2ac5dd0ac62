"""The part a figure plays: total, part of another, an earlier number, or a change; its status and its kind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from schemas.claim import Kind, Role, Status
from schemas.metrics import Metric
from services.read.figures.counting.added import is_further, is_sum
from services.read.figures.counting.among import included
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.denied import doubt_of
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found, is_listed
from services.read.figures.counting.outcome import is_all_of_it
from services.read.figures.counting.part import is_part
from services.read.figures.counting.possible import is_awaited, is_hypothetical, is_of_a_month_alone, is_rate, will_be
from services.read.figures.counting.verbs import verbs
from services.read.figures.counting.whole import whole_has_it, whole_number
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.figures.ranges import moved
from services.read.wordlists import word_list

_STATUS_REACH = 9
"""Tokens to either side in which a correction speaks of the number."""
_NEAR = 6
"""The same for fears and confirmations (half and double: 55 / 34)."""
_EARLIER_REACH = 8
"""Tokens looked back for "earlier" and "previously": "*earlier* on Friday had put the toll at 19"."""
_ONCE = 8
"""Tokens before a number in which "at one point" speaks of it."""
_WINDOW_REACH = 14
"""Tokens to either side in which a window ("in the last 24 hours", "per day") is that of the number."""
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
    some = _is_some_of_them(line, quantity, told)
    if not some and (_is_resumed(line, quantity, told, found) or _takes_predicate(line, quantity, noun, told)):
        return "total"
    if not some and is_all_of_it(line, quantity, noun, told, found):
        return "total"
    if some or before == "subset" or is_part(line, quantity, noun, at) or _is_kind_of(line, quantity, noun, found):
        return "subset"
    flows = kind_of(line, quantity, told.metric) == "flow"  # 33 deaths in 24 hours are comparable with such
    changes = _is_change(line, at, noun, told) or _changed_to(line, quantity, at)
    if changes or is_further(line, quantity, noun, told, found, flows=flows):
        return "change"
    followed = before == "previous" and (noun.how == "elided" or line.lower(quantity.first - 1) == "and")
    return "previous" if followed or _is_past(line, quantity, at) else "total"


def _is_some_of_them(line: Line, quantity: Quantity, told: Told) -> bool:
    """ "Fifteen were wounded. *Nine of them* were tourists": what happened to them is said of the whole."""
    of_them = line.lower(quantity.last) == "of" and line.lower(quantity.last + 1) in {"them", "those"}
    says_more = line.lower(quantity.last + 2) in group("be") | group("have")  # not "killing 14 of them"
    return of_them and says_more and told.token is not None and told.token < quantity.first


def _is_resumed(line: Line, quantity: Quantity, told: Told, found: Sequence[Found]) -> bool:
    """ "11 were killed, among them two nurses, *and 27 wounded*": no more nurses, and no part of the dead."""
    if not found or found[-1].line is not line or found[-1].told.metric is told.metric:
        return False
    at = quantity.first - 1
    if line.lower(at) != "and" or line.text(at - 1) != ",":
        return False
    return found[-1].counted.role == "subset" or told.metric in _HARM


def _is_change(line: Line, at: int, noun: Noun, told: Told) -> bool:
    """ "rose by 12", "an increase of 12"; not "concerns raised by several doctors"."""
    word, before = line.lower(at), line.lower(at - 1)
    person = noun.head is not None and line.lower(noun.head) in word_list("persons")
    if before in group("raised_by") and person and told.metric is Metric.OTHER:
        return False
    changed = before in word_list("change_verbs") if word == "by" else before in group("changes")
    return word in {"by", "of"} and changed


def _changed_to(line: Line, quantity: Quantity, at: int) -> bool:
    """ "The number of deaths rose *300* to 4,300", "fell *2.3%* to $71"."""
    changed = line.lower(at) in word_list("change_verbs") and line.lower(quantity.last) == "to"
    return changed and any(numeral_at(line, quantity.last + k) is not None for k in (1, 2, 3))


def _takes_predicate(line: Line, quantity: Quantity, noun: Noun, told: Told) -> bool:
    """ "1,200 *of the town's 9,000 residents* were displaced": a part of the town, and all who were displaced."""
    if told.token is None or quantity.percent or told.metric is Metric.OTHER or included(line, quantity.first):
        return False
    whole = whole_number(line, quantity)
    return whole is not None and not whole_has_it(line, noun, told.token)


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
    if line.lower(quantity.last) in word_list("change_verbs") and line.lower(quantity.last + 1) == "to":
        return numeral_at(line, quantity.last + 2) is not None  # "yesterday's toll of 30 rose to 46"
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
    """How sure the text calls it: denied, feared, planned, confirmed, estimated, a correction; else asserted."""
    return doubt_of(line, quantity) or _undoubted(line, quantity.first, quantity.last, metric)


def _undoubted(line: Line, first: int, last: int, metric: Metric) -> Status:
    """The status of a number that nobody denies."""
    before = line.lowers(first - _STATUS_REACH, first)
    behind = line.lowers(last, last + _STATUS_REACH)
    ahead, near = before[-_NEAR:], {*before[-_NEAR:], *behind[:_NEAR]}
    if is_hypothetical(line, first, last) or (metric in _HARM and _is_forecast(line, first)):
        return "planned"
    if _is_feared(before[-_NEAR:], behind[:_NEAR]) or (metric in _HARM and _may_be(behind[:_NEAR])):
        return "feared"
    if not group("correction").isdisjoint(before + behind) or _is_correct(before):
        return "correction"
    if _is_planned(line, first, last, metric, ahead) or (metric is Metric.DISPLACED and _is_urged(line, first, last)):
        far = any(one == "by" and two in word_list("months") for one, two in pairwise(behind))
        return "feared" if metric in _HARM and _may_rise(ahead) and not far else "planned"
    if near & group("confirmed"):
        return "confirmed"
    close = {*ahead, *line.lowers(first, last + 1)}
    return "estimated" if close & group("estimated") else "asserted"


def _is_correct(before: list[str]) -> bool:
    """ "The correct figure is 36", in a note behind a report."""
    return any(one == "correct" and two in group("number_nouns") for one, two in pairwise(before))


def _is_feared(ahead: list[str], behind: list[str]) -> bool:
    """Whether a fear is of this number; "dozens feared dead *after* a ferry carrying 250 sank" fears nothing of 250."""
    fears = group("feared")
    parts = group("clause_parts")
    told = next((k for k in range(len(ahead) - 1, -1, -1) if ahead[k] in fears or ahead[k] in parts), -1)
    if told >= 0 and ahead[told] in fears:
        return True
    told = next((k for k, word in enumerate(behind) if word in fears or word in parts), -1)
    return told >= 0 and behind[told] in fears


def _is_urged(line: Line, first: int, last: int) -> bool:
    """ "were advised to evacuate", "ordered 600 residents to leave": nobody has counted who went."""
    words = line.lowers(first - 3, last + _URGED)
    leave = any(
        before == "to" and (one in group("leaving") or one in {"move", "flee"}) for before, one in pairwise(words)
    )
    return leave and not group("urging").isdisjoint(words)


_URGED = 9
"""Tokens behind a number in which its people are told to leave (half and double: 0 / 0)."""
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
        return metric is Metric.OTHER and _is_aimed(line, first)
    if metric in {Metric.TROOPS, Metric.MONEY}:
        may = _is_aimed(line, first) or (
            metric is Metric.TROOPS and (will_be(line, last) or is_awaited(line, first, last))
        )
        may = may or not group("planned").isdisjoint(ahead)
        return may and not (metric is Metric.TROOPS and _are_withdrawn(line, first))
    start = max(first - _NEAR, line.first)
    words = line.lowers(start, first)
    may = not (group("modal").isdisjoint(words) and group("intending").isdisjoint(words))
    for k, word in reversed([*enumerate(words, start)] if may else []):
        if word in group("stop_marks") or word in group("stop_predicate"):
            break  # "he would resign after 12 people died"
        if _is_modal(line, k, word) or (word in group("intending") and line.lower(k + 1) == "to"):
            return True
    done = verbs().get(line.lower(last))
    if done is not None and done.metric is metric and "passive" in done.uses:
        return False  # "the 30 *arrested* farmers will be questioned": they are held already
    behind = line.lowers(last, last + _NEAR)
    if will_be(line, last) or is_awaited(line, first, last):
        return True
    return _holds(behind, "will", "be") or _holds(behind, "would", "be") or "expected" in behind[1:]


def _are_withdrawn(line: Line, first: int) -> bool:
    """ "will pull *its roughly 2,000 troops* out": they are there still, and so many."""
    words = line.lowers(first - _NEAR, first)
    own = any(word in group("possessives") or word.endswith(("'s", "’s")) for word in words[-_OWN_WITHIN:])
    return own and not _WITHDRAWING.isdisjoint(words)


_OWN_WITHIN = 3
"""Tokens from "its" to the number: "its roughly"."""
_WITHDRAWING = frozenset("withdraw withdrawing pull pulling remove removing recall recalling bring".split())


def _is_forecast(line: Line, first: int) -> bool:
    """ "It predicts 60,000 deaths", "his forecast for the number of deaths to 100,000", "will account for 9,000"."""
    words = line.lowers(max(first - _FORECAST, line.first), first)
    for k in range(len(words) - 1, -1, -1):
        if words[k] in group("forecast") or words[k : k + 2] == ["will", "account"]:
            return True
        if words[k] == "," or words[k] in group("stop_marks") or words[k] in group("stop_predicate") - {"for"}:
            return False
    return False


_FORECAST = 12
"""Tokens before a number in which it is called a forecast (half and double: 0 / 0)."""


def _is_aimed(line: Line, first: int) -> bool:
    """ "will cut 3,000 jobs", "aims to vaccinate 2 million", "could carry 300 soldiers": the plan's own object."""
    words = line.lowers(first - _AIMED, first)
    if len(words) < _AIMED or words[-1] in word_list("phrase_ends"):
        return False
    return words[-2] in group("coming") or (words[-2] == "to" and words[-3] in group("intending"))


_AIMED = 3
"""Tokens before a number that its plan can take: "aims to vaccinate"."""
_RATED = frozenset({"per", "every", "each"})


def kind_of(line: Line, quantity: Quantity, metric: Metric) -> Kind:
    """Stock (how many there are), flow (how many in a day) or cumulative (how many so far)."""
    words = line.lowers(quantity.first - _WINDOW_REACH, quantity.last + _WINDOW_REACH)
    if not group("flow_window").isdisjoint(line.lowers(quantity.first - 3, quantity.last + _RATE_REACH)):
        return "flow"
    rated = not _RATED.isdisjoint(words)
    if rated and any(one in _RATED and two in group("periods") for one, two in pairwise(words)):
        return "flow"
    if is_rate(line, quantity.last) or _in_a_window(line, quantity):
        return "flow"
    if metric.value in group("stock_metrics"):
        return "stock"
    if metric in {Metric.OTHER, Metric.MONEY, Metric.RATIO}:
        return "cumulative" if "since" in words else "stock"
    return "cumulative"


def _is_of_another(line: Line, quantity: Quantity, window: int) -> bool:
    """ "The toll rose *to 1,987*, with 33 deaths in the past 24 hours"."""
    reached = line.lower(quantity.first - 1) in {"to", "at", "reached", "reaching", "hit"}
    return reached and any(map(line.is_number, range(quantity.last, window - 1)))


def _in_a_window(line: Line, quantity: Quantity) -> bool:
    """ "in the past week", "in the last 24 hours", "last month 1,200"; "last week a storm killed 25" tells a day."""
    start = max(quantity.first - _WINDOW_REACH, line.first)
    words = line.lowers(start, quantity.last + _WINDOW_REACH)
    if "alone" in words and is_of_a_month_alone(line, quantity.last):
        return True
    if "past" not in words and "last" not in words:
        return False
    for k, word in enumerate(words, start):
        if word not in {"past", "last"}:
            continue
        if (quantity.first > k and is_sum(line, quantity)) or _is_of_another(line, quantity, k):
            continue  # "33 deaths in the past 24 hours, taking the total to 1,987"
        span = line.lower(k + 1)
        if span.isdigit() or span in group("past_periods"):
            return True
        close = span in {"month", "year"} and 0 < quantity.first - k <= _MONTH_REACH
        if span in group("periods") and (close or line.lower(k - 1) == "the"):
            return True
    return False
