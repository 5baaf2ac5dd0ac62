"""What happened to the counted, and so the metric: the noun itself, the predicate behind it, the verb before it.

The order is: a noun that says it ("86 dead", "12 bodies"); a participle or predicate behind ("N people were killed",
"left N people homeless"); the verb that governs it ("killing N people", "the arrest of N"); what a list before it had
("killed 5 soldiers and two policemen"); what the noun is by default ("soldiers": troops). Else `other`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counted import Noun
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

AHEAD = 22
"""Tokens looked ahead for a predicate: "21 people, including Syrians who had taken shelter in Turkey, were killed"."""
BEHIND = 7
"""Tokens looked back for the governing verb, over articles and hedges."""


class Use(NamedTuple):
    """A word of `metric_verbs.txt`: its metric and how it takes the counted."""

    metric: Metric
    uses: frozenset[str]


class Told(NamedTuple):
    """A metric, the token that told it (None: the noun's default), and whether it may be handed on in a list."""

    metric: Metric
    token: int | None
    governs: bool = False


@cache
def verbs() -> dict[str, Use]:
    found = {}
    for word, value in word_table("metric_verbs").items():
        metric, *uses = value.split()
        found[word] = Use(Metric(metric), frozenset(uses))
    return found


@cache
def _nouns() -> dict[str, tuple[Metric, bool]]:
    """Metric of a noun and whether it is sure."""
    return {w: (Metric(v.split()[0]), "?" not in v) for w, v in word_table("metric_nouns").items()}


def metric_of(line: Line, quantity: Quantity, noun: Noun, before: Told | None) -> Told:
    """The metric of a quantity; `before` is that of the quantity just before it in the same list, else None."""
    if quantity.currency:
        return Told(Metric.MONEY, None)
    if noun.how == "ratio":
        return Told(Metric.RATIO, noun.head)
    if quantity.percent:
        return Told(Metric.OTHER, None)
    word = line.lower(noun.head) if noun.head is not None else ""
    named = _nouns().get(word)
    if noun.how == "state" and noun.head is not None:
        told = _state(line, noun.head)
        return Told(_fit(line, noun, told.metric), told.token, told.governs)
    if named and named[1] and word not in {"toll", "tolls"}:
        return Told(_wider(line, noun, named[0]), noun.head)
    if word in group("toll_metrics"):
        return Told(Metric.INJURED if line.lower((noun.head or 0) - 1) == "injury" else Metric.DEATHS, noun.head)
    told_by = (
        _predicate(line, quantity, noun)
        or _governor(line, quantity)
        or _modifier(line, noun)
        or _toll_before(line, quantity, word)
        or (Told(before.metric, before.token, True) if before and before.governs else None)
    )
    if told_by:
        metric = _fit(line, noun, told_by.metric)
        if metric is not Metric.OTHER or noun.head is None:
            return Told(metric, told_by.token, told_by.governs)
    if noun.head is None and line.lower(quantity.last) in group("stays"):  # "100,000 remained in camps"
        if _present(line, quantity, noun, waiting=False):
            return Told(Metric.PEOPLE_PRESENT, quantity.last)
    return _default(line, quantity, noun, word, named)


def _state(line: Line, at: int) -> Told:
    """A participle for a noun, "86 dead", "5 killed or wounded"."""
    return Told(_joined(line, at, verbs()[line.lower(at)].metric), at)


def _joined(line: Line, at: int, metric: Metric) -> Metric:
    """Deaths with injuries in one number are casualties: "killed or wounded", "dead and injured"."""
    if line.lower(at + 1) in {"and", "or", "/", "and/or"}:
        other = verbs().get(line.lower(at + 2)) or verbs().get(line.lower(at + 3) if line.lower(at + 2) in {"or", "/"} else "")
        pair = {metric, other.metric} if other else {metric}
        if pair == {Metric.DEATHS, Metric.INJURED} and numeral_at(line, at + 3) is None:
            return Metric.CASUALTIES
    return metric


def _wider(line: Line, noun: Noun, metric: Metric) -> Metric:
    return _joined(line, noun.head or 0, metric) if line.lower(noun.head or 0) in verbs() else metric


def _predicate(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """The predicate behind the noun: "N people (…) were killed", "N killed", "N people dead", "N people died"."""
    at = max(noun.last if noun.how in {"after", "part"} else quantity.last, quantity.last)
    while line.lower(at) in {"more", "others", "other"}:
        at += 1
    be = have = modal = False
    elided = noun.head is None
    direct = True  # nothing but adverbs and auxiliaries between the noun and here
    table = verbs()
    for k in range(at, at + AHEAD):
        word = line.lower(k)
        if not word:
            return None
        if word in group("be"):
            be = True
            continue
        if word in group("have"):
            have = True
            continue
        if word in group("modal"):
            modal = True
            continue
        if word == "from" and line.lower(k + 1) == "their" and line.lower(k + 2) in {"homes", "houses", "villages"}:
            return Told(Metric.DISPLACED, k + 2)
        if word in {"lost", "losing"} and line.lower(k + 2) in {"lives", "life"}:
            return Told(Metric.DEATHS, k + 2)
        use = table.get(word)
        if use is not None:
            found = _takes(line, k, use, be=be, have=have, modal=modal, direct=direct)
            if found is not None:
                return Told(_joined(line, k, found), k)
            if use.uses & {"object"} and (direct or be or have):
                return None  # active: "10 gunmen killed 5 soldiers"
        if word in group("stop_predicate") or word in {";", ":", ".", "—", "“", "”", "("}:
            return None
        if word == "," and not _passes_comma(line, k + 1):
            return None
        if word in group("relative") or word in group("adverbs") or word.endswith("ly"):
            continue
        if _finite(line, k, word):
            return None
        if word == "and" and not direct and numeral_at(line, k + 1) is not None and _own_predicate(line, k + 1):
            return None
        if word in {"not", "no"} or elided:
            return None
        direct = False
    return None


def _takes(line: Line, k: int, use: Use, *, be: bool, have: bool, modal: bool, direct: bool) -> Metric | None:
    if "passive" in use.uses:
        if be:
            return use.metric
        if not have and not modal and direct and not _object_follows(line, k + 1):
            return use.metric
    if "state" in use.uses and (direct or be) and not _object_follows(line, k + 1):
        return use.metric
    if "subject" in use.uses and (direct or have or (be and line.lower(k).endswith("ing"))):
        return use.metric
    return None


def _object_follows(line: Line, at: int) -> bool:
    """Whether what stands at `at` is the object of an active verb before it: a number, an article, a noun phrase."""
    word = line.lower(at)
    if word in verbs():
        return False
    if word in group("determiners"):
        return True
    return line.is_number(at) or word in word_list("persons") or word in word_table("numbers")


def _passes_comma(line: Line, at: int) -> bool:
    word = line.lower(at)
    if line.capitalised(at) and not line.titled and line.capitalised(at - 2):  # Guatemala, Honduras
        return True
    return word in group("pass_comma") or word in verbs() or numeral_at(line, at) is not None


def _finite(line: Line, k: int, word: str) -> bool:
    """An unknown past form before an object: "attacked the base", "opened fire"."""
    if word in word_list("finite_verbs"):
        return True
    return word.endswith("ed") and len(word) > 4 and _object_follows(line, k + 1)


def _own_predicate(line: Line, at: int) -> bool:
    numeral = numeral_at(line, at)
    return numeral is not None and any(line.lower(j) in group("be") for j in range(numeral.last, numeral.last + 5))


def _governor(line: Line, quantity: Quantity) -> Told | None:
    """The verb or noun before: "killed N", "killing at least N", "the death of N", "claimed the lives of N"."""
    of = False
    for k in range(quantity.first - 1, quantity.first - 1 - BEHIND, -1):
        word = line.lower(k)
        if word == "of":
            of = True
            continue
        use = verbs().get(word)
        if use is not None:
            if of and "of" in use.uses:
                return Told(use.metric, k, True)
            if not of and "object" in use.uses and not _was_passive(line, k):
                return Told(_both_verbs(line, k, use.metric), k, True)
            return None
        if word in group("links") or word == ",":
            return _listed_governor(line, k, quantity)
        if not word or word not in group("object_skip") and word not in _QUOTES:
            return None
    return None


_QUOTES = frozenset("\"“‘'”’")


def _listed_governor(line: Line, link: int, quantity: Quantity) -> Told | None:
    """"killed the mayor of a small town, as well as two peasants": a list whose first part is no number."""
    for k in range(quantity.last, quantity.last + 5):  # the quantity must not be a subject of its own
        word = line.lower(k)
        if word in group("be") or word in group("have") or word in group("modal") or _finite(line, k, word):
            return None
    for k in range(link, link - _LIST_REACH, -1):
        word = line.lower(k)
        use = verbs().get(word)
        if use is not None and "object" in use.uses and use.metric in _LISTED and not _was_passive(line, k):
            return Told(use.metric, k, True) if _object_follows(line, k + 1) or line.capitalised(k + 1) else None
        stop = use is not None or not word or word in group("be") or word in group("stop_predicate")
        if stop and word != "as" or word in group("relative") or _finite(line, k, word):
            return None
    return None


_LIST_REACH = 16
_LISTED = frozenset({Metric.DEATHS, Metric.INJURED, Metric.HOSTAGES, Metric.DETAINED})


def _both_verbs(line: Line, k: int, metric: Metric) -> Metric:
    """"killing or wounding N", "killed and injured N"."""
    if line.lower(k - 1) in {"and", "or"}:
        other = verbs().get(line.lower(k - 2))
        if other and {metric, other.metric} == {Metric.DEATHS, Metric.INJURED}:
            return Metric.CASUALTIES
    return metric


def _was_passive(line: Line, k: int) -> bool:
    """"were killed 12 hours later": the verb has its own subject."""
    return line.lower(k - 1) in group("be")


def _modifier(line: Line, noun: Noun) -> Told | None:
    """A participle inside the phrase: "200 injured people", "three kidnapped journalists"."""
    if noun.head is None:
        return None
    ahead = noun.head + 4 if noun.how == "before" else noun.head  # "the number of people killed rose to"
    for k in range(noun.first, ahead):
        use = verbs().get(line.lower(k))
        if use and use.uses & {"passive", "state"}:
            return Told(use.metric, k)
    return None


def _toll_before(line: Line, quantity: Quantity, word: str) -> Told | None:
    """"raised the death toll to 19 people"."""
    if word and word not in word_list("persons"):
        return None
    if line.lower(quantity.first - 1) not in group("before_count"):
        return None
    for k in range(quantity.first - 2, quantity.first - 10, -1):
        if line.lower(k) == "toll":
            return Told(Metric.DEATHS, k)
    return None


_PLACE_REACH = 9
"""Tokens behind "2,000 people" in which "in the (improvised) camp at the border" says where they are."""

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


def _fit(line: Line, noun: Noun, metric: Metric) -> Metric:
    """A metric the noun can have: people are killed, homes damaged, and 20 sheep are no toll."""
    word = line.lower(noun.head) if noun.head is not None and noun.how != "state" else ""
    home = _nouns().get(word, (Metric.OTHER, False))[0] is Metric.HOMES_DAMAGED
    person = not word or word in word_list("persons")
    if home and metric is Metric.INJURED:  # burned
        return Metric.HOMES_DAMAGED
    if metric is Metric.HOMES_DAMAGED:
        return metric if home else Metric.OTHER
    if metric is Metric.TROOPS:
        return metric if word and _nouns().get(word, (Metric.OTHER, False))[0] is Metric.TROOPS else Metric.OTHER
    if metric in _OF_PEOPLE and not person:
        named = noun.head is not None and line.capitalised(noun.head) and not line.titled
        living = metric in _HARM and word not in group("animals") and noun.head is not None and _living(word)
        return metric if named or living else Metric.OTHER
    return metric


def _living(word: str) -> bool:
    """Nouns for people that no list has end like these: "paramilitaries", "Houthis", "pensioners", "Salvadorans"."""
    return word.endswith(("ers", "ors", "ists", "ians", "ans", "men", "ees", "ants", "ents", "aries", "ese")) and len(word) > 5


def _default(
    line: Line, quantity: Quantity, noun: Noun, word: str, named: tuple[Metric, bool] | None
) -> Told:
    if word in word_list("persons") and (named is None or named[0] is Metric.REFUGEES):
        if _present(line, quantity, noun, waiting=named is not None):
            return Told(Metric.PEOPLE_PRESENT, None)
    if named is None:
        return Told(Metric.OTHER, None)
    metric = named[0]
    if metric is Metric.CROSSING_ATTEMPTS and not _nearby(line, quantity, "cross_context"):
        return Told(Metric.OTHER, None)
    if metric is Metric.CASES and not _nearby(line, quantity, "disease_context"):
        return Told(Metric.OTHER, None)
    if metric is Metric.HOMES_DAMAGED:
        return Told(Metric.OTHER, None)
    return Told(metric, noun.head)


def _present(line: Line, quantity: Quantity, noun: Noun, *, waiting: bool) -> bool:
    """Whether the people are counted in a place they are held up in: a camp, a border, a shelter.

    `waiting` people (migrants, refugees) need the place anywhere near; others behind "in", "at", "on" and the noun.
    """
    places = word_list("presence_places")
    behind = max(noun.last, quantity.last)
    if waiting:
        return any(line.lower(k) in places for k in range(quantity.first - 8, behind + 24))
    for k in range(behind, behind + _PLACE_REACH):
        if line.lower(k) in places and any(line.lower(j) in group("in_place") for j in range(max(behind, k - 4), k)):
            return True
        if line.lower(k) in {"", ",", ";", "said", "told", "who", "were", "was", "have"}:
            return False
    return False


def _nearby(line: Line, quantity: Quantity, label: str) -> bool:
    return any(line.lower(k) in group(label) for k in range(quantity.first - 12, quantity.last + 14))
