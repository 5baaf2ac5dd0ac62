"""Days of what was done after an event: "police *on Monday* identified the man who opened fire, killing three".

Such a day is that of the search, the visit, the funeral. The event was before it, and nobody says when.
"""

from __future__ import annotations

from services.read.figures.figure import Quantity
from services.read.figures.settings.expression import Expression
from services.read.text import Token
from services.read.wordlists import word_list, word_table

_BEFORE, _BEHIND = 8, 9
"""Tokens between a deed and its day: "knelt before white wooden crosses on Monday", "on Friday, as leaders signed"."""

_RELATIVES = frozenset({"that", "which", "who", "whom", "whose", "where", "when"})
"""Words a clause of the event opens with: "a hotel where ten were killed"."""

_DEEDS = frozenset({"deaths", "death", "killing", "killings", "murder", "murders", "slaying", "slayings", "massacre"})
"""Before "of", the event as a noun: "an investigation of the deaths of eight"."""

_RITES = frozenset(
    "funeral funerals memorial vigil vigils service services ceremony ceremonies anniversary tribute trial".split()
)
"""Before "for" and "of", what is held afterwards: "a memorial service for the 27 victims"."""

_STILL = frozenset({"are", "is", "live", "lives", "stay", "remain", "remains"})
"""What is told so is of the day of the visit: "visited a camp where 3,000 are staying"."""


def is_aftermath(tokens: list[Token], start: int, time: Expression, quantity: Quantity) -> bool:
    """Whether a day before a figure is that of something done afterwards. `start` is the sentence's first token."""
    if time.as_of is None or time.last > quantity.first:
        return False
    words = word_list("aftermath_words")
    opener = _event_clause(tokens, time.last, quantity.first)
    if opener is None or not _STILL.isdisjoint(t.lower for t in tokens[opener : quantity.last + 3]):
        return False
    for k in range(time.first - 1, max(start, time.first - _BEFORE) - 1, -1):
        if tokens[k].lower in word_list("sudden_events"):
            return False  # "an investigation of the attacks on Sept. 11 that killed four"
        if tokens[k].lower in words:
            return True
    behind = range(time.last, min(opener, time.last + _BEHIND))
    return any(tokens[k].lower in words and tokens[k - 1].text != "-" for k in behind)  # "a much-criticized deal"


def _event_clause(tokens: list[Token], first: int, last: int) -> int | None:
    """Where, in tokens [first, last), what tells of the event begins; None where nothing does."""
    for k in range(first, last):
        word = tokens[k].lower
        if word in _RELATIVES:  # not "an inquiry in 2014 found that 477 had died"
            return k if k == first or tokens[k - 1].lower not in word_table("reporting_verbs") else None
        if word in ("of", "for") and k > first and tokens[k - 1].lower in (_DEEDS | _RITES if word == "of" else _RITES):
            return k
    return None
