"""Whether a figure is a part of another: "nine of those killed", "including 19 children", "in Ila (7) and Oru (3)"."""

from __future__ import annotations

from services.read.figures.counting.among import in_subject, included, whole_before, whole_behind
from services.read.figures.counting.counted import Noun
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_table

_BEHIND = 8
"""Tokens behind a figure in which "were among the dead" still speaks of it."""
_OPENING = 16
"""Tokens of a sentence that begins "Of the 86 killed, …"."""


def is_part(line: Line, quantity: Quantity, noun: Noun, at: int) -> bool:
    """`at` is the token before the quantity, articles passed over."""
    if _is_of(line, quantity, noun) or included(line, quantity.first) or _is_of_opened(line, quantity):
        return True
    word, before = line.lower(at), line.lower(at - 1)
    if word in {"them", "whom", "which"} and before in {"among", "of"}:
        return True
    if line.lower(quantity.first - 1) == "other" and line.lower(quantity.first - 2) == "the":
        return True  # "one was found dead, the other two are missing"
    if quantity.currency or quantity.percent:
        return False
    bracketed = line.text(quantity.first - 1) == "(" and line.text(quantity.last) == ")"
    if noun.how == "elided" and bracketed and quantity.bound == "exact":
        return line.capitalised(quantity.first - 2)  # "in the districts of Ila (7), Oru (3)"
    return whole_before(line, quantity.first) is not None or _among_behind(line, quantity, noun)


def _is_of(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """ "nine of those killed", "30 of the wounded"; "four of its soldiers" tells whose, "killed scores of them" all."""
    if noun.how == "state" and line.lower(quantity.last + 1) in group("pronouns"):
        return True
    if noun.how != "part" or line.lower(quantity.last + 1) in group("possessives"):
        return False
    return quantity.bound != "vague" or _are_dead(line, noun)  # "left scores of the rebels dead" tells all of them


def _are_dead(line: Line, noun: Noun) -> bool:
    word = line.lower(noun.head) if noun.head is not None else ""
    return word in group("stand_for") or word in group("tolled")


def _is_of_opened(line: Line, quantity: Quantity) -> bool:
    """ "Of the 86 killed, *nine* were nurses"."""
    if line.lower(line.first) != "of" or quantity.first - line.first > _OPENING:
        return False
    before = line.lower(quantity.first - 1)  # "of the 86 killed nine were nurses": a comma lost
    lost = before in word_table("metric_verbs") and line.lower(quantity.last) in group("be")
    return lost or "," in line.lowers(quantity.first - 2, quantity.first)


def _among_behind(line: Line, quantity: Quantity, noun: Noun) -> bool:
    at = max(noun.last if noun.how in {"after", "part"} else quantity.last, quantity.last)
    words = line.lowers(at, at + _BEHIND)
    if "among" not in words:
        return False
    among = at + words.index("among")
    return all(in_subject(line, k) for k in range(at, among)) and whole_behind(line, among) is not None
