"""A body's full name from its short one, wherever in the article it is written out: "KCNA", "the URCS", "Comunda"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.read.figures.clauses import NAME, NOUN, Clauses
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list

_SHORTEST, _LONGEST = 3, 8
"""Letters of initials; two letters ("UN", "AP") fit too many names by chance."""

_NAME = 12
"""Tokens of a name before its short form in brackets; "Office of the High Commissioner for …" has 10."""

_LINKS = frozenset({"of", "the", "for", "and", "&", "on", "in", "against", "to"})
"""Small words inside such a name, besides the particles of other languages."""


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


def bracketed(clauses: Clauses) -> dict[str, Span]:
    """By the short name in brackets behind it, each name: "the National Office of Emergencies (ONE)". Linear."""
    tokens = clauses.tokens
    found: dict[str, Span] = {}
    for i in range(2, len(tokens) - 2):
        if tokens[i].text != "(" or tokens[i + 2].text != ")":
            continue
        short = tokens[i + 1].text
        if len(short) < _SHORTEST or not short.isalpha() or not short[0].isupper() or short in found:
            continue
        name = _named_before(clauses, i, short)
        if name is not None:
            found[short] = name
    return found


def _named_before(clauses: Clauses, bracket: int, short: str) -> Span | None:
    """The name of two or more words before a bracket that its short form fits."""
    tokens = clauses.tokens
    starts: list[int] = []  # the capitals of the name, the last first
    for i in range(bracket - 1, max(-1, bracket - 1 - _NAME), -1):
        token = tokens[i]
        if token.text.endswith(("'s", "’s")):
            break  # "Veronia's | National Secretariat"
        if token.text[0].isupper() and token.lower not in _LINKS:
            starts.append(i)
        elif i == bracket - 1 or not (token.lower in _LINKS or token.lower in word_list("name_particles")):
            break
    if len(starts) < 2 or all(clauses.classes[i] not in (NAME, NOUN) for i in starts):
        return None
    letters = Counter(short.lower())
    for size in range(2, len(starts) + 1):  # letters of a name in another language stand in another order
        if Counter(tokens[i].lower[0] for i in starts[:size]) == letters:
            return starts[size - 1], bracket
    for first in reversed(starts):
        if tokens[first].lower[0] == short[0].lower() and _is_within(short.lower(), clauses, first, bracket):
            return first, bracket
    return None


def _is_within(short: str, clauses: Clauses, first: int, last: int) -> bool:
    """Whether a name has the letters of a short name in their order: "Comunda" of "Consejo Municipal de Ayuda"."""
    letters = (letter for token in clauses.tokens[first:last] for letter in token.lower)
    return all(letter in letters for letter in short)
