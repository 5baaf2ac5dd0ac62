"""The entities of an article as messages, one for each partition of the tally, with the figures about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from schemas.article import ArticleTraced
from schemas.claim import Claim
from schemas.entity import EntitiesMentioned, EntityInArticle, FigureOf, Mention, Name
from schemas.message import Message
from schemas.metrics import Metric
from schemas.topics import entity_partition

COMPANY = 12
"""Names of an article that count as company of the others: the story's, not those of its background."""

_TELLING = frozenset(Metric) - {Metric.OTHER, Metric.RATIO}


def mention_messages(article: ArticleTraced, mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Message]:
    """One message for each partition that any of the article's entities hashes to."""
    by_entity: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_entity[mention.entity].append(mention)
    about: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for entity in {*claim.places, claim.whose_id, claim.speaker_id} - {None}:
            about[str(entity)].append(claim)
    by_partition: defaultdict[int, list[EntityInArticle]] = defaultdict(list)
    for entity, found in by_entity.items():
        by_partition[entity_partition(entity)].append(
            EntityInArticle(
                entity=entity,
                name=found[0].name,
                type=found[0].type,
                spans=tuple((mention.start, mention.end) for mention in found),
                figures=dict(Counter(claim.metric.value for claim in about[entity])) if entity in about else {},
                latest=_latest(about[entity]) if entity in about else (),
                doubts=tuple(mention.doubt for mention in found if mention.doubt is not None),
            )
        )
    named_most = sorted(by_entity.values(), key=lambda found: (-len(found), found[0].start))[:COMPANY]
    company = tuple(Name(entity=found[0].entity, name=found[0].name) for found in named_most)
    return [
        EntitiesMentioned(
            article_id=article.article_id,
            article=article.article,
            publisher=article.publisher,
            lineage=article.lineage,
            arrived=article.arrived,
            partition=partition,
            tier=mentions[0].tier,
            entities=tuple(entities),
            company=company,
        )
        for partition, entities in sorted(by_partition.items())
    ]


def _latest(claims: Iterable[Claim]) -> tuple[FigureOf, ...]:
    """Of each metric the claim of the latest time, the first in the text among equals; totals only."""
    latest: dict[Metric, Claim] = {}
    for claim in claims:
        known = latest.get(claim.metric)
        if claim.metric in _TELLING and claim.role == "total" and (known is None or claim.as_of > known.as_of):
            latest[claim.metric] = claim
    return tuple(
        FigureOf(
            metric=claim.metric,
            words=claim.words,
            value=claim.value,
            speaker=claim.speaker,
            publisher=claim.publisher,
            claim=claim.id,
            article_id=claim.article_id,
            start=claim.start,
            end=claim.end,
            as_of=claim.as_of,
        )
        for claim in latest.values()
    )
