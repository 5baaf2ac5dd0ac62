"""Cues that are nouns: "Moreno's claim that 20 died", "its pledge to add 7,000 soldiers".

The noun has an owner, who is the source, and its content stands behind it.
"""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span, is_time, phrase_after
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_OWNED = 8
"""Tokens from an owner to the noun: "Moreno's recent evidence-free claim" has 5."""

_OWNER = 6
"""Tokens of an owner: "the Northern Relief Fund 's"."""

_CONTENT = 30
"""Tokens of what is claimed or promised (half and double: 0 / 0)."""


_GOES_ON = frozenset({"including", "and", "or"})
"""What goes on with a content behind its comma: "a claim that it was an attack, including on four towns"."""


def noun_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue of the noun at a token, where it is one of speech, with an owner and a content."""
    tokens, opener = clauses.tokens, i + 1
    openers = word_table("cue_nouns").get(tokens[i].lower)
    if openers is None:
        return None
    by = (
        phrase_after(clauses, opener + 1, sentence.last)
        if opener < sentence.last and tokens[opener].lower == "by"
        else None
    )
    if by is not None:
        opener = by[1]  # "a claim by the army that 20 died"
    dated = opener + _DATED - 1
    while opener < min(dated, sentence.last) and (tokens[opener].lower in _DAYS or is_time(clauses, opener)):
        opener += 1
    if opener + 1 >= sentence.last or tokens[opener].lower not in openers.split():
        return None
    given = tokens[opener].lower == "to" and clauses.classes[opener + 1] in ("det", NAME, "pronoun", FIGURE)
    source = (by or _owner(clauses, sentence, i)) if not given else None  # "its offer to the camp"
    verb = tokens[i].lower.endswith("s") and tokens[i].lower in word_table("reporting_verbs")
    if source is None or (verb and by is None and not _is_beside(clauses, source, i)):
        return None  # "his plan | calls for"
    content = opener + 1, _end(clauses, sentence, opener + 1, tokens[opener].lower)
    return Cue(i, opener + 1, source, "after", content=content)


def _is_beside(clauses: Clauses, owner: Span, i: int) -> bool:
    """Whether an owner stands right before a noun: "his | calls", "Moreno's | calls"."""
    return owner == (i - 1, i + 1) or owner[1] == i


_DATED = 4
"""Tokens from a noun to its opener: "its pledge earlier this month to" needs 4."""

_DAYS = frozenset({"on", "this", "last", "earlier", "in", "late"})
"""What stands beside a time between the two."""


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
        parted = classes[j] == COMMA and tokens[j + 1].lower.endswith("ing")  # "Moreno's account, spreading reports"
        if parted or classes[j] not in (NAME, NOUN, OTHER, JOIN, "adverb", COMMA):
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
