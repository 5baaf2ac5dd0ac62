"""The stories of the last hours, found by their sketch keys.

A key points to the sketches that hold it. A key held by more than four different stories is boilerplate and counts on
neither side; that is judged anew whenever a sketch comes or goes, from those that are in the index now, so that an
index rebuilt from its records answers as the one that was lost.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime

from services.copies.containment import MIN_SHARED, Overlap, Sketch, repeats, size

MAX_STORIES = 4
"""A 3-gram in more than four different stories is a formula of the trade, not somebody's words (design.md)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One representative: an article whose words are in the index."""

    article_id: str
    lineage: str
    at: datetime
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier article whose words a text repeats."""

    entry: Entry
    overlap: Overlap


class Index:
    """Representatives in the order they were added, and the postings of their keys."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._numbers: dict[str, int] = {}
        # One holder is stored bare: eight keys of ten have one, and a list around it costs 64 bytes.
        self._postings: dict[int, int | list[int]] = {}
        self._boilerplate: set[int] = set()
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._numbers

    def add(self, entry: Entry) -> None:
        """Index `entry`; an article that is in already stays as it is."""
        if entry.article_id in self._numbers:
            return
        number, self._next = self._next, self._next + 1
        self._entries[number] = entry
        self._numbers[entry.article_id] = number
        for key in entry.sketch.keys:
            held = self._postings.get(key)
            if held is None:
                self._postings[key] = number
            elif isinstance(held, int):
                self._postings[key] = [held, number]
            else:
                held.append(number)
                if len(held) > MAX_STORIES and key not in self._boilerplate:
                    self._judge(key, held)

    def drop_before(self, horizon: datetime) -> list[str]:
        """Forget the oldest representatives that arrived before `horizon`; their article ids, oldest first."""
        dropped = []
        while self._entries:
            number, entry = next(iter(self._entries.items()))
            if entry.at >= horizon:
                break
            del self._entries[number]
            del self._numbers[entry.article_id]
            self._withdraw(number, entry)
            dropped.append(entry.article_id)
        return dropped

    def _withdraw(self, number: int, entry: Entry) -> None:
        for key in entry.sketch.keys:
            held = self._postings[key]
            if isinstance(held, int):
                del self._postings[key]
            else:
                held.remove(number)
                if key in self._boilerplate:
                    self._judge(key, held)
                if len(held) == 1:
                    self._postings[key] = held[0]

    def find(self, sketch: Sketch, *, besides: str) -> Match | None:
        """The representative that `sketch` repeats most, the earliest among equals; never the article `besides`."""
        shared: Counter[int] = Counter()
        boilerplate = self._boilerplate.intersection(sketch.keys)
        for key in sketch.keys:
            held = self._postings.get(key)
            if held is None or key in boilerplate:
                continue
            if isinstance(held, int):
                shared[held] += 1
            else:
                shared.update(held)
        best: Match | None = None
        for number in sorted(number for number, count in shared.items() if count >= MIN_SHARED):
            entry = self._entries[number]
            if entry.article_id == besides:
                continue
            overlap = self._overlap(sketch, boilerplate, entry.sketch, shared[number])
            if (best is None or overlap.containment > best.overlap.containment) and repeats(
                overlap, sketch, entry.sketch
            ):
                best = Match(entry, overlap)
        return best

    def _judge(self, key: int, held: list[int]) -> None:
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
