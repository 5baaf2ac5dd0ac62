"""Which stories hold a sketch key, in 8 bytes a posting.

A dict from key to holders took 9 kB an article: two integer objects and a slot for each of a hundred keys. Here a key's
first two bytes choose a bucket. A bucket is the other three bytes of its keys in one string, and their holders in an
array beside it; 100,000 articles of 400 words make 150 keys a bucket, and searching those takes 0.4 us.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence

from services.copies.containment import KEY_BITS

_TAIL = 3
"""Bytes of a key that stand in its bucket."""

_KEY = struct.Struct(f">H{_TAIL}s")
_BUCKETS = 1 << (KEY_BITS - 8 * _TAIL)

_MOST_IN_BUCKET = 8
"""Holders of one key in its bucket; with more it moves to a place of its own: a paragraph that 10,000 articles share
would make the search long for every key of the bucket."""

_ELSEWHERE = 0xFFFFFFFF
"""Stands in the bucket for the holders of a key that has moved."""

_NO_TAILS = bytearray()
_NO_HOLDERS: array[int] = array("I")
"""What an empty bucket has; never added to."""


class Postings:
    """For each key (five bytes) the numbers of the stories that hold it, in the order they were added.

    Keys come as numbers and joined in one string, as a packed sketch has them. What most keys need stands in the loops
    itself: a call for each key made tracing half as fast.
    """

    def __init__(self) -> None:
        self._tails: list[bytearray] = [_NO_TAILS] * _BUCKETS
        self._holders: list[array[int]] = [_NO_HOLDERS] * _BUCKETS
        self._moved: dict[int, array[int]] = {}

    def add(self, keys: Sequence[int], parts: bytes, number: int, more_than: int) -> list[tuple[int, Sequence[int]]]:
        """Enter a holder (below 2**32 - 1) of the keys; those with more holders than that, and their holders."""
        many: list[tuple[int, Sequence[int]]] = []
        all_tails, all_holders = self._tails, self._holders
        for key, (bucket, tail) in zip(keys, _KEY.iter_unpack(parts), strict=True):
            tails = all_tails[bucket]
            if tail not in tails:
                if tails is _NO_TAILS:
                    tails = all_tails[bucket] = bytearray()
                    all_holders[bucket] = array("I")
                tails += tail
                all_holders[bucket].append(number)
                continue
            held = self._moved.get(key)
            if held is None:
                held = self._add_to_known(key, bucket, tail, number)
            else:
                held.append(number)
            if len(held) > more_than:
                many.append((key, held))
        return many

    def shared(self, keys: Sequence[int], parts: bytes, left_out: Collection[int]) -> dict[int, int]:
        """How many of the keys each holder has; keys of `left_out` do not count."""
        shared: defaultdict[int, int] = defaultdict(int)
        all_tails = self._tails
        for key, (bucket, tail) in zip(keys, _KEY.iter_unpack(parts), strict=True):
            if tail in all_tails[bucket] and key not in left_out:
                for number in self.of(key):
                    shared[number] += 1
        return shared

    def of(self, key: int) -> Sequence[int]:
        """The holders of a key."""
        moved = self._moved.get(key)
        if moved is not None:
            return moved
        bucket, tail = _parts(key)
        holders = self._holders[bucket]
        return [holders[place] for place in _places(self._tails[bucket], tail)]

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
        tails, holders = self._tails[bucket], self._holders[bucket]
        self._cut(bucket, next(place for place in _places(tails, tail) if holders[place] == number))
        if not holders:
            self._tails[bucket], self._holders[bucket] = _NO_TAILS, _NO_HOLDERS

    def _add_to_known(self, key: int, bucket: int, tail: bytes, number: int) -> array[int]:
        """Enter a holder of a key whose tail is in the bucket, perhaps only across two others; all its holders."""
        tails, holders = self._tails[bucket], self._holders[bucket]
        places = _places(tails, tail)
        held = array("I", [holders[place] for place in places])
        held.append(number)
        if len(held) > _MOST_IN_BUCKET:
            self._moved[key] = held
            for place in reversed(places):
                self._cut(bucket, place)
            number = _ELSEWHERE
        tails += tail
        holders.append(number)
        return held

    def _cut(self, bucket: int, place: int) -> None:
        del self._tails[bucket][_TAIL * place : _TAIL * (place + 1)]
        del self._holders[bucket][place]


def _parts(key: int) -> tuple[int, bytes]:
    bucket, tail = _KEY.unpack(key.to_bytes(KEY_BITS // 8, "big"))
    return bucket, tail


def _places(tails: bytearray, tail: bytes) -> list[int]:
    """Where a tail stands, counted in tails: what is found across two others is none."""
    found = []
    at = tails.find(tail)
    while at >= 0:
        if at % _TAIL:
            at = tails.find(tail, at + 1)
        else:
            found.append(at // _TAIL)
            at = tails.find(tail, at + _TAIL)
    return found
