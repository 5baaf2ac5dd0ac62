"""A revision of an article, told to whoever holds claims of the text it takes the place of."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from schemas.message import Message


class ArticleRevised(Message):
    """An article's text took the place of an earlier one. One for each partition of the claims.

    The new text may have no claim any more where the old one had some; nobody but the ledger knows where that was.
    """

    TYPE: ClassVar[str] = "news.article.revised"

    partition: int = Field(ge=0, description="Partition of the claims' topic whose reader it is for.")
    article_id: str
    revises: str = Field(description="article_id of the text that no longer holds.")
    correction: bool = Field(description="Whether the publisher says that an earlier version was wrong.")
    blocks: tuple[str, ...] = Field(
        description="Blocks in which the new text has claims: their messages replace what the old text said there."
    )

    def record_id(self) -> str:
        return f"{self.article_id}:{self.partition}"
