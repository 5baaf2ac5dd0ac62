"""A sketch in few bytes: 5 a key and 4 a number, where Python's integers take 40."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from services.copies.containment import Sketch

_KEY = struct.Struct(">IB")
_NUMBER = struct.Struct(">I")


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
        keys, numbers = _joined(sketch.keys, _KEY.size), _joined(sorted(sketch.numbers), _NUMBER.size)
        return cls(sketch.words, sketch.level, keys, numbers)

    def sketch(self) -> Sketch:
        """The same sketch, to be compared."""
        keys = tuple([high << 8 | low for high, low in _KEY.iter_unpack(self.keys)])
        numbers = frozenset([number for (number,) in _NUMBER.iter_unpack(self.numbers)])
        return Sketch(words=self.words, level=self.level, keys=keys, numbers=numbers)


def _joined(values: Iterable[int], width: int) -> bytes:
    return b"".join([value.to_bytes(width, "big") for value in values])
