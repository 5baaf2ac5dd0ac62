"""What was done to the counted: the verb or noun that governs a quantity from before, also over a list."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.fates import all_fates
from services.read.figures.counting.happened import Told
from services.read.figures.counting.idioms import before_in_two_words, idiom_before
from services.read.figures.counting.verbs import Use, finite, object_follows, verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

BEHIND = 7
"""Tokens looked back for the governing verb, over articles and hedges (half and double: 0 / 0)."""
LIST = 16
"""Tokens looked back over a list: "killed the mayor of a small town, as well as two peasants"."""
_FATAL = Use(Metric.DEATHS, frozenset({"passive"}))
"""A verb that is in no list, with "fatally" before it; of what is no verb of harm it tells nothing."""
_SEARCH = 5
"""Tokens before "bodies" in which a search is for people not found yet."""
_OWN = 5
"""Tokens behind a quantity in which an auxiliary makes it a subject of its own (half and double: 1 / 2)."""


def governor(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """The verb or noun before: "killed N", "killing at least N", "the death of N", "claimed the lives of N"."""
    of = False
    for k in range(quantity.first - 1, max(quantity.first - 1 - BEHIND, line.first - 1), -1):
        word = line.lower(k)
        use = verbs().get(word)
        if use is not None or line.lower(k - 1) == "fatally":
            return _governs(line, k, word, use or _FATAL, of)
        if word in group("links") or word == ",":
            return _listed(line, k, quantity)
        if k == quantity.first - 1 and (joint := _second_verb(line, k, word)) is not None:
            return Told(joint, k - 2, True)
        aimed = _aimed(line, k, word, noun) or _in_two_words(line, k, word)
        if aimed is not None:
            return aimed
        if word == "for" and line.lower(k - 1) in group("sent_away"):
            of = True  # "ordered evacuations for 600,000 residents"
        elif word == "of":
            of = line.lower(k - 1) not in group("sums")  # "displaced a total of N" is a plain object
        elif _loses(line, k, word, noun) or _claims(line, k, word, noun):
            return Told(Metric.DEATHS, k, True)
        elif word not in group("object_skip") and not (word in group("particles") and line.lower(k - 1) in verbs()):
            break
    return None


def _in_two_words(line: Line, k: int, word: str) -> Told | None:
    said = before_in_two_words(line, k, word)
    return None if said is None else Told(said, k, True)


def _governs(line: Line, k: int, word: str, use: Use, of: bool) -> Told | None:
    """Whether the verb or noun at k has the quantity for its object; `of` stands between."""
    said = idiom_before(line, k, word)
    if said is not None:
        return Told(said, k, True)
    if word in {"lives", "life"} and group("claiming").isdisjoint(line.lowers(k - 3, k)):
        return None  # "improved the lives of millions"
    if of or "object" not in use.uses or _is_be(line, k - 1):
        searched = of and word in group("bodies") and not group("searching").isdisjoint(line.lowers(k - _SEARCH, k))
        metric = Metric.MISSING if searched else use.metric  # "search for the bodies of 12 hikers"
        return Told(metric, k, True) if of and "of" in use.uses else None
    return Told(all_fates(line, k, use.metric), k, True)


def _aimed(line: Line, k: int, word: str, noun: Noun) -> Told | None:
    """What a preposition at k and the noun before it tell: "the search *for* four hikers", "damage *to* 69 homes"."""
    if word == "for" and _is_search(line, k, noun):
        return Told(Metric.MISSING, k - 1, True)
    if word == "for" and line.lower(k - 1) in {"order", "orders"} and line.lower(k - 2) in group("sent_away"):
        return Told(Metric.DISPLACED, k - 2, True)
    return Told(Metric.HOMES_DAMAGED, k - 1, True) if word == "to" and line.lower(k - 1) == "damage" else None


def _is_search(line: Line, k: int, noun: Noun) -> bool:
    """ "rescuers were searching *for* four hikers": people not found yet; police search for suspects."""
    word = line.lower(noun.head) if noun.head is not None else ""
    lost = word in word_list("persons") and word not in group("combatants") and word not in group("hunted")
    near = not group("rescuers").isdisjoint(line.lowers(line.first, line.first + _CREW))
    return lost and near and line.lower(k - 1) in group("searches")


_CREW = 30
"""Tokens from the beginning of a sentence in which the searchers are named (half and double: 0 / 0)."""


def _is_be(line: Line, k: int) -> bool:
    """Whether a form of "be" stands at k; "IS killed 20" is an army."""
    army = line.text(k) == "IS" and not line.text(k + 1).isupper()
    return line.lower(k) in group("be") and not army


def _second_verb(line: Line, k: int, word: str) -> Metric | None:
    """ "killed and crucified five civilians": the first of two verbs says what happened."""
    use = verbs().get(line.lower(k - 2)) if line.lower(k - 1) == "and" and word.endswith(("ed", "ing")) else None
    return use.metric if use is not None and "object" in use.uses else None


def _loses(line: Line, k: int, word: str, noun: Noun) -> bool:
    """ "lost 20 soldiers", "I lost 22 relatives", "have taken out seven commanders"."""
    if word in group("losing") and noun.head is not None and line.lower(noun.head) in group("kin"):
        return True
    return (word in group("losing") or _takes_out(line, k)) and _fighter(line, noun)


def _takes_out(line: Line, k: int) -> bool:
    """ "have taken *out* seven commanders": the armies' word."""
    return line.lower(k) == "out" and line.lower(k - 1) in {"take", "takes", "taken", "took", "taking"}


