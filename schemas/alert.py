"""An alert: a key figure changed, or two voices contradict each other."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.claim import Claim
from schemas.message import Message, Word
from schemas.metrics import Metric
from schemas.verdict import Severity, VerdictName


class Side(Word):
    """One side of an alert: a voice, its claim, and how many outlets and origins carry it."""

    voice: str = Field(description="Shown name of who says it.")
    claim: str = Field(description="Claim id.")
    outlets: int = Field(ge=1)
    origins: int = Field(ge=1, description="Distinct lineages: copies of one text are one origin.")
    agencies: tuple[str, ...] = Field(default=(), description="News agencies that its articles credit.")


class AlertRaised(Message):
    """One alert of one series and one pair of voices. A later message with the same fingerprint replaces it."""

    TYPE: ClassVar[str] = "news.alert.raised"

    id: str = Field(description="fingerprint:sequence; the same on every replay. Subscribers drop repeats by it.")
    fingerprint: str
    sequence: int = Field(ge=1)
    message_type: Literal["alert", "update", "cancel"]
    references: tuple[str, ...] = Field(default=(), description="Ids of the alerts this one updates or cancels.")
    severity: Severity
    verdict: VerdictName
    flags: tuple[str, ...]
    reason: str
    because: tuple[str, ...]
    ratio: float | None
    series: str
    label: str
    metric: Metric
    attribution: str = Field(description="One line ready to copy, built from the claims' own words.")
    sides: tuple[Side, Side]
    claims: tuple[Claim, Claim] = Field(description="The two claims, in the order of the attribution line.")
    raised: AwareDatetime

    def record_id(self) -> str:
        return self.id
