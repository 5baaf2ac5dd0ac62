"""Work in parts: a pure function that may take long, and says where something else may be done meanwhile.

It is a generator that yields nothing and returns its result. Who runs it decides what happens at a `yield`: a worker
lets others have their turn (`services/platform/turns.py`), everybody else goes on (`whole`).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Parts = Generator[None, None, T]
"""Between two of its parts nothing that it reads may change."""


def whole(parts: Parts[T]) -> T:
    """The result, all parts done one behind the other."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            result: T = end.value
            return result
