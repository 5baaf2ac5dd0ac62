"""What two tolls share, in points (signs.yaml): the day, the kind of event, the place, whatever else is no chance."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.event_words import event_words
from services.ledger.event.evidence import Evidence, evidence, likeness
from services.ledger.event.people import counts_the_nation, group
from services.ledger.event.place_words import Places, shared_places
from services.ledger.event.signs import from_steps, signs
from services.ledger.event.spelling import fold
from services.ledger.event.when import Days, gap
from services.ledger.kept import PAIRS, by_claim
from services.ledger.rules.moment import told_at
from services.ledger.rules.places import particular_places

_DAILY, _WEEKLY, RARE = 1, 2, 3
ONCE = 4
"""A rare event with so many dead that a country has one in a month."""
_RATES = {"rare": RARE, "seasonal": _WEEKLY, "told": _WEEKLY, "weekly": _WEEKLY, "daily": _DAILY}
_NAMES = {RARE: "rare", _WEEKLY: "weekly", _DAILY: "daily"}
_WHOLE = frozenset({"country", "world"})
_ALL_OVER = re.compile(
    r"\b(?:in|across) (?:at least |more than |nearly |about |some )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozens of) "
    r"(?:U\.S\. )?(?:states|provinces|regions|countries)\b|\bnationwide\b"
    r"|\bacross the (?:country|nation|world)\b",
    re.IGNORECASE,
)
""" "12 deaths across 10 states" are those of the country."""
_MANY = 50
"""A toll that lifts a rare or weekly event by one step. Of gas attacks with 50 dead a country has one in a month. Air
raids and fighting stay daily: such numbers of theirs are sums."""
HURT = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES})
"""People hurt by an event; homes and the displaced are counted place by place."""
_OF_ONE_EVENT = HURT | {Metric.MISSING, Metric.HOSTAGES, Metric.CROWD, Metric.DETAINED}
""" "Gunmen abducted 100 girls": a school is raided once, too, and a city has one march a day."""
_IN_UNREST = re.compile(r"\b(?:in|during) (?:the )?(?:unrest|protests|demonstrations|crackdown|riots)\b", re.IGNORECASE)
"""A country's unrest goes on all over it: its dead are counted from week to week."""
_COUNTED_ON_ONE_DAY = frozenset({Metric.CROWD, Metric.DETAINED})
"""Of marches "across France on Thursday" a country has one number."""


class Weighed(NamedTuple):
    """Points by sign, in the order in which they were looked for; only signs that are there."""

    found: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """The points of all signs together."""
        return sum(points for _, points in self.found)

    def points(self, name: str) -> int:
        """Those of one sign."""
        return sum(points for sign, points in self.found if sign == name)

    @property
    def words(self) -> str:
        """ "day 3, kind 1, place 5: 9 of 8 points"."""
        listed = ", ".join(f"{name.replace('_', ' ')} {points}" for name, points in self.found)
        return f"shared: {listed or 'nothing'}: {self.total} of {signs().needed} points"


@lru_cache(maxsize=PAIRS)
def rarity_of(one: Claim, other: Claim) -> int:
    """How seldom a place has such an event as both tell of, from 1, daily, to ONCE; 0 where they share no kind."""
    kinds = evidence(one).kinds_with(evidence(other)) or _far(evidence(one), evidence(other))
    return min(with_toll(kinds, claim) for claim in (one, other))


def with_toll(kinds: Set[str], claim: Claim) -> int:
    """How seldom such an event with so many dead is, from 1 to ONCE; 0 of no kind. Of what is counted but people hurt
    (homes, the displaced) each place has its own number, however rare the flood."""
    rarest = rank(kinds)
    if claim.metric not in HURT:
        return min(rarest, _DAILY)
    if is_seasonal(kinds):
        return rarest
    return rarest + (rarest >= _WEEKLY and has_many_dead(claim))


def is_seasonal(kinds: Set[str]) -> bool:
    """Whether one of the kinds is told of for weeks though it strikes many places at once: floods, storms."""
    return any(event_words().rates[kind] == "seasonal" for kind in kinds)


def is_told(kinds: Set[str]) -> bool:
    """Whether one of the kinds, at peace, is still meant by the texts of the week after: a shooting, a crash."""
    return any(event_words().rates[kind] == "told" for kind in kinds)


def has_many_dead(claim: Claim) -> bool:
    """Whether a toll is one that a country has seldom."""
    return claim.metric in HURT and claim.value >= _MANY


def rank(kinds: Set[str]) -> int:
    """How seldom: a rare kind decides, else the one that happens most; 0 of none. "Bombs and rockets" are no bomb."""
    ranks = {_RATES[event_words().rates[kind]] for kind in kinds}
    return RARE if RARE in ranks else min(ranks, default=0)


