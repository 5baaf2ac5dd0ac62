"""Parquet, where the extra `export` is installed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from services.desk.access.refusals import Refused
from services.desk.api.columns import Column, Kind

GROUP = 5_000
"""Rows of one row group: 3 MB of claims. Of one page each (500) a file would be a third larger."""


class NoParquet(Refused):
    """501: pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__(
            501, "Parquet is not installed here.", "Run make setup-export, or ask for csv or jsonl.", field="format"
        )


class Parquet:
    """A file with the columns of the list; each column's meaning stands in its field's metadata. Raises NoParquet."""

    def __init__(self, columns: Sequence[Column]) -> None:
        try:
            self._arrow: Any = import_module("pyarrow")
            module: Any = import_module("pyarrow.parquet")
        except ImportError:
            raise NoParquet from None
        self._columns = columns
        self._schema = self._arrow.schema(
            [
                self._arrow.field(column.name, self._type(column.kind), metadata={"meaning": column.meaning})
                for column in columns
            ]
        )
        self._out = _Out()
        self._writer: Any = module.ParquetWriter(self._out, self._schema, compression="zstd")
        self._waiting: list[Any] = []

    def begin(self) -> bytes:
        return self._out.taken()

    def add(self, rows: Sequence[Any], flat: Sequence[Any]) -> bytes:
        self._waiting += flat
        if len(self._waiting) >= GROUP:
            self._write()
        return self._out.taken()

    def end(self) -> bytes:
        if self._waiting:
            self._write()
        self._writer.close()
        return self._out.taken()

    def _write(self) -> None:
        arrays = [
            self._arrow.array([_value(column, row) for row in self._waiting], type=self._schema.field(column.name).type)
            for column in self._columns
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting = []

    def _type(self, kind: Kind) -> Any:
        types = {
            "text": self._arrow.string(),
            "number": self._arrow.float64(),
            "count": self._arrow.int64(),
            "flag": self._arrow.bool_(),
            "time": self._arrow.timestamp("us", tz="UTC"),
        }
        return types[kind]


def _value(column: Column, row: Any) -> Any:
    value = column.of(row)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return float(value) if column.kind == "number" and value is not None else value


class _Out:
    """A file that is given away as it is written."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._at += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
