"""Short texts with marked numbers, and who the reader says asserts them."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.entity import Mention
from schemas.parts import whole
from services.read.figures.clauses import classify
from services.read.figures.figure import Quantity, Speaker
from services.read.figures.speakers.speaker import naming_speakers
from services.read.text import Document, read_text
from tests.unit.read.marking import quantities


def speakers(document: Document, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Speaker]:
    """The speaker of each quantity."""
    return whole(naming_speakers(document, quantities, mentions, classify(document, mentions)))


def said(marked: str, *names: tuple[str, str, str]) -> list[Speaker]:
    """The speaker of each [number]; `names` are mentions as (words, type, entity)."""
    text, numbers = quantities(marked)
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
    return speakers(read_text(text), numbers, mentions)


def who(marked: str) -> str | None:
    """The speaker of the first [number]."""
    return said(marked)[0].name
