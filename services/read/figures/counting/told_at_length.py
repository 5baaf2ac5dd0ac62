"""What happened, said at length, of the sick, held and saved: "tested positive", "were held", "pulled alive"."""

from __future__ import annotations

from collections.abc import Callable

from schemas.metrics import Metric
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_NAME = 4
"""Tokens from "have the" to the name of a disease: "have the *new* coronavirus"."""
_COUNT = 4
"""Tokens before "with the virus" in which its people are counted: "457 *older people*"."""
_WOUNDS = 3
"""Tokens from "with" to "injuries": "with *non-life-threatening* injuries"."""
_COST = 8
"""Tokens from "cost" to "their lives"."""
_SAVED = 12
"""Tokens from "pulled" to "from the rubble", over the counted."""
_PLACE = 6
"""Tokens from "from" to "rubble": "from *the wreckage of the* building"."""
_STRUCK = 6
"""Tokens from "victims of" to the attack."""
_EVENT = 60
"""Tokens before "turned out" in which the march was named: two sentences."""

_Told = tuple[Metric, int] | None


def _tested(line: Line, k: int, word: str) -> _Told:
    """ "tested positive", "testing positive"."""
    return (Metric.CASES, k + 1) if line.lower(k + 1) == "positive" else None


def _became(line: Line, k: int, word: str) -> _Told:
    """ "became infected", "fell ill with cholera", "have become refugees", "turned into refugees", "fell victim to the
    attack"."""
    at = k + 2 if line.lower(k + 1) == "into" else k + 1
    state = line.lower(at)
    if state == "refugees" and word[0] in "bt":
        return Metric.REFUGEES, at
    if state in {"ill", "sick"} and word[0] in "fb":
        sick = not group("diseases").isdisjoint(line.lowers(at + 1, at + 1 + _NAME))
        return (Metric.CASES, at) if sick else None
    if state == "infected" and word.startswith("bec"):
        return Metric.CASES, at
    if state in {"victim", "victims"} and word.startswith("f"):
        struck = not word_list("sudden_events").isdisjoint(line.lowers(at + 1, at + 1 + _STRUCK))
        return (Metric.DEATHS, at) if struck else None
    if word == "turned" and state == "out" and line.lower(at + 1) != "to":
        words = line.document.columns.lowers[max(0, k - _EVENT) : at + _STRUCK]
        return (Metric.CROWD, at) if not group("crowd_context").isdisjoint(words) else None
    return None


def _has_disease(line: Line, k: int, word: str) -> _Told:
    """ "have the virus", "caught Covid-19", "12 patients with Ebola"; not "have the virus under control"."""
    if word == "with":
        near = any(numeral_at(line, j) is not None for j in range(k - _COUNT, k))
        people = line.lower(k - 1) == "down" or (near and line.lower(k - 1) in word_list("persons"))
        if not people:
            return None
    at = k + 1
    while at < k + _NAME and line.lower(at) in group("before_disease"):
        at += 1
    if line.lower(at) not in group("diseases"):
        return None
    while line.text(at + 1) == "-" or line.is_number(at + 1):  # Covid-19
        at += 1
    behind = line.lower(at + 1)
    if word == "with" and any(one in word_table("metric_verbs") for one in line.lowers(at + 1, at + _NAME)):
        return None  # "12 people with the virus died"
    ends = not line.is_word(at + 1) or (behind in word_list("phrase_ends") and behind != "under")
    return (Metric.CASES, at) if ends else None


def _wounded(line: Line, k: int, word: str) -> _Told:
    """ "left 260 others with injuries"; "seven with injuries" are some of the injured."""
    if line.lower(k - 1) not in word_list("persons") and line.lower(k - 1) not in {"others", "other", "left"}:
        return None
    hurt = {"injuries", "wounds", "burns", "fractures"}
    return next(((Metric.INJURED, j) for j in range(k + 1, k + 1 + _WOUNDS) if line.lower(j) in hurt), None)


def _fatally(line: Line, k: int, word: str) -> _Told:
    """ "were fatally shot"."""
    return (Metric.DEATHS, k) if line.lower(k - 1) == "fatally" else None


def _held(line: Line, k: int, word: str) -> _Told:
    """ "were taken hostage", "held captive", "are being held"; things that are held are no people (fit.py)."""
    after = line.lower(k + 1)
    if after in {"hostage", "captive"}:
        return Metric.HOSTAGES, k + 1
    if after == "prisoner":
        return Metric.DETAINED, k + 1
    passive = word == "held" and line.lower(k - 1) in group("be")
    ends = not line.is_word(k + 1) or after in group("held_behind")
    return (Metric.DETAINED, k) if passive and ends else None


def _in(line: Line, k: int, word: str) -> _Told:
    """ "in captivity", "were in hospital"."""
    if line.lower(k + 1) == "captivity":
        return Metric.HOSTAGES, k + 1
    lie = line.lower(k - 1) in group("be") or line.lower(k - 1) in {"still", "remain", "remained"}
    at = k + 2 if line.lower(k + 1) == "the" else k + 1
    return (Metric.INJURED, at) if lie and line.lower(at) in group("hospitals") else None


def _homeless(line: Line, k: int, word: str) -> _Told:
    """ "left 40,000 people without homes"."""
    at = k + 2 if line.lower(k + 1) in {"a", "their"} else k + 1
    return (Metric.DISPLACED, at) if line.lower(at) in {"home", "homes", "shelter"} else None


