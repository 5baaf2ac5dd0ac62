"""What a person decided of a verdict that was held (rules.md R8)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.message import Message

Decision = Literal["released", "dismissed"]


class ReviewDecided(Message):
    """A held verdict is released, and its alert goes out, or dismissed, and not asked again. The first word stands."""

    TYPE: ClassVar[str] = "news.review.decided"

    id: str = Field(min_length=1, max_length=64, description="As `counterclaim review list` names it: hld-…")
    block: str = Field(min_length=1, max_length=512, description="Block of the verdict: it finds the right partition.")
    decision: Decision
    by: str = Field(min_length=1, max_length=200, description="Who decided.")
    why: str = Field(min_length=1, max_length=1000)
    at: AwareDatetime

    def record_id(self) -> str:
        return f"{self.id}:{self.decision}"
