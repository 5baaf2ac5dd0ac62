"""May two claims that could be compared be about two different things? When in doubt, yes (worst is a false alert).

A metric, a unit and a place are enough for a camp's population, and not for a death toll: the same town is bombed again
next week. Of tolls the event decides (happened.py); here stands what holds of any two claims, and what holds within
one article.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.event_words import event_words
from services.ledger.event.evidence import Evidence, evidence, likeness
from services.ledger.event.happened import contradicted, days_of, is_of_another_time, other_event
from services.ledger.event.people import group, same_people
from services.ledger.event.place_words import shared_places
from services.ledger.event.risen import is_risen_to
from services.ledger.event.running import HELD, are_of_one_war, is_one_window, runs_on
from services.ledger.event.voices import strangers
from services.ledger.event.weighing import HURT, ONCE, RARE, has_many_dead, is_epidemic, rarity_of
from services.ledger.kept import PAIRS, by_claim
from services.ledger.rules.moment import told_at
from services.ledger.rules.places import particular_places
from services.ledger.rules.ranges import softly_apart
from services.ledger.rules.thresholds import Thresholds, thresholds
from services.ledger.rules.windows import beginning

_PART = re.compile(r"\bof (?:those|them|whom|the)\b")
_NEAR_SENTENCES = 3
"""Two voices on one event stand close in an article; further apart the article has moved on."""
_WIDE_SCOPES = frozenset({"country", "region", "world"})
_FAR_APART, _FAR_APART_TOLLS = 30, 10
"""Numbers this many times apart were never of one thing in 461 war reports: a day's toll beside a war's. Of the tolls
that fitted in all else and were tenfold apart, all were a part and its whole, or two attacks; but of the gas attack on
Ghouta some told 130 and some 1,400."""
_DUG_OUT, _SWOLLEN = timedelta(days=7), 100
"""So long, and to so many times the first count, the toll of a disaster grows. Chosen."""
_VAGUE_FAR = 3
""" "Dozens" against three, or fewer: one of the two is a scene, or a part."""
_NO_SCENE = 10
"""Children, women or men from which they may exceed a toll; "the bodies of two boys" is what a witness saw."""
_LEFT = re.compile(
    r"\b(?:have|has|had) (?:now |already |since |so far |also )*(?:fled|left|escaped) (?:the )?|\bexodus from (?:the )?"
)
"""In the perfect it is all of them; who "left on Monday" are those of a day."""
_SENT = re.compile(
    r"\b(?:sen[dt]s?|sending|deploy(?:s|ed|ing)?|dispatch(?:es|ed|ing)?|fl[eo]wn?|withdr[aeo]w\w*|pull(?:ed|ing|s)?|"
    r"brought)"
    r"(?: (?:in|out|home|up to|about|some|around|at least|more than|nearly|almost|as many as|over|roughly|a further))*"
    r"\s*$"
)
"""Before a number of troops these tell of those who go or come, not of how many are there; "its troops" are all."""
_FURTHER = re.compile(r"\b(?:more|extra|additional|further|another|fresh)\b(?! than)", re.IGNORECASE)
_DAY = timedelta(days=1)
_MONTH = 31
"""Days for which a disease may double each day: by then it has more dead than there are people, and the power stays
small."""
_SAME_PASSAGE = 0.5
"""Likeness from which two sentences of two versions of one text are one sentence, edited."""


@lru_cache(maxsize=PAIRS)
def unfit(one: Claim, other: Claim) -> str | None:
    """A stable code of why the claims may be about two things, or None where they fit. Symmetric."""
    limits = thresholds(one.metric)
    of_events = limits.event and one.lineage != other.lineage and not (_is_sum(one) or _is_sum(other))
    if of_events and days_of(one, other) == "apart":
        return "other_day"  # first what is seen at once: most tolls of a block are of another day
    return _other_people(one, other) or _other_thing(one, other, limits)


def may_fit(one: Claim, other: Claim) -> bool:
    """False where `unfit` finds something for what is known of each claim by itself, as of nine in ten tolls of a
    country at war: to see that takes a tenth of looking at the two together. `tests/unit/ledger/test_index.py` holds
    the two together."""
    limits = thresholds(one.metric)
    if one.article_id != other.article_id:
        if _are_far_apart(one.value, other.value, _FAR_APART) and not (limits.event and _has_grown(one, other)):
            return False
        of_events = limits.event and one.lineage != other.lineage and not (_is_sum(one) or _is_sum(other))
        if of_events and is_of_another_time(one, other):
            return False
    if one.metric is Metric.MONEY and one.counted != other.counted:
        return False
    return _other_people(one, other) is None


@lru_cache(maxsize=PAIRS)
def follows(one: Claim, other: Claim) -> bool:
    """Whether one voice speaks of one thing in both, so that the later claim takes the earlier one's place."""
    if strangers(one, other):
        return False
    limits = thresholds(one.metric)
    if not limits.event:
        return one.scope == other.scope and (one.window == other.window or is_one_window(one, other))
    if _other_people(one, other) is not None:
        return False
    if one.article_id == other.article_id:
        return not told_apart(one, other)
    if _is_sum(one) or _is_sum(other):
        return _is_one_sum(one, other)
    return (one.lineage == other.lineage and _one_passage(one, other)) or other_event(one, other) is None


