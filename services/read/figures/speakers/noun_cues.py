"""Cues that are nouns: "Moreno's claim that 20 died", "its pledge to add 7,000 soldiers".

The noun has an owner, who is the source, and its content stands behind it.
"""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span, is_time
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_OWNED = 8
"""Tokens from an owner to the noun: "Moreno's recent evidence-free claim" has 5."""

_OWNER = 6
"""Tokens of an owner: "the Northern Relief Fund 's"."""

_CONTENT = 30
"""Tokens of what is claimed or promised."""


_GOES_ON = frozenset({"including", "and", "or"})
"""What goes on with a content behind its comma: "a claim that it was an attack, including on four towns"."""


def noun_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue of the noun at a token, where it is one of speech, with an owner and a content."""
    tokens = clauses.tokens
    openers = word_table("cue_nouns").get(tokens[i].lower)
    if openers is None or i + 2 >= sentence.last or tokens[i + 1].lower not in openers.split():
        return None
    source = _owner(clauses, sentence, i)
    if source is None:
        return None
    return Cue(i, i + 2, source, "after", content=(i + 2, _end(clauses, sentence, i + 2, tokens[i + 1].lower)))


def _owner(clauses: Clauses, sentence: Sentence, i: int) -> Span | None:
    """Who owns the noun at a token: "Moreno's", "the fund's", and "his" with all up to the noun."""
    tokens, classes = clauses.tokens, clauses.classes
    for j in range(i - 1, max(sentence.first - 1, i - _OWNED), -1):
        word = tokens[j].lower
        if word in ("his", "her", "its", "their"):
            return j, i + 1
        marked = word in ("'", "’") and tokens[j - 1].lower.endswith("s")
        if word.endswith(("'s", "’s", "s'", "s’")) or marked:
            if is_time(clauses, j) or word.rstrip("s").rstrip("'’") in word_list("time_words"):
                return None
            last = j if marked else j + 1
            first = last
            while first > max(sentence.first, last - _OWNER) and classes[first - 1] in (NAME, NOUN, OTHER, JOIN):
                first -= 1
            first -= first > sentence.first and classes[first - 1] == "det"
            return first, last
        if classes[j] not in (NAME, NOUN, OTHER, JOIN, "adverb", COMMA):
            return None
    return None


def _end(clauses: Clauses, sentence: Sentence, first: int, opener: str) -> int:
    """The token where the content ends: at a mark, and that of an infinitive at a finite verb."""
    tokens, classes = clauses.tokens, clauses.classes
    last = min(first + _CONTENT, sentence.last)
    for i in range(first, last):
        goes_on = tokens[i + 1].lower in _GOES_ON if i + 1 < last else False
        cut = (classes[i] == COMMA and not goes_on) or (classes[i] == BREAK and tokens[i].text in ";:()-–—")
        if cut or (opener != "that" and classes[i] in ("be", "aux", "verb", "relative")):
            return i
    return last
