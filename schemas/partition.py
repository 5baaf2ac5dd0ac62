"""On which partition a key belongs: as Kafka's own clients choose it, murmur2 of the key's bytes.

A stage may have to know whether a record stands where its table is. Kafka's Java client and aiokafka choose so;
librdkafka only where it is told to (`partitioner=murmur2_random`).
"""

from __future__ import annotations

import struct

_SEED = 0x9747B28C
_FACTOR = 0x5BD1E995
"""Kafka's own; with others a key would lie on another partition than its clients put it on."""
_32_BITS = 0xFFFFFFFF


def key_partition(key: str, partitions: int) -> int:
    """The partition of `key` (UTF-8) among `partitions`, in [0, partitions). 10 us for an address of 80 characters."""
    return (_murmur2(key.encode()) & 0x7FFFFFFF) % partitions


def _murmur2(data: bytes) -> int:
    """MurmurHash2 of 32 bits with Kafka's seed (org.apache.kafka.common.utils.Utils.murmur2)."""
    whole = len(data) - len(data) % 4
    found = _SEED ^ len(data)
    for raw in struct.unpack(f"<{whole // 4}I", data[:whole]):
        word = raw * _FACTOR & _32_BITS
        found = found * _FACTOR & _32_BITS ^ (word ^ word >> 24) * _FACTOR & _32_BITS
    if whole < len(data):
        found = (found ^ int.from_bytes(data[whole:], "little")) * _FACTOR & _32_BITS
    found = (found ^ found >> 13) * _FACTOR & _32_BITS
    return found ^ found >> 15
