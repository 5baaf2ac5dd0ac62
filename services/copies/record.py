"""What the copies stage stores of an article: its answer, and its sketch if it became a representative.

Table `sketches`: article id -> `Record`. Table `texts`: hash of the text -> `FirstText`, the first article with exactly
these characters. Both keep the arrival, so that a restored stage knows what is too old.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from schemas.article import TraceKind
from services.copies.containment import KEY_BITS, Sketch

_KEY_BYTES = KEY_BITS // 8
_NUMBER_BYTES = 4


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
    sketch: Sketch | None = None

    def to_bytes(self) -> bytes:
        """JSON: at most 10 kB (about 1,000 keys of 5 bytes, 256 numbers of 4, in base64), about 1 kB for 500 words."""
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
            row["words"] = self.sketch.words
            row["level"] = self.sketch.level
            row["keys"] = _packed(self.sketch.keys, _KEY_BYTES)
            row["numbers"] = _packed(sorted(self.sketch.numbers), _NUMBER_BYTES)
        return orjson.dumps(row)

    @classmethod
    def from_bytes(cls, value: bytes) -> Record:
        row = orjson.loads(value)
        sketch = None
        if "keys" in row:
            sketch = Sketch(
                words=row["words"],
                level=row["level"],
                keys=_unpacked(row["keys"], _KEY_BYTES),
                numbers=frozenset(_unpacked(row["numbers"], _NUMBER_BYTES)),
            )
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


def _packed(values: list[int] | tuple[int, ...], width: int) -> str:
    return b64encode(b"".join(value.to_bytes(width, "big") for value in values)).decode("ascii")


def _unpacked(packed: str, width: int) -> tuple[int, ...]:
    data = b64decode(packed)
    return tuple(int.from_bytes(data[at : at + width], "big") for at in range(0, len(data), width))
