"""Counts that run on: the dead of a war, of weeks of protests, of an outbreak. Each later one holds the earlier ones.

"More than 1,900 have been killed" of one country follows "the toll has topped 1,600" without a word on what happened,
and "nearly 400 since 1 October" is followed by "at least 430 since the unrest began".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.evidence import evidence
from services.ledger.event.people import FIGHTERS, group
from services.ledger.event.place_words import shared_places
from services.ledger.event.risen import is_risen_to
from services.ledger.event.weighing import HURT, in_unrest
from services.ledger.kept import PAIRS, by_claim
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import thresholds
from services.ledger.rules.windows import beginning, is_one_beginning

_VAST = 500
"""So many are of no single event of a war: two such totals of one country, not far apart, are of one count."""
_LARGE = 100
"""The same of a count whose beginning one of the two tells. Both chosen: half and double of either change none of the
2,174 verdicts on 461 war reports."""
_WHOLE_WAR = 10_000
"""So many dead, told of as a war's, are all of a country's. Chosen: 5,000 and 20,000 give the same verdicts there."""
_WAR_TIMES = 2
"""Further apart the one is of a part of the war: its civilians, its last year."""
_TIMES = 1.5
"""A count runs on by steps; of two counts of one country one is mostly many times the other."""
_COUNTED_ON = HURT | {Metric.DISPLACED}
HELD = frozenset({Metric.HOSTAGES, Metric.MISSING})
"""Who are held or missing are so today: "199 were taken since the attack" and "we hold 200" have one window."""
_DISPLACED_TIMES = 3
"""Of the displaced a war has twice as many within a week or two of its beginning. Chosen."""
_PACE = 8
"""So many times as fast as on average since its beginning a count may grow for a while. Chosen: 4 changes three
verdicts there, 16 none."""
_DAY, _MONTH, _OUTBREAK = timedelta(days=1), timedelta(days=31), timedelta(days=62)
"""So far apart two counts may be; of one named disease longer, which is counted for years. Chosen."""
_SO_FAR = re.compile(
    r"\b(?:have|has|had) (?:now |already |since |so far |also )?(?:been )?"
    r"(?:killed|died|claimed|left|lost|cost|taken|topped|reached|risen|passed|surpassed|exceeded|resulted|wounded|injured|displaced|uprooted|fled)\b"
    r"|\btolls?\b|\bso far\b",
    re.IGNORECASE,
)
"""A count that goes on is told in the perfect; "were killed" is of one day."""

_HAVE_FLED = re.compile(
    r"\b(?:have|has|had) (?:now |already |since |so far |also )*"
    r"(?:fled|left|crossed|escaped|poured|streamed|arrived|entered|reached|sought)\b|\bexodus\b|\bso far\b",
    re.IGNORECASE,
)
_SINCE_IT_BEGAN = re.compile(
    r"\bsince\b[^.;,]{0,60}\b(?:began|started|start|beginning|outbreak|erupted|invaded|broke out)\b", re.IGNORECASE
)
_HAVE_DIED = re.compile(r"\b(?:has|have|had) (?:been killed|died|lost|fallen)\b", re.IGNORECASE)
_EXODUS = timedelta(days=7)
"""So long people have fled before "have fled" means all of them. Chosen."""
_TO_THE_MONTH = 7
"""Letters of "2014-04"."""


def is_one_window(one: Claim, other: Claim) -> bool:
    """Whether two counts of two texts, whose windows are not in the same words, can run from one day."""
    if one.article_id == other.article_id:
        return False
    if one.metric is Metric.REFUGEES:
        return is_one_exodus(one, other)
    if not thresholds(one.metric).event:
        return False
    if one.metric in HELD and None in (one.window, other.window):
        return True
    first, second = beginning(one.window), beginning(other.window)
    if first is not None and second is not None:
        return is_one_beginning(first, second, min(one.published.year, other.published.year))
    bare, begun = (one, second) if first is None else (other, first)
    return begun is not None and bare.window is None and (runs_on(one, other) or are_of_one_war(one, other))


def is_one_exodus(one: Claim, other: Claim) -> bool:
    """Whether two texts count all who have fled, and one may say since when: "2.3 million have left since 24 February",
    "3 million have now fled". Who came since Monday are others."""
    first, second = beginning(one.window), beginning(other.window)
    if first is not None and second is not None:
        return is_one_beginning(first, second, min(one.published.year, other.published.year))
    bare, begun, began = (one, other, second) if first is None else (other, one, first)
    if (
        began is None
        or bare.window is not None
        or not (_HAVE_FLED.search(one.sentence) and _HAVE_FLED.search(other.sentence))
    ):
        return False
    few, many = sorted((one.value, other.value))
    near = abs(told_at(one) - told_at(other)) <= _MONTH and 0 < many <= _DISPLACED_TIMES * few
    return near and told_at(begun) - _first_day(began) >= _EXODUS


def _first_day(began: str) -> datetime:
    """The first day of a year, month or day."""
    year, month, day = (*map(int, began.split("-")), 1, 1)[:3]
    year, month = max(year, 1), min(max(month, 1), 12)
    return datetime(year, month, min(max(day, 1), monthrange(year, month)[1]), tzinfo=UTC)


@lru_cache(maxsize=PAIRS)
def runs_on(one: Claim, other: Claim) -> bool:
    """Whether the later one of two totals of two texts takes up the earlier one. Symmetric."""
    if one.metric not in _COUNTED_ON or not (is_running(one) and is_running(other)):
        return False
    earlier, later = sorted((one, other), key=told_at)
    least, between = _VAST if one.window is other.window is None else _LARGE, told_at(later) - told_at(earlier)
    apart = _OUTBREAK if evidence(one).named & evidence(other).named else _MONTH
    if not least <= earlier.value <= later.value <= _most(earlier, later) * earlier.value or between > apart:
        return False
    soon = between <= timedelta(hours=thresholds(one.metric).together_hours)
    return not (soon and one.voice != other.voice) and _is_one_thing(one, other)


def _most(earlier: Claim, later: Claim) -> float:
    """So many times the earlier count the later one may be. 330,000 and a week later 400,000 in the seventh year of a
    war are two counts."""
    began = beginning(earlier.window) or beginning(later.window)
    if began is None:
        return _DISPLACED_TIMES if earlier.metric is Metric.DISPLACED else _TIMES
    ran = max(told_at(earlier) - _first_day(began[:_TO_THE_MONTH]), _DAY)
    return min(_TIMES, 1 + _PACE * ((told_at(later) - told_at(earlier)) / ran))


def are_of_one_war(one: Claim, other: Claim) -> bool:
    """Whether both sum up so many since one day that no two things of one country can be meant; or at one moment all
    the dead of its war. Days apart two such counts are no growth, unless one runs on (`runs_on`)."""
    if _are_of_one_army(one, other):
        return True
    if min(one.value, other.value) < _VAST or one.metric not in HURT:
        return False
    first, second = beginning(one.window), beginning(other.window)
    if first is not None and second is not None:
        return (first == second or is_one_window(one, other)) and _is_one_thing(one, other)
    if not (sums_up_a_war(one) and sums_up_a_war(other)) or one.block != other.block:
        return False
    few, many = sorted((one.value, other.value))
    soon = abs(told_at(one) - told_at(other)) <= timedelta(hours=thresholds(one.metric).together_hours)
    return soon and many <= _WAR_TIMES * few and _is_one_thing(one, other)


def _are_of_one_army(one: Claim, other: Claim) -> bool:
    """Whether two texts of one time count what one army has lost since the war began: "498 Russian soldiers had been
    killed since the operation began", and by the other side 5,800."""
    if one.metric is not other.metric or one.metric not in HURT or one.block != other.block:
        return False
    if one.belongs_to is None or one.belongs_to != other.belongs_to or min(one.value, other.value) < _LARGE:
        return False
    soon = abs(told_at(one) - told_at(other)) <= timedelta(hours=thresholds(one.metric).together_hours)
    return soon and (_is_begun(one) or _is_begun(other)) and _sums_up_an_army(one) and _sums_up_an_army(other)


