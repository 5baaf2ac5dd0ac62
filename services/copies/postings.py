"""Which stories hold a sketch key, in 8 bytes a posting.

A dict from key to holders took 9 kB an article: two integer objects and a slot for each of a hundred keys. Here a key's
first two bytes choose a bucket, and a bucket is one string: the other three bytes of each key, then its holder. A string
and not a bytearray: it lies in one piece, which is half as long to search and to lengthen (1.0 against 1.8 us a key).
100,000 articles of 400 words make 150 keys a bucket.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from services.copies.containment import KEY_BITS

_TAIL = 3
"""Bytes of a key that stand in its bucket."""

_KEY = struct.Struct(f">H{_TAIL}s")
_BUCKETS = 1 << (KEY_BITS - 8 * _TAIL)

_HOLDER = struct.Struct(">I")
_POSTING = _TAIL + _HOLDER.size

_MOST_IN_BUCKET = 8
"""Holders of one key in its bucket; with more it moves to a place of its own: a paragraph that 10,000 articles share
would make the search long for every key of the bucket."""

_ELSEWHERE = 0xFFFFFFFF
"""Stands in the bucket for the holders of a key that has moved."""


class Postings:
    """For each key the numbers of the stories that hold it, in the order they were added.

    A sketch's keys come as numbers and, for the search, joined in one string of bytes (packed.py).
    """

    def __init__(self) -> None:
        self._buckets = [b""] * _BUCKETS
        self._moved: dict[int, array[int]] = {}

    def met(self, keys: Sequence[int], joined: bytes) -> frozenset[int]:
        """Those of the keys that have holders, and now and then one that has none."""
        buckets = self._buckets
        pairs = zip(keys, _KEY.iter_unpack(joined), strict=True)
        return frozenset([key for key, (bucket, tail) in pairs if tail in buckets[bucket]])

    def shared(self, met: Iterable[int], left_out: Collection[int]) -> dict[int, int]:
        """How many of the keys `met` each holder has; keys of `left_out` do not count."""
        shared: defaultdict[int, int] = defaultdict(int)
        for key in met:
            if key not in left_out:
                for number in self.of(key):
                    shared[number] += 1
        return shared

    def of(self, key: int) -> Sequence[int]:
        """The holders of a key."""
        moved = self._moved.get(key)
        if moved is not None:
            return moved
        bucket, tail = _parts(key)
        postings = self._buckets[bucket]
        return [_holder(postings, place) for place in _places(postings, tail)]

    def add(self, keys: Sequence[int], joined: bytes, number: int, met: Collection[int]) -> None:
        """Enter a holder (below 2**32 - 1) of the keys, of which those of `met` may have holders, the others none."""
        buckets, holder = self._buckets, _HOLDER.pack(number)
        for key, (bucket, tail) in zip(keys, _KEY.iter_unpack(joined), strict=True):
            if key not in met:
                buckets[bucket] += tail + holder
            elif key in self._moved:
                self._moved[key].append(number)
            else:
                self._add_to_known(key, bucket, tail, number)

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

    def _add_to_known(self, key: int, bucket: int, tail: bytes, number: int) -> None:
        postings = self._buckets[bucket]
        places = _places(postings, tail)
        if len(places) == _MOST_IN_BUCKET:
            self._moved[key] = array("I", [*(_holder(postings, place) for place in places), number])
            for place in reversed(places):
                postings = _without(postings, place)
            number = _ELSEWHERE
        self._buckets[bucket] = postings + tail + _HOLDER.pack(number)


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


def _holder(postings: bytes, place: int) -> int:
    return int.from_bytes(postings[place + _TAIL : place + _POSTING], "big")


def _without(postings: bytes, place: int) -> bytes:
    return postings[:place] + postings[place + _POSTING :]
