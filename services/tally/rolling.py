"""What is known of one entity: its name, when it was seen, three samples that every rolling count is made of, the
figures told of it and the latest of each metric, and whom it is named with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import orjson

from schemas.entity import EntityTallied, EntityType, FigureOf, WindowName
from services.tally.company import Company
from services.tally.figures import Figures
from services.tally.heard import Heard
from services.tally.sample import DAY, HOUR, WEEK, Sample

WINDOWS: dict[WindowName, int] = {"1h": HOUR, "24h": DAY, "7d": WEEK}
"""Seconds of each window."""

_EDGES = sorted({edge for seconds in WINDOWS.values() for edge in (seconds, 2 * seconds)})
"""Ages at which something leaves a window, or the window before it."""

ROOM = {
    "articles": (600, 2 * WEEK),  # two weeks: the trend of a week is against the week before
    "lineages": (550, WEEK),
    "publishers": (200, WEEK),
}
"""Rows kept of each kind and for how long; 19 bytes a row: 26 kB when all are full."""

_TYPES = {kind: i for i, kind in enumerate(get_args(EntityType))}


class Rolling:
    """The state of one entity. `last` is its latest arrival, and the time its windows are counted at."""

    __slots__ = ("company", "entity", "figures", "first", "kind", "last", "latest", "name", "samples")

    def __init__(self, entity: str, name: str, kind: EntityType, seen: datetime) -> None:
        """An entity first seen at `seen`."""
        self.entity = entity
        self.name = name
        self.kind = kind
        self.first = seen
        self.last = seen
        self.samples = {what: Sample(*room) for what, room in ROOM.items()}
        self.figures = Figures()
        self.latest: dict[str, FigureOf] = {}
        self.company = Company()

    @classmethod
    def decode(cls, value: bytes) -> Rolling:
        """The state that `encode` wrote."""
        stored: dict[str, Any] = orjson.loads(value)
        state = cls(stored["entity"], stored["name"], stored["type"], datetime.fromisoformat(stored["first"]))
        state.last = datetime.fromisoformat(stored["last"])
        state.samples = {what: Sample(*room, *stored[what]) for what, room in ROOM.items()}
        state.figures = Figures(stored["figures"])
        state.latest = {row["metric"]: FigureOf.model_validate(row, strict=False) for row in stored["latest"]}
        state.company = Company(stored["companions"])
        return state

    def encode(self) -> bytes:
        """The state as JSON: below 64 kB, and the same bytes for the same state."""
        return orjson.dumps(
            {
                "entity": self.entity,
                "name": self.name,
                "type": self.kind,
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
                **{what: sample.pack() for what, sample in self.samples.items()},
                "figures": self.figures.pack(),
                "latest": [figure.model_dump(mode="json") for _, figure in sorted(self.latest.items())],
                "companions": self.company.pack(),
            },
            option=orjson.OPT_SORT_KEYS,
        )

    @classmethod
    def first_seen(cls, heard: Heard) -> Rolling:
        """The state of an entity before what is heard first of it is entered."""
        return cls(heard.entity, heard.name, heard.kind, heard.source.arrived)

    def enter(self, heard: Heard) -> None:
        """Enter what one article says of the entity; a second time, that changes nothing."""
        source = heard.source
        second = int(source.arrived.timestamp())
        self.first = min(self.first, source.arrived)
        self.last = max(self.last, source.arrived)
        now = int(self.last.timestamp())
        if heard.kind != self.kind:
            # A country's people share its id: the place names the row, whichever came first.
            self.kind = min(self.kind, heard.kind, key=lambda kind: (kind == "NORP", _TYPES[kind]))
        articles = self.samples["articles"]
        known = source.article in articles
        if articles.see(source.article, second, now, heard.mentions) and not known:
            self._count(heard, second, now, articles.weight(second))
        self.samples["lineages"].see(source.lineage, second, now)
        if source.publisher is not None:
            self.samples["publishers"].see(source.publisher, second, now)
        for figure in heard.latest:
            self._heed(figure)

    def _count(self, heard: Heard, second: int, now: int, articles: int) -> None:
        """Add what can only be added up, once an article; of a sample, each stands for so many `articles`."""
        self.company.meet(self.entity, heard.source.company, second // DAY, now // DAY, articles)
        for metric, told in heard.figures.items():
            self.figures.tell(metric, told * articles, second, now)

    def unite(self, other: Rolling) -> None:
        """Take in all that `other` has counted, as if it had been said of this entity (joins.py says what is exact)."""
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        for what, sample in self.samples.items():
            sample.unite(other.samples[what])
        self.figures.unite(other.figures)
        for figure in other.latest.values():
            self._heed(figure)
        self.company.unite(other.company)

    def _heed(self, figure: FigureOf) -> None:
        """Keep a figure if it is the latest of its metric."""
        known = self.latest.get(figure.metric)
        if known is None or (known.as_of, known.claim) < (figure.as_of, figure.claim):
            self.latest[figure.metric] = figure

    def tallied(self, at: datetime) -> EntityTallied:
        """The entity's rolling table at a time, `last` or later. Windows are (at - window, at], by the second."""
        now = int(at.timestamp())
        # Validated in one call: made one by one, windows and companions took a third of the time of a table.
        return EntityTallied.model_validate(
            {
                "entity": self.entity,
                "name": self.name,
                "type": self.kind,
                "as_of": at,
                "windows": self._windows(now),
                "figures": self.figures.counted(now),
                "latest": tuple(figure for _, figure in sorted(self.latest.items())),
                "companions": self.company.most(now // DAY),
                "first_seen": self.first,
                "last_seen": self.last,
            },
            strict=False,
        )

    def _windows(self, now: int) -> dict[WindowName, dict[str, int]]:
        """The fields of each `Window`."""
        starts = [now - seconds for seconds in WINDOWS.values()]
        earlier = [now - 2 * seconds for seconds in WINDOWS.values()]
        articles = self.samples["articles"].line.since(*starts, *earlier)
        lineages = self.samples["lineages"].line.since(*starts)
        publishers = self.samples["publishers"].line.since(*starts)
        return {
            name: {
                "mentions": articles[i][1],
                "articles": articles[i][0],
                "lineages": lineages[i][0],
                "publishers": publishers[i][0],
                "before": articles[len(WINDOWS) + i][0] - articles[i][0],
            }
            for i, name in enumerate(WINDOWS)
        }

    def next_fall(self, since: datetime) -> int | None:
        """The first second after `since` at which a count falls because something leaves a window; None: never."""
        now = int(since.timestamp())
        falls = [
            seen + edge
            for line in (*(sample.line for sample in self.samples.values()), *self.figures.lines)
            for edge in _EDGES
            if (seen := line.first_after(now - edge)) is not None
        ]
        return min(falls, default=None)
