"""Numbers the publisher adds to what others say: the size of a place named in passing."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, Clauses
from services.read.wordlists import word_table

_HEDGES = 3
"""Tokens between "of" and its number that a hedge may have: "of | more than | 14,000"."""

_DESCRIPTION = 6
"""Tokens from the comma to "of": "a remote mountain village | of"."""


def is_size_of_place(clauses: Clauses, position: int) -> bool:
    """Whether the number at a token is the "14,000" of ", a town of about 14,000 people,": the writer's own."""
    tokens = clauses.tokens
    of = position
    while of > max(0, position - _HEDGES) and tokens[of].lower != "of":
        of -= 1
    if of < 2 or tokens[of].lower != "of" or tokens[of - 1].lower not in word_table("scope_words"):
        return False
    for i in range(of - 2, max(0, of - _DESCRIPTION), -1):
        if tokens[i].lower in ("a", "an"):
            return clauses.classes[i - 1] == COMMA
    return False
