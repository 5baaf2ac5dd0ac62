"""What one article says of one entity, in the form in which a row keeps it for a while (stored.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import xxhash

from schemas.entity import EntitiesMentioned, EntityType, FigureOf
from services.tally.company import NAME_KEPT

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
    company: dict[str, str]
    packed: orjson.Fragment
    """The same as JSON, the names without their words: written once for all entities of the article."""

    @classmethod
    def of(cls, message: EntitiesMentioned) -> Source:
        """The article that a message is about."""
        arrived = message.arrived.astimezone(UTC)
        article, lineage = key(message.article_id), key(message.lineage)
        publisher = key(message.publisher) if message.publisher is not None else None
        company = {other.entity: other.name[:NAME_KEPT] for other in message.company}
        packed = orjson.dumps(((arrived - _EPOCH) // _MICROSECOND, article, lineage, publisher, list(company)))
        return cls(arrived, article, lineage, publisher, company, orjson.Fragment(packed))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the article says of the entity. `names`: of the company those that the entity's row does not have yet."""

    source: Source
    kind: EntityType
    mentions: int
    figures: dict[str, int]
    latest: tuple[FigureOf, ...]
    names: dict[str, str]

    def pack(self) -> bytes:
        """One JSON array: 300 bytes as a rule."""
        latest = [figure.model_dump(mode="json") for figure in self.latest]
        return orjson.dumps((self.source.packed, self.kind, self.mentions, self.figures, latest, self.names))

    @classmethod
    def unpack(cls, stored: list[Any]) -> Heard:
        """What the parsed array of `pack` says."""
        source, kind, mentions, figures, latest, names = stored
        arrived, article, lineage, publisher, company = source
        return cls(
            Source(
                arrived=_EPOCH + arrived * _MICROSECOND,
                article=article,
                lineage=lineage,
                publisher=publisher,
                company=dict.fromkeys(company, ""),
                packed=orjson.Fragment(orjson.dumps(source)),
            ),
            kind,
            mentions,
            figures,
            tuple(FigureOf.model_validate(row, strict=False) for row in latest),
            names,
        )
