"""A batch that aiokafka cannot read ends no reader."""

from __future__ import annotations

import tracemalloc

import pytest
from aiokafka.consumer.fetcher import PartitionRecords
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.structs import TopicPartition

from services.platform.clients import Record, record_of
from services.platform.lenient_records import MAX_EXPANDED, LenientRecords

GZIP, LZ4, ZSTD = 1, 3, 4


class _Bytes(str):
    """A header's name that goes out as bytes which are no UTF-8, as a careless producer in C writes it."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"\xff\xfe"


def batch(first: int, names: list[str], codec: int, body: bytes = b"") -> bytes:
    """A batch of records from offset `first`, each with a header of that name; without `body` each tells its offset."""
    builder = _DefaultRecordBatchBuilderPy(2, codec, False, -1, -1, 0, 1_000_000_000)
    for number, name in enumerate(names):
        builder.append(number, 1_700_000_000_000, b"key", body or f"body {first + number}".encode(), [(name, b"value")])
    data = bytearray(builder.build())
    data[:8] = first.to_bytes(8, "big")  # outside the checksum: brokers set it, too
    return bytes(data)


@pytest.mark.parametrize("codec", range(5))
def test_the_records_around_a_bad_header_are_read_and_it_is_told_apart(codec: int) -> None:
    data = batch(5, ["a", _Bytes("b"), "c"], codec) + batch(8, ["d"], codec)
    raw = PartitionRecords(TopicPartition("t", 0), LenientRecords(data), [], 5, None, None, True, 0)
    records: list[Record] = [record_of(each, each.timestamp / 1000) for each in raw]
    assert [record.value for record in records] == [b"body 5", b"body 6", b"body 7", b"body 8"]
    assert [record.arrival.offset for record in records] == [5, 6, 7, 8]
    assert [record.fault is None for record in records] == [True, False, True, True]
    assert [name for name, _ in (record.headers[0] for record in records if record.fault is None)] == ["a", "c", "d"]
    assert raw.next_fetch_offset == 9


@pytest.mark.parametrize("codec", [GZIP, LZ4, ZSTD])
def test_a_batch_that_expands_without_measure_is_one_record_and_never_in_memory(codec: int) -> None:
    bomb = batch(5, ["a", "b"], codec, body=bytes(MAX_EXPANDED))
    data = bomb + batch(7, ["c"], codec)
    tracemalloc.start()
    try:
        raw = PartitionRecords(TopicPartition("t", 0), LenientRecords(data), [], 5, None, None, True, 0)
        first, second = (record_of(each, each.timestamp / 1000) for each in raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (first.arrival.offset, second.arrival.offset, raw.next_fetch_offset) == (6, 7, 8)
    assert first.value == bomb[61:]
    assert first.fault is not None
    assert first.fault.reason == "too_large"
    assert second.fault is None
    assert peak < 1.5 * MAX_EXPANDED
