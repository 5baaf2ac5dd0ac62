"""Whether what happened can have happened to the counted: people are killed, homes damaged, 20 sheep are no toll."""

from __future__ import annotations

from functools import cache

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

_SICK_BEFORE = 60
"""Tokens before "hospitalised" in which a disease is why: two sentences."""
_CROWD = 10
"""Fewer than these, counted exactly, are no crowd where they gather."""
_FORCED = 6
"""Tokens of "to take unpaid leave"."""
_NEAR = 14
"""Tokens to either side in which "cross", "border", a rally or the name of a disease makes a number what it is."""
_HARM = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING, Metric.RESCUED})
_OF_PEOPLE = _HARM | {
    Metric.DISPLACED,
    Metric.DETAINED,
    Metric.HOSTAGES,
    Metric.CROWD,
    Metric.PEOPLE_PRESENT,
    Metric.REFUGEES,
    Metric.RETURNED,
    Metric.CASES,
}
_ON_THE_WAY = frozenset({Metric.REFUGEES, Metric.DISPLACED})
FLED = frozenset({"fled", "flee", "fleeing"})
_RALLY = frozenset("protest protests protesters rally rallies march marches demonstration supporters support".split())
_GATHERED = frozenset("gathered gather gathers gathering massed mass massing amassed assembled assembling".split())
_LIVING = ("ers", "ors", "ists", "ians", "ans", "men", "ees", "ants", "ents", "aries", "ese")
"""Nouns for people that no list has end like these: "paramilitaries", "pensioners", "Salvadorans"."""


@cache
def nouns() -> dict[str, tuple[Metric, bool]]:
    """Metric of a noun and whether it is sure."""
    return {w: (Metric(v.split()[0]), "?" not in v) for w, v in word_table("metric_nouns").items()}


ANY = (Metric.OTHER, False)
TESTS = frozenset({"tests", "results", "swabs", "samples"})
"""What is found "positive": "3,800 positive tests" are cases."""


def fit(line: Line, quantity: Quantity, noun: Noun, told: Told) -> Metric:
    """The metric of what was told, where the noun can have it; else that of the noun, or `other`."""
    token = line.lower(told.token) if told.token is not None else ""
    word = line.lower(noun.head) if noun.head is not None and noun.how != "state" else ""
    word = "" if is_those(noun, word) else word
    own = nouns().get(word, ANY)[0]
    if _is_idle(line, quantity, noun, told, own):
        return Metric.OTHER
    if {told.metric, own} == _ON_THE_WAY and (own is Metric.DISPLACED or token in FLED):
        return own  # "46,000 registered IDPs"; "270,000 refugees have fled to Veronia"
    if _is_stranded(line, quantity, told, token, own):
        return Metric.PEOPLE_PRESENT  # "4,000 migrants have gathered on its border" are no rally
    if own is Metric.HOMES_DAMAGED and told.metric in {Metric.INJURED, Metric.DEATHS}:
        return own  # burned, buried
    if told.metric in {Metric.HOMES_DAMAGED, Metric.TROOPS}:
        return _of_things(noun, told.metric, token, word, own)
    return told.metric if _suits(line, noun, told.metric, word, own) else Metric.OTHER


def _is_stranded(line: Line, quantity: Quantity, told: Told, token: str, own: Metric) -> bool:
    """Whether those who gather are on their way somewhere, and no rally."""
    waiting = told.metric is Metric.CROWD and own in _ON_THE_WAY and token in _GATHERED
    return waiting and _RALLY.isdisjoint(line.lowers(quantity.first - _NEAR, quantity.last + 2 * _NEAR))


def is_those(noun: Noun, word: str) -> bool:
    """Whether a participle stands for people: "the number of those *detained* rose to 86"."""
    return noun.how == "before" and word not in nouns() and "passive" in word_table("metric_verbs").get(word, "")


