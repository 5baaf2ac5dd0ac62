"""Why a quantity that no guard claimed is still no figure: it counts nothing, or nothing a newsroom counts."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import FEWS, Numeral
from services.read.wordlists import word_list

_SMALL = 10
"""Number words up to ten behind an article refer back ("the two leaders") more often than they count."""
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
    if quantity.value == 1:
        return "pronoun"
    word = line.tokens[noun.head].lower if noun.head is not None else ""
    if word in word_list("persons"):
        return None  # "the two policemen": people are counted again, sides are not
    return "definite" if line.lower(quantity.first - 1) in group("definite") and noun.how in _REFERRING else None


def _concrete(line: Line, numeral: Numeral, word: str, told: Told) -> bool:
    """ "several soldiers", "a few cars": a handful of what newsrooms count; "several ways" and "the few" are none."""
    if numeral.vague != "several" and line.lower(numeral.first) != "a":
        return False
    return told.metric is not Metric.OTHER or word in word_list("persons") or word in word_list("concrete_nouns")