@lru_cache(maxsize=PAIRS)
def weighed(one: Claim, other: Claim, days: Days, rarity: int) -> Weighed:
    """What the two share. Symmetric. Kept, because it is asked for once to decide and once more to say why."""
    table = signs()
    first, second = evidence(one), evidence(other)
    place, more = _place(first, second)
    if first.peace and set(particular_places(one)) & set(particular_places(other)):
        place = max(place, table.place["city"])  # Washington is no place word: it mostly speaks
    if one.block.partition("/")[2] in event_words().city_states:
        place = max(place, table.place["city"])
    elif _is_of_one_land(one, other):
        place = max(place, table.one_land)
    elif _are_of_the_country(one, other, days) and not (first.near or second.near):
        place = max(place, table.place["large"])
    found = {
        "day": table.day[days],
        "kind": _kind(first, second) if one.metric in _OF_ONE_EVENT else min(_kind(first, second), table.kind["daily"]),
        "place": place,
        "more_places": table.more_places * more,
        "other_towns": -table.other_towns * _name_other_towns(first, second),
        "target": _target(first, second),
        "more_targets": table.more_targets * (len(first.near_targets & second.near_targets) > 1),
        "weapon": table.weapon * bool(rarity == _DAILY and first.weapons & second.weapons),
        "named": table.named * bool(first.named & second.named),
        "nationwide": table.nationwide * is_nationwide(one, other),
        "holder": table.holder * bool(first.holders & second.holders),
        "agent": table.agent * bool(first.agents & second.agents),
        "victims": table.victims * (group(one) == group(other) is not None),
        "alike": from_steps(table.alike, likeness(first.words, second.words)),
        "texts_alike": 0,
        "number": table.number * bool((first.numbers & second.numbers) - {f"{one.value:g}", f"{other.value:g}"}),
        "names": min(table.most_names, table.name * len((first.names & second.names) - _speakers(one, other))),
        "abroad": table.abroad * bool(first.abroad & second.abroad),
        "close": table.close * _are_close(one.value, other.value),
        "grown": table.grown * _has_grown(one, other, first, second),
        "lead": table.lead * _is_lead(one, other, first, second, days),
        "size": _size(one, other, table.size if _is_seldom(first, second, days) else table.daily_size),
        "known_to_all": table.known_to_all * (rarity >= ONCE),
    }
    if one.publisher != other.publisher:  # of one outlet the frame around the texts is alike
        found["texts_alike"] = from_steps(table.texts_alike, likeness(first.all_words, second.all_words))
    return Weighed(tuple((name, points) for name, points in found.items() if points))


def _far(one: Evidence, other: Evidence) -> Set[str]:
    """Kinds that one tells of beside the figure, and the other around it; not those that every report of a war has."""
    kinds = (one.kinds & other.around_kinds) | (other.kinds & one.around_kinds)
    return frozenset(kind for kind in kinds if event_words().rates[kind] != "daily")


def _kind(one: Evidence, other: Evidence) -> int:
    table = signs()
    near, far = rank(one.kinds_with(other)), rank(_far(one, other))
    points = [table.kind[_NAMES[near]]] if near else []
    points += [table.kind[_NAMES[far]] - table.far_kind] if far else []
    return max(points, default=0)


def _place(one: Evidence, other: Evidence) -> tuple[int, bool]:
    """The points of the best place shared, and whether there are more."""
    table = signs().place
    beside = shared_places(one.near, other.near)
    far = shared_places(one.near, other.nearby) | shared_places(other.near, one.nearby)
    around = shared_places(one.nearby, other.nearby)
    found = [("", beside), ("_far", far), ("_farther", around)]
    points = [table[f"{_extent(key, one, other)}{where}"] for where, keys in found for key in keys]
    if one.part is not None and one.part == other.part and not (one.own or other.own):  # "in western Japan"
        points.append(table["struck" if one.kinds & other.kinds & event_words().disasters else "large"])
    return max(points, default=0), len(beside | far) > 1


def _are_of_the_country(one: Claim, other: Claim, days: Days) -> bool:
    """Whether a country has one such number: of a day's marches, of unrest, a heat wave or a flood all over it."""
    if one.metric in _COUNTED_ON_ONE_DAY:
        return days == "same"
    if in_unrest(one) and in_unrest(other):
        return True
    return bool(evidence(one).kinds & evidence(other).kinds & event_words().widespread)


@by_claim
def in_unrest(claim: Claim) -> bool:
    """Whether people are counted who were killed in a country's protests or riots."""
    return _IN_UNREST.search(claim.sentence) is not None


def _is_of_one_land(one: Claim, other: Claim) -> bool:
    """Whether both tell of a rare disaster of one country within a week: its quake, its volcano."""
    shared = evidence(one).kinds & evidence(other).kinds & event_words().disasters
    return rank(shared) >= RARE and gap(one, other) <= timedelta(days=signs().one_land_days)


def _extent(key: str, one: Evidence, other: Evidence) -> str:
    """What kind of place a shared one is, by its name in signs.yaml."""
    if _is_small(key, one, other):
        return "small"
    if one.peace and one.nearby[key][0] not in event_words().provinces:
        return "city"
    return "struck" if one.kinds & other.kinds & event_words().disasters else "large"


def is_epidemic(one: Claim, other: Claim) -> bool:
    """Whether both count the dead of one disease that they name: from day to day, and always more."""
    first, second = evidence(one), evidence(other)
    return bool(first.named & second.named) and "disease" in first.kinds & second.kinds


