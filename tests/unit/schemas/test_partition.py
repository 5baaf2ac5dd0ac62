"""A key lies where Kafka's own clients put it."""

from __future__ import annotations

import pytest
from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from schemas.partition import key_partition


@given(st.text(), st.integers(1, 50))
def test_a_key_lies_where_kafkas_clients_put_it(key: str, partitions: int) -> None:
    everywhere = list(range(partitions))
    assert key_partition(key, partitions) == DefaultPartitioner()(key.encode(), everywhere, everywhere)


@pytest.mark.parametrize(
    ("key", "hashed"), [("21", -973932308), ("foobar", -790332482), ("a-little-bit-long-string", -985981536)]
)
def test_and_where_kafkas_own_tests_put_it(key: str, hashed: int) -> None:
    assert key_partition(key, 1 << 31) == hashed & 0x7FFFFFFF
