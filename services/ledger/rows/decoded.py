"""Rows decoded once. What is kept under a key is known by its bytes, so it is never out of date, whoever stored it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

MOST_BYTES = 4_000_000
"""Of rows kept; decoded they take about eight times as much. The series of a country at war come with every article on
it: this holds two thousand of them. Of a row only the last that was met is kept: with those before it, which nobody
reads again, it was full after 140 articles."""

LEAST_BYTES = 1_000
"""A shorter row is decoded in 20 us; to keep thousands of them costs the garbage collector more than that."""

T = TypeVar("T")


class Decoded:
    """The rows met last, within a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._rows: OrderedDict[str, tuple[bytes, object]] = OrderedDict()
        self._most, self._held = most_bytes, 0

    def read(self, kind: type[T], key: str, body: bytes, decode: Callable[[bytes], T]) -> T:
        """The row in `body`, which stands under `key`."""
        known = self._rows.get(key)
        if known is not None and known[0] == body and isinstance(known[1], kind):
            self._rows.move_to_end(key)
            return known[1]
        row = decode(body)
        self.keep(key, body, row)
        return row

    def keep(self, key: str, body: bytes, row: object) -> None:
        """Remember that `body`, under `key`, is `row`."""
        old = self._rows.pop(key, None)
        self._held -= 0 if old is None else len(old[0])
        if len(body) < LEAST_BYTES:
            return
        self._rows[key] = body, row
        self._held += len(body)
        while self._held > self._most:
            _, (gone, _) = self._rows.popitem(last=False)
            self._held -= len(gone)
