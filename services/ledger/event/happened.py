"""Do two claims of two articles speak of one event? When in doubt, no.

A toll has no name. Two texts are kept apart by what both say and do not say alike: the day, two places, who did it,
what was struck, a sum against a single count (`_contradicted`). Where nothing keeps them apart, what they share is
counted in points (weighing.py), and a sign that one text leaves out is made up for by others. Tried on 461 reports of
one war by reading every alert.
"""

from __future__ import annotations

from datetime import timedelta

from schemas.claim import Claim
from services.ledger.event.event_words import event_words, is_city
from services.ledger.event.evidence import Evidence, evidence
from services.ledger.event.extent import is_part_that_fits
from services.ledger.event.place_words import shared_places
from services.ledger.event.running import HELD, are_of_one_war, runs_on
from services.ledger.event.signs import signs
from services.ledger.event.weighing import (
    HURT,
    ONCE,
    RARE,
    Weighed,
    has_many_dead,
    is_epidemic,
    is_nationwide,
    is_seasonal,
    is_told,
    rank,
    rarity_of,
    weighed,
    with_toll,
)
from services.ledger.event.when import Days, days_between, gap
from services.ledger.kept import by_claim
from services.ledger.rules.moment import told_at
from services.ledger.rules.places import particular_names

_FOLLOWED = timedelta(days=14)
"""So long a rare event is in the news; a flood or a quake is counted for weeks."""
_NEXT_DAY = timedelta(days=1)
_FRESH = timedelta(days=7)
"""So long an attack on a rare target, or a bomb with many dead: the aid convoy of Monday."""


def other_event(one: Claim, other: Claim) -> str | None:
    """A stable code of why the two may be of two events, or None. Symmetric."""
    if runs_on(one, other) or are_of_one_war(one, other):
        return None
    days = days_of(one, other)
    if days == "apart":
        return "other_day"
    first, second = evidence(one), evidence(other)
    rarity = rarity_of(one, other)
    if _is_too_late(one, other, days, rarity):
        return "other_day"
    if first.is_headlines or second.is_headlines:
        return "list_of_headlines"
    if is_nationwide(one, other):  # whatever else their sentences tell of
        unlike = _unproven(one, other, days, rarity)
    elif _sums(one, first) != _sums(other, second) and not _is_one_disaster(first, second):
        return "other_event"
    else:
        apart = _contradicted(first, second, known_to_all=rarity >= ONCE)
        if not apart and rarity < ONCE and _are_of_two_cities(one, other):
            apart = "other_place"
        unlike = apart or _unproven(one, other, days, rarity)
    return unlike or ("part_of_another" if is_part_that_fits(one, other) else None)


def is_of_another_time(one: Claim, other: Claim) -> bool:
    """Whether `other_event` finds another day by what is known of each of the two by itself: an air raid's toll meets
    those of its day and the next."""
    days = days_of(one, other)
    if days == "open" and one.metric in HELD:
        return False  # who is missing today is so tomorrow
    if days == "open":
        lone = not (has_many_dead(one) and has_many_dead(other))  # and so no event that the whole country knows
        return lone and not (is_long_told(one) or is_long_told(other))
    return days == "apart"


def days_of(one: Claim, other: Claim) -> Days:
    """How the days lie (when.py). Of an epidemic each count has its own day, whatever else its sentence tells of."""
    days = days_between(one, other)
    return "counted" if days == "apart" and is_epidemic(one, other) else days


def shown(one: Claim, other: Claim) -> str | None:
    """What the two share, for the chain of reasons: "shared: day 3, kind 1, place 5: 9 of 8 points"; None where the
    days lie apart, and nothing was counted."""
    days = days_of(one, other)
    return None if days == "apart" else weighed(one, other, days, rarity_of(one, other)).words


@by_claim
def is_long_told(claim: Claim) -> bool:
    """Whether the event of a claim may be told of for weeks. An air raid's toll meets those of its day and the next."""
    found = evidence(claim)
    seldom = with_toll(found.kinds, claim) >= RARE or is_seasonal(found.kinds) or is_told(found.kinds)
    return seldom or bool(found.targets & event_words().rare_targets)


def contradicted(first: Evidence, second: Evidence) -> str | None:
    """What two claims of one text say that keeps them apart."""
    if first.is_sum != second.is_sum:
        return "other_event"
    if first.kinds and second.kinds and not first.kinds & second.kinds:
        return "other_event" if first.own_kinds and second.own_kinds else "event_unknown"
    if first.told and second.told and not shared_places(first.told, second.told):
        return "other_place"
    return "other_place" if _other_towns(first, second) else _other_target(first, second)


