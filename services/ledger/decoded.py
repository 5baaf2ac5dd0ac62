"""Long rows decoded once. A row is known by its bytes, so what is kept here is never out of date, whoever stored it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

from schemas.message import Word

MOST_BYTES = 4_000_000
"""Of JSON kept; decoded it takes about eight times as much. The rows of a country at war have 57 kB, take 1.6 ms to
decode, and come with every article on it: this holds seventy of them."""

LEAST_BYTES = 8_000
"""A shorter row is decoded in 0.2 ms and less; to keep thousands of them costs the garbage collector more than that."""

W = TypeVar("W", bound=Word)


class Decoded:
    """The rows met last, within a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._words: OrderedDict[tuple[type[Word], bytes], Word] = OrderedDict()
        self._most, self._held = most_bytes, 0

    def read(self, model: type[W], body: bytes) -> W:
        """The row in `body`."""
        known = self._words.get((model, body)) if len(body) >= LEAST_BYTES else None
        if known is not None:
            self._words.move_to_end((model, body))
            assert isinstance(known, model)  # noqa: S101  # for mypy: the key says so
            return known
        word = model.model_validate_json(body)
        self.keep(body, word)
        return word

    def keep(self, body: bytes, word: Word) -> None:
        """Remember that `body` is `word`."""
        if len(body) < LEAST_BYTES or (type(word), body) in self._words:
            return
        self._words[type(word), body] = word
        self._held += len(body)
        while self._held > self._most:
            (_, old), _ = self._words.popitem(last=False)
            self._held -= len(old)
