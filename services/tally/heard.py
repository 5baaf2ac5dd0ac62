"""What one article says of one entity, in the form in which a row keeps it for a while (stored.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import xxhash

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityType, FigureOf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def key(*parts: str) -> int:
    """64 bits that name a thing; a million things collide with probability 3e-8."""
    return int(xxhash.xxh3_64_intdigest("\x1f".join(parts).encode("utf-8", "surrogatepass")))


@dataclass(frozen=True, slots=True)
class Source:
    """The article: when it arrived (UTC), keys of its id, its origin and its publisher, the names it names most."""

    arrived: datetime
    article: int
    lineage: int
    publisher: int | None
    company: tuple[str, ...]

    @classmethod
    def of(cls, message: EntitiesMentioned) -> Source:
        """The article that a message is about."""
        return cls(
            arrived=message.arrived.astimezone(UTC),
            article=key(message.article_id),
            lineage=key(message.lineage),
            publisher=key(message.publisher) if message.publisher is not None else None,
            company=tuple(other.entity for other in message.company),
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """What the article says of the entity. `names`: of the company those that the entity's row does not have yet."""

    source: Source
    kind: EntityType
    mentions: int
    figures: dict[str, int]
    latest: tuple[FigureOf, ...]
    names: dict[str, str]

    @classmethod
    def of(cls, found: EntityInArticle, source: Source, latest: tuple[FigureOf, ...], names: dict[str, str]) -> Heard:
        """What `found` says; `latest` are those of its figures that are news to the entity's row."""
        return cls(source, found.type, len(found.spans), found.figures, latest, names)

    def pack(self) -> bytes:
        """One JSON array: 250 bytes as a rule."""
        source = self.source
        return orjson.dumps(
            (
                (source.arrived - _EPOCH) // _MICROSECOND,
                source.article,
                source.lineage if source.lineage != source.article else None,
                source.publisher,
                source.company,
                self.kind,
                self.mentions,
                self.figures,
                [figure.model_dump(mode="json") for figure in self.latest],
                self.names,
            )
        )

    @classmethod
    def unpack(cls, stored: list[Any]) -> Heard:
        """What the parsed array of `pack` says."""
        arrived, article, lineage, publisher, company, kind, mentions, figures, latest, names = stored
        return cls(
            source=Source(
                arrived=_EPOCH + arrived * _MICROSECOND,
                article=article,
                lineage=article if lineage is None else lineage,
                publisher=publisher,
                company=tuple(company),
            ),
            kind=kind,
            mentions=mentions,
            figures=figures,
            latest=tuple(FigureOf.model_validate(row, strict=False) for row in latest),
            names=names,
        )
