"""Who speaks in turns: "MORENO: We lost 12 men." of a transcript, "[MORENO] WE LOST 12 MEN." of an interview."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from services.read.figures.clauses import QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span
from services.read.figures.speakers.spoken import Spoken
from services.read.text import WORD
from services.read.wordlists import word_list

_LONGEST_NAME = 4
"""Tokens of a name before its turn: "SEN. ADA MORENO" has 4."""

_INTERVIEW = "[INTERVIEW WITH "
"""Heading of a wire behind which one turn is enough."""

_TURNS = 3
"""Turns a text needs to be a transcript; one "OSMIA: …" is a dateline, two may be rubrics."""

_CAPITALS = 12
"""Tokens behind a bracket that must be in capitals, as all of such a wire is; no headline has as many."""

_ASKS = frozenset({"reporter", "reporters", "moderator", "question", "q", "correspondent", "host", "interviewer"})
"""Who asks: a turn ends there, and nobody is named."""


@dataclass(frozen=True, slots=True)
class _Mark:
    first: int  # the first token of the mark
    name: Span
    last: int  # behind its colon or bracket


def find_turns(clauses: Clauses) -> list[Spoken]:
    """The turns of a transcript or interview, in order; none unless half of three marks or more come again. Linear."""
    found: list[Spoken] = []
    interview = _INTERVIEW in clauses.document.text
    for marks in (_lines(clauses), _brackets(clauses)):
        names = Counter(_key(clauses, mark.name) for mark in marks)
        again = sum(count for count in names.values() if count > 1)
        if not marks or ((len(marks) < _TURNS or 2 * again < len(marks)) and not interview):
            continue
        ends = [mark.first for mark in marks[1:]] + [len(clauses.tokens)]
        for mark, end in zip(marks, ends, strict=True):
            if not _ASKS.intersection(_key(clauses, mark.name)):
                found.append(Spoken(mark.last, end, Cue(mark.name[0], mark.last, mark.name, "after")))
    return sorted(found, key=lambda words: words.first)


def _key(clauses: Clauses, name: Span) -> tuple[str, ...]:
    return tuple(clauses.tokens[i].lower for i in range(*name))


def _lines(clauses: Clauses) -> list[_Mark]:
    """The names in capitals before a colon that open a paragraph."""
    tokens = clauses.tokens
    marks: list[_Mark] = []
    paragraph = -1
    for sentence in clauses.document.sentences:
        opens = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not opens:
            continue
        first = sentence.first + (clauses.classes[sentence.first] == QUOTE)
        last = first
        while last < min(first + _LONGEST_NAME, sentence.last) and (
            (tokens[last].kind == WORD and tokens[last].text.isupper()) or tokens[last].text == "."
        ):
            last += 1
        if last > first and last + 1 < sentence.last and tokens[last].text == ":" and _is_name(clauses, (first, last)):
            marks.append(_Mark(sentence.first, (first, last), last + 1))
    return marks


def _brackets(clauses: Clauses) -> list[_Mark]:
    """The names in brackets before words, as wires in capitals have them: "[MORENO] WE …"; "[CNN]" is a credit."""
    tokens = clauses.tokens
    marks: list[_Mark] = []
    if "[" not in clauses.document.text:
        return marks
    for i, token in enumerate(tokens):
        if token.text != "[":
            continue
        last = i + 1
        while last < min(i + 1 + _LONGEST_NAME, len(tokens)) and tokens[last].text.isupper():
            last += 1
        if last == i + 1 or last + 1 >= len(tokens) or tokens[last].text != "]":
            continue
        behind = [t.text for t in tokens[last + 1 : last + 1 + _CAPITALS] if t.kind == WORD]
        if tokens[last + 1].kind != WORD or not all(map(str.isupper, behind)):
            continue
        if _is_name(clauses, (i + 1, last)):
            marks.append(_Mark(i, (i + 1, last), last + 1))
    return marks


def _is_name(clauses: Clauses, name: Span) -> bool:
    words = _key(clauses, name)
    letters = sum(len(word) for word in words)
    return not word_list("no_turns").intersection(words) and (letters > 1 or words == ("q",)) and words != ("a",)
