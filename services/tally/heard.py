"""What an article says of the entities of one partition, and the form in which a row keeps it for a while (ring.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson
import xxhash

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityType, FigureOf
from services.tally.company import NAME_KEPT

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_WORDS_KEPT = 120
"""Characters of a figure's words: 19 metrics then take 9 kB at most."""

LONGEST = 48_000
"""Bytes of entities that one row takes: below the 64 kB of a row with whom else the article names, 10 kB at most. An
article's 6 names of a partition have 500."""


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


@dataclass(frozen=True, slots=True)
class Heard:
    """What the article says of one entity."""

    source: Source
    entity: str
    name: str
    kind: EntityType
    mentions: int
    figures: dict[str, int]
    latest: tuple[FigureOf, ...]


def heard(message: EntitiesMentioned) -> list[Heard]:
    """What a message says, by entity."""
    source = Source(
        arrived=message.arrived.astimezone(UTC),
        article=key(message.article_id),
        lineage=key(message.lineage),
        publisher=key(message.publisher) if message.publisher is not None else None,
        company={other.entity: other.name[:NAME_KEPT] for other in message.company},
    )
    return [_of(found, source) for found in message.entities]


def _of(found: EntityInArticle, source: Source) -> Heard:
    latest = tuple(map(_clipped, found.latest))
    return Heard(source, found.entity, found.name, found.type, len(found.spans), found.figures, latest)


def _clipped(figure: FigureOf) -> FigureOf:
    names = {"speaker": figure.speaker, "publisher": figure.publisher}
    shorter = {field: name[:NAME_KEPT] for field, name in names.items() if name is not None}
    return figure.model_copy(update={"words": figure.words[:_WORDS_KEPT], **shorter})


def packed(said: list[Heard], offset: int) -> Iterator[tuple[bytes, list[Heard]]]:
    """What the record at `offset` says (at least one) as JSON, in as many parts as rows are needed: one as a rule."""
    source = said[0].source
    arrived = (source.arrived - _EPOCH) // _MICROSECOND
    head = (offset, arrived, source.article, source.lineage, source.publisher, source.company)
    bodies = [_packed(one) for one in said]
    first, length = 0, 0
    for i, body in enumerate(bodies):
        if length and length + len(body) > LONGEST:
            yield _joined(head, bodies[first:i]), said[first:i]
            first, length = i, 0
        length += len(body)
    yield _joined(head, bodies[first:]), said[first:]


def _packed(one: Heard) -> bytes:
    latest = [figure.model_dump(mode="json") for figure in one.latest]
    return orjson.dumps((one.entity, one.name, one.kind, one.mentions, one.figures, latest))


def _joined(head: tuple[object, ...], bodies: list[bytes]) -> bytes:
    return orjson.dumps((*head, [orjson.Fragment(body) for body in bodies]))


def unpacked(part: bytes, wanted: str) -> Iterator[Heard]:
    """What `packed` wrote of one entity."""
    _, arrived, article, lineage, publisher, company, said = orjson.loads(part)
    for entity, name, kind, mentions, figures, latest in said:
        if entity == wanted:
            source = Source(_EPOCH + arrived * _MICROSECOND, article, lineage, publisher, company)
            figures_of = tuple(FigureOf.model_validate(row, strict=False) for row in latest)
            yield Heard(source, entity, name, kind, mentions, figures, figures_of)


def entities(part: bytes) -> list[str]:
    """The ids of what `packed` wrote."""
    return [entity for entity, *_ in orjson.loads(part)[-1]]
