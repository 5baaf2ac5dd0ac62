"""aiokafka 0.14, mended where one record ends the reader.

A header whose name is not UTF-8: the broker takes any bytes; aiokafka raises UnicodeDecodeError inside its fetcher,
before anybody sees a record, and again after each restart. Here a batch that it cannot read is read a second time with
the wrong bytes of the names as lone surrogates (PEP 383), which no valid name contains: `Record.fault` says so then.

A batch that expands without measure: 9 kB of zstd become 300 MB before any check of sizes (measured: 570 MB of memory
for one). Such a batch is one record here, at its last offset, with the compressed bytes as its value.

A patched global, the only one in this service: the fetcher takes the class of its batches from its own module and has
no other seam. A batch that aiokafka can read costs one generator more; only a bad one is read in plain Python.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import cramjam
from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords

_LENGTH = struct.Struct(">i")
_LENGTH_AT = 8
"""Kafka's record batch: base offset of 8 bytes, length of 4, then so many bytes (also in the older formats)."""

MAX_EXPANDED = 64 * 1024 * 1024
"""Bytes of a batch after decompression: twelve of the largest records of any topic; a worker may have 1 GB."""

EXPANDS = "\udcffexpands"
"""Name of the header of a record that stands for a batch that was not expanded."""

_CODEC_AT, _RECORDS_AT = 22, 61
"""Of a batch of magic 2, the only one since Kafka 4: the codec, in the low bits, and the records."""

_INTO: dict[int, Callable[[Any, Any], int]] = {
    1: cramjam.gzip.decompress_into,
    3: cramjam.lz4.decompress_into,
    4: cramjam.zstd.decompress_into,
}
"""Decompression that ends where its room ends. Snappy (2) is left out: it expands 21 times at most."""


class LenientRecords:
    """The batches of one fetch answer: aiokafka's own, and each one's bytes for a second reading."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._batches = MemoryRecords(data)

    def size_in_bytes(self) -> int:
        return int(self._batches.size_in_bytes())

    def has_next(self) -> bool:
        return bool(self._batches.has_next())

    def next_batch(self) -> _Batch:
        start = self._at
        self._at += _LENGTH_AT + _LENGTH.size + _LENGTH.unpack_from(self._data, start + _LENGTH_AT)[0]
        return _Batch(self._batches.next_batch(), memoryview(self._data)[start : self._at])


class _Batch:
    """One batch; everything but the reading of its records is aiokafka's."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch = batch
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        if _expands(self._data):
            yield _Unexpanded(
                offset=self._batch.next_offset - 1,
                timestamp=self._batch.max_timestamp,
                timestamp_type=self._batch.timestamp_type,
                value=bytes(self._data[_RECORDS_AT:]),
            )
            return
        read = 0
        try:
            for record in self._batch:
                yield record
                read += 1
        except (UnicodeDecodeError, CorruptRecordException):  # compiled; in plain Python
            yield from islice(_LenientBatch(self._data), read, None)

    def __next__(self) -> Any:
        return next(self._batch)


def _expands(data: memoryview) -> bool:
    """Whether a batch is compressed and becomes more than `MAX_EXPANDED`. Costs one decompression more (zstd: 1 GB/s),
    and pages of the room that it touches."""
    into = _INTO.get(data[_CODEC_AT] & 0b111)
    if into is None:
        return False
    try:
        into(bytes(data[_RECORDS_AT:]), bytearray(MAX_EXPANDED))
    except cramjam.DecompressionError as error:
        return "whole buffer" in str(error)  # else it is damaged, which aiokafka says
    return False


@dataclass(frozen=True, slots=True)
class _Unexpanded:
    """A record in aiokafka's form that stands for a whole batch."""

    offset: int
    timestamp: int
    timestamp_type: int
    value: bytes
    key: None = None
    checksum: None = None
    headers: tuple[tuple[str, bytes], ...] = ((EXPANDS, b""),)


class _LenientBatch(_DefaultRecordBatchPy):  # type: ignore[misc]  # final there, for the type checker only
    """A batch whose header names may hold any bytes."""

    _buffer: bytearray

    def _maybe_uncompress(self) -> None:
        super()._maybe_uncompress()
        self._buffer = _Names(self._buffer)


class _Names(bytearray):
    """Bytes whose slices decode without an error. The only slices that are decoded are the names of headers."""

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return _Names(found) if isinstance(index, slice) else found

    def decode(self, encoding: str = "utf-8", errors: str = "surrogateescape") -> str:
        return super().decode(encoding, errors)


def install() -> None:
    """From now on every consumer of this process reads so. Again: changes nothing."""
    fetcher.MemoryRecords = LenientRecords
