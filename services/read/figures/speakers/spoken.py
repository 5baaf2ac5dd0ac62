"""Words of one speaker without quotation marks: posts signed below, and what stands behind a wire's bracketed heading.

'22,000 troops went there — Ada Moreno (@moreno) May 2, 2017' and '[SPEECH] [PRESIDENT ADA MORENO] [TEXT] …'.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.clauses import BREAK, NAME, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.text import MARK

_LONGEST_POST = 280
"""Characters of a post on the service whose signature this is; until 2017 it allowed 140."""

_LONGEST_NAME = 8
"""Tokens of an author's name (half and double: 0 / 0)."""


_LONGEST_HEADING = 30
"""Tokens of a bracketed heading; a commander's name with his whole office has 24."""

_STATEMENTS = frozenset({"speech", "statement", "communique", "address", "message", "letter"})
"""Headings of what one speaker says to the end; behind "report" and "editorial" the publisher's own writer is named."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Tokens [first, last) are one speaker's words, `cue` hands them to the name below or above."""

    first: int
    last: int
    cue: Cue


def find_spoken(clauses: Clauses) -> list[Spoken]:
    """The signed posts, statements and recordings of a text, in order. Linear: their names have a bounded length."""
    tokens = clauses.tokens
    found: list[Spoken] = []
    if "(@" not in clauses.document.text and "] [" not in clauses.document.text and "][" not in clauses.document.text:
        return found
    for i, token in enumerate(tokens):
        one: Spoken | None = None
        if found and found[-1].last > i:
            continue
        if token.text == "@" and i > 3 and tokens[i - 1].text == "(":
            one = _signed(clauses, i - 1)
        elif token.text == "[" and i >= 3 and tokens[i - 1].text == "]":
            one = _headed(clauses, i)
        if one is not None:
            found.append(one)
    return found


def _headed(clauses: Clauses, bracket: int) -> Spoken | None:
    """What the name in brackets at token `bracket` says, behind "[SPEECH]" or "[BEGIN RECORDING]"."""
    tokens = clauses.tokens
    title = tokens[bracket - 2].lower
    recording = title == "recording" and tokens[bracket - 3].lower == "begin"
    if not recording and (title not in _STATEMENTS or tokens[bracket - 3].text != "["):
        return None
    end = bracket + 1
    while end < min(len(tokens), bracket + _LONGEST_HEADING) and tokens[end].kind != MARK:
        end += 1
    if (
        tokens[end - 1].lower in ("reporter", "reporters", "moderator")
        or end == bracket + 1
        or end >= len(tokens)
        or tokens[end].text not in "],"
    ):
        return None
    last = len(tokens)
    if recording:
        closes = (j for j in range(end, last) if tokens[j].text == "[" and tokens[min(j + 1, last - 1)].lower == "end")
        last = next(closes, last)
    return Spoken(end, last, Cue(bracket, bracket + 1, (bracket + 1, end), "after"))


def _signed(clauses: Clauses, bracket: int) -> Spoken | None:
    tokens, classes = clauses.tokens, clauses.classes
    dash = bracket - 1
    while dash > 0 and bracket - dash <= _LONGEST_NAME and tokens[dash].text not in "—–-":
        dash -= 1
    if classes[dash] != BREAK or tokens[dash].text not in "—–-" or NAME not in classes[dash:bracket]:
        return None
    first = _post_start(clauses, dash)
    return Spoken(first, dash, Cue(dash, dash + 1, (dash + 1, bracket), "before"))


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
