"""Numbers that are the subject of a clause and have no noun: "of which *1,727* moved", "*14 million* would lose it".

Nothing but a count stands there: a year has no auxiliary, an age a comma. What is counted was said before, or it is
people.
"""

from __future__ import annotations

from services.read.figures.counting.counted import is_plural
from services.read.figures.dates import may_be_year
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

_OLDEST = 125
"""Years: a higher number is nobody's age (the oldest known person reached 122)."""
_SHORT = 4
"""Letters from which a word in -ed is a verb: no "bed", no "red"."""
_REACH = 3
"""Adverbs between a number and its verb (half and double: 0 / 0)."""


def is_bare_subject(line: Line, quantity: Quantity, *, again: bool) -> bool:
    """Whether a number opens a clause and a finite verb of several follows: "CBO estimated *10 million* would be".

    `again` where the same sentence counted before: then a small number is no age ("of 30 aboard, 12 swam ashore").
    """
    whole = quantity.value == int(quantity.value) and quantity.value > 1
    if not whole or quantity.bound == "vague" or quantity.currency or quantity.percent:
        return False
    return _is_verb(line, quantity, again=again) and _opens_clause(line, quantity)


def _is_verb(line: Line, quantity: Quantity, *, again: bool) -> bool:
    """Whether a verb stands behind the number, adverbs apart; one that may be a year or an age needs a hedge."""
    at = quantity.last
    while at < quantity.last + _REACH and line.lower(at) in group("verb_adverbs"):
        at += 1
    word = line.lower(at)
    if not line.is_word(at) or line.text(at)[0].isupper():
        return False
    exact = quantity.bound == "exact" and line.is_number(quantity.last - 1)
    if exact and may_be_year(line, quantity):
        return False
    plural = word in group("plural_verbs")
    past = word in group("past_verbs") or (len(word) > _SHORT and word.endswith("ed"))
    joined = line.text(at + 1) == "-" and line.touches(at + 1)
    sure = again or not exact or quantity.value > _OLDEST or line.lower(quantity.first - 1) in group("leaning")
    return not joined and (plural or (past and sure))


def _opens_clause(line: Line, quantity: Quantity) -> bool:
    """Whether nothing before the number can govern it: the sentence begins, a mark, a joint or a verb of telling."""
    if line.lower(quantity.first) in word_table("reporting_verbs"):
        return True  # "CBO *estimated* 10 million": the verb is the hedge
    at = quantity.first - 1
    while line.lower(at) in group("leaning") or line.lower(at) in {"a", "an", "some", "only", "just"}:
        at -= 1
    if at < line.first:
        return True
    word = line.lower(at)
    if not line.is_word(at):
        if line.text(at) == "," and (line.is_number(at - 1) or line.capitalised(at - 1)):
            return quantity.value > _OLDEST  # "May 5, 200", "Ada Moreno, 45"
        return line.text(at) in _MARKS
    telling = word in word_table("reporting_verbs") and word not in word_list("persons")
    return telling or word in group("clause_joints")


def subject_again(line: Line, quantity: Quantity) -> int | None:
    """The plural just said to do what the number does: "the *centres* have closed; 10 have closed", else None."""
    for k in range(quantity.first - 1, max(line.first, quantity.first - _AGAIN), -1):
        if line.lower(k) in group("plural_verbs") and is_plural(line.lower(k - 1)):
            return k - 1
    return None


_AGAIN = 14
"""Tokens looked back for the subject of the clause before (half and double: 0 / 0)."""

_MARKS = frozenset({",", ";", ":", "–", "—", "(", "“", '"'})
