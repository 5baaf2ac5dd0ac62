"""Direct quotations: where each begins and ends, and whether the speech goes on in the next paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from services.read.figures.clauses import QUOTE, Clauses
from services.read.text import MARK, Sentence

_GAP = 2
"""Spaces between sentences that part paragraphs run together (half and double: 21 / 0)."""

_SENTENCES = 3
"""Sentences in which an open quotation that goes on over such a gap must close (half and double: 0 / 0)."""

_OPENERS, _CLOSERS = frozenset("“„«"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens [first, last), marks included; one left open at the paragraph's end, as newspapers do, ends there."""

    first: int
    last: int


def find_quotes(clauses: Clauses) -> list[Quote]:
    """All quotations in order; none crosses a paragraph, none stands inside another. Linear."""
    quotes: list[Quote] = []
    marks = _marks(clauses.classes)
    if not marks:
        return quotes
    opened: int | None = None
    mark = ""
    paragraph = end = at = 0
    for sentence in clauses.document.sentences:
        if opened is not None:
            parted = sentence.start - end >= _GAP and not _closes_soon(clauses, sentence)
            if sentence.paragraph != paragraph or parted:
                quotes.append(Quote(opened, sentence.first))
                opened = None
        paragraph, end = sentence.paragraph, sentence.end
        first, at = at, bisect_left(marks, sentence.last, at)
        for i in marks[first:at]:
            text = _mark_at(clauses, i)
            if opened is None:
                if text and text not in _CLOSERS and text != "’" and _side(clauses, i) != "end":
                    opened, mark = i, text
            elif _closes(text, mark) and not (text == '"' == mark and _side(clauses, i) == "start"):
                quotes.append(Quote(opened, i + 1))
                opened = None
            elif text in _OPENERS or text == mark == '"':  # the one before was never closed
                quotes.append(Quote(opened, i))
                opened, mark = i, text
    if opened is not None:
        quotes.append(Quote(opened, len(clauses.tokens)))
    return quotes


def quote_at(quotes: Sequence[Quote], starts: Sequence[int], position: int) -> int | None:
    """Index of the quotation that holds a token; `starts` are the first tokens of the quotations."""
    i = bisect_right(starts, position) - 1
    return i if i >= 0 and position < quotes[i].last else None


def _marks(classes: list[str]) -> list[int]:
    """The tokens that are quotation marks; `index` leaps over the many that are not."""
    marks: list[int] = []
    for _ in range(classes.count(QUOTE)):
        marks.append(classes.index(QUOTE, marks[-1] + 1 if marks else 0))
    return marks


def _closes_soon(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether the next mark, up to the next gap, closes a quotation: one of a typist who puts two spaces everywhere."""
    document, tokens = clauses.document, clauses.tokens
    for following in document.sentences[sentence.number : sentence.number + _SENTENCES]:
        if following.paragraph != sentence.paragraph:
            return False
        for i in range(following.first, following.last):
            if clauses.classes[i] == QUOTE and _mark_at(clauses, i):
                return i > following.first and tokens[i - 1].end == tokens[i].start
    return False


def _mark_at(clauses: Clauses, i: int) -> str:
    """The quotation mark at a token; "" for a lone apostrophe and for the first of ''two''."""
    tokens = clauses.tokens
    text = tokens[i].text
    if text != "'":
        return text
    return text if i and tokens[i - 1].text == text and tokens[i - 1].end == tokens[i].start else ""


def _side(clauses: Clauses, i: int) -> str:
    """Which end of a quotation a straight mark shows by its spaces: "start", "end", or "" where it shows none."""
    tokens = clauses.tokens
    if tokens[i].text != '"' or not 0 < i < len(tokens) - 1:
        return ""
    before, behind = tokens[i - 1].end == tokens[i].start, tokens[i].end == tokens[i + 1].start
    if before == behind or (behind and tokens[i + 1].kind == MARK):
        return ""
    return "end" if before else "start"


def _closes(text: str, mark: str) -> bool:
    if mark == "‘":
        return text == "’"
    if mark == "'":
        return text == "'"
    return text in _CLOSERS or text == '"'
