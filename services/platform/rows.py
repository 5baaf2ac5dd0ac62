"""A Faust table as a stage sees it: text keys, bytes values, read only; and the one way to write a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.outcomes import Write
from schemas.topics import TABLE_VALUE_BYTES


class Rows(Mapping[str, bytes]):
    """One table. In a worker it holds the rows of the partitions assigned to it."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __getitem__(self, key: str) -> bytes:
        # The store beneath the table: the table's own lookup calls a sensor per read and finds the same bytes.
        return bytes(self._table.data[key.encode()])

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in self._table.data)

    def __len__(self) -> int:
        return len(self._table.data)

    def write(self, key: str, value: bytes | None, partition: int) -> None:
        """Stores the row; None deletes. Only for a record of `partition`; it must go to the changelog as well.

        In the store beneath the table, as reads: the table's own way sends each row through a queue and three futures.
        Faust's memory store remembers a row's partition only if it came from the changelog, and drops the rows of lost
        partitions by that memory: a row written here would outlive its partition and be swept by two workers.
        """
        raw = key.encode()
        if value is None:
            self._table.data.pop(raw, None)
            self._table.data._key_partition.pop(raw, None)
        else:
            # A copy of its own size: orjson 3.13 gives bytes with its whole buffer behind them, 4 kB for a row of 300.
            self._table.data[raw] = bytes(memoryview(value))
            self._table.data._key_partition[raw] = partition


def check(write: Write, tables: Mapping[str, object]) -> None:
    """Raises ValueError for a table the stage does not have or a value that would end the process in Faust's send."""
    if write.table not in tables:
        raise ValueError(f"a write to table {write.table!r}, which the stage does not declare")
    if write.value is not None and len(write.value) > TABLE_VALUE_BYTES:
        raise ValueError(f"{len(write.value)} bytes for {write.table}[{write.key!r}]; at most {TABLE_VALUE_BYTES}")
