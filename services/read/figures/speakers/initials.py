"""A body's full name from its initials, wherever in the article it is written out: "KCNA", "the URCS"."""

from __future__ import annotations

from collections.abc import Sequence

from services.read.figures.clauses import Clauses
from services.read.figures.speakers.sources import Span

_SHORTEST, _LONGEST = 3, 8
"""Letters of initials; two letters ("UN", "AP") fit too many names by chance."""


def is_initials(text: str) -> bool:
    """Whether a word may be a name's initials: "KCNA"."""
    return _SHORTEST <= len(text) <= _LONGEST and text.isalpha() and text.isupper()


def spelled_out(clauses: Clauses, runs: Sequence[Span]) -> dict[str, Span]:
    """By their initials, the first name among `runs` (stretches of capitals, in order) that ends in words with them.

    Small words have no initial. Linear: a run has a bounded length.
    """
    tokens = clauses.tokens
    found: dict[str, Span] = {}
    for first, last in runs:
        letters = ""
        for i in range(last - 1, first - 1, -1):
            text = tokens[i].text
            if not text[0].isupper():
                continue
            if len(text) == 1 or len(letters) == _LONGEST or (len(text) > 1 and is_initials(text)):
                break
            letters = text[0] + letters
            if len(letters) >= _SHORTEST:
                found.setdefault(letters, (i, last))
    return found
