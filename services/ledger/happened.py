"""Do two claims of two articles speak of one event? When in doubt, no.

A toll has no name. What tells events apart is the day, the place, the kind of thing that happened and what it struck;
how much of it must be shared depends on how often such a thing happens there (events.yaml). Tried on 461 reports of
one war by reading every alert.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from schemas.claim import Claim
from services.ledger.event_words import event_words
from services.ledger.evidence import Evidence, evidence, likeness, shared_places

Days = Literal["same", "today", "near", "dateline", "open", "late", "apart"]

_NEXT_DAY = timedelta(days=1)
"""A text that does not say when is of its own day or the day before: papers come out in the morning."""
_FOLLOWED = timedelta(days=14)
"""So long a rare event is in the news; a flood or a quake is counted for weeks."""
_REMEMBERED = timedelta(days=30)
"""So long one that a whole country knows is in it: the gas attack on Ghouta of 21 August 2013 was counted anew by
capitals until October. No longer than tolls live (thresholds.yaml)."""
_MANY = 50
"""A toll that lifts a rare or weekly event by one step. Of gas attacks with 50 dead a country has one in a month. Air
raids and fighting stay daily: such numbers of theirs are sums."""
_ALIKE = 0.3
"""Likeness of two sentences from which they tell one thing, where place, day and kind fit."""
_UNNAMED = 2
"""Signs needed where one text does not say what happened."""
_RARE, _WEEKLY, _DAILY = 3, 2, 1
ONCE = 4
"""A rare event with so many dead that a country has one in a month."""
_RATES = {"rare": _RARE, "weekly": _WEEKLY, "daily": _DAILY}


def other_event(one: Claim, other: Claim) -> str | None:
    """A stable code of why the two may be of two events, or None. Symmetric."""
    days = days_between(one, other)
    if days == "apart":
        return "other_day"
    first, second = evidence(one), evidence(other)
    rarity = rarity_of(one, other)
    if days == "dateline" and rarity < _RARE:
        return "other_day"
    return contradicted(first, second, known_to_all=rarity >= ONCE) or _unproven(one, other, days, rarity)


def rarity_of(one: Claim, other: Claim) -> int:
    """How seldom a place has such an event as both tell of, from 1, daily, to ONCE; 0 where they share no kind."""
    kinds = evidence(one).kinds & evidence(other).kinds
    return _with_toll(kinds, min(one.value, other.value))


def is_long_told(claim: Claim) -> bool:
    """Whether the event of a claim may be told of for weeks. An air raid's toll meets those of its day and the next."""
    return _with_toll(evidence(claim).kinds, claim.value) >= _RARE


def _with_toll(kinds: frozenset[str], toll: float) -> int:
    rarest = max((_RATES[event_words().rates[kind]] for kind in kinds), default=0)
    return rarest + (rarest >= _WEEKLY and toll >= _MANY)


def contradicted(first: Evidence, second: Evidence, *, known_to_all: bool = False) -> str | None:
    """What both say and do not say alike. Of an event that is `known_to_all` one text names the town and another the
    country, or the capital nearby: only two towns are two places."""
    if first.is_sum != second.is_sum:
        return "other_event"
    if first.kinds and second.kinds and not first.kinds & second.kinds:
        return "other_event" if first.own_kinds and second.own_kinds else "event_unknown"
    if _other_towns(first, second) if known_to_all else _another_place(first, second):
        return "other_place"
    return "other_target" if _another_target(first, second) else None


def _unproven(one: Claim, other: Claim, days: Days, rarity: int) -> str | None:
    """What is missing for one event, where nothing speaks against it."""
    if rarity >= ONCE:
        return None
    first, second = evidence(one), evidence(other)
    places = shared_places(first.nearby, second.nearby)
    small = any(first.nearby[key][1] or second.nearby[key][1] for key in places)
    signs = _signs(one, other, first, second) + (small or len(places) > 1)
    if not rarity:
        return None if places and days not in ("open", "late") and signs >= _UNNAMED else "event_unknown"
    if not places:
        return None if rarity >= _RARE and days == "same" else "place_too_wide"
    if days == "late" or (days == "open" and not (rarity >= _RARE and (small or len(places) > 1))):
        return "other_day"  # another one of the same kind may have happened since
    if min(one.value, other.value) == 0 and not small:
        return "too_little_shared"  # "no deaths from this strike" among several strikes of a day
    return None if signs >= _needed(rarity, days, small, bool(first.own and second.own)) else "too_little_shared"


