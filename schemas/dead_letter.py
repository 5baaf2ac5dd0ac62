"""A record nobody could use, with everything needed to see why and to play it again."""

from __future__ import annotations

from typing import ClassVar

from pydantic import AwareDatetime, Base64Bytes, Field

from schemas.message import Message, Word

KEPT_BYTES = 64 * 1024
"""Of a body above the size limit the hash and the first 64 KiB are kept; smaller ones are kept whole."""


class Origin(Word):
    """The record's address: read it again from there while the topic's retention lasts."""

    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)


class ArticleRejected(Message):
    """A dead letter of any stage (most are articles that admit refused; `stage` tells)."""

    TYPE: ClassVar[str] = "news.article.rejected"

    id: str
    stage: str
    reason: str = Field(description="Stable code to count and filter by.")
    field: str | None
    problem: str
    fix: str
    origin: Origin
    key: Base64Bytes | None
    body: Base64Bytes | None = Field(description="Original bytes; None for a tombstone.")
    body_size: int = Field(ge=0, description="Bytes of the original.")
    body_sha256: str | None
    complete: bool = Field(description="False when `body` is only the first 64 KiB.")
    rejected: AwareDatetime

    def record_id(self) -> str:
        return self.id
