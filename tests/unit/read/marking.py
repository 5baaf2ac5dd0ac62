"""Texts that mark their numbers with [ ]."""

from __future__ import annotations

from services.read.figures.figure import Quantity
from services.read.text import read_text


def quantity(text: str, start: int, end: int) -> Quantity:
    """A bare number over text[start:end]."""
    tokens = read_text(text).tokens
    covered = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    first, last = covered[0], covered[-1] + 1
    return Quantity(start, end, first, last, 1, 1, 1, 1, 1, False, False, "exact", None)


def quantities(marked: str) -> tuple[str, list[Quantity]]:
    """The text without its marks, and each [number]."""
    text, spans = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, [quantity(text, *span) for span in spans]
