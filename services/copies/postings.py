"""Which stories hold a sketch key, in 8 bytes a posting.

A dict from key to holders took 9 kB an article: two integer objects and a slot for each of a hundred keys. Here a key's
first two bytes choose a bucket, and a bucket is one string: the other three bytes of each key, then its holder. It is
no bytearray, because a string lies in one piece: searched and lengthened in 1.0 us a key against 1.8. 100,000 articles
of 400 words make 150 keys a bucket.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import compress
from operator import contains, itemgetter, not_
from typing import NamedTuple

from services.copies.containment import KEY_BITS

_TAIL = 3
"""Bytes of a key that stand in its bucket; the other two choose the bucket (above)."""

_KEY = struct.Struct(f">H{_TAIL}s")
_BUCKET, _TAIL_OF = itemgetter(0), itemgetter(1)
_BUCKETS = 1 << (KEY_BITS - 8 * _TAIL)

_HOLDER = struct.Struct(">I")
_POSTING = _TAIL + _HOLDER.size

_MOST_IN_BUCKET = 8
"""Holders of one key in its bucket; with more it moves to a place of its own: a paragraph that 10,000 articles share
would make the search long for every key of the bucket."""

_ELSEWHERE = 0xFFFFFFFF
"""Stands in the bucket for the holders of a key that has moved."""


_Part = tuple[int, bytes]
"""A key's bucket and its tail."""


class Met(NamedTuple):
    """A sketch's keys: those that have holders (and now and then one that has none), and the parts of the others."""

    known: dict[int, _Part]
    new: list[_Part]


class Postings:
    """For each key the numbers of the stories that hold it, in the order they were added."""

    def __init__(self) -> None:
        self._buckets = [b""] * _BUCKETS
        self._moved: dict[int, array[int]] = {}

    def met(self, keys: Sequence[int], joined: bytes) -> Met:
        """Which of a sketch's keys have holders; `joined` are the same keys, five bytes each (packed.py)."""
        # No loop of our own where four keys of five end: nothing else in tracing is done as often.
        parts = list(_KEY.iter_unpack(joined))
        postings = map(self._buckets.__getitem__, map(_BUCKET, parts))
        hits = list(map(contains, postings, map(_TAIL_OF, parts)))
        known = dict(compress(zip(keys, parts, strict=True), hits))
        return Met(known, list(compress(parts, map(not_, hits))))

    def shared(self, met: Met, left_out: Collection[int]) -> dict[int, int]:
        """How many of the keys `met` each holder has; keys of `left_out` do not count."""
        shared: defaultdict[int, int] = defaultdict(int)
        for key, (bucket, tail) in met.known.items():
            if key not in left_out:
                for number in self._moved.get(key) or _holders(self._buckets[bucket], tail):
                    shared[number] += 1
        return shared

    def of(self, key: int) -> Sequence[int]:
        """The holders of a key."""
        bucket, tail = _parts(key)
        return self._moved.get(key) or _holders(self._buckets[bucket], tail)

    def add(self, met: Met, number: int, more_than: int) -> list[tuple[int, Sequence[int]]]:
        """Enter a holder (below 2**32 - 1) of the keys met. Nothing may have been added since they were.

        Answers the keys that have more holders than that now, and their holders.
        """
        many: list[tuple[int, Sequence[int]]] = []
        buckets, holder, enough = self._buckets, _HOLDER.pack(number), min(more_than, _MOST_IN_BUCKET)
        for bucket, tail in met.new:
            buckets[bucket] += tail + holder
        for key, (bucket, tail) in met.known.items():
            if key in self._moved:
                self._moved[key].append(number)
                many.append((key, self._moved[key]))
                continue
            # Never too few: bytes found across two postings hide one posting at most, and are counted for it.
            known = buckets[bucket].count(tail)
            buckets[bucket] += tail + holder
            if known >= enough:
                held = self._held_by_many(key, bucket, tail)
                if len(held) > more_than:
                    many.append((key, held))
        return many

    def remove(self, key: int, number: int) -> None:
        """Take a holder out that was added."""
        moved = self._moved.get(key)
        if moved is not None:
            moved.remove(number)
            if moved:
                return
            del self._moved[key]
            number = _ELSEWHERE
        bucket, tail = _parts(key)
        postings = self._buckets[bucket]
        place = next(place for place in _places(postings, tail) if _holder(postings, place) == number)
        self._buckets[bucket] = _without(postings, place)

    def _held_by_many(self, key: int, bucket: int, tail: bytes) -> Sequence[int]:
        """The holders of a key, which moves out of its bucket where they are too many for it."""
        postings = self._buckets[bucket]
        held = _holders(postings, tail)
        if len(held) > _MOST_IN_BUCKET:
            self._moved[key] = array("I", held)
            for place in reversed(_places(postings, tail)):
                postings = _without(postings, place)
            self._buckets[bucket] = postings + tail + _HOLDER.pack(_ELSEWHERE)
        return held


def _parts(key: int) -> tuple[int, bytes]:
    bucket, tail = _KEY.unpack(key.to_bytes(_KEY.size, "big"))
    return bucket, tail


def _places(postings: bytes, tail: bytes) -> list[int]:
    """Where postings of a tail begin; its bytes may stand elsewhere by chance."""
    found = []
    at = postings.find(tail)
    while at >= 0:
        if at % _POSTING:
            at = postings.find(tail, at + 1)
        else:
            found.append(at)
            at = postings.find(tail, at + _POSTING)
    return found


def _holders(postings: bytes, tail: bytes) -> Sequence[int]:
    place = postings.find(tail)
    if place % _POSTING == 0 and postings.find(tail, place + _POSTING) < 0:  # one, as most keys have
        return _HOLDER.unpack_from(postings, place + _TAIL)
    return [_holder(postings, place) for place in _places(postings, tail)]


def _holder(postings: bytes, place: int) -> int:
    holder: int = _HOLDER.unpack_from(postings, place + _TAIL)[0]
    return holder


def _without(postings: bytes, place: int) -> bytes:
    return postings[:place] + postings[place + _POSTING :]
