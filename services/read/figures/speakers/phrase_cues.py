"""Cues without a verb: "according to X", "Ministry: 20 killed", "in the words of X", "in a poll", "by X's count"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, NAME, NOUN, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cue_side import rest_of
from services.read.figures.speakers.sources import Span, phrase_after
from services.read.figures.speakers.subject import subject_before
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_COUNTS = frozenset({"count", "tally", "estimate", "estimates", "reckoning"})

_VIEWS = frozenset({"view", "opinion", "words", "telling", "estimation", "account"})

_HEADING = 7
"""Tokens before a headline's colon: "Syrian Observatory for Human Rights:" has 5."""

_CREDIT = 6
"""Tokens from a headline's last colon or dash to its end: "- Gaza health ministry" has 4."""


def according_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The words "according to X": before its statement where it opens the clause, else behind it."""
    if i + 2 >= sentence.last or clauses.tokens[i + 1].lower != "to":
        return None
    source = phrase_after(clauses, i + 2, sentence.last)
    if source is None:
        return None
    opens = i - sentence.first < 2 or clauses.classes[i - 1] in ("and", BREAK)
    return Cue(i, i + 2, source, "after" if opens else rest_of(clauses, sentence, source[1]))


def colon_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'Ministry: 20 killed', 'John Smith: "…"' and '20 killed: officials'."""
    classes = clauses.classes
    if 0 < i - sentence.first <= _HEADING:
        source = phrase_after(clauses, sentence.first, i)
        heading = clauses.tokens[sentence.first].lower.endswith("ing")  # "Driving the news:" is a rubric
        verb = word_table("reporting_verbs").get(clauses.tokens[i - 1].lower) is not None and i - sentence.first > 1
        if source is not None and source[1] == i and _has_office(clauses, source) and not heading and not verb:
            return Cue(i, i + 1, source, "after")
    if i > sentence.first and i + 1 < sentence.last and classes[i + 1] == QUOTE:
        named = classes[i - 1] in (NAME, NOUN) or clauses.tokens[i - 1].text == ")"
        source = subject_before(clauses, i, sentence.first) if named else None
        return Cue(i, i + 1, source, "after") if source is not None else None
    return trailing_cue(clauses, sentence, i)


def trailing_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'20 killed - officials', at the dash or colon."""
    if sentence.last - i > _CREDIT or i - sentence.first < 3:
        return None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or source[1] < sentence.last or not _has_office(clauses, source):
        return None
    return Cue(i, i + 1, source, "before")


def nominal_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'in the words of X', 'in a poll by X', 'by the ministry's count', at the preposition."""
    tokens, classes = clauses.tokens, clauses.classes
    ahead = {t.lower for t in tokens[i + 1 : min(i + 11, sentence.last)]}
    if tokens[i].lower == "by":
        source = phrase_after(clauses, i + 1, sentence.last) if not ahead.isdisjoint(_COUNTS) else None
        return Cue(i, i + 1, source, "both") if source and tokens[source[1] - 1].lower in _COUNTS else None
    if "words" in ahead and [t.lower for t in tokens[i + 1 : i + 4]] == ["the", "words", "of"]:
        source = phrase_after(clauses, i + 4, sentence.last)
        return Cue(i, i + 4, source, "both") if source else None
    if not ahead.isdisjoint(_VIEWS):
        source = phrase_after(clauses, i + 1, sentence.last)
        if source and tokens[source[1] - 1].lower in _VIEWS and tokens[source[1] - 2].lower.endswith(("'s", "s'", "'")):
            return Cue(i, source[1], (source[0], source[1] - 1), "both")
    if ahead.isdisjoint(word_list("polls")):
        return None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or not any(tokens[j].lower in word_list("polls") for j in range(*source)):
        return None
    opens = i - sentence.first < 2 or classes[i - 1] in (COMMA, BREAK, "and")
    return Cue(i, i + 1, source, "both" if opens else "before")


def _has_office(clauses: Clauses, source: Span) -> bool:
    nouns = word_list("source_nouns")
    return any(clauses.tokens[i].lower in nouns for i in range(*source))
