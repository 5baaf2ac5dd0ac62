"""A figure's series: everything comparable that was said about one count, and the conflicts open in it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.claim import Claim
from schemas.message import Message, Word
from schemas.metrics import Metric
from schemas.verdict import Severity


class LifeStep(Word):
    """One step in the life of a conflict: what happened, why, when it was learned, and the claims that show it."""

    what: Literal["opened", "widened", "narrowed", "joined", "restated", "resolved", "reopened", "changed"] = Field(
        description="restated: told again with other words and the same gap; changed: one voice's own change."
    )
    cause: str = Field(description="Stable code: disjoint, ratio_moved, new_speaker, intervals_met, stale, …")
    at: AwareDatetime
    claims: tuple[str, ...] = Field(description="Claim ids: the evidence.")
    alert: str | None = Field(default=None, description="Id of the alert told at this step, if one was.")
    amends: tuple[str, ...] = Field(default=(), description="Claims that no longer hold, which it puts right.")


class Conflict(Word):
    """Two voices whose intervals do not meet (rules.md R9). One id, the alert's fingerprint, from birth to end."""

    id: str
    one: str = Field(description="Claim id.")
    other: str = Field(description="Claim id.")
    severity: Severity
    ratio: float | None
    flags: tuple[str, ...]
    state: Literal["open", "resolved"]
    opened: AwareDatetime
    updated: AwareDatetime
    cause: str = Field(description="Why it is in this state: opened, ratio_moved, intervals_met, stale, …")
    steps: tuple[LifeStep, ...] = Field(default=(), description="Its life, oldest first: the birth and the latest.")
    dropped: int = Field(default=0, ge=0, description="Steps left out after the first one, to keep it small.")


class FigureStated(Message):
    """The latest state of one series."""

    TYPE: ClassVar[str] = "news.figure.stated"

    series: str
    block: str
    label: str = Field(description="For people: 'People present, Belarus-Poland'.")
    metric: Metric
    unit: str
    whose: str | None
    places: tuple[str, ...]
    window: str | None
    statements: tuple[Claim, ...] = Field(description="The latest claim of each voice at each scope, oldest first.")
    conflicts: tuple[Conflict, ...]
    updated: AwareDatetime

    def record_id(self) -> str:
        return f"{self.series}:{self.updated.isoformat()}"
