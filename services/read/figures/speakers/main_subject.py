"""The subject of a sentence's main clause, who goes on in what hangs on it: "The fund came, saying that 20"."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, JOIN, NAME, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span, is_source_like, phrase_after
from services.read.text import Sentence
from services.read.wordlists import word_table

_OPENING = 40
"""Tokens in which a sentence's main subject is looked for (half and double: 0 / 0)."""

_RUBRIC = 7
"""Tokens before the colon of a heading that the sentence itself follows (half and double: 0 / 0)."""


_SUBORDINATE = frozenset("when while if although though because once until as whereas".split())
"""What opens a clause before the main one, whose subject is another: "When the camp closed, the fund left, saying"."""


def main_subject(clauses: Clauses, sentence: Sentence, before: int) -> Span | None:
    """The subject of the sentence's main clause: its first noun phrase that no preposition opens."""
    classes = clauses.classes
    before = min(before, sentence.first + _OPENING)
    i = sentence.first
    for rubric in range(i, min(i + _RUBRIC, before)):
        if clauses.tokens[rubric].text == ":":  # "Driving the news: The committee …"
            i = rubric + 1
    if classes[i] == "in" or clauses.tokens[i].lower in _SUBORDINATE:
        while i < before and classes[i] != COMMA:
            i += 1
        i += 1
    while i < before and classes[i] in ("and", "adverb", "break", QUOTE):
        i += 1
    if sentence.first < i < before and classes[i] == COMMA and classes[i - 1] == "adverb":
        i += 1  # "Likewise, a paper …"
    phrase = phrase_after(clauses, i, before) if i < before else None
    if phrase is None:
        return None
    first, last = phrase
    for j in range(first + 1, last):  # "The Post reveals a few facts: …"
        if classes[j] == OTHER and clauses.tokens[j].lower in word_table("reporting_verbs"):
            last = j
            break
    return (first, last) if is_source_like(clauses, (first, last)) else None


def subject_ahead(clauses: Clauses, position: int) -> Span | None:
    """The main subject of a token's sentence where it stands before the token."""
    sentence = clauses.document.sentence_at(clauses.tokens[position].start)
    return main_subject(clauses, sentence, position) if position > sentence.first else None


def introduced(clauses: Clauses, sentence: Sentence, colon: int) -> Cue | None:
    """The cue of a sentence without a verb of speech whose colon a quotation follows: "She apologized: …"."""
    first = colon
    while first > sentence.first and clauses.classes[first - 1] in (NAME, JOIN):
        first -= 1
    # "More from Moreno:"
    credited = first > sentence.first and clauses.tokens[first - 1].lower in ("by", "from", "via")
    subject = (first, colon) if credited and first < colon else main_subject(clauses, sentence, colon)
    if subject is None or _is_order(clauses, sentence, subject):
        return None
    return Cue(colon, colon + 1, subject, "after")


def _is_order(clauses: Clauses, sentence: Sentence, subject: Span) -> bool:
    """Whether what opens a sentence with a capital is a verb: "Read the latest below:"."""
    first, last = subject
    alone = first == sentence.first and last - first == 1 and clauses.classes[first] == NAME
    return alone and first not in clauses.names