def is_nationwide(one: Claim, other: Claim) -> bool:
    """Whether both count one disease's dead of a whole country, or of the world: one says so, and the other names no
    place, or says so too; or its sentence names none, and the numbers are not many times apart."""
    if not is_epidemic(one, other):
        return False
    whole = [_is_of_all(claim) and set(claim.places) <= _home(claim) for claim in (one, other)]
    bare = [set(claim.places) <= _home(claim) and not evidence(claim).near for claim in (one, other)]
    few, many = sorted((one.value, other.value))
    if any(whole) and few > 0 and many <= signs().grown_times * few:
        bare = [is_bare or _is_put_elsewhere(claim) for is_bare, claim in zip(bare, (one, other), strict=True)]
    return any(whole) and all(map(max, whole, bare))


_HERE = re.compile(
    r"\b(?:the|this|that) (?:state|province|city|county|town|village|district|region|island|hospital|prison|jail|"
    r"facility|home|ship)\b|\bt?here (?!(?:were|was|are|is|have|had|has)\b)",
    re.IGNORECASE,
)
""" "In the state 12 have died": a place named before."""


def _is_put_elsewhere(claim: Claim) -> bool:
    """Whether a sentence names no place, means none named before, and has its place from further off in the text."""
    if claim.status == "feared":  # "the toll could reach 100,000" is no count to follow another
        return False
    return not evidence(claim).said_here and not _HERE.search(claim.sentence)


def _is_of_all(claim: Claim) -> bool:
    """Whether a count is of a whole country or the world: by its scope, by how many parts of it are in it, or by its
    people: "more than 130,000 Americans"."""
    if claim.scope in _WHOLE:
        return True
    return not claim.places and (_ALL_OVER.search(claim.sentence) is not None or counts_the_nation(claim))


def _home(claim: Claim) -> set[str]:
    """The country of a claim's block, or the world."""
    return {claim.block.partition("/")[2]}


def _name_other_towns(one: Evidence, other: Evidence) -> bool:
    """Whether one names a town near the figure, and the other text has towns, but not this one."""
    pairs = ((one, other), (other, one))
    return any(a.towns and b.all_towns and not a.towns & (b.nearby.keys() | b.all_towns) for a, b in pairs)


def _is_small(key: str, one: Evidence, other: Evidence) -> bool:
    if key in one.towns or key in other.towns:
        return True
    return any(_small(places, key) for side in (one, other) for places in (side.own, side.before, side.opening))


def _small(places: Places, key: str) -> bool:
    return key in places and places[key][1]


def _target(one: Evidence, other: Evidence) -> int:
    table, rare = signs().target, event_words().rare_targets
    own = one.own_targets & other.own_targets
    near = (one.own_targets & other.near_targets) | (other.own_targets & one.near_targets)  # "the attack left 12 dead"
    if own:
        return table["rare" if own & rare else "own"]
    return table["own"] if near & rare else 0


def _speakers(one: Claim, other: Claim) -> set[str]:
    """Words of the names of those who say it: the director of an observatory tells of every attack."""
    return {fold(word) for claim in (one, other) for word in f"{claim.speaker or ''} {claim.publisher or ''}".split()}


def _is_lead(one: Claim, other: Claim, first: Evidence, second: Evidence, days: Days) -> bool:
    """Whether two outlets tell it first, as the news of one day. Storms and epidemics have several tolls a day."""
    if one.publisher == other.publisher or max(one.sentence_index, other.sentence_index) >= signs().lead_sentences:
        return False
    if days != "same" and (days != "today" or one.published.date() != other.published.date()):
        return False
    return one.metric in HURT and not is_seasonal(first.kinds & second.kinds)


def _are_close(one: float, other: float) -> bool:
    table = signs()
    small, large = sorted((one, other))
    return small >= table.close_from and large <= table.close_ratio * small


def _has_grown(one: Claim, other: Claim, first: Evidence, second: Evidence) -> bool:
    """Whether the later count of what nobody did, in a place named beside both figures, is no lower and not many times
    the earlier one: so the dead of one disaster are counted."""
    shared = first.kinds & second.kinds
    if one.metric not in HURT or not shared or not shared <= event_words().disasters:
        return False
    earlier, later = sorted((one, other), key=told_at)
    grown = 0 < earlier.value <= later.value <= signs().grown_times * earlier.value
    return grown and bool(shared_places(first.near, second.near))


def _is_seldom(one: Evidence, other: Evidence, days: Days) -> bool:
    """Whether many dead are no chance: of what does not happen every day, or, where a text does not say what happened,
    on one stated day."""
    kinds = one.kinds_with(other) or _far(one, other)
    return (rank(kinds) > _DAILY and not is_seasonal(kinds)) or (days == "same" and not kinds)


def _size(one: Claim, other: Claim, steps: dict[int, int]) -> int:
    if one.metric not in HURT:
        return 0
    dead = min(one.value, other.value) / (1 if one.metric is Metric.DEATHS else signs().wounded_per_dead)
    return from_steps(steps, dead)
