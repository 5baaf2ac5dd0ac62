"""What happened to the counted: the predicate behind the noun, the verb before it, a participle inside the phrase.

A word of `metric_verbs.txt` says its metric and how it takes the counted (passive, subject, state, object, of).
Without a parser, the subject of a participle is the quantity it follows with nothing finite, no new clause and no
object between.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counting.among import is_another, past_among
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.fates import all_fates
from services.read.figures.counting.idioms import idiom
from services.read.figures.counting.passed_over import (
    HEDGE,
    number_next,
    past_example,
    past_remark,
    past_where,
    past_whose,
)
from services.read.figures.counting.told_at_length import is_own
from services.read.figures.counting.verbs import Use, finite, object_follows, verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

AHEAD = 22
"""Tokens looked ahead for a predicate: "21 people, including some who had come to look for relatives, were killed"."""
_TOLD = 4
"""Tokens from "were" or "who" to the verb: "who *have already been* killed"."""
_ONE_AND = 5
"""Tokens of "a police officer and"."""
_PERSONS = 12
"""Tokens of more kinds of persons: ", police officers, local journalists and aid workers" has 9."""
_OWN = 5
"""Tokens behind a quantity in which an auxiliary makes it a subject of its own (half and double: 2 / 0)."""


class Told(NamedTuple):
    """A metric, the token that told it (None: the noun's default), and whether a list hands it on."""

    metric: Metric
    token: int | None
    governs: bool = False


def joined(line: Line, at: int, metric: Metric) -> Metric:
    """The metric of the verb at `at` and those listed with it; who was "rounded up and executed" is dead."""
    if metric in _HELD and line.lower(at + 1) in {"up", "and"}:
        then = verbs().get(line.lower(at + 2 + (line.lower(at + 1) == "up")))
        dead = then is not None and then.metric is Metric.DEATHS and "passive" in then.uses
        return Metric.DEATHS if dead else metric
    if line.lowers(at, at + 2) == ["affected", "and"] and (more := verbs().get(line.lower(at + 2))) is not None:
        return more.metric if "passive" in more.uses else metric  # "affected and evacuated"
    return all_fates(line, at, metric)


_HELD = frozenset({Metric.DETAINED, Metric.HOSTAGES})


_BECOMING = frozenset({"become", "became", "becoming"})


class _Auxiliaries:
    """What stood between the noun and a verb."""

    __slots__ = ("be", "direct", "have", "listed", "modal", "near")

    def __init__(self) -> None:
        self.be = self.have = self.modal = False
        self.listed = False  # one of several subjects: "nine homes, two shops and two huts were flooded"
        self.direct = True  # nothing but auxiliaries and adverbs
        self.near = True  # no comma and no "and" yet

    def take(self, word: str) -> bool:
        """Note an auxiliary; False for any other word."""
        if word in group("be"):
            self.be = True
        elif word in _BECOMING and (self.have or self.direct):
            self.be = True  # "have become homeless"
        elif word in group("have"):
            self.have = True
        elif word in group("modal"):
            self.modal = True
        else:
            return word in group("linking") and (self.be or self.have or self.direct)
        return True


def predicate(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """The predicate behind the noun: "N people (…) were killed", "N killed", "N people dead", "N people died".

    The words behind the phrase are read one by one, until one tells what happened, or ends the clause, or is of
    somebody else.
    """
    at = _behind_phrase(line, quantity, noun)
    aux = _Auxiliaries()
    resume = past_where(line, at) if noun.head is None else at
    carried = quantity.value > 1 and line.lower(quantity.first - 1) in group("carriers")
    for k in range(at, min(at + AHEAD, line.last)):
        if k < resume:
            continue
        word = line.lower(k)
        if (carried and word in group("one_be")) or is_another(line, k, word):
            return None  # "a bus carrying 40 pilgrims was hit": the bus
        resume = _past_what_says_nothing(line, k, word, quantity)
        if resume:
            continue
        found = _told_at(line, at, k, word, aux)
        if found is not None:
            return found
        if _is_hearsay(line, k, word, aux) or (aux.be and word in group("pulling")):  # "nine were pulled from the mud"
            continue
        use = verbs().get(word)
        if use is None and (aux.take(word) or word in group("skip_predicate") or word.endswith("ly")):
            continue
        if noun.head is None or _is_active(line, k, use, aux) or _ends_clause(line, k, word, aux):
            return None
        _pass(line, k, word, aux)
    return None


def _behind_phrase(line: Line, quantity: Quantity, noun: Noun) -> int:
    """The position behind the quantity and its noun, and behind "more", "of whom" and "and women"."""
    at = max(noun.last if noun.how in {"after", "part"} else quantity.last, quantity.last)
    while line.lower(at) in {"more", "others", "other"}:
        at += 1
    if line.lower(at) == "of" and line.lower(at + 1) in group("pronouns"):
        at += 2  # "ten of whom later died"
    if noun.head is not None and line.lower(noun.head) in word_list("persons"):
        at = _past_persons(line, at)
    return at


def _past_persons(line: Line, at: int) -> int:
    """The position behind more kinds of persons that one number counts: "men *and women*", "women, *children and old
    men* were killed"."""
    end = k = at
    while line.lower(k) in {",", "and"}:
        last = line.lower(k) == "and"
        k += 1
        k += line.lower(k) == "and"
        while k < at + _PERSONS and line.is_word(k) and line.lower(k) not in word_list("persons"):
            if line.is_number(k) or line.lower(k) in verbs() or line.lower(k) in word_list("phrase_ends"):
                return end
            k += 1
        if line.lower(k) not in word_list("persons"):
            return end
        k += 1
        end = k if last else end
    return end


def _past_what_says_nothing(line: Line, k: int, word: str, quantity: Quantity) -> int:
    """The position behind an example, a remark or "among them …" that begins at k; 0 where none does."""
    if word == "including":
        return past_example(line, k, quantity)
    said = word == "who" and line.lower(k + 1) in {"said", "claimed"}  # "seven people who said they were teachers"
    if said or (word == "whose" and idiom(line, k, word) is None):
        return past_whose(line, k)
    return past_remark(line, k, word) or past_among(line, k, word)


def _told_at(line: Line, at: int, k: int, word: str, aux: _Auxiliaries) -> Told | None:
    """What the idiom or the verb at k tells of the counted, whose phrase ends before `at`."""
    use = verbs().get(word)
    if use is not None and line.lowers(k + 1, k + 3) == _TO_DEATH:
        use = use._replace(metric=Metric.DEATHS)  # "burned to death", "crushed to death"
    said = _idiom(line, at, k, word)
    found = Told(*said) if said else _taken(line, k, use, aux) if use else None
    return Told(joined(line, found.token or k, found.metric), found.token) if found else None


def _is_active(line: Line, k: int, use: Use | None, aux: _Auxiliaries) -> bool:
    """Whether the counted do what the verb at k says, to others: "forty soldiers killed …"."""
    joining = line.lower(k).endswith("ing") and line.lower(k - 1) in {"and", ","}  # "and forcing hundreds to leave"
    return use is not None and "object" in use.uses and (aux.direct or aux.be or aux.have or joining)


def _pass(line: Line, k: int, word: str, aux: _Auxiliaries) -> None:
    """Note what a word that tells nothing does to the distance between the counted and their verb."""
    shared = (word == "," and number_next(line, k + 1)) or (
        word == "and" and aux.direct and line.lower(k + 1) not in verbs()
    )
    aux.listed = aux.listed or shared or (word == "," and _one_and(line, k + 1))
    same = word == "or" and number_next(line, k + 1)  # "11,000 families or 46,000 people displaced"
    persons = word in word_list("persons") or line.is_number(k)
    # "300 people, displaced by the storm, …": a comma and a participle are still direct.
    aux.direct = aux.direct and (same or persons or (word == "," and _participle(line, k + 1)))
    joint = word == "and" and number_next(line, k + 1)  # "3 nurses and 12 patients died"
    aux.near = aux.near and (joint or same or word not in {",", "and", "or"})


def _one_and(line: Line, at: int) -> bool:
    """Whether one whom no number counts is listed at `at`: "eight journalists, *a guest and* two guards"."""
    words = line.lowers(at, at + _ONE_AND)
    end = words.index("and") if "and" in words else 0
    return words[:1] in (["a"], ["an"]) and end > 0 and words[end - 1] in word_list("persons")


def _idiom(line: Line, at: int, k: int, word: str) -> tuple[Metric, int] | None:
    """The idiom at k where it can be told of the counted, whose phrase ends before `at`."""
    said = idiom(line, k, word)
    return said if said is not None and is_own(line, at, k, said[0]) else None


def left_so(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """ "left 20 children, two guards and six teachers dead": told once, behind a list of which this is no last item."""
    before = list(reversed(line.lowers(quantity.first - 1 - HEDGE, quantity.first)))
    leaving = next((i for i, word in enumerate(before) if word in _LEFT), None)
    if noun.head is None or leaving is None:
        return None
    if not (group("object_skip") | group("object_hedges")).issuperset(before[:leaving]):
        return None
    listed = False
    for k in range(max(noun.last, quantity.last), min(noun.last + AHEAD, line.last)):
        word = line.lower(k)
        use = verbs().get(word)
        if use is not None:
            return Told(use.metric, k, True) if "state" in use.uses or (listed and "passive" in use.uses) else None
        if word in {",", "and"}:
            if not number_next(line, k + 1) and line.lower(k + 1) not in group("determiners"):
                return None
            listed = True
        elif word in group("be") or word in group("stop_marks") or word in group("stop_predicate"):
            return None
    return None


def razed_together(line: Line, noun: Noun) -> Told | None:
    """ "150 houses, rice barns and mills, and animal farms in Oru were destroyed": homes at the head of a list."""
    if noun.head is None or line.lower(noun.last) != ",":
        return None
    for k in range(noun.last + 1, min(noun.last + AHEAD, line.last)):
        word = line.lower(k)
        if word in group("be"):
            told = next((j for j in range(k + 1, k + _TOLD) if line.lower(j) in verbs()), None)
            damaged = told is not None and verbs()[line.lower(told)].metric is Metric.HOMES_DAMAGED
            return Told(Metric.HOMES_DAMAGED, told) if damaged else None
        if word in verbs() or word in group("stop_predicate") or word in group("stop_marks") or line.is_number(k):
            return None
    return None


_TO_DEATH = ["to", "death"]

_LEFT = frozenset({"left", "leave", "leaves", "leaving"})


def _is_hearsay(line: Line, k: int, word: str, aux: _Auxiliaries) -> bool:
    """ "were *said* to be killed", "were reported *as* injured", "*began* returning home", "*made* homeless"."""
    if word == "as":
        return line.lower(k - 1) in group("linking") and line.lower(k + 1) in verbs()
    if word == "made":
        return line.lower(k + 1) == "homeless" and (aux.be or aux.direct)
    begun = word in group("beginning") and (line.lower(k + 1) == "to" or line.lower(k + 1).endswith("ing"))
    return begun or (word in {"said", "told"} and aux.be and line.lower(k + 1) == "to")


def _participle(line: Line, at: int) -> bool:
    use = verbs().get(line.lower(at))
    return use is not None and "passive" in use.uses and line.lower(at + 1) in group("participle_behind")


def _taken(line: Line, k: int, use: Use, aux: _Auxiliaries) -> Told | None:
    """Whether the verb at k has the quantity for its patient, state or intransitive subject."""
    bare = not aux.have and not aux.modal and _is_bare(line, k, use, aux)
    passive = "passive" in use.uses and (aux.be or bare)
    state = "state" in use.uses and (aux.direct or aux.be) and not object_follows(line, k + 1)
    going = aux.be and line.lower(k).endswith("ing")
    # "40 residents of the valley died", "hundreds of people from the suburbs protested"
    far = use.metric is Metric.DEATHS or (use.metric is Metric.CROWD and _rallied(line.lower(k)))
    subject = "subject" in use.uses and (aux.direct or aux.have or aux.listed or going or (aux.near and far))
    return Told(use.metric, k) if passive or state or subject else None


def _rallied(word: str) -> bool:
    return word.endswith("ed") and word not in group("drawing")


def _is_bare(line: Line, k: int, use: Use, aux: _Auxiliaries) -> bool:
    """Whether a verb is a passive that left out "were": "N killed", "N houses flooded", "N in Oru killed by"."""
    if object_follows(line, k + 1):
        # "6,000 houses flooded 3,400 hectares lost": a list that lost its stops; houses flood nothing
        return aux.direct and use.metric is Metric.HOMES_DAMAGED and line.lower(k - 1) in word_table("metric_nouns")
    after = line.lower(k + 1)
    ends = not line.is_word(k + 1) or after in group("participle_behind")
    closed = after == "by" or k + 1 == line.last or (line.titled and ends)
    together = aux.listed and after in group("participle_behind")  # "four children and one man killed in shelling"
    return aux.direct or (aux.near and (closed or together))


def _ends_clause(line: Line, k: int, word: str, aux: _Auxiliaries) -> bool:
    if word == "than" and line.lower(k - 1) in {"more", "fewer", "less"}:
        return False  # a hedge
    if word == "as" and (line.lower(k - 1) in group("aside") or line.lower(k - 1) == "used"):
        return False  # "fighters identified as members of the group were killed"
    compound = line.text(k - 1) == "-" and line.touches(k - 1)  # "the rebel-held suburbs"
    if word in group("stop_predicate") or word in group("stop_marks") or (finite(line, k, word) and not compound):
        return True
    if word == ",":
        return not _passes_comma(line, k + 1)
    more = line.lower(k + 2) == "more"
    return word == "and" and (more or not (aux.direct or aux.listed)) and _own_subject(line, k + 1)


def _passes_comma(line: Line, at: int) -> bool:
    """Whether the clause goes on behind a comma: "…, including", "…, were killed", "El Salvador, Guatemala"."""
    word = line.lower(at)
    place = line.capitalised(at - 2) or line.lower(at - 2) in group("regions")
    if place and line.capitalised(at) and not line.titled:
        return True
    numeral = numeral_at(line, at)
    if numeral is not None and line.lower(numeral.last) == "of" and line.lower(numeral.last + 1) in group("pronouns"):
        return False  # "120 passengers, 14 of whom drowned": what follows is told of the part
    return word in group("pass_comma") or word in verbs() or numeral is not None


def _own_subject(line: Line, at: int) -> bool:
    """Whether the quantity at `at` has a predicate of its own: "… and *5 soldiers were* hurt"."""
    numeral = numeral_at(line, at)
    if numeral is not None and line.lower(numeral.last) == "more" and line.lower(numeral.last + 1) in verbs():
        return True  # "11 children and dozens more wounded"
    return numeral is not None and any(line.lower(j) in group("be") for j in range(numeral.last, numeral.last + _OWN))


def modifier(line: Line, noun: Noun) -> Told | None:
    """A participle inside the phrase: "200 injured people", "the number of people killed"."""
    if noun.head is None:
        return None
    for k in range(noun.first, noun.head + 4 if noun.how == "before" else noun.head):
        use = verbs().get(line.lower(k))
        if use and use.uses & {"passive", "state"}:
            return Told(use.metric, k)
    return _who(line, noun.head + 1) if noun.how == "before" and line.lower(noun.head + 1) == "who" else None


def _who(line: Line, at: int) -> Told | None:
    """ "the number of people *who have died* rose to 31"."""
    for k in range(at + 1, at + _TOLD + 1):
        word = line.lower(k)
        said, use = idiom(line, k, word), verbs().get(word)
        if said is not None:
            return Told(*said)
        if use is not None:
            return Told(use.metric, k) if use.uses & {"passive", "subject"} else None
        if not (word in group("be") or word in group("have") or word in group("skip_predicate")):
            break
    return None
