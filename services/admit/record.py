"""What admit stores of an article: its revisions, and when it was last heard of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

REVISIONS_KEPT = 100
"""Of a live blog that is re-sent each minute these are the last hours. One revision takes 167 bytes: 17 kB at most."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of one article, and the record it came in."""

    article_id: str
    content: str
    number: int
    revises: str | None
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Known:
    """An article that was seen before. `heard`: arrival of its latest revision, or of a repeat of it; UTC."""

    revisions: tuple[Revision, ...]
    heard: datetime

    @property
    def latest(self) -> Revision:
        """The revision that stands now."""
        return self.revisions[-1]

    def to_bytes(self) -> bytes:
        """JSON, below 17 kB."""
        kept = [asdict(each) for each in self.revisions[-REVISIONS_KEPT:]]
        return orjson.dumps({"heard": self.heard.isoformat(), "revisions": kept})

    @classmethod
    def from_bytes(cls, value: bytes) -> Known:
        """What `to_bytes` wrote."""
        row = orjson.loads(value)
        return cls(tuple(Revision(**each) for each in row["revisions"]), datetime.fromisoformat(row["heard"]))
