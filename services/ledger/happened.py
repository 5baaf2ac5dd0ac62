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

Days = Literal["same", "today", "near", "open", "apart"]

_NEXT_DAY = timedelta(days=1)
"""A text that does not say when is of its own day or the day before: papers come out in the morning."""
_FOLLOWED = timedelta(days=14)
"""So long a rare event is in the news; a flood or a quake is counted for weeks."""
_ALIKE = 0.3
"""Likeness of two sentences from which they tell one thing, where place, day and kind fit."""
_UNNAMED = 2
"""Signs needed where one text does not say what happened."""
_RATES = {"rare": 3, "weekly": 2, "daily": 1}


def other_event(one: Claim, other: Claim) -> str | None:
    """A stable code of why the two may be of two events, or None. Symmetric."""
    days = days_between(one, other)
    if days == "apart":
        return "other_day"
    first, second = evidence(one), evidence(other)
    return contradicted(first, second) or _unproven(one, other, days)


def contradicted(first: Evidence, second: Evidence) -> str | None:
    """What both say and do not say alike."""
    if first.is_sum != second.is_sum:
        return "other_event"
    if first.kinds and second.kinds and not first.kinds & second.kinds:
        return "other_event" if first.own_kinds and second.own_kinds else "event_unknown"
    if _another_place(first, second):
        return "other_place"
    return "other_target" if _another_target(first, second) else None


def _unproven(one: Claim, other: Claim, days: Days) -> str | None:
    """What is missing for one event, where nothing speaks against it."""
    first, second = evidence(one), evidence(other)
    kinds = first.kinds & second.kinds
    rarest = max((_RATES[event_words().rates[kind]] for kind in kinds), default=0)
    places = shared_places(first.nearby, second.nearby)
    small = any(first.nearby[key][1] or second.nearby[key][1] for key in places)
    signs = _signs(one, other, first, second) + (small or len(places) > 1)
    if not kinds:
        return None if places and days != "open" and signs >= _UNNAMED else "event_unknown"
    if not places:
        return None if rarest == _RATES["rare"] and days == "same" else "place_too_wide"
    if days == "open" and not (rarest == _RATES["rare"] and (small or len(places) > 1)):
        return "other_day"  # another one of the same kind may have happened since
    if min(one.value, other.value) == 0 and not small:
        return "too_little_shared"  # "no deaths from this strike" among several strikes of a day
    return None if signs >= _needed(rarest, days, small, bool(first.own and second.own)) else "too_little_shared"


def _signs(one: Claim, other: Claim, first: Evidence, second: Evidence) -> int:
    """What is shared beside place, day and kind: what was struck, the words of the sentences, a third number."""
    alike = likeness(first.words, second.words) >= _ALIKE
    own = {f"{claim.value:g}" for claim in (one, other)}
    return bool(first.targets & second.targets) + alike + bool((first.numbers & second.numbers) - own)


def _needed(rarest: int, days: Days, small: bool, both_placed: bool) -> int:
    """Signs beside kind and one place: a second or a small place, and those of `_signs`."""
    if rarest == _RATES["rare"]:
        return 0 if days == "same" or (days in ("today", "near") and both_placed) else 1
    if rarest == _RATES["weekly"]:
        return 0 if days == "same" and both_placed else 1
    return 1 if days == "same" or (days == "today" and small) else 2


def _another_place(one: Evidence, other: Evidence) -> bool:
    """Whether both name places and share none, or both name small ones and share none of those."""
    if not (one.nearby and other.nearby):
        return False
    places = shared_places(one.nearby, other.nearby)
    small = [{key for key, (_, is_small) in side.own.items() if is_small} for side in (one, other)]
    return not places or bool(small[0] and small[1] and not places & (small[0] | small[1]))


def _another_target(one: Evidence, other: Evidence) -> bool:
    """Whether the sentences name what was struck, and it was not one thing."""
    return bool(one.own_targets and other.own_targets and not one.own_targets & other.own_targets)


def days_between(one: Claim, other: Claim) -> Days:
    """How the days of the event lie: `same` only where both texts name it, `today` where it is
    the day of the text that does not, `near` where that is the next one, `open` where a text names none and comes
    later than the next day, `apart` also where a text looks back and does not say to when."""
    stated = [claim for claim in (one, other) if claim.as_of_from == "text"]
    if any(claim.as_of_from != "text" and evidence(claim).looks_back for claim in (one, other)):
        return "apart"
    if len(stated) == 2:
        return "same" if _day(one) == _day(other) else "apart"
    if len(stated) == 1:
        told = other if stated[0] is one else one
        after = told.published.date() - _day(stated[0])
        if timedelta(0) <= after <= _NEXT_DAY:
            return "near" if after else "today"
        return "open" if timedelta(0) <= after <= _FOLLOWED else "apart"
    apart = abs(_day(one) - _day(other))
    if not apart:
        return "today"
    return "near" if apart <= _NEXT_DAY else "open" if apart <= _FOLLOWED else "apart"


def _day(claim: Claim) -> date:
    return claim.as_of.date()
