"""The extents of phrases of place: "in the camp", "on the border with Poland", "in the northern city of Hasaka"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from services.read.figures.clauses import JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.sources import Span
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_LONGEST = 14
"""Tokens of a phrase; "on the border between Belarus and the European Union's member Poland" has 12."""

WAYS = frozenset({"to", "into", "towards", "toward"})
"""Where somebody is going is not yet where the story is."""


def place_phrases(clauses: Clauses, sentence: Sentence) -> Iterator[tuple[Span, bool]]:
    """The phrases of a sentence that may be a place, in order, and whether a scope word stands in each."""
    openers = _openers()
    behind = sentence.first
    for i in range(sentence.first, sentence.last):
        opens = openers.get(clauses.tokens[i].lower)
        if opens is None or i < behind:
            continue
        span = _after(clauses, i, sentence) if opens == "preposition" else _around(clauses, i, sentence)
        if span is not None:
            yield span, any(scope_at(clauses, j) for j in range(*span))
            behind = span[1]


def scope_at(clauses: Clauses, i: int) -> str | None:
    """The scope a token says: camp, border, city, …; None where the word is somebody or a part of a name."""
    token = clauses.tokens[i]
    scope = word_table("scope_words").get(token.lower)
    if scope is None:
        return None
    following = clauses.tokens[i + 1].lower if i + 1 < len(clauses.tokens) else ""
    # "border guards", "state-run", "hospital source", "school children": no place but somebody
    if following == "-" or following in word_list("source_nouns") or following in word_list("persons"):
        return None
    if token.lower == "state" and not (i and clauses.classes[i - 1] == NAME):
        return None  # "Rakhine state" is a province, "the state" a government
    return scope


def _after(clauses: Clauses, i: int, sentence: Sentence) -> Span | None:
    """The phrase a preposition opens."""
    if i + 1 >= sentence.last or (i > sentence.first and clauses.tokens[i - 1].lower == "according"):
        return None
    if clauses.tokens[i].lower in WAYS and clauses.classes[i + 1] not in ("det", NAME, NOUN):
        return None  # "to assist Poland"
    end = _phrase_end(clauses, i + 1, sentence)
    return (i, end) if end > i + 1 else None


def _around(clauses: Clauses, i: int, sentence: Sentence) -> Span | None:
    """The phrase about a scope word that no preposition opens: "cross the Polish-Belarusian border"."""
    if scope_at(clauses, i) in (None, "country"):
        return None  # "the country" does many things; only "in the country" is a place
    classes = clauses.classes
    first = i
    while first > sentence.first and i - first < _LONGEST and classes[first - 1] in (NAME, JOIN):
        first -= 1
    if first > sentence.first and classes[first - 1] == "det":
        first -= 1
    return (first, _phrase_end(clauses, i, sentence)) if first < i else None


def _phrase_end(clauses: Clauses, start: int, sentence: Sentence) -> int:
    """The token behind the phrase: nouns and names, "of" and "with" before a name, "and" inside "between"."""
    classes = clauses.classes
    ceiling = min(sentence.last, start + _LONGEST)
    scoped = named = False
    between = clauses.tokens[start - 1].lower == "between"
    i = start
    while i < ceiling and _continues(clauses, i, start, scoped=scoped, named=named, between=between):
        scoped = scoped or scope_at(clauses, i) is not None
        named = named or classes[i] == NAME
        between = between or clauses.tokens[i].lower == "between"
        i += 1
        if i < ceiling and _another_begins(clauses, i):
            break
    while i > start and classes[i - 1] in ("of", "in", "and", "det", JOIN, OTHER) and not scope_at(clauses, i - 1):
        i -= 1
    return i


def _continues(clauses: Clauses, i: int, start: int, *, scoped: bool, named: bool, between: bool) -> bool:
    """Whether token `i` belongs to the phrase begun at `start`."""
    kind, word = clauses.classes[i], clauses.tokens[i].lower
    if kind in (NAME, NOUN, JOIN):
        return True
    if kind == "det":
        return i == start or clauses.classes[i - 1] in ("of", "in", "and", "det")
    if kind == OTHER:
        return not (scoped or named) or word in word_table("scope_words")
    opens = i + 1 < len(clauses.tokens) and clauses.classes[i + 1] in (NAME, "det")
    return opens and (word == "of" or (word in ("with", "between") and scoped) or (kind == "and" and between))


def _another_begins(clauses: Clauses, i: int) -> bool:
    """Whether a new phrase begins at a name without a comma: "in Syria | Air strikes", "in the city | Syrian media"."""
    if clauses.classes[i] != NAME or scope_at(clauses, i) is not None:
        return False
    before = clauses.tokens[i - 1]
    return i - 1 in clauses.place_ends or (before.text[0].islower() and scope_at(clauses, i - 1) is not None)


@cache
def _openers() -> dict[str, str]:
    """Words a phrase of place is found by: its preposition, else its scope word."""
    scopes = dict.fromkeys(word_table("scope_words"), "scope")
    return scopes | dict.fromkeys(word_list("place_prepositions"), "preposition")