def _claims(line: Line, k: int, word: str, noun: Noun) -> bool:
    """ "the blast *claimed* nine civilians": what happened claims people; a party only claims to have members."""
    counted = line.lower(noun.head) if noun.head is not None else ""
    if word not in group("claims") or counted not in word_list("persons") or counted in group("members"):
        return False
    return not word_list("event_nouns").isdisjoint(line.lowers(k - _CLAIMS, k))


_CLAIMS = 6
"""Tokens from what happened to "claims": "shelling of a market in Kiwa claimed"."""


def _fighter(line: Line, noun: Noun) -> bool:
    """Whether the counted fight, and so are dead when an army "lost" them."""
    word = line.lower(noun.head) if noun.head is not None else ""
    return (
        word in group("combatants")
        or word in group("leaders")
        or word_table("metric_nouns").get(word, "").startswith(Metric.TROOPS)
    )


_SAYERS = frozenset({"a", "an", "the"})


def _listed(line: Line, link: int, quantity: Quantity) -> Told | None:
    """ "killed the mayor of a small town, as well as two peasants": a list whose first part is no number."""
    for k in range(quantity.last, min(quantity.last + _OWN, line.last)):
        word = line.lower(k)
        if k > quantity.last and word in _SAYERS and line.lower(k - 1) != "of":
            break  # "and five civilians *a monitor said*": a comma lost
        if _is_be(line, k) or word in group("have") or word in group("modal") or finite(line, k, word):
            return None
    with_others = False
    for k in range(link, max(link - LIST, line.first - 1), -1):
        word = line.lower(k)
        with_others = with_others or word in group("combined")
        use = verbs().get(word)
        if use is not None:
            if with_others and "passive" in use.uses and line.lower(k - 1) in group("be"):
                return Told(use.metric, k, True)  # "he was killed along with two guards"
            if "of" in use.uses and line.lower(k + 1) == "of" and line.lower(link) == "and":
                return Told(use.metric, k, True)  # "the murder of a judge, his wife and two guards"
            transitive = "object" in use.uses and use.metric in _LISTED and line.lower(k - 1) not in group("be")
            at = k + 2 if line.lower(k + 1) in group("particles") else k + 1  # "wiped out 40 homes"
            someone = line.capitalised(at) or line.lower(at) in _THEMSELVES
            governs = transitive and (someone or object_follows(line, at))
            return Told(use.metric, k, True) if governs else None
        stops = (
            word == ")"
            or word in group("be")
            or word in group("relative")
            or (word in group("stop_predicate") and word != "as")
        )
        if stops or finite(line, k, word):
            return None
    return None


_THEMSELVES = frozenset({"himself", "herself", "themselves"})
"""Those who did it: "killed *himself* and 22 others"."""

_LISTED = frozenset({Metric.DEATHS, Metric.INJURED, Metric.HOSTAGES, Metric.DETAINED, Metric.HOMES_DAMAGED})
