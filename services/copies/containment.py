"""Containment: how much of one text stands in another, from a sample of its word 3-grams.

MinHash and SimHash compare whole texts and lose what newsrooms have most: abridged copies, and copies wrapped in
boilerplate (recall .08 to .11 at a similarity of .5, design.md "Copies"). Containment asks the smaller text only.

Everything here is a pure value. `Sketch` is a text's sample, `contained` the measure, `repeats` the decision.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from xxhash import xxh3_64_intdigest

KEY_BITS = 40
"""Of the 64 hash bits. 3 M sketches hold about 3e8 keys: in 2**38 values (two bits go to the sample) one key in 900
meets a stranger, and a decision takes at least three of the same stranger. A sketch stays below 1 kB."""
_KEY_MASK = (1 << KEY_BITS) - 1

COARSER_FROM_WORDS = (64, 128, 512)
"""Below 64 words every 3-gram is kept, below 128 every second, below 512 every fourth, else every eighth: 32 to 128
keys as a rule. Measured on 18,465 wire articles: F1 .996 and 2 hard negatives hit, 2.3 times the documents of
datasketch. From 120 and 240 words, with half as many keys again, .998, 3 and 1.4 times. What it costs: of 50 words cut
out of a long article six keys are left to find them by, and one such cut in twenty has fewer than three."""
_LONG_WORDS = 4_000
"""From here each doubling of the text halves the sample, so that a sketch has at most about 500 keys (3 kB)."""

MIN_CONTAINMENT = 0.55
MIN_SHARED = 3
"""A copy shares at least this much of the smaller sketch, and at least three keys (measured, design.md "Copies")."""
NUMBERS_FROM = 2
NUMBERS_SHARED = 0.7
SURE_CONTAINMENT = 0.9
"""Template reports (market closings, daily tolls) share their words and differ in their numbers: where both texts
have two numbers or more, 70 % of the smaller set must be shared, unless nearly all the words are. Measured on 18,465
wire articles: three numbers and a half point 24 times at another day's report (F1 .982), this 3 times (F1 .998)."""
MAX_NUMBERS = 256
"""Numbers kept per sketch, the first by value: a table of results has thousands and would not fit a table value."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text's sample. `keys` are sorted and distinct, `level` says that every 2**level-th 3-gram was kept."""

    words: int
    level: int
    keys: tuple[int, ...]
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sketches share: `containment` in [0, 1] of the smaller one, `shared` keys."""

    containment: float
    shared: int


def sketch(text: str, left_out: Iterable[tuple[int, int]] = ()) -> Sketch:
    """The sketch of `text` without the spans [start, end) of `left_out` (junk; any order, may overlap)."""
    kept = _without(text, left_out).lower()
    words = _WORD.findall(kept)
    level = _level(len(words))
    mask = (1 << level) - 1
    encoded = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    hashes = map(xxh3_64_intdigest, map(b" ".join, zip(encoded, encoded[1:], encoded[2:], strict=False)))
    keys = tuple(sorted({value & _KEY_MASK for value in hashes if not value & mask}))
    numbers = sorted(map(_number_key, set(_NUMBER.findall(kept))))
    return Sketch(words=len(words), level=level, keys=keys, numbers=frozenset(numbers[:MAX_NUMBERS]))


def numbers_beyond(text: str, source: Sketch, left_out: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Spans of the numbers of `text` that `source` has not; none where `source` has more than it could keep."""
    if len(source.numbers) >= MAX_NUMBERS:
        return []
    junk = sorted(left_out)
    found = []
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in junk)
        if not inside and _number_key(match.group()) not in source.numbers:
            found.append(match.span())
            if len(found) == MAX_NUMBERS:
                break
    return found


def _number_key(number: str) -> int:
    return xxh3_64_intdigest(number.encode()) & 0xFFFFFFFF


def _level(words: int) -> int:
    return bisect_right(COARSER_FROM_WORDS, words) + (words // _LONG_WORDS).bit_length()


def _without(text: str, left_out: Iterable[tuple[int, int]]) -> str:
    """`text` with the spans replaced by a full stop, so that no 3-gram word is glued over a gap."""
    pieces, position = [], 0
    for start, end in sorted(left_out):
        if start > position:
            pieces.append(text[position:start])
        position = max(position, end)
    pieces.append(text[position:])
    return " . ".join(pieces)


def size(sketch: Sketch, level: int, left_out: Collection[int] = ()) -> int:
    """How many of a sketch's keys one of the coarser `level` would have kept, without `left_out`, keys of its own."""
    if level == sketch.level:
        return len(sketch.keys) - len(left_out)
    mask = (1 << level) - 1
    return len([key for key in sketch.keys if not key & mask]) - len([key for key in left_out if not key & mask])


def repeats(overlap: Overlap, one: Sketch, other: Sketch) -> bool:
    """Whether two texts with this overlap are one text (the rule measured in design.md "Copies")."""
    if overlap.shared < MIN_SHARED or overlap.containment < MIN_CONTAINMENT:
        return False
    fewer = min(len(one.numbers), len(other.numbers))
    if fewer < NUMBERS_FROM or overlap.containment >= SURE_CONTAINMENT:
        return True
    return len(one.numbers & other.numbers) >= NUMBERS_SHARED * fewer
