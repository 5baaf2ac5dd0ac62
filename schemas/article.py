"""An article on its way: as published, as admitted, as traced."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.identity import identity
from schemas.ids import article_id, content_hash
from schemas.message import Message, Word

MAX_TEXT = 1_000_000
"""Characters. The longest article in 21,000 measured has 92,000; a live blog of a day stays under 400,000."""

MAX_LINES = 10_000
"""Lines with something on them. The longest article in 23,000 has 358; each line may cost a span of 55 bytes down the
whole path, and 190,000 of them made a message that no topic takes, after nine seconds."""


def lines_in(text: str) -> int:
    """How many lines of `text` hold more than white space."""
    return sum(1 for line in text.split("\n") if line and not line.isspace())


class ArticlePublished(Message):
    """An article as its publisher sent it. Only `id` and `text` are needed; what is null is looked for in the text."""

    TYPE: ClassVar[str] = "news.article.published"

    id: str = Field(min_length=1, max_length=512, description="The publisher's own name for the article.")
    url: str | None = Field(default=None, max_length=4096, description="Where it stands; http or https.")
    publisher: str | None = Field(default=None, max_length=256, description="Who published it.")
    published: str | None = Field(
        default=None,
        max_length=64,
        description="ISO 8601 date or time as the publisher gave it; without a zone it is UTC.",
    )
    title: str | None = Field(default=None, max_length=4096)
    text: str = Field(min_length=1, max_length=MAX_TEXT, description="The whole text, paragraphs apart by newlines.")

    def record_id(self) -> str:
        return article_id(identity(self.url, self.publisher, self.id), content_hash(self.title, self.text))


class Junk(Word):
    """A stretch of text that is not the article: [start, end) in characters of `text`, and why."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    reason: str


class Span(Word):
    """A stretch of text: [start, end) in characters."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


PublishedFrom = Literal["publisher", "text", "arrival"]


class ArticleAdmitted(Message):
    """An article that passed the door. `text` is what came, to the character: every offset stays true."""

    TYPE: ClassVar[str] = "news.article.admitted"

    article_id: str
    article: str = Field(description="The publisher's own id.")
    identity: str = Field(description="Canonical URL, or urn:counterclaim:PUBLISHER:ID without one.")
    url: str | None
    publisher: str | None
    published: AwareDatetime = Field(description="UTC. When the publisher says it appeared.")
    published_from: PublishedFrom = Field(
        description="Whether the publisher gave the date, the text does, or it is the arrival."
    )
    title: str | None
    text: str
    language: str = Field(description="ISO 639-1, or und where it cannot be told.")
    content_hash: str
    revision: int = Field(ge=1, description="1 for the first text seen under this identity, then counted up.")
    revises: str | None = Field(description="article_id of the revision before.")
    junk: tuple[Junk, ...]
    agencies: tuple[str, ...] = Field(default=(), description="News agencies credited in dateline, byline or credit.")
    correction: Span | None = Field(
        default=None, description="Where the publisher says that an earlier version was wrong."
    )
    arrived: AwareDatetime = Field(description="Broker timestamp of the published record.")

    def record_id(self) -> str:
        return self.article_id


TraceKind = Literal["exact", "copy", "abridged", "update", "new"]


class ArticleTraced(ArticleAdmitted):
    """An admitted article and where its words come from."""

    TYPE: ClassVar[str] = "news.article.traced"

    trace: TraceKind
    copy_of: str | None = Field(description="article_id of the earlier article whose text this repeats.")
    lineage: str = Field(description="Origin cluster: article_id of the first article seen with these words.")
    containment: float = Field(
        ge=0, le=1, description="Share of the smaller sketch found in the other, 0 for a new text."
    )
    changed: tuple[Span, ...] = Field(
        default=(), description="Of an update: the numbers of this text that the text it repeats does not have."
    )
