"""What the copies stage stores of an article: its answer, and its sketch if it became a representative.

Table `sketches`: article id -> `Record`. Table `texts`: hash of the text -> `FirstText`, the first article with exactly
these characters. Both keep the arrival, so that a restored stage knows what is too old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from schemas.article import TraceKind
from services.copies.packed import Packed


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an article's words come from, as `ArticleTraced` tells it."""

    trace: TraceKind
    copy_of: str | None
    lineage: str
    containment: float
    changed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One article: `order` is its source offset, by which an index is rebuilt in the order it was built."""

    answer: Answer
    language: str
    text: str
    at: datetime
    order: int
    sketch: Packed | None = None

    def to_bytes(self) -> bytes:
        """A line of JSON, then the sketch's bytes: at most 4 kB (about 500 keys, 256 numbers), 800 for 400 words."""
        row: dict[str, object] = {
            "trace": self.answer.trace,
            "copy_of": self.answer.copy_of,
            "lineage": self.answer.lineage,
            "containment": self.answer.containment,
            "language": self.language,
            "text": self.text,
            "at": self.at.isoformat(),
            "order": self.order,
        }
        if self.answer.changed:
            row["changed"] = self.answer.changed
        if self.sketch is not None:
            row["sketch"] = (self.sketch.words, self.sketch.level, len(self.sketch.keys))
            return b"".join((orjson.dumps(row), b"\n", self.sketch.keys, self.sketch.numbers))
        return orjson.dumps(row)

    @classmethod
    def from_bytes(cls, value: bytes) -> Record:
        line, _, data = value.partition(b"\n")
        row = orjson.loads(line)
        sketch = None
        if "sketch" in row:
            words, level, keys = row["sketch"]
            sketch = Packed(words, level, data[:keys], data[keys:])
        return cls(
            answer=Answer(row["trace"], row["copy_of"], row["lineage"], row["containment"], _spans(row)),
            language=row["language"],
            text=row["text"],
            at=datetime.fromisoformat(row["at"]),
            order=row["order"],
            sketch=sketch,
        )


@dataclass(frozen=True, slots=True)
class FirstText:
    """The first article with a text, and its lineage."""

    article_id: str
    lineage: str
    at: datetime

    def to_bytes(self) -> bytes:
        return orjson.dumps({"article_id": self.article_id, "lineage": self.lineage, "at": self.at.isoformat()})

    @classmethod
    def from_bytes(cls, value: bytes) -> FirstText:
        row = orjson.loads(value)
        return cls(row["article_id"], row["lineage"], datetime.fromisoformat(row["at"]))


def _spans(row: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in row.get("changed", ()))
