"""What stands below "the mayor wrote:" without marks of quotation: a paragraph, or the points of a list."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, NOUN, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.main_subject import introduced
from services.read.text import Sentence
from services.read.wordlists import word_list

_POINTS = frozenset("•*-–—·▪")
"""What opens a point of a list."""

_CLOSE = 12
"""Tokens from a cue to the colon: "wrote in a letter to the council on Monday:" has 10."""


def find_blocks(clauses: Clauses, cues: list[list[Cue]]) -> dict[int, Cue]:
    """By the number of its paragraph, the cue above each block: "She wrote:" and the paragraph or list below it."""
    blocks: dict[int, Cue] = {}
    above: Cue | None = None  # what the paragraph before ends in
    before: Sentence | None = None
    listed = False
    for sentence in clauses.document.sentences:
        if before is not None and sentence.paragraph != before.paragraph:
            cue = _introduction(clauses, before, cues[before.number])
            point = clauses.tokens[sentence.first].text in _POINTS or clauses.tokens[sentence.first].text.islower()
            if cue is not None:
                above, listed = cue, point
                blocks[sentence.paragraph] = above
            elif above is not None and listed and point:
                blocks[sentence.paragraph] = above
            else:
                above = None
        before = sentence
    return blocks


def _introduction(clauses: Clauses, sentence: Sentence, cues: list[Cue]) -> Cue | None:
    """The cue of a sentence that ends in a colon; where it has none, its subject if a quotation follows."""
    tokens = clauses.tokens
    last = sentence.last - 1
    if tokens[last].text != ":":
        return None
    if last - sentence.first == 1 and tokens[sentence.first].lower in word_list("no_turns"):
        return None  # "Advertisement:"
    credited = _credit(clauses, sentence, last)
    if credited is not None:
        return credited
    if cues:
        return cues[-1] if cues[-1].side != "before" and last - cues[-1].last <= _CLOSE else None
    follows = last + 1 < len(tokens) and clauses.classes[last + 1] == QUOTE
    return introduced(clauses, sentence, last) if follows else None


def _credit(clauses: Clauses, sentence: Sentence, colon: int) -> Cue | None:
    """The "(via Northern News):" at a sentence's end, or the "From Northern News:" that is all of it."""
    tokens = clauses.tokens
    end = colon - (tokens[colon - 1].text == ")")
    first = end
    while first > sentence.first and clauses.classes[first - 1] in (NAME, NOUN, JOIN):
        first -= 1
    opens = first - 1 == sentence.first and tokens[first - 1].lower in ("from", "per")
    if first == end or not (opens or tokens[first - 1].lower == "via"):
        return None
    return Cue(colon, colon + 1, (first, end), "after")
