"""The metric of a quantity: the noun itself, what happened to the counted, else what the noun is by default.

The order is: a noun that says it ("12 bodies"); a participle or predicate behind ("N people were killed", "left N
people homeless"); the verb that governs it ("killing N people"); a participle inside ("200 injured people"); "the death
toll to 19 people"; what a list before it had ("killed 5 soldiers and two policemen"); the noun's default ("soldiers":
troops). Else `other`, rather than guessed.
"""

from __future__ import annotations

from functools import cache

from schemas.metrics import Metric
from services.read.figures.counting.counted import BACK, Noun
from services.read.figures.counting.governor import governor
from services.read.figures.counting.happened import Told, joined, modifier, predicate, verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

_PLACE_REACH = 9
"""Tokens behind "2,000 people" in which "in the old army camp" says where they are."""
_WAITING_REACH = 24
"""The same for migrants and refugees: "900 refugees, most of them from the south, who now sleep in a camp"."""
_NEAR = 14
"""Tokens to either side in which "cross", "border" or the name of a disease makes attempts and cases what they are."""


@cache
def _nouns() -> dict[str, tuple[Metric, bool]]:
    """Metric of a noun and whether it is sure."""
    return {w: (Metric(v.split()[0]), "?" not in v) for w, v in word_table("metric_nouns").items()}


_ANY = (Metric.OTHER, False)


def metric_of(line: Line, quantity: Quantity, noun: Noun, before: Told | None) -> Told:
    """The metric of a quantity; `before` is that of the quantity just before it in the same list, else None."""
    if quantity.currency:
        return Told(Metric.MONEY, None)
    if noun.how == "ratio":
        return Told(Metric.RATIO, noun.head)
    if quantity.percent:
        return Told(Metric.OTHER, None)
    word = line.lower(noun.head) if noun.head is not None else ""
    told = _named(line, noun, word) or _happened(line, quantity, noun, word, before)
    if told is not None:
        metric = _fit(line, noun, told.metric, line.lower(told.token) if told.token is not None else "")
        if metric is not Metric.OTHER or noun.head is None:
            return Told(metric, told.token, told.governs)
    return _default(line, quantity, noun, word)


def _named(line: Line, noun: Noun, word: str) -> Told | None:
    """The metric the head itself names: "86 dead", "12 bodies", "the injury toll to 40"."""
    if noun.head is None:
        return None
    if word in group("toll_metrics"):
        return Told(Metric.INJURED if line.lower(noun.head - 1) == "injury" else Metric.DEATHS, noun.head)
    metric, sure = _nouns().get(word, _ANY)
    if sure or noun.how == "state":
        metric = metric if sure else verbs()[word].metric
        return Told(joined(line, noun.head, metric) if word in verbs() else metric, noun.head)
    return None


def _happened(line: Line, quantity: Quantity, noun: Noun, word: str, before: Told | None) -> Told | None:
    return (
        predicate(line, quantity, noun)
        or governor(line, quantity, noun)
        or modifier(line, noun)
        or _listed_as(line, quantity)
        or _toll(line, quantity, word)
        or (Told(before.metric, before.token, True) if before and before.governs else None)
    )


def _listed_as(line: Line, quantity: Quantity) -> Told | None:
    """ "among the dead were three children", "those killed included six women"."""
    at = quantity.first - 1
    word, before = line.lower(at), line.lower(at - 1)
    if not (word in group("be") or word in group("subset_before")):
        return None
    metric, sure = _nouns().get(before, _ANY)
    counted = before in group("stand_for") or before in {"victims", "casualties", "detainees", "hostages", "arrested"}
    led = line.lower(at - 2) in group("definite") or line.lower(at - 2) in {"those", "among"}
    if before in verbs() and not sure:
        metric, sure = verbs()[before].metric, True
    return Told(metric, at - 1) if counted and led and sure else None


