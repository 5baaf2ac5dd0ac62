"""Short texts with marked numbers, and the place and time the reader gives them."""

from __future__ import annotations

from datetime import UTC, datetime

from services.read.entities import find_mentions
from services.read.figures.figure import Setting
from services.read.figures.settings.setting import settings
from services.read.text import read_text
from tests.unit.read.marking import quantities

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def found(marked: str) -> list[Setting]:
    """The setting of each [number]."""
    text, numbers = quantities(marked)
    return settings(read_text(text), numbers, find_mentions(text), PUBLISHED)


def place(marked: str) -> tuple[str | None, str | None]:
    """Place words and scope of the first [number]."""
    first = found(marked)[0]
    return first.place, first.scope