def _contradicted(first: Evidence, second: Evidence, *, known_to_all: bool) -> str | None:
    """What two claims of two texts say that keeps them apart. Of an event that is `known_to_all` one text names the
    town and another the country, or the capital nearby: only two towns are two places."""
    if first.own_kinds and second.own_kinds and not _shared_kinds(first, second):
        return "other_event"
    if first.named and second.named and not first.named & second.named:
        return "other_event"  # two storms, or measles and cholera
    if first.agents and second.agents and not first.agents & second.agents and not _is_rare(first, second):
        return "other_side"
    if _other_towns(first, second) or (not known_to_all and _other_places(first, second)):
        return "other_place"
    return _other_target(first, second)


def _is_too_late(one: Claim, other: Claim, days: Days, rarity: int) -> bool:
    """Whether another event of the kind may have happened between the two."""
    if _is_one_disaster(evidence(one), evidence(other)) and gap(one, other) <= _FOLLOWED:
        return False  # a storm has a name: no other comes on the next day
    if days == "dateline":
        told_on = is_told(evidence(one).kinds_with(evidence(other))) or is_epidemic(one, other)
        return rarity < RARE and not told_on
    if days == "counted" and not _is_followed(one, other, rarity):
        return True
    known = days not in ("open", "counted") or rarity >= ONCE or is_epidemic(one, other)
    if known or (_may_be_known(one, other) and _is_known_there(one, other, weighed(one, other, days, rarity))):
        return False
    long = is_long_told(one), is_long_told(other)
    if not any(long) or (rarity < RARE and not all(long)):
        return True
    followed = rarity >= RARE or is_seasonal(evidence(one).kinds & evidence(other).kinds)
    return gap(one, other) > (_FOLLOWED if followed else _FRESH)


def _is_followed(one: Claim, other: Claim, rarity: int) -> bool:
    """Whether its dead are counted for days, each count with its own day: a disaster, and nobody's deed, of which the
    next may come on the next day."""
    shared = evidence(one).kinds & evidence(other).kinds
    if not shared or not shared <= event_words().disasters:
        return is_epidemic(one, other)
    return rarity >= RARE or is_seasonal(shared)


def _unproven(one: Claim, other: Claim, days: Days, rarity: int) -> str | None:
    """What is missing for one event, where nothing speaks against it."""
    found, needed = weighed(one, other, days, rarity), signs().needed
    if _is_known_there(one, other, found):
        return None
    if not rarity and days != "same" and not _is_one_without_a_kind(one, other, found):
        return "event_unknown"
    if min(one.value, other.value) == 0 and not _is_zero_of_one(found, rarity):
        return "zero_unproven"  # "no deaths from this strike", among several strikes of a day
    placed = found.points("place") or found.points("nationwide")
    if not placed and rarity < RARE and found.total < needed + signs().placeless:
        return "place_too_wide"
    if found.total >= needed - signs().all_three * _is_all_three(one, other, found):
        return None
    return "too_little_shared" if rarity else "event_unknown"


def _is_one_without_a_kind(one: Claim, other: Claim, found: Weighed) -> bool:
    """Whether two texts mean one event though neither says of what kind: an attack on one small place; or so much else
    is shared, as of "40 were found dead in a lorry in San Antonio"."""
    if evidence(one).is_attack and evidence(other).is_attack and _has_town(found):
        return True
    if evidence(one).is_attack or evidence(other).is_attack:
        struck = found.points("target") >= signs().target["rare"] and found.points("place") > 0
        if struck and gap(one, other) <= _NEXT_DAY:
            return True  # "gunmen stormed a mall in Kiwa", "the attack on the Westgate mall"
    alike = found.points("alike") >= max(signs().alike.values())
    return alike and found.points("place") > 0 and found.total >= signs().needed + signs().kindless


def _is_known_there(one: Claim, other: Claim, found: Weighed) -> bool:
    """Whether a small place has one such thing in a week, whatever it was: so many dead where there is no war, people
    who are missing or held."""
    if not _has_town(found) or not _may_be_known(one, other):
        return False
    return one.metric not in HELD or found.total >= signs().needed - signs().all_three


def _may_be_known(one: Claim, other: Claim) -> bool:
    """The same by what is known without weighing the two, which takes ten times as long."""
    if one.metric not in HELD:
        many = has_many_dead(one) and has_many_dead(other)
        if not many or not evidence(one).peace or not evidence(other).peace:
            return False
    return gap(one, other) <= _FRESH


