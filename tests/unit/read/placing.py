"""Short texts with marked numbers, and the place and time the reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.entity import Mention
from schemas.parts import whole
from services.read.entities import find_mentions
from services.read.figures.clauses import classify
from services.read.figures.figure import Quantity, Setting
from services.read.figures.settings.setting import finding_settings
from services.read.text import Document, read_text
from tests.unit.read.marking import quantities

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def settings(document: Document, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Setting]:
    """The setting of each quantity, of news of that day."""
    return whole(finding_settings(document, quantities, mentions, PUBLISHED, classify(document, mentions)))


def found(marked: str) -> list[Setting]:
    """The setting of each [number]."""
    text, numbers = quantities(marked)
    return settings(read_text(text), numbers, find_mentions(text))


def place(marked: str) -> tuple[str | None, str | None]:
    """Place words and scope of the first [number]."""
    first = found(marked)[0]
    return first.place, first.scope
