"""Direct quotations: where each begins and ends, and whether the speech goes on in the next paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.clauses import QUOTE, Clauses

_OPENERS, _CLOSERS = frozenset("“„«"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens [first, last), marks included; one left open at the paragraph's end, as newspapers do, ends there."""

    first: int
    last: int


def find_quotes(clauses: Clauses) -> list[Quote]:
    """All quotations in order; none crosses a paragraph, none stands inside another. Linear."""
    quotes: list[Quote] = []
    if QUOTE not in clauses.classes:
        return quotes
    opened: int | None = None
    mark = ""
    paragraph = 0
    for sentence in clauses.document.sentences:
        if opened is not None and sentence.paragraph != paragraph:
            quotes.append(Quote(opened, sentence.first))
            opened = None
        paragraph = sentence.paragraph
        marks = clauses.classes[sentence.first : sentence.last]
        for i in [sentence.first + k for k, kind in enumerate(marks) if kind == QUOTE]:
            text = _mark_at(clauses, i)
            if opened is None:
                if text and text not in _CLOSERS and text != "’":
                    opened, mark = i, text
            elif _closes(text, mark):
                quotes.append(Quote(opened, i + 1))
                opened = None
            elif text in _OPENERS:  # the one before was never closed
                quotes.append(Quote(opened, i))
                opened, mark = i, text
    if opened is not None:
        quotes.append(Quote(opened, len(clauses.tokens)))
    return quotes


def _mark_at(clauses: Clauses, i: int) -> str:
    """The quotation mark at a token; "" for a lone apostrophe and for the first of ''two''."""
    tokens = clauses.tokens
    text = tokens[i].text
    if text != "'":
        return text
    return text if i and tokens[i - 1].text == text and tokens[i - 1].end == tokens[i].start else ""


def _closes(text: str, mark: str) -> bool:
    if mark == "‘":
        return text == "’"
    if mark == "'":
        return text == "'"
    return text in _CLOSERS or text == '"'
