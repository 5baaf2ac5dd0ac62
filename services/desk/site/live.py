"""The board's sections as HTML, made once per change for everybody who looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.site import board
from services.desk.site.asked import Asked
from services.desk.site.render import Renderer
from services.desk.store.database import Database
from services.desk.store.projector import Projector

SECTIONS = ("urgent", "alerts", "figures", "notes", "entities", "rejected")
"""The parts of the board that are swapped whole when they change; each is a template section_NAME.html."""


KEPT = timedelta(minutes=1)
"""For how long a board stands without news: silences end, and alerts leave the strip and the last hour, by the clock
alone. It shows times to the minute."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The board at one moment. `id` names the content of its sections, whoever made it."""

    id: str
    sections: dict[str, str]
    board: board.Board


class Live:
    """Makes snapshots. `stale` says that the store has changed since the last one."""

    def __init__(
        self,
        database: Database,
        renderer: Renderer,
        following: Projector,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._following = following
        self._clock = clock
        self._zone = zone
        self._made: Snapshot | None = None
        self._begun = clock()
        self._changes = 0

    def stale(self) -> None:
        self._made = None
        self._changes += 1

    async def snapshot(self) -> Snapshot:
        """The board now, or as last made if nothing changed since and that is not KEPT ago."""
        now = self._clock()
        late = abs(now - self._begun) >= KEPT
        while self._made is None or late:
            late, self._begun = False, now  # of those who ask meanwhile nobody makes another: they get the last one
            changes = self._changes
            made = await self._make()
            if changes == self._changes:  # else it was read before the change, and would be shown until the next one
                self._made = made
        return self._made

    async def _make(self) -> Snapshot:
        async with self._database.reading() as db:
            shown = await board.view(db, Asked(self._clock(), self._zone))
        sections = {name: self._renderer.fragment(f"section_{name}.html", board=shown) for name in SECTIONS}
        content = blake2b("\0".join(sections.values()).encode("utf-8", "replace"), digest_size=8).hexdigest()
        return Snapshot(content, sections, shown)

    def twin(self, snapshot: Snapshot) -> dict[str, Any]:
        """The board as JSON."""
        return board.twin(snapshot.board)

    def pulse(self, snapshot: Snapshot) -> str:
        """The line that says whether news still comes in, and how much is held. Differs from second to second."""
        return self._renderer.fragment(
            "pulse.html", last=snapshot.board.last, counts=snapshot.board.counts, following=self._following
        )
