"""A sketch in few bytes: 5 a key and 4 a number, where Python's integers take 40."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from services.copies.containment import KEY_BITS, Sketch

_KEY = KEY_BITS // 8
_NUMBER = 4
"""Bytes of each, the highest first."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A sketch as it is kept in memory and in the table."""

    words: int
    level: int
    keys: bytes
    numbers: bytes

    @classmethod
    def of(cls, sketch: Sketch) -> Packed:
        """The same sketch, small."""
        return cls(sketch.words, sketch.level, _joined(sketch.keys, _KEY), _joined(sorted(sketch.numbers), _NUMBER))

    def sketch(self) -> Sketch:
        """The same sketch, to be compared."""
        numbers = frozenset(_split(self.numbers, _NUMBER))
        return Sketch(words=self.words, level=self.level, keys=_split(self.keys, _KEY), numbers=numbers)


def _joined(values: Sequence[int], width: int) -> bytes:
    """The low `width` bytes of each value, column by column: value by value it takes half as long again, and `_split`
    five times."""
    whole = struct.pack(f">{len(values)}Q", *values)
    joined = bytearray(width * len(values))
    for column in range(width):
        joined[column::width] = whole[8 - width + column :: 8]
    return bytes(joined)


def _split(joined: bytes, width: int) -> tuple[int, ...]:
    count = len(joined) // width
    whole = bytearray(8 * count)
    for column in range(width):
        whole[8 - width + column :: 8] = joined[column::width]
    return struct.unpack(f">{count}Q", whole)
