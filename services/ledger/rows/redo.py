"""What a record writes that changes several rows together, so that after a crash all of it is written or nothing.

One article may change several series of one event: its own, one of which a statement lives on, one that keeps their
conflict. If a crash leaves some of these rows new and some old, judging the record anew would find something else, and
so would the next record of the partition, which need not be the same: it may come from another topic.
So such a record first writes down, here, every row it is about to write, and at last deletes that. What survives a
crash is the beginning of what was written (outbox.py). If this is whole and still there, whichever record comes next
writes those very rows before its own, and is judged as if they had been there (stage.py); if it is not whole, none of
them was written yet.

Rows are keyed `redo#PARTITION.PART`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from schemas.outcomes import Write
from services.ledger.rows.record import ROW_BYTES, TABLE

_FRAME = 64
"""Bytes of a row besides its part: the counts."""


def together(writes: Sequence[Write], partition: int) -> tuple[Write, ...]:
    """`writes` and the rows that see to it that all of them are done."""
    lines = [orjson.dumps([write.key, None if write.value is None else len(write.value)]) for write in writes]
    body = b"\n".join((*lines, b"".join(write.value or b"" for write in writes)))
    size = ROW_BYTES - _FRAME
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    head = orjson.dumps([len(parts), len(writes)]) + b"\n"
    kept = [Write(TABLE, _key(partition, at), head + part) for at, part in enumerate(parts)]
    # The last part first: it is the one without which nothing is whole.
    return (*kept, *writes, *(Write(TABLE, row.key, None) for row in reversed(kept)))


def unfinished(table: Mapping[str, bytes], partition: int) -> tuple[Write, ...]:
    """What the last record of a partition wrote down and may not have written, with the rows that are to go then; empty
    where all is done, or nothing was begun."""
    parts: list[bytes] = []
    wanted, count = 1, 0
    while len(parts) < wanted:
        row = table.get(_key(partition, len(parts)))
        if row is None:
            return ()
        head, _, part = row.partition(b"\n")
        wanted, count = orjson.loads(head)
        parts.append(part)
    *lines, values = b"".join(parts).split(b"\n", count)
    found, at = [], 0
    for line in lines:
        key, length = orjson.loads(line)
        found.append(Write(TABLE, key, None if length is None else values[at : at + length]))
        at += length or 0
    return (*found, *(Write(TABLE, _key(partition, part), None) for part in reversed(range(wanted))))


class After(Mapping[str, bytes]):
    """Rows as they are once some writes are done."""

    def __init__(self, rows: Mapping[str, bytes], writes: Iterable[Write]) -> None:
        self._rows, self._written = rows, {write.key: write.value for write in writes}

    def __getitem__(self, key: str) -> bytes:
        found = self._written[key] if key in self._written else self._rows[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return (key for key in {**dict.fromkeys(self._rows), **self._written} if self.get(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _key(partition: int, part: int) -> str:
    return f"redo#{partition}.{part}"