def _signs(one: Claim, other: Claim, first: Evidence, second: Evidence) -> int:
    """What is shared beside place, day and kind: what was struck, the words of the sentences, a third number."""
    alike = likeness(first.words, second.words) >= _ALIKE
    own = {f"{claim.value:g}" for claim in (one, other)}
    return bool(first.targets & second.targets) + alike + bool((first.numbers & second.numbers) - own)


def _needed(rarity: int, days: Days, small: bool, both_placed: bool) -> int:
    """Signs beside kind and one place: a second or a small place, and those of `_signs`."""
    if rarity == _RARE:
        return 0 if days == "same" or (days in ("today", "near", "dateline") and both_placed) else 1
    if rarity == _WEEKLY:
        return 0 if days == "same" and both_placed else 1
    return 1 if days == "same" or (days == "today" and small) else 2


def _another_place(one: Evidence, other: Evidence) -> bool:
    """Whether both name places and share none, or both name small ones and share none of those."""
    if not (one.nearby and other.nearby):
        return False
    return not shared_places(one.nearby, other.nearby) or _other_towns(one, other)


def _other_towns(one: Evidence, other: Evidence) -> bool:
    """Whether both sentences name small places, and none of either is shared."""
    small = [{key for key, (_, is_small) in side.own.items() if is_small} for side in (one, other)]
    shared = shared_places(one.nearby, other.nearby)
    return bool(small[0] and small[1] and not shared & (small[0] | small[1]))


def _another_target(one: Evidence, other: Evidence) -> bool:
    """Whether the sentences name what was struck, and it was not one thing."""
    return bool(one.own_targets and other.own_targets and not one.own_targets & other.own_targets)


def days_between(one: Claim, other: Claim) -> Days:
    """How the days of the event lie.

    `same`: both texts name it. `today`: the day of the text that does not; `near`: the next one, and `dateline` where
    that text names its own day, which may be no more than its date. `open`: a text names none and comes within
    _FOLLOWED; `late`: within _REMEMBERED, or a text names it loosely ("last week"). `apart`: else, and where one looks
    back to no day at all.
    """
    stated = [claim for claim in (one, other) if claim.as_of_from == "text"]
    if len(stated) == 1:
        told = other if stated[0] is one else one
        days = _by_distance(told.published.date() - _day(stated[0]))
    elif stated:
        days = _of_two_days(one, other)
    else:
        days = _by_distance(abs(_day(one) - _day(other)))
    if days == "apart":
        return days
    if any(claim.as_of_from != "text" and evidence(claim).looks_back for claim in (one, other)):
        return "apart"
    return "late" if _are_loose(one, other) else days


def _by_distance(after: timedelta) -> Days:
    if not timedelta(0) <= after <= _REMEMBERED:
        return "apart"
    if after > _FOLLOWED:
        return "late"
    return "open" if after > _NEXT_DAY else "near" if after else "today"


def _of_two_days(one: Claim, other: Claim) -> Days:
    earlier, later = sorted((one, other), key=_day)
    apart = _day(later) - _day(earlier)
    if not apart:
        return "same"
    if apart <= _NEXT_DAY and _day(later) == later.published.date():
        return "dateline"
    return "late" if apart <= _FOLLOWED and _are_loose(one, other) else "apart"


def _are_loose(one: Claim, other: Claim) -> bool:
    return any(evidence(claim).is_loosely_dated for claim in (one, other))


def _day(claim: Claim) -> date:
    return claim.as_of.date()
