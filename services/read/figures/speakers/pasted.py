"""Where a page's headline or caption runs on into its text without a stop: "… AFP Friday 2 May 2014 | The army …"."""

from __future__ import annotations

from services.read.figures.clauses import Clauses
from services.read.wordlists import word_list

CREDITS = frozenset("afp ap reuters epa upi dpa efe anadolu aa ana xinhua getty archive".split())
"""Agencies that stamp headlines and are named in brackets behind pictures."""

_STAMP = 6
"""Tokens of "AFP Friday 2 May 2014"."""


def parted_at(clauses: Clauses) -> list[int]:
    """The tokens the text goes on at behind a headline's stamp or a picture's credit, in order. Linear."""
    found: list[int] = []
    for i, token in enumerate(clauses.tokens):
        if token.lower in CREDITS and 0 < i < len(clauses.tokens) - 2:
            end = _credit_end(clauses, i) or _stamp_end(clauses, i)
            if end is not None and end < len(clauses.tokens) and clauses.tokens[end].text[0].isupper():
                found.append(end)
    return found


def _credit_end(clauses: Clauses, i: int) -> int | None:
    """The token behind "(Reuters)"."""
    closed = clauses.tokens[i - 1].text == "(" and clauses.tokens[i + 1].text == ")"
    return i + 2 if closed else None


def _stamp_end(clauses: Clauses, i: int) -> int | None:
    """The token behind "AFP Friday 2 May 2014", its year last."""
    tokens = clauses.tokens
    if tokens[i + 1].lower not in word_list("weekdays"):
        return None
    for j in range(i + 2, min(i + _STAMP, len(tokens))):
        if len(tokens[j].text) == 4 and tokens[j].text.isdecimal():
            return j + 1
    return None
