"""The rows of a block: which records were applied (for redelivery) and which numbers were met (for R8).

Each record of a block reads and writes them, and asks two things of them: is this one in it, and is this number. So
applied records and numbers are lines that are looked for as they stand, and only what is found is decoded: to decode
and encode 128 records and 300 numbers took 0.5 ms of each claim. The latest stand in the block's own row, those before
them in rows `BLOCK#a.N` and `BLOCK#n.N` (lines.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from schemas.outcomes import Write
from services.ledger.rows.lines import Lines, keys
from services.ledger.rows.record import TABLE

MAX_APPLIED = 128
"""Records whose repeat by upstream is known as such. Chosen: a killed worker does 1 to 2 s of work again, some tens of
articles over all blocks."""
MAX_NUMBERS = 300
"""Recent numbers; 0.1 kB each."""
_APPLIED, _NUMBERS = "#a", "#n"


class Applied(NamedTuple):
    """A record that was applied: its offset, the outbox slot with the alerts sent, if any, what upstream calls it."""

    offset: int
    slot: int | None
    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is stored. `alerting` counts the records that sent alerts. `applied` and `numbers` are the lines of
    JSON that count, the oldest first, each after a line feed; what a number's line holds is collision.py's to say."""

    alerting: int = 0
    applied: bytes = b""
    numbers: bytes = b""
    _applied: Lines = field(default_factory=Lines)
    _numbers: Lines = field(default_factory=Lines)

    @classmethod
    def load(cls, rows: Mapping[str, bytes], block: str) -> Block:
        """A block, an empty one where there is no row."""
        body = rows.get(block)
        if body is None:
            return cls()
        end = body.index(b"\n") if b"\n" in body else len(body)
        head: dict[str, Any] = orjson.loads(body[:end])
        cut = end + head["applied"]
        first, second = _spans(head)
        applied = Lines.load(rows, block + _APPLIED, *first, body[end:cut])
        numbers = Lines.load(rows, block + _NUMBERS, *second, body[cut:])
        return cls(head["alerting"], applied.counting(MAX_APPLIED), numbers.counting(MAX_NUMBERS), applied, numbers)

    def find(self, key: str) -> Applied | None:
        """The last application of the record that upstream calls `key`."""
        at = self.applied.find(b"," + orjson.dumps(key) + b"]")
        if at < 0:
            return None
        line = self.applied[self.applied.rindex(b"\n", 0, at) + 1 :].partition(b"\n")[0]
        return Applied(*orjson.loads(line))

    def after(self, block: str, applied: Applied, numbers: bytes, *, partition: int, at: datetime) -> list[Write]:
        """What is stored of `block` after one more record, which arrived `at`, and of which the numbers are behind
        those known in `numbers`. Its own row comes last: by it the record counts as applied."""
        records = self._applied.after(b"\n" + orjson.dumps(tuple(applied)), MAX_APPLIED)
        met = self._numbers.after(numbers[len(self.numbers) :], MAX_NUMBERS)
        head = {
            "alerting": self.alerting + (applied.slot is not None),
            "partition": partition,
            "updated": at,
            "applied": len(records.tail),
            "rows": [(records.first, records.end), (met.first, met.end)],
        }
        return [
            *records.writes(self._applied, TABLE, block + _APPLIED),
            *met.writes(self._numbers, TABLE, block + _NUMBERS),
            Write(TABLE, block, orjson.dumps(head) + records.tail + met.tail),
        ]


def beside(rows: Mapping[str, bytes], block: str) -> list[str]:
    """The keys of a block's rows besides its own; none of a row that is no block's."""
    first, second = _spans(orjson.loads(rows[block].partition(b"\n")[0]))
    return [*keys(block + _APPLIED, *first), *keys(block + _NUMBERS, *second)]


def _spans(head: Mapping[str, Any]) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and end of the rows of either kind. A row from before there were any has all its lines itself."""
    applied, numbers = head.get("rows", ((0, 0), (0, 0)))
    return applied, numbers
