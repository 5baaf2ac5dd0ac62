"""Lines of which the latest count, stored so that one more line rewrites none of the old.

The newest, the tail, stand in the row of whoever has them. Sixteen of them at a time become a row of their own, which
is written once, and deleted when it no longer counts. With 128 records and 300 numbers in its one row a full block
wrote 38 kB for each article, now it is 2.

What a kill leaves is harmless if these rows are written before the row with the tail, which says how many there are:
until it is written the lines of a newer one still stand in the tail, and what is deleted did not count before either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.outcomes import Write

LINES = 16
"""Lines of a row. Each line is written eight times in the tail, on average, and once more in its row."""
ROW_MOST = 8_000
"""Bytes from which a row is full with fewer lines: place names can be long."""
LINE_MOST = 40_000
"""Bytes of a line; a longer one is left out. With it no row comes near to 64 kB."""
COUNTING_MOST = 57_000
"""Bytes of the lines that count: a worker holds them for each block."""


@dataclass(frozen=True, slots=True)
class Lines:
    """`rows` are those numbered from `first`, the oldest first; empty where one is missing. Each line begins with a
    line feed."""

    rows: tuple[bytes, ...] = ()
    first: int = 0
    tail: bytes = b""

    @classmethod
    def load(cls, table: Mapping[str, bytes], key: str, first: int, end: int, tail: bytes) -> Lines:
        """The lines whose rows are numbered from `first` to before `end`."""
        return cls(tuple(table.get(name, b"") for name in keys(key, first, end)), first, tail)

    @property
    def end(self) -> int:
        """The number of the next row."""
        return self.first + len(self.rows)

    def counting(self, most: int) -> bytes:
        """The last `most`, fewer where they are long."""
        return _fitting(latest(b"".join((*self.rows, self.tail)), most))

    def after(self, added: bytes, most: int) -> Lines:
        """With `added`, and without the rows of which nothing was among the last `most` even before."""
        waiting = self.tail + added
        if max(map(len, waiting.split(b"\n"))) >= LINE_MOST:
            waiting = b"".join(line for line in _lines(waiting) if len(line) <= LINE_MOST)
        full, tail = _cut(waiting)
        gone = 0
        if full:
            left = sum(map(len, self.rows)) + len(self.tail) - len(self.counting(most))
            while gone < len(self.rows) and len(self.rows[gone]) <= left:
                left -= len(self.rows[gone])
                gone += 1
        return Lines((*self.rows[gone:], *full), self.first + gone, tail)

    def writes(self, before: Lines, table: str, key: str) -> list[Write]:
        """What is stored besides the tail where there was `before`."""
        gone = [Write(table, name, None) for name in keys(key, before.first, self.first)]
        full = zip(keys(key, before.end, self.end), self.rows[before.end - self.first :], strict=True)
        return [*gone, *(Write(table, name, row) for name, row in full)]


def keys(key: str, first: int, end: int) -> list[str]:
    """The keys of the rows numbered from `first` to before `end`."""
    return [f"{key}.{at}" for at in range(first, end)]


def latest(lines: bytes, most: int) -> bytes:
    """The last `most` of lines."""
    at = 0
    for _ in range(lines.count(b"\n") - most):
        at = lines.find(b"\n", at + 1)
    return lines[at:]


def _fitting(lines: bytes) -> bytes:
    """The last lines that take at most COUNTING_MOST bytes."""
    if len(lines) <= COUNTING_MOST:
        return lines
    at = lines.find(b"\n", len(lines) - COUNTING_MOST)
    return lines[at:] if at >= 0 else b""


def _lines(lines: bytes) -> Iterator[bytes]:
    return (b"\n" + line for line in lines[1:].split(b"\n"))


def _cut(lines: bytes) -> tuple[list[bytes], bytes]:
    """The rows that lines fill, and the rest."""
    rows: list[bytes] = []
    start = at = count = 0
    while at < len(lines):
        following = lines.find(b"\n", at + 1)
        at = following if following >= 0 else len(lines)
        count += 1
        if count == LINES or at - start >= ROW_MOST:
            rows.append(lines[start:at])
            start, count = at, 0
    return rows, lines[start:]