def near(line: Line, quantity: Quantity, label: str) -> bool:
    """Whether a word of a group stands near the quantity."""
    return any(line.lower(k) in group(label) for k in range(quantity.first - _NEAR, quantity.last + _NEAR))


def _is_idle(line: Line, quantity: Quantity, noun: Noun, told: Told, own: Metric) -> bool:
    """Whether a word that tells much of some tells nothing of these: "ten senators arrived", "drew 40 investors"."""
    metric, token = told.metric, line.lower(told.token) if told.token is not None else ""
    if metric is Metric.REFUGEES and token in group("crossing"):
        if told.token is not None and line.lower(told.token + 1) == "into" and line.capitalised(told.token + 2):
            return False  # "crossed into Veronia"
        return own not in {Metric.REFUGEES, Metric.DISPLACED} and not near(line, quantity, "flight_context")
    if metric is Metric.CROWD and own is not metric and quantity.bound == "exact" and quantity.value < _CROWD:
        return True  # "two leaders gathered"
    if metric is Metric.CROWD and token in group("drawing"):
        return not near(line, quantity, "crowd_context")
    if metric in {Metric.RETURNED, Metric.PEOPLE_PRESENT} and own is Metric.TROOPS:
        return True  # "160 gunmen remain in the town"
    return told.token is not None and _is_other_sense(line, quantity, noun, metric, told.token)


def _is_other_sense(line: Line, quantity: Quantity, noun: Noun, metric: Metric, at: int) -> bool:
    """Whether `at` has another sense: in hospital with a virus, captured on video, forced to take leave."""
    word = line.lower(at)
    if metric is Metric.INJURED and _is_in_hospital(word):
        lowers = line.document.columns.lowers[max(0, quantity.first - _SICK_BEFORE) : quantity.last + _NEAR]
        return not group("diseases").isdisjoint(lowers)  # "1,200 people are hospitalised with the virus" are no wounded
    if word == "captured":
        return not group("cameras").isdisjoint(line.lowers(at + 1, at + _FORCED))
    forced = metric is Metric.DISPLACED and word in {"forced", "forcing"}
    return forced and _is_forced_to(line, max(noun.last, quantity.last, at + 1))


def _is_forced_to(line: Line, at: int) -> bool:
    """Whether people are forced to what is no leaving: "forced *to take* unpaid leave", "*into* the building"."""
    words = line.lowers(at, at + _FORCED)
    if words[:1] == ["into"]:
        return group("safety").isdisjoint(words)
    if words[:1] != ["to"] or len(words) < 2:
        return False
    shelter = not (group("safety") | {"shelter", "refuge"}).isdisjoint(words)
    return not shelter and words[1] not in word_list("leaving_verbs") and words[1] not in group("forced_to")


def _is_in_hospital(word: str) -> bool:
    return word.startswith("hospitali") or word in group("hospital_verbs")


def _of_things(noun: Noun, metric: Metric, token: str, word: str, own: Metric) -> Metric:
    if metric is Metric.HOMES_DAMAGED and token in group("taking_away") and word in word_list("persons"):
        return Metric.MISSING
    if (
        metric is Metric.HOMES_DAMAGED
        and token in group("destroying")
        and (own is Metric.TROOPS or word in group("combatants"))
    ):
        return Metric.DEATHS  # armies "destroy" militants
    if metric is Metric.TROOPS and not word:  # 24,000 deployed
        return metric
    state = noun.how == "state" and metric is Metric.HOMES_DAMAGED
    return metric if own is metric and not state else Metric.OTHER


def _suits(line: Line, noun: Noun, metric: Metric, word: str, own: Metric) -> bool:
    if metric is Metric.CASES and word in TESTS:
        return True
    if metric not in _OF_PEOPLE or not word or word in word_list("persons") or own is metric:
        return True
    named = noun.head is not None and line.capitalised(noun.head) and not line.titled
    living = metric in _HARM and word not in group("animals") and len(word) > 5 and word.endswith(_LIVING)
    return named or living
