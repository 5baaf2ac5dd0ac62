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


class TextQuote(Word):
    """Where one of the two numbers stands: a W3C text-quote selector (exact, prefix, suffix) and the offsets."""

    claim: str = Field(description="Claim id.")
    article: str = Field(description="The publisher's own id of the article.")
    article_id: str
    publisher: str | None
    start: int = Field(ge=0, description="Characters of the article's text, [start, end).")
    end: int = Field(ge=0)
    exact: str
    prefix: str = Field(description="The words of its sentence before it.")
    suffix: str = Field(description="The words of its sentence after it.")


class Links(Word):
    """Paths of the desk, below whatever address it has."""

    figure: str = Field(description="Who says what of the count, and how it changed.")
    explanation: str = Field(description="The alert's own page: both quotes, and why it was raised.")


class Correction(Word):
    """A claim that a publisher changed or withdrew: what stood there, and what stands there now."""

    claim: str = Field(description="Id of the claim that no longer holds.")
    was: str = Field(description="The old figure as written.")
    now: str | None = Field(description="The new figure as written; None: the new text has none in its place.")
    by: str | None = Field(default=None, description="Id of the claim that takes its place.")
    article_id: str = Field(description="The revision that says so.")
    noted: bool = Field(description="Whether the publisher says in a note that the earlier text was wrong.")


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
    quotes: tuple[TextQuote, ...] = Field(default=(), description="Where the numbers stand, in the order of `claims`.")
    links: Links | None = None
    corrections: tuple[Correction, ...] = Field(
        default=(), description="Claims that an earlier alert of this fingerprint used and that no longer hold."
    )
    wrong: tuple[str, ...] = Field(default=(), description="Ids of the alerts that were sent with those claims.")

    def record_id(self) -> str:
        return self.id
