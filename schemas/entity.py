"""Names in the news, and how often they were in it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.message import Message, Word
from schemas.metrics import Metric

EntityType = Literal["PER", "ORG", "GPE", "LOC", "NORP", "FAC"]
Tier = Literal["fast", "deep"]
WindowName = Literal["1h", "24h", "7d"]


class Name(Word):
    """An entity by its id and its name."""

    entity: str
    name: str


class RoleDoubt(Word):
    """A text gives somebody an office of one country; the knowledge base has that kind of office in another.

    Nothing is corrected: either may be wrong.
    """

    start: int = Field(ge=0, description="Where the office and its country stand in the text: text[start:end].")
    end: int = Field(ge=0)
    words: str = Field(description="The office as written: Foreign Secretary of the US.")
    office: str = Field(description="Its kind: foreign minister.")
    says: Name = Field(description="The country that the text names.")
    known: tuple[Name, ...] = Field(min_length=1, description="The countries that the knowledge base has.")


class Mention(Word):
    """One name in one text: text[start:end]."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    type: EntityType
    entity: str = Field(description="Stable id: a Wikidata id (Q184), else minted from the name (x-…).")
    name: str = Field(description="The entity's canonical name.")
    tier: Tier = Field(description="Which tier read the text; all names of a text have the same.")
    doubt: RoleDoubt | None = Field(default=None, description="The office the text gives, where it is known otherwise.")


class FigureOf(Word):
    """The latest figure of one metric about an entity, or said by it, and where it stands."""

    metric: Metric
    words: str = Field(description="As written, text[start:end] of the article.")
    value: float
    speaker: str | None = Field(description="Who asserts it; None: the publisher's own voice.")
    publisher: str | None
    claim: str
    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    as_of: AwareDatetime


class EntityInArticle(Word):
    """One entity and all its mentions in one article."""

    entity: str
    name: str
    type: EntityType
    spans: tuple[tuple[int, int], ...] = Field(min_length=1)
    figures: dict[str, int] = Field(
        default_factory=dict, description="Figures about it or said by it in this article, by metric."
    )
    latest: tuple[FigureOf, ...] = Field(default=(), description="Of each metric the latest of those figures.")
    doubts: tuple[RoleDoubt, ...] = Field(default=(), description="Offices the article gives that are known otherwise.")


class EntitiesMentioned(Message):
    """All entities of one article that live on one partition (their hash says which), so that a hop costs once."""

    TYPE: ClassVar[str] = "news.entity.mentioned"

    article_id: str
    article: str
    publisher: str | None
    lineage: str
    arrived: AwareDatetime
    partition: int = Field(ge=0, description="Partition all of `entities` hash to.")
    tier: Tier = Field(default="fast", description="How names were found: deep is rules and a model, fast rules alone.")
    entities: tuple[EntityInArticle, ...] = Field(min_length=1)
    company: tuple[Name, ...] = Field(default=(), description="The entities the article names most, of any partition.")

    def record_id(self) -> str:
        return f"{self.article_id}:{self.partition}"


class Window(Word):
    """Counts of one rolling window by arrival."""

    mentions: int = Field(ge=0)
    articles: int = Field(ge=0)
    lineages: int = Field(ge=0, description="Distinct origins: five copies of one wire text are one.")
    publishers: int = Field(ge=0)
    before: int = Field(default=0, ge=0, description="Articles of the window before: the trend is articles / before.")


class Companion(Name):
    """An entity that stands in the same articles."""

    articles: int = Field(ge=1, description="Articles of the last 7 days that name both.")


class EntityTallied(Message):
    """One entity's rolling table."""

    TYPE: ClassVar[str] = "news.entity.tallied"

    entity: str
    name: str
    type: EntityType
    as_of: AwareDatetime
    windows: dict[WindowName, Window]
    figures: dict[str, int] = Field(description="Figures of the last 7 days, by metric.")
    latest: tuple[FigureOf, ...] = Field(default=(), description="The latest figure of each metric, by metric.")
    companions: tuple[Companion, ...] = Field(default=(), description="Whom it is named with most, most often first.")
    first_seen: AwareDatetime
    last_seen: AwareDatetime

    def record_id(self) -> str:
        return f"{self.entity}:{self.as_of.isoformat()}"
