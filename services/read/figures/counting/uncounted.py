"""Why a quantity that no guard claimed is still no figure: it counts nothing, or nothing a newsroom counts."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.counting.alone import exists
from services.read.figures.counting.counted import Noun, is_plural, is_thing
from services.read.figures.counting.happened import Told
from services.read.figures.figure import Quantity
from services.read.figures.guards.names import MORE
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import FEWS, Numeral
from services.read.wordlists import word_list, word_table

_SMALL = 10
"""Number words up to ten behind an article refer back ("the two leaders") more often than they count."""
_BASE = 100
"""From here on a number behind "per" is what a rate is counted on: "34 deaths per 100,000 people"."""
_REFERRING = frozenset({"after", "elided", "people"})


def unsaid(noun: Noun, told: Told, quantity: Quantity) -> bool:
    """Whether neither a noun nor what happened says what a quantity counts."""
    if noun.how == "people":
        return False
    return noun.head is None and told.token is None and not (quantity.currency or quantity.percent or noun.refused)


def uncounted(line: Line, numeral: Numeral, quantity: Quantity, noun: Noun, told: Told) -> str | None:
    """Why a quantity that passed the guards is still no figure; None where it is one."""
    if quantity.currency or quantity.percent:
        return "rate" if quantity.currency == "XXC" else None
    if line.lower(quantity.first - 1) == "per" and quantity.value >= _BASE:
        return "rate"
    if noun.refused or unsaid(noun, told, quantity):
        return noun.refused or "nothing counted"
    word = line.tokens[noun.head].lower if noun.head is not None else ""
    if quantity.value == 0 and quantity.bound == "exact" and word not in group("zero_counted"):
        return "zero"
    if numeral.vague in FEWS and numeral.scale == 1:
        return None if _concrete(line, numeral, word, told) else "indefinite"
    return _referring(line, numeral, quantity, noun, told)


def _referring(line: Line, numeral: Numeral, quantity: Quantity, noun: Noun, told: Told) -> str | None:
    """Small words that refer back more often than they count: "one", "the two leaders"."""
    small = numeral.spelled and quantity.value <= _SMALL and quantity.bound == "exact"
    if told.metric is not Metric.OTHER or not small:
        return None
    word = line.tokens[noun.head].lower if noun.head is not None else ""
    if quantity.value == 1:
        again = noun.head is not None and line.lower(quantity.last) in MORE  # "one more person"
        return None if again or exists(line, quantity) or _is_item(line, quantity, noun, told) else "pronoun"
    if word in word_list("persons") or word in word_list("concrete_nouns"):
        return None  # "the two policemen", "the two attacks": they are counted again, sides are not
    return "definite" if line.lower(quantity.first - 1) in group("definite") and noun.how in _REFERRING else None


def _is_item(line: Line, quantity: Quantity, noun: Noun, told: Told) -> bool:
    """ "destroyed *one tank*, two vans and three guns": one of a list of counts, or what was destroyed or seized."""
    word = line.lower(noun.head) if noun.head is not None else ""
    if noun.how != "after" or not (word in word_list("persons") or is_thing(word)):
        return False
    behind, ahead = noun.last, quantity.first - 1
    while line.lower(behind) in group("listing"):
        behind += 1
    while line.lower(ahead) in group("listing"):
        ahead -= 1
    counted = is_plural(line.lower(ahead)) and any(_is_number(line, k) for k in range(ahead - _ITEM, ahead))
    taken = line.lower(ahead) in group("taking") or (told.token is not None and told.token > noun.last)
    return counted or taken or _is_number(line, behind)


_ITEM = 4
"""Words of an item of a list: "three armoured personnel carriers"."""


def _is_number(line: Line, k: int) -> bool:
    return line.is_number(k) or (line.lower(k) in word_table("numbers") and line.lower(k) != "one")


def _concrete(line: Line, numeral: Numeral, word: str, told: Told) -> bool:
    """ "several soldiers", "a few cars": a handful of what newsrooms count; "several ways" and "the few" are none."""
    if numeral.vague != "several" and line.lower(numeral.first) != "a":
        return False
    return told.metric is not Metric.OTHER or word in word_list("persons") or word in word_list("concrete_nouns")