def _is_all_three(one: Claim, other: Claim, found: Weighed) -> bool:
    """Whether when, what and where are each shared, and the last two beside both figures; not of an outlet's two texts
    of one day."""
    if one.publisher == other.publisher and told_at(one).date() == told_at(other).date():
        return False
    beside = evidence(one).kinds_with(evidence(other)) and found.points("place") >= signs().place["large"]
    return bool(beside and found.points("day") and one.metric in HURT)


def _is_zero_of_one(found: Weighed, rarity: int) -> bool:
    """Whether "no one was killed" is said of the event that the other tells of: many more events kill nobody. One town,
    a rare event, or one thing struck by what does not happen every day."""
    return _has_town(found) or rarity >= RARE or (rarity == RARE - 1 and found.points("target") > 0)


def _has_town(found: Weighed) -> bool:
    """Whether both name one small place beside the figure."""
    return found.points("place") >= signs().place["small"]


def _is_one_disaster(first: Evidence, second: Evidence) -> bool:
    """Whether both tell of one storm or disease by its name: its dead "in total" are those of one event."""
    return bool(first.named & second.named) and bool(first.kinds & second.kinds & event_words().disasters)


def _sums(claim: Claim, found: Evidence) -> bool:
    """Whether the number sums many events up: also "hundreds", of what happens every day."""
    if found.is_sum:
        return True
    vast = claim.bound == "vague" and claim.value >= _VAST
    return vast and all(event_words().rates[kind] == "daily" for kind in found.own_kinds)


_VAST = 100
""" "Hundreds" of one air raid: no."""


def _shared_kinds(one: Evidence, other: Evidence) -> bool:
    """Whether both sentences name one kind, or one names a rare kind that the other has beside it: "the attack that
    killed 1,400, and they consider air strikes"."""
    if one.own_kinds & other.own_kinds:
        return True
    words = event_words()
    if any(one.own_kinds & each and other.own_kinds & each for each in (words.unrest, words.weather)):
        return True
    bombed = one.own_kinds & words.bombardments and other.own_kinds & words.bombardments
    return bool(bombed and one.own_targets & other.own_targets & words.rare_targets) or _is_rare(one, other)


def _is_rare(one: Evidence, other: Evidence) -> bool:
    """Whether a rare kind is shared, of which the sides of a war blame each other."""
    return rank((one.own_kinds & other.around_kinds) | (other.own_kinds & one.around_kinds)) >= RARE


def _other_places(one: Evidence, other: Evidence) -> bool:
    """Whether both name places and share none, and neither text has the other's near the figure or at its top."""
    if is_seasonal(one.kinds & other.kinds) and one.own and other.own and not shared_places(one.own, other.own):
        return True  # of one storm each place has its dead
    if not (one.near and other.near) or shared_places(one.near, other.nearby) or shared_places(other.near, one.nearby):
        return False
    large = [any(is_city(word) for word, _ in side.near.values()) for side in (one, other)]
    return all(large) or not shared_places(one.nearby, other.nearby)


def _are_of_two_cities(one: Claim, other: Claim) -> bool:
    """Whether each is of a city, and neither text has the other's: "Moscow", which in most texts is who speaks."""
    names = [particular_names(claim) for claim in (one, other)]
    if not all(names) or set(names[0]) & set(names[1]) or shared_places(evidence(one).own, evidence(other).own):
        return False
    lists = event_words()
    if any(name.lower() not in lists.cities or name.lower() in lists.provinces for found in names for name in found):
        return False
    texts = [f"{claim.opening} {claim.before} {claim.sentence}" for claim in (one, other)]
    return not any(name in texts[1] for name in names[0]) and not any(name in texts[0] for name in names[1])


def _other_towns(one: Evidence, other: Evidence) -> bool:
    """Whether both sentences name small places, and none of either is shared; or two sides of a front."""
    if one.holders and other.holders and not one.holders & other.holders:
        return True
    small = [{key for key, (_, is_small) in side.own.items() if is_small} for side in (one, other)]
    shared = shared_places(one.own, other.own)
    return bool(small[0] and small[1] and not shared & (small[0] | small[1]))


def _other_target(one: Evidence, other: Evidence) -> str | None:
    """Whether the sentences name what was struck, and it was not one thing."""
    apart = one.own_targets and other.own_targets and not one.own_targets & other.own_targets
    apart = apart or (one.sites and other.sites and not _share_a_word(one.sites, other.sites))
    return "other_target" if apart else None


def _share_a_word(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lists of names may have one house: "Kiwa University", "Kiwa University College"."""
    first, second = (frozenset(" ".join(names).split()) for names in (one, other))
    return bool(first & second)