def told_apart(one: Claim, other: Claim) -> bool:
    """Whether one text itself keeps two tolls apart: by place, kind of event, day or the people counted."""
    if not thresholds(one.metric).event:
        return False
    first, second = evidence(one), evidence(other)
    return (
        not same_people(one, other)
        or _on_other_days(one, other)
        or bool(first.own and second.own and not shared_places(first.own, second.own))
        or bool(first.own_kinds and second.own_kinds and not first.own_kinds & second.own_kinds)
    )


def revises(one: Claim, other: Claim) -> bool:
    """Whether `other`, of a revision of one's article, can be the new wording of `one`."""
    if not thresholds(one.metric).event:
        return True
    return (one.places == other.places and not told_apart(one, other)) or _one_passage(one, other)


def _other_people(one: Claim, other: Claim) -> str | None:
    if one.unit in event_words().belonging and (one.whose is None or other.whose is None):
        return "whose_unknown"
    if not same_people(one, other) and not part_exceeds(one, other):
        return "other_group"
    if one.metric is Metric.MONEY and not (one.counted and one.counted == other.counted):
        return "other_sum"  # two sums are of one thing only where the text names the thing
    if _is_part(one) or _is_part(other):
        return "part_of_another"
    if limited_to_care(one) != limited_to_care(other):
        return "part_of_another"
    return None


@by_claim
def limited_to_care(claim: Claim) -> bool:
    """ "31 people hurt in the attack were being treated in Kelm": not all who were hurt."""
    return thresholds(claim.metric).event and evidence(claim).is_treated


@by_claim
def _is_part(claim: Claim) -> bool:
    """ "Of those killed", and of "Of the 11 who had been sent to hospital" the 11."""
    ahead = claim.sentence[: claim.start - claim.sentence_start].lower()
    return ahead.endswith(("of the ", "of those ")) or bool(_PART.search(f"{claim.words} {claim.counted or ''}"))


def part_exceeds(one: Claim, other: Claim) -> bool:
    """Whether one text counts more volunteers than the other counts people: a part cannot exceed its whole (R3).
    Fighters beside civilians are two sides of a fight, and no part."""
    part, whole = (one, other) if group(one) is not None else (other, one)
    if group(whole) is not None or group(part) not in event_words().parts or whole.high is None:
        return False
    return part.low > whole.high and part.low >= _NO_SCENE


