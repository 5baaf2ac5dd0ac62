"""Two ids of one entity made one, and taken apart again: what a person said, never rewritten."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.message import Message


class EntityJoined(Message):
    """`entity` is the same as `into` (merge), or the latest such merge of these two is taken back (unmerge)."""

    TYPE: ClassVar[str] = "news.entity.joined"

    op: Literal["merge", "unmerge"]
    entity: str = Field(min_length=1, max_length=200, description="The id that is given up.")
    into: str = Field(min_length=1, max_length=200, description="The id that stands for both.")
    by: str = Field(min_length=1, max_length=200, description="Who says so.")
    why: str = Field(min_length=1, max_length=1000)
    at: AwareDatetime = Field(description="When it was said: the order that counts is the topic's.")

    def record_id(self) -> str:
        return f"{self.op}:{self.entity}:{self.into}:{self.at.isoformat()}"
