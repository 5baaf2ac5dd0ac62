"""A sketch in few bytes: 5 a key and 4 a number, where Python's integers take 40."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.copies.containment import KEY_BITS, Sketch

_KEY_BYTES = KEY_BITS // 8
_NUMBER_BYTES = 4


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
        keys, numbers = _joined(sketch.keys, _KEY_BYTES), _joined(sorted(sketch.numbers), _NUMBER_BYTES)
        return cls(sketch.words, sketch.level, keys, numbers)

    def sketch(self) -> Sketch:
        """The same sketch, to be compared."""
        numbers = frozenset(_split(self.numbers, _NUMBER_BYTES))
        return Sketch(words=self.words, level=self.level, keys=_split(self.keys, _KEY_BYTES), numbers=numbers)


def _joined(values: Iterable[int], width: int) -> bytes:
    return b"".join([value.to_bytes(width, "big") for value in values])


def _split(data: bytes, width: int) -> tuple[int, ...]:
    return tuple([int.from_bytes(data[at : at + width], "big") for at in range(0, len(data), width)])