def _other_thing(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    within = one.article_id == other.article_id
    if within and (one.scope == other.scope or limits.event):
        if one.voice == other.voice or (limits.event and _nameless_and_named(one, other)):
            # A writer who gives two numbers in one text is counting two things, or putting one vaguely: desk's note.
            return None if softly_apart(one, other) else "one_voice_twice"
        if one.speaker is None or other.speaker is None:
            return "own_voice"  # and the writer's number and a source's are seldom of one thing
    if _is_far_apart(one, other, limits) or (limits.event and _is_vague_beside_few(one, other)):
        return "too_far_apart"
    if limits.event and _is_recalled(one, other, limits):
        return "older_count"
    if within:
        return _within_article(one, other) if limits.event and not _is_sum(one) else None
    return _across_articles(one, other, limits)


def _across_articles(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if one.lineage == other.lineage:
        return _across_copies(one, other, limits)
    if not limits.event or (_is_sum(one) and _is_sum(other)):
        return _elsewhere(one, other, limits)
    if _is_sum(one) or _is_sum(other):
        return None if runs_on(one, other) or are_of_one_war(one, other) else "other_event"
    if one.voice == other.voice and one.speaker is None and told_at(one) == told_at(other):
        return "one_voice_twice"  # an outlet's two reports of one day are of two events
    return other_event(one, other)


def _elsewhere(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if particular_places(one) != particular_places(other):
        return "other_place"
    if evidence(one).named & evidence(other).named:  # "China said 830 cases of the virus had been confirmed"
        return None
    if _is_placed(one, limits) and _is_placed(other, limits):
        return None
    if _have_left(one) and _have_left(other):
        return None
    return None if limits.event and one.places and _of_one_war(one, other) else "place_unknown"


def _of_one_war(one: Claim, other: Claim) -> bool:
    """Whether both sum up the dead of a war since its beginning: of one country and one beginning there is one."""
    first, second = evidence(one), evidence(other)
    summed = (first.is_sum and second.is_sum) or are_of_one_war(one, other)
    return summed and not (first.agents and second.agents and not first.agents & second.agents)


def _nameless_and_named(one: Claim, other: Claim) -> bool:
    """ "A monitor" above and the Observatory below, in one text: one voice."""
    return any((claim.speaker or "").lower() in event_words().nameless for claim in (one, other))


def _within_article(one: Claim, other: Claim) -> str | None:
    first, second = evidence(one), evidence(other)
    if _on_other_days(one, other) or first.looks_back != second.looks_back:
        return "other_day"
    apart = abs(one.sentence_index - other.sentence_index)
    if apart > _NEAR_SENTENCES:
        return "far_in_text"
    if _is_one_of_them(first, second) or _is_one_of_them(second, first) or _are_side_by_side(one, other):
        return "other_place"
    neighbours = apart <= 1 and not (first.own_kinds and second.own_kinds)  # the second may leave out what happened
    return contradicted(first, second) or _unnamed(one, first.kinds & second.kinds, neighbours=neighbours)


def _is_one_of_them(one: Evidence, other: Evidence) -> bool:
    """ "Three were from the town" behind "five in the town of Rankus and the village of Kelm": one place of several."""
    named = [sum(small for _, small in side.own.values()) for side in (one, other)]
    return one.speaks_of_the_town and not named[0] and named[1] > 1


def _are_side_by_side(one: Claim, other: Claim) -> bool:
    """Whether a text counts in two places of one kind: "eight died in one district, one in another"."""
    here, there = particular_places(one), particular_places(other)
    return one.scope == other.scope and bool(here and there) and set(here).isdisjoint(there)


def _unnamed(claim: Claim, kinds: frozenset[str], *, neighbours: bool) -> str | None:
    if not kinds:
        return None if neighbours else "event_unknown"
    many = all(event_words().rates[kind] != "rare" for kind in kinds)
    return "place_too_wide" if many and claim.scope in _WIDE_SCOPES else None  # a country has a storm, many air strikes


def _across_copies(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    """An outlet that still carries the first version of a text does not revise the number downwards: of one voice, or
    where a version leaves out who said it. Two named voices disagree in whatever version they stand."""
    if not limits.event:
        return None
    if not _one_passage(one, other):
        return "other_passage"
    earlier, later = sorted((one, other), key=lambda claim: (told_at(claim), claim.published, claim.value))
    named = {claim.speaker_id or claim.speaker for claim in (one, other)} - {None}
    is_one_voice = len(named) <= 1
    fell = is_one_voice and later.value < earlier.value and later.status != "correction"
    return "older_copy" if fell and one.publisher != other.publisher else None


def _one_passage(one: Claim, other: Claim) -> bool:
    """Whether two sentences of two versions of one text are one sentence, edited."""
    return likeness(evidence(one).words, evidence(other).words) >= _SAME_PASSAGE


def _is_placed(claim: Claim, limits: Thresholds) -> bool:
    """Whether the claim says where closely enough to be the same place as another article's."""
    if particular_places(claim) or (claim.scope is not None and claim.scope not in _WIDE_SCOPES):
        return True
    return (limits.wide or _is_anothers_army(claim)) and bool(claim.places)


@by_claim
def _have_left(claim: Claim) -> bool:
    """Whether all are counted who left the country of the block, wherever they are: "3 million have fled Ruritania"."""
    if claim.metric is not Metric.REFUGEES or claim.places or not claim.region:
        return False
    left = _LEFT.search(claim.sentence)
    return left is not None and claim.sentence[left.end() :].startswith((claim.region, "country"))


def _is_anothers_army(claim: Claim) -> bool:
    """Whether another country's troops are counted: those it has in Ruritania are one number; an army at home has many
    in as many places."""
    home = claim.block.partition("/")[2].split("+")
    if claim.metric is not Metric.TROOPS or claim.whose_id is None or claim.whose_id in home:
        return False
    ahead = claim.sentence[: claim.start - claim.sentence_start]
    return _SENT.search(ahead) is None and _FURTHER.search(f"{claim.words} {claim.counted or ''}") is None


def _is_one_sum(one: Claim, other: Claim) -> bool:
    """Whether one voice sums up the same from one day on: of one place and one people, as a series is."""
    if one.window != other.window and not is_one_window(one, other):
        return False
    if not (_is_sum(one) and _is_sum(other)):
        return runs_on(one, other)
    return one.places == other.places and one.belongs_to == other.belongs_to


def _is_sum(claim: Claim) -> bool:
    """Whether the window has a fixed beginning ("since 2021-08", "2014-04 to 2014-07-26"): a sum of its own, whatever
    the sentence is about. "Last 24 hours" moves with the day."""
    return beginning(claim.window) is not None and claim.metric not in HELD


def _is_vague_beside_few(one: Claim, other: Claim) -> bool:
    small, large = sorted((one, other), key=lambda claim: claim.value)
    return large.bound == "vague" and small.bound != "vague" and 0 < _VAGUE_FAR * small.value < large.value


def _is_far_apart(one: Claim, other: Claim, limits: Thresholds) -> bool:
    if limits.event and _has_grown(one, other):
        return False
    if _are_far_apart(one.value, other.value, _FAR_APART):
        return True
    return limits.event and _are_far_apart(one.value, other.value, _FAR_APART_TOLLS) and not _may_differ(one, other)


def _may_differ(one: Claim, other: Claim) -> bool:
    """Whether two sides may tell such numbers of one event: of one that a country has once in a month; of one stated
    day with many dead on both sides, as of camps that police cleared (149 or 2,000); of the dead of one army."""
    if rarity_of(one, other) >= ONCE:
        return True
    if not (has_many_dead(one) and has_many_dead(other)):
        return False
    if one.belongs_to is not None and one.belongs_to == other.belongs_to:
        return True
    return rarity_of(one, other) >= RARE and days_of(one, other) == "same"


def _are_far_apart(one: float, other: float, times: int) -> bool:
    small, large = (one, other) if one < other else (other, one)
    return small > 0 and large > times * small


def _has_grown(one: Claim, other: Claim) -> bool:
    """Whether the later of two counts may have grown out of the earlier one. Of one disease: from 3 to 170 within ten
    days, since none doubled its dead in less than a day for long. Of the dead that are dug out for days as well: 17 in
    the mine on the first evening, 232 the next noon."""
    first, second = sorted((one, other), key=told_at)
    if not first.value < second.value:
        return False
    between = told_at(second) - told_at(first)
    shared = event_words().disasters & evidence(one).kinds & evidence(other).kinds
    dug_out = (shared and "disease" not in shared) or (one.metric in HURT and is_risen_to(second))
    if dug_out and between <= _DUG_OUT:
        return second.value <= _SWOLLEN * first.value
    return second.value <= first.value * 2 ** min(between / _DAY, _MONTH) and is_epidemic(one, other)


def _is_recalled(one: Claim, other: Claim, limits: Thresholds) -> bool:
    """Whether one of two voices tells, days later, of fewer dead of one disease: a mark that was passed long ago."""
    first, second = sorted((one, other), key=told_at)
    late = told_at(second) - told_at(first) > timedelta(hours=limits.together_hours)
    return late and second.value < first.value and one.voice != other.voice and is_epidemic(one, other)


def _on_other_days(one: Claim, other: Claim) -> bool:
    """Whether the text gives each its own day: of a toll that is the day of the event."""
    return one.as_of_from == other.as_of_from == "text" and one.as_of.date() != other.as_of.date()
