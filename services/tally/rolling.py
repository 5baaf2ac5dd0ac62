"""One entity's row of the table: its name, when it was seen, four samples that every rolling count is made of, the
latest figure of each metric, and whom it is named with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, get_args

import orjson
import xxhash

from schemas.entity import (
    Companion,
    EntitiesMentioned,
    EntityInArticle,
    EntityTallied,
    EntityType,
    FigureOf,
    Window,
    WindowName,
)
from services.tally.sample import DAY, HOUR, WEEK, Row, Sample

WINDOWS: dict[WindowName, int] = {"1h": HOUR, "24h": DAY, "7d": WEEK}
"""Seconds of each window."""

_EDGES = sorted({edge for seconds in WINDOWS.values() for edge in (seconds, 2 * seconds)})
"""Ages at which something leaves a window, or the window before it."""

ROOM = {
    "articles": (600, HOUR, 2 * WEEK),  # two weeks: the trend of a week is against the week before
    "lineages": (550, HOUR, WEEK),
    "publishers": (200, HOUR, WEEK),
    "figures": (300, DAY, WEEK),
}
"""Rows kept of each kind, their slots and for how long; 20 bytes a row: 33 kB when all are full, and 6 kB of levels."""

MOST_COMPANIONS = 40
"""Names counted beside an entity, 110 bytes each; the one least often met gives way, so the tail is an estimate."""
SHOWN_COMPANIONS = 10
_NAME_KEPT = 60
_WORDS_KEPT = 120
"""Characters of a name, and of a figure's words: 19 metrics then take 9 kB at most."""

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
        self.latest: dict[str, FigureOf] = {}
        self.companions: dict[str, _Company] = {}

    @classmethod
    def decode(cls, value: bytes) -> Rolling:
        """The state in a table value that `encode` wrote."""
        stored: dict[str, Any] = orjson.loads(value)
        state = cls(stored["entity"], stored["name"], stored["type"], datetime.fromisoformat(stored["first"]))
        state.last = datetime.fromisoformat(stored["last"])
        state.metrics = stored["metrics"]
        state.samples = {what: Sample(*room, *stored[what]) for what, room in ROOM.items()}
        state.latest = {row["metric"]: FigureOf.model_validate(row, strict=False) for row in stored["latest"]}
        state.companions = {
            entity: _Company(name, {int(day): articles for day, articles in days.items()})
            for entity, (name, days) in stored["companions"].items()
        }
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
                "latest": [figure.model_dump(mode="json") for _, figure in sorted(self.latest.items())],
                "companions": {
                    entity: (met.name, {str(day): articles for day, articles in sorted(met.days.items())})
                    for entity, met in sorted(self.companions.items())
                },
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
        if self.samples["articles"].see(Row(_key(message.article_id), second, len(found.spans)), now):
            self._meet(message, second // DAY, now // DAY)
        self.samples["lineages"].see(Row(_key(message.lineage), second), now)
        if message.publisher is not None:
            self.samples["publishers"].see(Row(_key(message.publisher), second), now)
        for metric, count in sorted(found.figures.items()):
            if metric not in self.metrics and len(self.metrics) < MOST_METRICS:
                self.metrics.append(metric)
            if metric in self.metrics:
                row = Row(_key(message.article_id, metric), second, count, self.metrics.index(metric))
                self.samples["figures"].see(row, now)
        for figure in found.latest:
            self._heed(figure)

    def unite(self, other: Rolling) -> None:
        """Take in all that `other` has counted, as if it had been said of this entity (joins.py says what is exact)."""
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        self.metrics += [metric for metric in other.metrics if metric not in self.metrics]
        kinds = [self.metrics.index(metric) for metric in other.metrics]
        for what, sample in self.samples.items():
            sample.unite(other.samples[what], kinds if what == "figures" else ())
        for figure in other.latest.values():
            self._heed(figure)
        for entity, theirs in other.companions.items():
            met = self.companions.setdefault(entity, _Company(theirs.name, {}))
            for day, articles in theirs.days.items():
                met.days[day] = met.days.get(day, 0) + articles

    def _heed(self, figure: FigureOf) -> None:
        """Keep a figure if it is the latest of its metric."""
        known = self.latest.get(figure.metric)
        if known is None or (known.as_of, known.claim) < (figure.as_of, figure.claim):
            self.latest[figure.metric] = _clipped(figure)

    def _meet(self, message: EntitiesMentioned, day: int, today: int) -> None:
        """Count an article's other names, once an article; what is older than a week goes."""
        for other in message.company:
            if other.entity != self.entity:
                met = self.companions.setdefault(other.entity, _Company(other.name[:_NAME_KEPT], {}))
                met.days[day] = met.days.get(day, 0) + 1
        for met in self.companions.values():
            met.days = {kept: articles for kept, articles in met.days.items() if kept > today - 7}
        ranked = sorted((entity for entity, met in self.companions.items() if met.days), key=self._rank)
        self.companions = {entity: self.companions[entity] for entity in ranked[:MOST_COMPANIONS]}

    def _rank(self, entity: str) -> tuple[int, str]:
        return -sum(self.companions[entity].days.values()), entity

    def _company(self, today: int) -> tuple[Companion, ...]:
        counted = [
            (sum(articles for day, articles in met.days.items() if today - 7 < day <= today), entity, met.name)
            for entity, met in self.companions.items()
        ]
        most = sorted((-articles, entity, name) for articles, entity, name in counted if articles)[:SHOWN_COMPANIONS]
        return tuple(Companion(entity=entity, name=name, articles=-less) for less, entity, name in most)

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
            name: Window(
                mentions=mentions[i],
                articles=articles[i],
                lineages=lineages[i],
                publishers=publishers[i],
                before=self._before(now, seconds),
            )
            for i, (name, seconds) in enumerate(WINDOWS.items())
        }
        return EntityTallied(
            entity=self.entity,
            name=self.name,
            type=self.kind,
            as_of=at,
            windows=windows,
            figures=dict(sorted(figures.items())),
            latest=tuple(figure for _, figure in sorted(self.latest.items())),
            companions=self._company(now // DAY),
            first_seen=self.first,
            last_seen=self.last,
        )

    def fell(self, since: datetime, now: datetime) -> bool:
        """Whether a count is lower at `now` than at `since`: something left a window in between."""
        first, last = int(since.timestamp()), int(now.timestamp())
        return any(
            first - edge < seen <= last - edge
            for sample in self.samples.values()
            for seen, *_ in sample.since(first - 2 * WEEK)
            for edge in _EDGES
        )

    def _before(self, now: int, seconds: int) -> int:
        """Articles of the window before the one that ends now."""
        first, last = now - 2 * seconds, now - seconds
        return sum(weight for seen, _, _, weight in self.samples["articles"].since(first) if seen <= last)

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


def _clipped(figure: FigureOf) -> FigureOf:
    names = {"speaker": figure.speaker, "publisher": figure.publisher}
    shorter = {field: name[:_NAME_KEPT] for field, name in names.items() if name is not None}
    return figure.model_copy(update={"words": figure.words[:_WORDS_KEPT], **shorter})


@dataclass(slots=True)
class _Company:
    """A name met in the same articles: how many of each day (days since 1970, UTC)."""

    name: str
    days: dict[int, int]


def _key(*parts: str) -> int:
    """64 bits that name a thing; a million things collide with probability 3e-8."""
    return int(xxhash.xxh3_64_intdigest("\x1f".join(parts).encode("utf-8", "surrogatepass")))
