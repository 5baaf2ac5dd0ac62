"""The stories of the last hours, found by their sketch keys.

A key points to the sketches that hold it. A key held by more than four different stories is boilerplate and counts on
neither side; that is judged anew whenever a sketch comes or goes, from those that are in the index now, so that an
index rebuilt from its records answers as the one that was lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.copies.containment import MIN_SHARED, Overlap, Sketch, repeats, size
from services.copies.packed import Packed
from services.copies.postings import Met, Postings

MAX_STORIES = 4
"""A 3-gram in more than four different stories is a formula of the trade, not somebody's words (design.md)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One representative: an article whose words are in the index."""

    article_id: str
    lineage: str
    at: datetime
    sketch: Packed


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier article whose words a text repeats, and its sketch."""

    entry: Entry
    sketch: Sketch
    overlap: Overlap


class Index:
    """Representatives in the order they were added, and the postings of their keys."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}  # by number; numbers rise by one
        self._ids: set[str] = set()
        self._postings = Postings()
        self._boilerplate: set[int] = set()
        self._met: tuple[Packed, Met] | None = None
        self._oldest = 0
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._ids

    def add(self, entry: Entry, sketch: Sketch) -> None:
        """Index `entry`, whose sketch this is; an article that is in already stays as it is."""
        if entry.article_id in self._ids:
            return
        number, self._next = self._next, self._next + 1
        self._entries[number] = entry
        self._ids.add(entry.article_id)
        met = self._meet(sketch, entry.sketch)
        self._met = None
        for key, held in self._postings.add(met, number, more_than=MAX_STORIES):
            if key not in self._boilerplate:
                self._judge(key, held)

    def drop_before(self, horizon: datetime) -> None:
        """Forget the oldest representatives that arrived before `horizon`."""
        while self._oldest < self._next:
            entry = self._entries[self._oldest]
            if entry.at >= horizon:
                break
            for key in entry.sketch.sketch().keys:
                self._postings.remove(key, self._oldest)
                if key in self._boilerplate:
                    self._judge(key, self._postings.of(key))
            del self._entries[self._oldest]
            self._ids.remove(entry.article_id)
            self._oldest += 1

    def find(self, sketch: Sketch, packed: Packed, *, besides: str) -> Match | None:
        """The representative that a sketch, given in both forms, repeats most, the earliest among equals.

        Never the article `besides`.
        """
        boilerplate = self._boilerplate.intersection(sketch.keys)
        shared = self._postings.shared(self._meet(sketch, packed), boilerplate)
        best: Match | None = None
        for number in sorted(number for number, count in shared.items() if count >= MIN_SHARED):
            entry = self._entries[number]
            if entry.article_id == besides:
                continue
            other = entry.sketch.sketch()
            overlap = self._overlap(sketch, boilerplate, other, shared[number])
            if (best is None or overlap.containment > best.overlap.containment) and repeats(overlap, sketch, other):
                best = Match(entry, other, overlap)
        return best

    def _meet(self, sketch: Sketch, packed: Packed) -> Met:
        """The keys of a sketch that have holders. What is looked for is added next as a rule: then it is known."""
        if self._met is None or self._met[0] is not packed:
            self._met = packed, self._postings.met(sketch.keys, packed.keys)
        return self._met[1]

    def _judge(self, key: int, held: Iterable[int]) -> None:
        """Note whether the holders of `key` are more than four different stories."""
        stories: set[str] = set()
        for number in held:
            stories.add(self._entries[number].lineage)
            if len(stories) > MAX_STORIES:
                self._boilerplate.add(key)
                return
        self._boilerplate.discard(key)

    def _overlap(self, sketch: Sketch, boilerplate: set[int], other: Sketch, shared: int) -> Overlap:
        """The containment of the smaller of two sketches, both thinned to the coarser level, without boilerplate."""
        level = max(sketch.level, other.level)
        mine = size(sketch, level, boilerplate)
        theirs = size(other, level, self._boilerplate.intersection(other.keys))
        return Overlap(containment=min(1.0, shared / max(1, min(mine, theirs))), shared=shared)
