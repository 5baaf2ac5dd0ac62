"""A revision is told to the readers of every partition of the claims, also where it has no claim any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import ArticleTraced, TraceKind
from schemas.article_read import ArticleRead
from schemas.claim import ClaimsMade
from schemas.entity import EntitiesMentioned
from schemas.message import Message
from schemas.outcomes import Arrival, Processed
from schemas.revision import ArticleRevised
from schemas.topics import CLAIMS, PARTITIONS
from services.read import stage

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)


def sent(text: str, *, revises: str | None, trace: TraceKind = "update") -> tuple[Message, ...]:
    article = ArticleTraced(
        article_id="art-new", article="a", identity="urn:a", url=None, publisher="The Test", published=NOON,
        published_from="publisher", title=None, text=text, language="en", content_hash="c", revision=2,
        revises=revises, junk=(), arrived=NOON, trace=trace, copy_of=None, lineage="art-old", containment=0.9,
    )  # fmt: skip
    outcome = stage.step(article, {}, Arrival("news.article.traced.v1", 0, 0, NOON))
    assert isinstance(outcome, Processed)
    return outcome.emit


CAMP = "The government of Peru said 1,130 people were in the camp near Lima."


@pytest.mark.parametrize(("text", "blocks"), [(CAMP, 1), ("Aid groups sent tents to Lima.", 0)])
def test_every_partition_hears_of_a_revision_and_where_it_has_claims(text: str, blocks: int) -> None:
    told = [message for message in sent(text, revises="art-old") if isinstance(message, ArticleRevised)]
    assert [CLAIMS.partition and CLAIMS.partition(message) for message in told] == list(range(PARTITIONS))
    made = {message.block for message in sent(text, revises="art-old") if isinstance(message, ClaimsMade)}
    assert {message.blocks for message in told} == {tuple(sorted(made))}
    assert len(made) == blocks


def test_a_first_text_tells_nobody() -> None:
    assert not any(isinstance(message, ArticleRevised) for message in sent(CAMP, revises=None))


def test_a_revision_with_the_same_text_takes_over_the_claims_and_counts_no_name_twice() -> None:
    kinds = {type(message) for message in sent(CAMP, revises="art-old", trace="exact")}
    assert kinds == {ArticleRead, ClaimsMade, ArticleRevised}
    assert sent(CAMP, revises=None, trace="exact") == ()
    assert EntitiesMentioned in {type(message) for message in sent(CAMP, revises="art-old")}
