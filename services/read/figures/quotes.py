"""Direct quotations: where each begins and ends, and which are one speech continued over paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.clauses import QUOTE, Clauses

_OPEN, _CLOSE = "“„«‘", "”»"
_LONGEST = 400
"""Tokens after which a straight mark that was never closed is taken for a slip (longest quoted paragraph seen: 260)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens [first, last), marks included. `continued`: left open at the paragraph's end, as newspapers do."""

    first: int
    last: int
    continued: bool


def find_quotes(clauses: Clauses) -> list[Quote]:
    """All quotations in order; none crosses a paragraph, none stands inside another. Linear."""
    quotes: list[Quote] = []
    tokens, classes, sentences = clauses.tokens, clauses.classes, clauses.document.sentences
    opened: int | None = None
    mark = ""
    for sentence in sentences:
        if opened is not None and sentence.paragraph != clauses.document.sentence_at(tokens[opened].start).paragraph:
            quotes.append(Quote(opened, sentence.first, continued=True))
            opened = None
        for i in range(sentence.first, sentence.last):
            if classes[i] != QUOTE:
                continue
            text = tokens[i].text
            if text in "'‘’":
                doubled = i > 0 and tokens[i - 1].text == text and tokens[i - 1].end == tokens[i].start
                if text == "’" and opened is not None and mark == "‘":
                    quotes.append(Quote(opened, i + 1, continued=False))
                    opened = None
                    continue
                if text == "'" and not doubled:
                    continue
                text = "'" if doubled else text
            if opened is None:
                if text not in _CLOSE and text != "’":
                    opened, mark = i, text
            elif (text in _CLOSE and mark != "‘") or text == mark == '"' or (text == '"' and mark in "“„«") or text == mark == "'":
                quotes.append(Quote(opened, i + 1, continued=False))
                opened = None
            elif text in "“„«":
                quotes.append(Quote(opened, i, continued=False))
                opened, mark = i, text
    if opened is not None:
        quotes.append(Quote(opened, len(tokens), continued=True))
    return quotes
