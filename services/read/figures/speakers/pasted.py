"""Where a headline, caption or sentence runs on into the next without a stop: "… AFP Friday 2 May 2014 | The army"."""

from __future__ import annotations

from services.read.figures.clauses import Clauses
from services.read.text import MARK, WORD
from services.read.wordlists import word_list

CREDITS = frozenset("afp ap reuters epa upi dpa efe anadolu aa ana xinhua getty archive".split())
"""Agencies that stamp headlines and are named in brackets behind pictures."""

_OPENERS = frozenset({"In", "On", "At", "According", "During", "Since", "After", "Meanwhile"})
"""Words that open a sentence and stand in few names."""

_MARKS = CREDITS | {word.lower() for word in _OPENERS}

_BEFORE = 4
"""Tokens without a stop before such a word (half and double: 0 / 0)."""

_STAMP = 6
"""Tokens of "AFP Friday 2 May 2014"."""


def parted_at(clauses: Clauses) -> list[int]:
    """The tokens a new sentence begins at inside one: behind a stamp or a credit, or at its capital. Linear."""
    found: list[int] = []
    for i in clauses.document.tokens_of(_MARKS):
        token = clauses.tokens[i]
        if token.text in _OPENERS and _runs_together(clauses, i):
            found.append(i)
        if token.lower in CREDITS and 0 < i < len(clauses.tokens) - 2:
            end = _credit_end(clauses, i) or _stamp_end(clauses, i)
            if end is not None and end < len(clauses.tokens) and clauses.tokens[end].text[0].isupper():
                found.append(end)
    if _PARAGRAPHS in clauses.document.text:
        found = sorted({*found, *_gaps(clauses)})
    return found


_PARAGRAPHS = "  "
"""What parts paragraphs run together."""


def _gaps(clauses: Clauses) -> list[int]:
    """The capitals behind such a gap with no stop before it: "Image caption A road  | Thousands fled"."""
    tokens, text = clauses.tokens, clauses.document.text
    found: list[int] = []
    at = text.find(_PARAGRAPHS)
    while at >= 0:
        i = clauses.document.token_at(at)
        if 0 < i < len(tokens) and tokens[i].text[0].isupper() and tokens[i - 1].text[0].isalpha():
            found.append(i)
        at = text.find(_PARAGRAPHS, at + len(_PARAGRAPHS))
    return found


def _runs_together(clauses: Clauses, i: int) -> bool:
    """Whether a sentence begins at a capital with no stop before it: "… men west of Osmia | In a separate event"."""
    tokens = clauses.tokens
    if i < _BEFORE or i + 1 >= len(tokens) or i in clauses.inside or tokens[i - 1].kind != WORD:
        return False
    if tokens[i - 1].text.isupper() or any(t.kind == MARK and t.text not in "-," for t in tokens[i - _BEFORE : i]):
        return False
    return any(t.text.islower() for t in tokens[i - 2 : i]) and not tokens[i + 1].text[0].isupper()


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
