"""Rows decoded once. A row is known by its bytes, so what is kept here is never out of date, whoever stored it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

MOST_BYTES = 4_000_000
"""Of rows kept; decoded they take about eight times as much. The series of a country at war come with every article on
it: this holds two thousand of them."""

LEAST_BYTES = 1_000
"""A shorter row is decoded in 20 us; to keep thousands of them costs the garbage collector more than that."""

T = TypeVar("T")


class Decoded:
    """The rows met last, within a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._rows: OrderedDict[tuple[type[object], bytes], object] = OrderedDict()
        self._most, self._held = most_bytes, 0

    def read(self, kind: type[T], body: bytes, decode: Callable[[bytes], T]) -> T:
        """The row in `body`."""
        key = (kind, body)
        known = self._rows.get(key) if len(body) >= LEAST_BYTES else None
        if known is not None:
            self._rows.move_to_end(key)
            assert isinstance(known, kind)  # noqa: S101  # for mypy: the key says so
            return known
        row = decode(body)
        self.keep(body, row)
        return row

    def keep(self, body: bytes, row: object) -> None:
        """Remember that `body` is `row`."""
        key = (type(row), body)
        if len(body) < LEAST_BYTES or key in self._rows:
            return
        self._rows[key] = row
        self._held += len(body)
        while self._held > self._most:
            (_, old), _ = self._rows.popitem(last=False)
            self._held -= len(old)
