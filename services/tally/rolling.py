"""One entity's row of the table: its name, when it was seen, and four samples that every rolling count is made of."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, get_args

import orjson
import xxhash

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied, EntityType, Window, WindowName
from services.tally.sample import DAY, HOUR, WEEK, Row, Sample

WINDOWS: dict[WindowName, int] = {"1h": HOUR, "24h": DAY, "7d": WEEK}
"""Seconds of each window."""

ROOM = {"articles": (900, HOUR), "lineages": (900, HOUR), "publishers": (300, HOUR), "figures": (500, DAY)}
"""Rows kept of each kind and their slots, 20 bytes a row: 52 kB when all are full, and at most 2 kB for 168 levels."""

MOST_METRICS = 64
"""Metric names kept; there are 18. A row's kind is one byte."""

_TYPES = {kind: i for i, kind in enumerate(get_args(EntityType))}


class Rolling:
    """The stored state of one entity. `last` is its latest arrival, and the time its windows are counted at."""

    def __init__(self, entity: str, name: str, kind: EntityType, seen: datetime) -> None:
        """An entity first seen at `seen`."""
        self.entity = entity
        self.name = name
        self.kind = kind
        self.first = seen
        self.last = seen
        self.metrics: list[str] = []
        self.samples = {what: Sample(*room) for what, room in ROOM.items()}

    @classmethod
    def decode(cls, value: bytes) -> Rolling:
        """The state in a table value that `encode` wrote."""
        stored: dict[str, Any] = orjson.loads(value)
        state = cls(stored["entity"], stored["name"], stored["type"], datetime.fromisoformat(stored["first"]))
        state.last = datetime.fromisoformat(stored["last"])
        state.metrics = stored["metrics"]
        state.samples = {what: Sample(*room, *stored[what]) for what, room in ROOM.items()}
        return state

    def encode(self) -> bytes:
        """The table value: below 64 kB, and the same bytes for the same state."""
        return orjson.dumps(
            {
                "entity": self.entity,
                "name": self.name,
                "type": self.kind,
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
                "metrics": self.metrics,
                **{what: sample.pack() for what, sample in self.samples.items()},
            }
        )

    def add(self, found: EntityInArticle, message: EntitiesMentioned) -> None:
        """Enter what one article says of the entity. Entering it again changes nothing."""
        arrived = message.arrived.astimezone(UTC)
        second = int(arrived.timestamp())
        self.first = min(self.first, arrived)
        self.last = max(self.last, arrived)
        now = int(self.last.timestamp())
        # A country's people share its id: the place names the row, whichever came first.
        self.kind = min(self.kind, found.type, key=lambda kind: (kind == "NORP", _TYPES[kind]))
        self.samples["articles"].see(Row(_key(message.article_id), second, len(found.spans)), now)
        self.samples["lineages"].see(Row(_key(message.lineage), second), now)
        if message.publisher is not None:
            self.samples["publishers"].see(Row(_key(message.publisher), second), now)
        for metric, count in sorted(found.figures.items()):
            if metric not in self.metrics and len(self.metrics) < MOST_METRICS:
                self.metrics.append(metric)
            if metric in self.metrics:
                row = Row(_key(message.article_id, metric), second, count, self.metrics.index(metric))
                self.samples["figures"].see(row, now)

    def tallied(self, at: datetime) -> EntityTallied:
        """The entity's rolling table at a time. Windows are (at - window, at], by the second."""
        now = int(at.timestamp())
        figures: Counter[str] = Counter()
        for seen, amount, kind, weight in self.samples["figures"].since(now - WEEK):
            if seen <= now:
                figures[self.metrics[kind]] += amount * weight
        articles, mentions = self._counts("articles", now)
        lineages, _ = self._counts("lineages", now)
        publishers, _ = self._counts("publishers", now)
        windows = {
            name: Window(mentions=mentions[i], articles=articles[i], lineages=lineages[i], publishers=publishers[i])
            for i, name in enumerate(WINDOWS)
        }
        return EntityTallied(
            entity=self.entity,
            name=self.name,
            type=self.kind,
            as_of=at,
            windows=windows,
            figures=dict(sorted(figures.items())),
            first_seen=self.first,
            last_seen=self.last,
        )

    def fell(self, since: datetime, now: datetime) -> bool:
        """Whether a count is lower at `now` than at `since`: something left a window in between."""
        first, last = int(since.timestamp()), int(now.timestamp())
        return any(
            first - seconds < seen <= last - seconds
            for sample in self.samples.values()
            for seen, *_ in sample.since(first - WEEK)
            for seconds in WINDOWS.values()
        )

    def _counts(self, what: str, now: int) -> tuple[list[int], list[int]]:
        """Things and the sum of their amounts, in each window."""
        hour, day = now - WINDOWS["1h"], now - WINDOWS["24h"]
        things, amounts = [0, 0, 0], [0, 0, 0]
        for seen, amount, _, weight in self.samples[what].since(now - WEEK):
            if seen <= now:
                narrowest = 0 if seen > hour else 1 if seen > day else 2
                things[narrowest] += weight
                amounts[narrowest] += amount * weight
        return list(accumulate(things)), list(accumulate(amounts))


def _key(*parts: str) -> int:
    """64 bits that name a thing; a million things collide with probability 3e-8."""
    return int(xxhash.xxh3_64_intdigest("\x1f".join(parts).encode("utf-8", "surrogatepass")))
