"""A claim: who says which number of what, and the words it stands in (rules.md R1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from schemas.message import Message, Word
from schemas.metrics import Metric

Bound = Literal["exact", "approx", "lower", "upper", "range", "vague"]
Status = Literal["asserted", "confirmed", "estimated", "feared", "planned", "correction", "denied", "unverified"]
"""`denied`: somebody says it is not so; `unverified`: somebody could not check it. Nobody vouches for either."""
Kind = Literal["stock", "cumulative", "flow"]
Part = Literal["text", "title"]
Role = Literal["total", "subset", "previous", "change"]


class Claim(Word):
    """One figure of one article.

    Offsets are characters of the article's `text`, or of its `title` where `part` says so, [start, end). `high` None
    means no upper end. A soft end may be passed without conflict ("hundreds" can turn out to be 2,000); a hard end
    may not.
    """

    id: str
    article: str = Field(description="The publisher's own id of the article.")
    article_id: str
    publisher: str | None
    lineage: str = Field(description="Origin cluster of the article: copies of one text share it.")
    agencies: tuple[str, ...] = Field(default=(), description="News agencies the article credits.")
    published: AwareDatetime
    reader: str = Field(description="Version of the reading rules, so that an old claim can be read again.")

    words: str = Field(min_length=1, description="The figure as written, text[start:end].")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    part: Part = Field(
        default="text",
        exclude_if=lambda part: part == "text",
        description="What it stands in. A claim of the title is a number that the text does not tell; it is held "
        "against that text alone. Left out of the JSON of a claim of the text.",
    )
    sentence: str = Field(description="The sentence it stands in, text[sentence_start:sentence_end].")
    sentence_start: int = Field(ge=0)
    sentence_end: int = Field(ge=0)
    sentence_index: int = Field(ge=0, description="Number of the sentence in the article; neighbours may be parallel.")
    before: str = Field(
        default="",
        description="The end of the sentence before it: 'The attack left 12 dead' leaves out which and where.",
    )
    opening: str = Field(
        default="", description="The title and how the text begins, without `sentence` and `before`: what the news is."
    )

    value: float = Field(
        description="The headline number: n, the floor of 'at least n', the low end of a range or vague plural."
    )
    low: float
    high: float | None
    soft_low: bool = False
    soft_high: bool = False
    bound: Bound
    modifier: str | None = Field(description="The hedge as written: 'approximately', 'at least', 'hundreds of'.")

    counted: str | None = Field(description="The counted noun as written.")
    unit: str = Field(description="people, soldiers, attempts, families, EUR, … : singular things are not converted.")
    metric: Metric
    whose: str | None = Field(
        default=None, description="Whose it is, as an entity name: the Poland of 'Polish soldiers'."
    )
    whose_id: str | None = None
    place: str | None = Field(default=None, description="Place words as written: 'in the camp', 'border with Poland'.")
    places: tuple[str, ...] = Field(
        default=(), description="Entity ids of the places, sorted; a border has two countries."
    )
    place_names: tuple[str, ...] = Field(default=(), description="Names of `places`, in their order.")
    scope: str | None = Field(default=None, description="camp, border, city, district, province, country, …")
    status: Status = "asserted"
    kind: Kind = "stock"
    window: str | None = Field(
        default=None, description="'since 2021-08', 'last 24 hours': the time a flow or a sum covers."
    )
    as_of: AwareDatetime = Field(description="What time the figure is of: from the text, else the publication.")
    as_of_from: Literal["text", "published"] = "published"
    role: Role = "total"

    speaker: str | None = Field(description="Who asserts it; None: the publisher's own voice.")
    speaker_id: str | None = None
    cue: str | None = Field(default=None, description="The attributing words: 'according to', 'said'.")
    via: tuple[str, ...] = Field(default=(), description="Who quotes the speaker, outermost last.")

    block: str = Field(description="Partition key: metric family and country or country pair (design decision 7).")
    region: str | None = Field(default=None, description="The block's countries by name: 'Belarus–Poland'.")

    @model_validator(mode="after")
    def _is_an_interval(self) -> Claim:
        if self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        if self.end <= self.start:
            raise ValueError(f"the evidence span [{self.start}, {self.end}) is empty")
        return self

    def __hash__(self) -> int:
        """By what tells claims apart. To hash all 50 fields takes 5 us, and the ledger asks again and again what it
        worked out of a claim, 230 times of each in a country at war: so it is worked out once. Not by the id alone: one
        id read by other rules may hold other words."""
        known: int | None = self.__dict__.get("_hash")
        if known is None:
            known = self.__dict__["_hash"] = hash((self.id, self.sentence, self.value, self.speaker, self.as_of))
        return known

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, which knows nothing of what was worked out of this claim: pydantic's own would take that along, and
        it is of the old words."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - Claim.model_fields.keys():
            del copied.__dict__[name]
        return copied

    @cached_property
    def voice(self) -> str:
        """Who asserts it for comparison: the speaker, else the publisher, else the article itself. Names in any case
        and spacing are one: "Camp management" that begins its sentence does not contradict "the camp management"."""
        name = self.speaker or self.publisher
        return self.speaker_id or (_folded(name) if name else self.article)

    @property
    def voice_name(self) -> str:
        """The voice for people: the speaker's name, else the publisher's, else "article ID"."""
        return self.speaker or self.publisher or f"article {self.article}"

    @property
    def belongs_to(self) -> str | None:
        """Whose it is, as far as the text says: the entity's id, else the words."""
        return self.whose_id or self.whose


@lru_cache(maxsize=8_192)
def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


class ClaimsMade(Message):
    """All claims of one article that belong to one block. `claims` may not be empty."""

    TYPE: ClassVar[str] = "news.claim.made"

    block: str
    article_id: str
    revision: int = Field(ge=1)
    revises: str | None
    correction: bool = Field(default=False, description="Whether the publisher says that an earlier version was wrong.")
    claims: tuple[Claim, ...] = Field(min_length=1)

    def record_id(self) -> str:
        return f"{self.article_id}:{self.block}"