def _toll(line: Line, quantity: Quantity, word: str) -> Told | None:
    """ "raised the death toll to 19 people"."""
    if (word and word not in word_list("persons")) or line.lower(quantity.first - 1) not in group("before_count"):
        return None
    back = range(quantity.first - 2, max(quantity.first - BACK, line.first - 1), -1)
    return next((Told(Metric.DEATHS, k) for k in back if line.lower(k) == "toll"), None)


_HARM = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING, Metric.RESCUED})
_OF_PEOPLE = _HARM | {
    Metric.DISPLACED,
    Metric.DETAINED,
    Metric.HOSTAGES,
    Metric.CROWD,
    Metric.PEOPLE_PRESENT,
    Metric.REFUGEES,
    Metric.CASES,
}


def _fit(line: Line, noun: Noun, metric: Metric, token: str) -> Metric:
    """A metric the noun can have: people are killed, homes damaged, and 20 sheep are no toll."""
    word = line.lower(noun.head) if noun.head is not None and noun.how != "state" else ""
    own = _nouns().get(word, _ANY)[0]
    if own is Metric.HOMES_DAMAGED and metric in {Metric.INJURED, Metric.DEATHS}:  # burned, buried
        return Metric.HOMES_DAMAGED
    if metric is Metric.HOMES_DAMAGED and token in {"swept", "washed"} and word in word_list("persons"):
        return Metric.MISSING
    if metric is Metric.TROOPS and not word:  # 24,000 deployed
        return metric
    if metric in {Metric.HOMES_DAMAGED, Metric.TROOPS}:
        state = noun.how == "state" and metric is Metric.HOMES_DAMAGED
        return metric if own is metric and not state else Metric.OTHER
    if metric not in _OF_PEOPLE or not word or word in word_list("persons") or own is metric:
        return metric
    named = noun.head is not None and line.capitalised(noun.head) and not line.titled
    living = metric in _HARM and word not in group("animals") and len(word) > 5 and word.endswith(_LIVING)
    return metric if named or living else Metric.OTHER


_LIVING = ("ers", "ors", "ists", "ians", "ans", "men", "ees", "ants", "ents", "aries", "ese")
"""Nouns for people that no list has end like these: "paramilitaries", "pensioners", "Salvadorans"."""


def _default(line: Line, quantity: Quantity, noun: Noun, word: str) -> Told:
    named = _nouns().get(word)
    metric = named[0] if named else Metric.OTHER
    if noun.head is None:  # "100,000 remained in camps"
        stayed = line.lower(quantity.last) in group("stays") and _present(line, quantity, noun, waiting=False)
        return Told(Metric.PEOPLE_PRESENT, quantity.last) if stayed else Told(Metric.OTHER, None)
    waits = metric is Metric.REFUGEES
    person = word in word_list("persons") and (named is None or waits)
    if person and _present(line, quantity, noun, waiting=waits):
        return Told(Metric.PEOPLE_PRESENT, None)
    context = {Metric.CROSSING_ATTEMPTS: "cross_context", Metric.CASES: "disease_context"}.get(metric)
    if word == "lives":
        context = "claiming"
    if metric is Metric.HOMES_DAMAGED or (context and not _nearby(line, quantity, context)):
        return Told(Metric.OTHER, None)
    return Told(metric, noun.head if named else None)


def _present(line: Line, quantity: Quantity, noun: Noun, *, waiting: bool) -> bool:
    """Whether the people are counted in a place they are held up in: a camp, a border, a shelter.

    `waiting` people (migrants, refugees) need the place anywhere near; others behind "in", "at", "on" and the noun.
    """
    places = word_list("presence_places")
    behind = max(noun.last, quantity.last)
    if waiting:
        return any(line.lower(k) in places for k in range(quantity.first - 8, behind + _WAITING_REACH))
    for k in range(behind, behind + _PLACE_REACH):
        if line.lower(k) in places and any(line.lower(j) in group("in_place") for j in range(max(behind, k - 4), k)):
            return True
        if line.lower(k) in group("no_place"):
            return False
    return False


def _nearby(line: Line, quantity: Quantity, label: str) -> bool:
    return any(line.lower(k) in group(label) for k in range(quantity.first - _NEAR, quantity.last + _NEAR))
