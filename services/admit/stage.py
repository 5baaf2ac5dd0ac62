"""Admit an article: is it usable, which article is it, which revision of it, in what language, from when, what is junk?

Table `identities`: identity -> its revisions (`record.py`), the latest last, for two weeks (`expiry.py`). It answers:
- the very record that was answered before (same partition and offset: a redelivery): the same message again;
- a content that was seen under this identity before, at another offset: Duplicate, nothing is sent;
- another content: the next revision, which revises the latest.
A publisher that goes back to an earlier text has published nothing new: its article id would be the earlier one's.

An article that stands on another partition than its identity's (no key, another key, another hash of it) is sent once
more, to the right one: two workers would each call their own text of it revision 1. A dead letter would stop three
articles of four of a publisher that sets no key, for something we can put right; and it loses nothing, because the
record counts as done only when the other stands in Kafka. If a crash lets it be sent twice, it is a Duplicate there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from schemas.article import MAX_LINES, ArticleAdmitted, ArticlePublished, lines_in
from schemas.identity import identity
from schemas.ids import article_id, content_hash
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected, Tables, Write
from schemas.topics import article_partition
from services.admit.credits import agencies, correction
from services.admit.expiry import HEARD_AGAIN, IDENTITIES, Memory, too_old
from services.admit.junk import junk
from services.admit.language import language
from services.admit.published import Published, published
from services.admit.record import Known, Revision


class Door:
    """The admit stage. `step` answers from the table; the memory only knows which rows are old."""

    def __init__(self) -> None:
        self._memory = Memory()

    def restore(self, tables: Tables) -> None:
        """Rebuild the memory from the table, after it was recovered or partitions moved."""
        self._memory.restore(tables)

    def step(self, message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
        """The admitted article, Duplicate for a content seen before, Rejected with field and fix for an unusable one.

        The article itself where it stands on the wrong partition.
        """
        name = identity(message.url, message.publisher, message.id)
        refused = _unusable(message)
        if refused is not None:
            return refused
        arrival = replace(arrival, at=arrival.at.astimezone(UTC))
        when = published(message.published, message.text, arrival.at)
        if isinstance(when, Rejected):
            return when
        if arrival.partition != article_partition(name):
            return Processed(emit=(message,))
        known = _known(tables, name, arrival)
        content = content_hash(message.title, message.text)
        same = next((each for each in known.revisions if each.content == content), None) if known else None
        if known is not None and same is not None:
            if (same.partition, same.offset) == (arrival.partition, arrival.offset):
                return Processed(emit=(_admitted(message, name, same, when, arrival),))
            stale = known.heard < arrival.at - HEARD_AGAIN
            return Duplicate(same.article_id, (self._heard(name, known.revisions, arrival),) if stale else ())
        revision = _next(known, name, content, arrival)
        gone = self._memory.sweep(tables, arrival.partition, arrival.at)
        revisions = (*(known.revisions if known else ()), revision)
        return Processed(
            emit=(_admitted(message, name, revision, when, arrival),),
            store=(*gone, self._heard(name, revisions, arrival)),
        )

    def _heard(self, name: str, revisions: tuple[Revision, ...], arrival: Arrival) -> Write:
        self._memory.note(name, arrival.partition, arrival.at)
        return Write(IDENTITIES, name, Known(revisions, arrival.at).to_bytes())


def _unusable(message: ArticlePublished) -> Rejected | None:
    if not message.text.strip():
        return Rejected("empty_text", "holds only white space", "send the whole text of the article", field="text")
    if not message.id.strip():
        return Rejected(
            "empty_id", "holds only white space", "send the publisher's own name of the article", field="id"
        )
    lines = lines_in(message.text)
    if lines > MAX_LINES:
        return Rejected(
            "too_many_lines",
            f"has {lines:,} lines, at most {MAX_LINES:,} are taken",
            "send one article, with one line for each paragraph",
            field="text",
        )
    return None


def _known(tables: Tables, name: str, arrival: Arrival) -> Known | None:
    stored = tables[IDENTITIES].get(name)
    known = Known.from_bytes(stored) if stored else None
    return None if known is None or too_old(known, arrival.at) else known


def _next(known: Known | None, name: str, content: str, arrival: Arrival) -> Revision:
    return Revision(
        article_id=article_id(name, content),
        content=content,
        number=known.latest.number + 1 if known else 1,
        revises=known.latest.article_id if known else None,
        partition=arrival.partition,
        offset=arrival.offset,
    )


def _admitted(
    message: ArticlePublished, name: str, revision: Revision, when: Published, arrival: Arrival
) -> ArticleAdmitted:
    marked = junk(message.text)
    return ArticleAdmitted(
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
        content_hash=revision.content,
        revision=revision.number,
        revises=revision.revises,
        junk=marked,
        agencies=agencies(message.text),
        correction=correction(message.text),
        arrived=arrival.at,
    )