def _in_ruins(line: Line, k: int, word: str) -> _Told:
    """ "were reduced to rubble", "lay in ruins", "lay dead"."""
    if word in {"lay", "lie", "lying"}:
        return (Metric.DEATHS, k + 1) if line.lower(k + 1) == "dead" else None
    to = "to" if word == "reduced" else "in"
    ruins = line.lower(k + 1) == to if word == "reduced" else word == to
    at = k + 2 if word == "reduced" else k + 1
    return (Metric.HOMES_DAMAGED, at) if ruins and line.lower(at) in {"rubble", "ruins", "ashes"} else None


def _cost_lives(line: Line, k: int, word: str) -> _Told:
    """ "cost 12 people their lives"."""
    cost = not {"cost", "costs", "costing"}.isdisjoint(line.lowers(k - _COST, k))
    return (Metric.DEATHS, k + 1) if cost and line.lower(k + 1) in {"lives", "life"} else None


def _pulled_out(line: Line, k: int, word: str) -> _Told:
    """ "were pulled alive", "were found alive", "pulled 12 people from the rubble"."""
    before = line.lowers(max(line.first, k - _SAVED), k)
    if word == "alive":
        return (Metric.RESCUED, k) if not group("pulling").isdisjoint(before) or before[-1:] == ["found"] else None
    if group("pulling").isdisjoint(before) or not {"dead", "body", "bodies", "corpses", "remains"}.isdisjoint(before):
        return None
    out = not group("pulled_from").isdisjoint(line.lowers(k + 1, k + 1 + _PLACE))
    return (Metric.RESCUED, k) if out else None


def _sent(line: Line, k: int, word: str) -> _Told:
    """ "sent 12 people to hospital"."""
    if group("sending").isdisjoint(line.lowers(k - _COST, k)):
        return None
    there = (j for j in range(k + 1, k + 1 + _WOUNDS) if line.lower(j) in group("hospitals"))
    return next(((Metric.INJURED, j) for j in there), None)


def _burned(line: Line, k: int, word: str) -> _Told:
    """ "were burnt alive", "were mown down by a lorry"."""
    if word.startswith("burn"):
        return (Metric.DEATHS, k + 1) if line.lower(k + 1) == "alive" else None
    return (Metric.DEATHS, k + 1) if line.lower(k + 1) == "down" and line.lower(k - 1) in group("be") else None


def _sought(line: Line, k: int, word: str) -> _Told:
    """ "sought shelter in schools", "have sought asylum", "applied for asylum"."""
    at = k + 2 if line.lower(k + 1) == "for" else k + 1
    if line.lower(at) == "asylum":
        return Metric.REFUGEES, at
    return (Metric.DISPLACED, at) if word.startswith("s") and line.lower(at) in {"shelter", "refuge"} else None


def _is_not(line: Line, k: int, word: str) -> _Told:
    """ "did not survive", "have not been found"."""
    if line.lower(k + 1) == "survive":
        return Metric.DEATHS, k + 1
    found = line.lowers(k + 1, k + 3) == ["been", "found"] and line.lower(k + 3) not in {"to", "guilty", "liable"}
    return (Metric.MISSING, k + 2) if found else None


def _ashore(line: Line, k: int, word: str) -> _Told:
    """ "were brought ashore": those at sea."""
    return (Metric.RESCUED, k + 1) if line.lower(k + 1) == "ashore" and line.lower(k - 1) in group("be") else None


def _needed_treatment(line: Line, k: int, word: str) -> _Told:
    """ "needed treatment after police broke up the vote"."""
    return (Metric.INJURED, k + 1) if line.lower(k + 1) == "treatment" else None


def is_own(line: Line, first: int, k: int, metric: Metric) -> bool:
    """Whether an idiom at token k can be told of the counted whose phrase ends before `first`: "killed three and left 9
    others *with* injuries", "killed three and pulled nine *from* the rubble" tell it of the nine."""
    nearest = line.lower(k) in {"with", "without", "alive", "their", "to"} and metric is not Metric.DEATHS
    nearest = nearest or metric is Metric.RESCUED
    return not nearest or all(numeral_at(line, j) is None for j in range(first, k))


def readers() -> list[tuple[frozenset[str], Callable[[Line, int, str], _Told]]]:
    """What to try at a word that may begin such an idiom."""
    return [
        (frozenset({"test", "tested", "testing"}), _tested),
        (frozenset("fell fall fallen falling become became becoming turned".split()), _became),
        (frozenset({"have", "has", "had", "having", "with", "caught"}), _has_disease),
        (frozenset({"with"}), _wounded),
        (group("fatally_done"), _fatally),
        (frozenset({"held", "taken", "took"}), _held),
        (frozenset({"in"}), _in),
        (frozenset({"without"}), _homeless),
        (frozenset({"burned", "burnt", "mown", "mowed"}), _burned),
        (frozenset({"sought", "seek", "seeking", "applied"}), _sought),
        (frozenset({"not"}), _is_not),
        (frozenset({"brought"}), _ashore),
        (frozenset({"needed", "required", "sought"}), _needed_treatment),
        (frozenset({"reduced", "in", "lay", "lie", "lying"}), _in_ruins),
        (frozenset({"their"}), _cost_lives),
        (frozenset({"to"}), _sent),
        (frozenset({"alive", "from", "out"}), _pulled_out),
    ]
