"""Lists in pages: what is asked for, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

PAGE = 50
MOST = 500
"""Rows of one page: as many as a person scans, and as many as a machine may ask for at once."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed by; None narrows nothing. A list ignores what its rows do not have."""

    metric: str | None = None
    entity: str | None = None  # entity id or name, anywhere in it: place, whose, voice
    speaker: str | None = None  # voice as shown, any case
    publisher: str | None = None
    place: str | None = None  # entity id or name
    verdict: str | None = None
    severity: Literal["info", "warning", "critical"] | None = None  # at least
    since: datetime | None = None  # learned, aware, inclusive
    until: datetime | None = None  # exclusive
    q: str | None = None  # words


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows in order; `next` is the cursor of the following page, None at the end."""

    items: tuple[T, ...]
    next: str | None
