"""Rows of a table take the memory of what is in them, and none when they are deleted."""

from __future__ import annotations

import tracemalloc
from types import SimpleNamespace
from typing import Any

import faust
import orjson
from faust.stores.memory import Store

from services.platform.rows import Rows


class _Table(dict[bytes, bytes]):
    """A Faust table without its changelog, which only a running worker has: rows go straight to Faust's own store."""

    def __init__(self) -> None:
        app = faust.App("rows", broker="kafka://127.0.0.1:9", store="memory://")
        self.data: Any = Store("memory://", app, SimpleNamespace(name="rows"))  # type: ignore[arg-type]

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self.data[key] = value

    def pop(self, key: bytes, *default: Any) -> Any:
        return self.data.pop(key, *default)


def test_a_row_is_kept_without_the_buffer_it_was_encoded_in() -> None:
    rows = Rows(_Table())
    tracemalloc.start()
    try:
        for number in range(1000):
            rows.write(f"row {number}", orjson.dumps(["x" * 300, number]), 0)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rows) == 1000
    assert held / 1000 < 900, "300 characters, a key, and what Python needs for both"


def test_a_deleted_row_leaves_nothing_behind() -> None:
    table = _Table()
    rows = Rows(table)
    for number in range(100):
        rows.write(f"row {number}", b"x", number % 4)
        rows.write(f"row {number}", None, number % 4)
    assert len(rows) == 0
    assert not table.data._key_partition
