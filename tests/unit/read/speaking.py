"""Short texts with marked numbers, and who the reader says asserts them."""

from __future__ import annotations

from schemas.entity import Mention
from services.read.figures.figure import Quantity, Speaker
from services.read.figures.speakers.speaker import speakers
from services.read.text import read_text


def quantity(text: str, start: int, end: int) -> Quantity:
    """A bare number over text[start:end]."""
    tokens = read_text(text).tokens
    covered = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    first, last = covered[0], covered[-1] + 1
    return Quantity(start, end, first, last, 1, 1, 1, 1, 1, False, False, "exact", None)


def said(marked: str, *names: tuple[str, str, str]) -> list[Speaker]:
    """The speaker of each [number]; `names` are mentions as (words, type, entity)."""
    text, spans = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    mentions = sorted(
        (
            Mention.model_validate(
                {"start": at, "end": at + len(words), "text": words, "type": kind, "entity": entity, "name": words}
                | {"tier": "fast"}
            )
            for words, kind, entity in names
            for at in range(len(text))
            if text.startswith(words, at)
        ),
        key=lambda m: m.start,
    )
    return speakers(read_text(text), [quantity(text, *span) for span in spans], mentions)


def who(marked: str) -> str | None:
    """The speaker of the first [number]."""
    return said(marked)[0].name
