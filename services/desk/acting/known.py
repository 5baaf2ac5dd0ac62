"""What the acts ask of the store before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from schemas.dead_letter import ArticleRejected
from schemas.desk_act import DeskActed, TargetKind
from schemas.entity_join import EntityJoined
from schemas.verdict import Severity
from services.desk.queries.held import HeldItem


class Known(Protocol):
    """What the desk knows now. Each gives None for a name it does not know."""

    async def has(self, kind: TargetKind, target: str) -> bool:
        """Whether there is an alert, a figure, a claim or a person of that name."""

    async def silence(self, target: str, now: datetime) -> DeskActed | None:
        """The silence that stands on an alert or a figure."""

    async def severity(self, kind: TargetKind, target: str) -> Severity:
        """How severe an alert is, or the worst open conflict of a figure; "warning" of a figure without one: what is
        silenced in advance is what editors are bothered with, and nothing critical."""

    async def held(self, id_: str) -> HeldItem | None:
        """A held verdict, decided or not."""

    async def letter(self, id_: str) -> ArticleRejected | None: ...

    async def stands_for(self, entity: str) -> str | None:
        """The id under which the entity is known now: its own, or the one it was merged into."""

    async def joins(self, entity: str) -> Sequence[EntityJoined]:
        """Every merge and unmerge of `entity`, either way round, in the order of their topic."""