def _is_begun(claim: Claim) -> bool:
    """Whether a count says since when, by day or by what began then."""
    return beginning(claim.window) is not None or _SINCE_IT_BEGAN.search(claim.sentence) is not None


@by_claim
def _sums_up_an_army(claim: Claim) -> bool:
    """Whether soldiers are counted since a war began, or "have been killed" so far, wherever in its country they
    fell."""
    begun = _is_begun(claim) or (claim.as_of_from == "published" and _HAVE_DIED.search(claim.sentence) is not None)
    return begun and group(claim) in {"soldiers", FIGHTERS} and set(claim.places) <= {claim.block.partition("/")[2]}


@by_claim
def sums_up_a_war(claim: Claim) -> bool:
    """Whether a claim tells of all the dead of a country's war: "the ongoing war has left an estimated 220,000 dead",
    "more than 330,000 have been killed since March 2011"."""
    found = evidence(claim)
    if claim.value < _WHOLE_WAR or claim.bound == "vague" or found.looks_back or found.peace:
        return False
    whole = set(claim.places) <= {claim.block.partition("/")[2]}
    return whole and (beginning(claim.window) is not None or (claim.window is None and found.is_sum))


@by_claim
def is_running(claim: Claim) -> bool:
    """Whether a claim has no end of its own: its text says since when, or tells it as what has happened so far."""
    if claim.bound == "vague" or evidence(claim).looks_back:
        return False
    goes_on = _SO_FAR.search(claim.sentence) is not None or in_unrest(claim)
    return beginning(claim.window) is not None or (claim.window is None and goes_on)


def has_risen(one: Claim, other: Claim) -> bool:
    """Whether the higher of two tolls is told as what a toll has risen to: "the death toll rose to 32"."""
    if one.metric not in HURT or one.value == other.value:
        return False
    return is_risen_to(max(one, other, key=lambda claim: claim.value))


def _is_one_thing(one: Claim, other: Claim) -> bool:
    """Whether the two sentences tell of one place, and of no two kinds, sides or diseases."""
    first, second = evidence(one), evidence(other)
    for here, there in (
        (first.own_kinds, second.own_kinds),
        (first.agents, second.agents),
        (first.named, second.named),
        (first.own_targets, second.own_targets),
    ):
        if here and there and not here & there:
            return False
    if first.own or second.own:
        return bool(shared_places(first.own, second.own))
    return one.places == other.places
