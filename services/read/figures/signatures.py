"""Posts set into an article, signed below: 'x 22,000 troops went there — Ada Moreno (@moreno) May 2, 2017'."""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.clauses import BREAK, NAME, Clauses
from services.read.figures.cue import Cue

_LONGEST_POST = 280
"""Characters of a post on the service whose signature this is; until 2017 it allowed 140."""

_LONGEST_NAME = 8
"""Tokens of an author's name."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Tokens [first, last) are the post, `cue` hands it to the name below it."""

    first: int
    last: int
    cue: Cue


def find_signatures(clauses: Clauses) -> list[Signed]:
    """The signed posts of a text, in order. Linear: a post and a name have a bounded length."""
    tokens = clauses.tokens
    return [
        signed
        for i in range(3, len(tokens))
        if tokens[i].text == "@" and tokens[i - 1].text == "(" and (signed := _signed(clauses, i - 1)) is not None
    ]


def _signed(clauses: Clauses, bracket: int) -> Signed | None:
    tokens, classes = clauses.tokens, clauses.classes
    dash = bracket - 1
    while dash > 0 and bracket - dash <= _LONGEST_NAME and tokens[dash].text not in "—–-":
        dash -= 1
    if classes[dash] != BREAK or tokens[dash].text not in "—–-" or NAME not in classes[dash:bracket]:
        return None
    first = _post_start(clauses, dash)
    return Signed(first, dash, Cue(dash, dash + 1, (dash + 1, bracket), "before"))


def _post_start(clauses: Clauses, dash: int) -> int:
    """The first token of a post: as many sentences as it may hold, over line ends that no stop closes."""
    document, tokens = clauses.document, clauses.tokens
    farthest = tokens[dash].start - _LONGEST_POST
    sentence = document.sentence_at(tokens[dash].start)
    while sentence.number and sentence.start > farthest:
        before = document.sentences[sentence.number - 1]
        closed = tokens[before.last - 1].text in '.!?…”"'
        if before.start < farthest or (before.paragraph != sentence.paragraph and closed):
            break
        sentence = before
    first = sentence.first
    while tokens[first].start < farthest:
        first += 1
    return first
