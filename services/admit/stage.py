"""Admit an article: is it usable, which article is it, which revision of it, in what language, from when, what is junk?

Table `identities`: identity -> its revisions (`Revision`), the latest last. It answers three cases:
- the very record that was answered before (same partition and offset: a redelivery): the same message again;
- a content that was seen under this identity before, at another offset: Duplicate, nothing is sent;
- another content: the next revision, which revises the latest.
A publisher that goes back to an earlier text has published nothing new: its article id would be the earlier one's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC

import orjson

from schemas.article import ArticleAdmitted, ArticlePublished
from schemas.identity import identity
from schemas.ids import article_id, content_hash
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected, Tables, Write
from services.admit.credits import agencies, correction
from services.admit.junk import junk
from services.admit.language import language
from services.admit.published import published

IDENTITIES = "identities"

REVISIONS_KEPT = 100
"""Of a live blog that is re-sent each minute these are the last hours. One revision takes 167 bytes: 17 kB at most."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of one article, and the record it came in."""

    article_id: str
    content: str
    number: int
    revises: str | None
    partition: int
    offset: int


def step(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
    """The admitted article, Duplicate for a content seen before, Rejected with field and fix for an unusable one."""
    if not message.text.strip():
        return Rejected("empty_text", "holds only white space", "send the whole text of the article", field="text")
    if not message.id.strip():
        return Rejected(
            "empty_id", "holds only white space", "send the publisher's own name of the article", field="id"
        )
    arrived = arrival.at.astimezone(UTC)
    when = published(message.published, message.text, arrived)
    if isinstance(when, Rejected):
        return when
    name = identity(message.url, message.publisher, message.id)
    content = content_hash(message.title, message.text)
    revisions = _revisions(tables[IDENTITIES].get(name))
    known = next((revision for revision in revisions if revision.content == content), None)
    if known is not None and (known.partition, known.offset) != (arrival.partition, arrival.offset):
        return Duplicate(of=known.article_id)
    revision = known or Revision(
        article_id=article_id(name, content),
        content=content,
        number=revisions[-1].number + 1 if revisions else 1,
        revises=revisions[-1].article_id if revisions else None,
        partition=arrival.partition,
        offset=arrival.offset,
    )
    marked = junk(message.text)
    admitted = ArticleAdmitted(
        article_id=revision.article_id,
        article=message.id,
        identity=name,
        url=message.url,
        publisher=message.publisher,
        published=when.moment,
        published_from=when.source,
        title=message.title,
        text=message.text,
        language=language(message.text, ((span.start, span.end) for span in marked)),
        content_hash=content,
        revision=revision.number,
        revises=revision.revises,
        junk=marked,
        agencies=agencies(message.text),
        correction=correction(message.text),
        arrived=arrived,
    )
    if known is not None:
        return Processed(emit=(admitted,))
    kept = orjson.dumps([asdict(each) for each in (*revisions, revision)[-REVISIONS_KEPT:]])
    return Processed(emit=(admitted,), store=(Write(IDENTITIES, name, kept),))


def _revisions(stored: bytes | None) -> list[Revision]:
    return [Revision(**row) for row in orjson.loads(stored)] if stored else []
