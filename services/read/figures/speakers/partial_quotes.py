"""Whose a few quoted words are in a sentence without a cue: 'Moreno portrayed the plan as a "20-year mistake"'."""

from __future__ import annotations

from services.read.figures.clauses import QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.main_subject import main_subject
from services.read.figures.speakers.sources import Span
from services.read.text import WORD, Sentence
from services.read.wordlists import word_list

OPENERS = frozenset('"“')

_WORDS = 3
"""Words of a quotation looked at; a title has a capital among them: the "Gang of Eight", "Sharknado 3"."""


def partial_quotes(clauses: Clauses, sentence: Sentence) -> list[Cue]:
    """A cue at each mark that opens words of the sentence's subject, a person or a body. Linear.

    The words are in small letters: what has capitals is a title or a name. It covers what is quoted and no more, for a
    mark is a part of its quotation.
    """
    cues: list[Cue] = []
    marks = [i for i in range(sentence.first, sentence.last) if clauses.classes[i] == QUOTE]
    for i in marks[: len(marks) // 2 * 2 : 2]:  # one left open is a speech, whose cue stands behind its end
        if i > sentence.first and clauses.tokens[i].text in OPENERS and _is_small(clauses, sentence, i):
            subject = main_subject(clauses, sentence, i)
            if subject is not None and _is_quotable(clauses, subject) and clauses.classes[i - 1] != "be":
                cues.append(Cue(i, i + 1, subject, "after", partial=True))
    return cues


def _is_small(clauses: Clauses, sentence: Sentence, mark: int) -> bool:
    """Whether a mark stands behind a space, as no mark-up's does, and words in small letters behind it."""
    tokens = clauses.tokens
    if tokens[mark - 1].end == tokens[mark].start:
        return False
    words = [t for t in tokens[mark + 1 : min(mark + 8, sentence.last)] if t.kind == WORD][:_WORDS]
    return not any(t.text[0].isupper() for t in words)


def _is_quotable(clauses: Clauses, subject: Span) -> bool:
    """Whether a subject is a person, a known body, "he" or a noun of those who speak."""
    first, last = subject
    if clauses.tokens[first].lower.endswith("ing"):
        return False  # "Speaking on Northern Radio, he called it …"
    if clauses.tokens[first].lower in ("he", "she", "they"):
        return True
    known = any(i in clauses.names or clauses.tokens[i].lower in clauses.surnames for i in range(first, last))
    return known or any(clauses.tokens[i].lower in word_list("source_nouns") for i in range(first, last))
