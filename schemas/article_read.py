"""What the reader did with an article: how it was read, and the numbers it found that are no figures."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from schemas.entity import Tier
from schemas.message import Message, Word


class RejectedNumber(Word):
    """A number that is no figure: text[start:end], and why."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    reason: str = Field(description="Stable code: date, age, name, ordinal, score, id, …")


class ArticleRead(Message):
    """How one article was read. Its claims and its names travel on topics of their own."""

    TYPE: ClassVar[str] = "news.article.read"

    article_id: str
    language: str = Field(description="ISO 639-1, or und where it cannot be told.")
    figures_read: bool = Field(
        description="False: there are no rules for its language, so that no figure is claimed, whatever it says."
    )
    tier: Tier = Field(description="How names were found.")
    reader: str = Field(description="Version of the reading rules.")
    figures: int = Field(ge=0, description="Figures found, all blocks together.")
    rejected: tuple[RejectedNumber, ...] = Field(description="In text order; of a data dump the first ones.")
    rejected_left_out: int = Field(default=0, ge=0)

    def record_id(self) -> str:
        return self.article_id
