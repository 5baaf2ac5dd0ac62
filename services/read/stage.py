"""read: a traced article -> how it was read, its claims (a message per block), its entities (a message per partition).

No state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead, RejectedNumber
from schemas.claim import Claim, ClaimsMade, Part
from schemas.entity import Mention, Tier
from schemas.ids import claim_id, title_claim_id
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Processed, Tables
from schemas.parts import Parts, whole
from schemas.revision import ArticleRevised
from schemas.topics import CLAIMS
from services.read.block import Geography, Place, block_of, geography
from services.read.entities import Model, finding_mentions
from services.read.figures.figure import Figure, Reading
from services.read.figures.reader import reading_figures
from services.read.headline import untold
from services.read.mentioned import mention_messages
from services.read.text import Document

READER = "read/14"
"""Version of the reading rules in every claim: counted up when the same text would give other claims."""

READABLE = frozenset({"en", "und"})
"""Languages with figure rules. `und` is text too short to tell, and most of it is English headlines."""

SENTENCE_KEPT = 600
"""Characters of a sentence kept in a claim. The longest of 20,000 measured sentences of prose has 560; a text without
stops would otherwise put its whole length into each of its claims."""

BEFORE_KEPT = 300
"""Characters kept of the sentence before: it says which attack and where."""

REJECTED_KEPT = 2_000
"""Rejected numbers sent of one article: 60 bytes each, and no page shows more. News has 40."""

OPENING_KEPT = 500
"""Characters kept of the beginning of the text: what the news is, in two or three sentences."""


def step(article: ArticleTraced, tables: Tables, arrival: Arrival, model: Model | None = None) -> Outcome:
    """`steps`, all at once."""
    return whole(steps(article, tables, arrival, model))


def steps(article: ArticleTraced, tables: Tables, arrival: Arrival, model: Model | None = None) -> Parts[Outcome]:
    """Read one article. Byte-identical text was read before and says nothing new (design decision 4).

    A revision takes the place of another text, so it is read even then (its title may be all that changed), and the
    readers of all partitions of the claims are told of it.
    """
    if article.trace == "exact" and article.revises is None:
        return Processed()
    mentions, claims, reading = yield from _reading(article, model)
    made = _claim_messages(article, claims)
    of_text = [claim for claim in claims if claim.part == "text"]
    told = () if article.trace == "exact" else mention_messages(article, mentions, of_text)
    how = _how_read(article, reading, "fast" if model is None else "deep", len(claims))
    return Processed(emit=(how, *made, *_revision_messages(article, made), *told))


def read(article: ArticleTraced, model: Model | None = None) -> tuple[tuple[Mention, ...], list[Claim], Reading | None]:
    """The entities of an article, its claims, and the reading they were made of (None of a language without rules for
    figures), in text order; claims that stand in the title alone come last. Junk is not read.

    With a `model` the entities of an English text are the deep tier's. Claims are always made with the fast tier's: the
    tier may hang on the lag, and an article that is delivered again must give the same claims in the same blocks.
    """
    return whole(_reading(article, model))


def _reading(
    article: ArticleTraced, model: Model | None
) -> Parts[tuple[tuple[Mention, ...], list[Claim], Reading | None]]:
    junk = [(span.start, span.end) for span in article.junk]
    mentions = yield from finding_mentions(article.text, junk)
    if article.language not in READABLE:
        return mentions, [], None
    reading = yield from reading_figures(article.text, article.published, mentions, junk)
    about = _Whole(
        geography=geography(mentions, map(_place, reading.figures)),
        names={mention.entity: mention.name for mention in mentions},
    )
    claims: list[Claim] = []
    for figure in reading.figures:
        claims.append(_claim(article, reading.document, figure, about))
        yield
    headline = untold(article, reading)
    if headline is not None:  # placed as the text is, so that the two meet in one block
        about = about._replace(names={**headline.names, **about.names})
        claims += [_claim(article, headline.document, figure, about, "title") for figure in headline.figures]
    if model is not None:
        mentions = yield from finding_mentions(article.text, junk, model)
    return mentions, claims, reading


def _how_read(article: ArticleTraced, reading: Reading | None, tier: Tier, figures: int) -> ArticleRead:
    rejected = () if reading is None else reading.rejected
    return ArticleRead(
        article_id=article.article_id,
        language=article.language,
        figures_read=reading is not None,
        tier=tier,
        reader=READER,
        figures=figures,
        rejected=tuple(RejectedNumber(start=n.start, end=n.end, reason=n.reason) for n in rejected[:REJECTED_KEPT]),
        rejected_left_out=max(0, len(rejected) - REJECTED_KEPT),
    )


class _Whole(NamedTuple):
    """What the whole article says about where its figures belong."""

    geography: Geography
    names: dict[str, str]


def _place(figure: Figure) -> Place:
    return Place(figure.setting.places, figure.setting.scope, figure.setting.border)


def _claim(article: ArticleTraced, document: Document, figure: Figure, whole: _Whole, part: Part = "text") -> Claim:
    block = block_of(figure.counted.metric, _place(figure), whole.geography)
    quantity, counted, speaker, setting = figure.quantity, figure.counted, figure.speaker, figure.setting
    start, end = _excerpt(document, figure)
    return Claim(
        id=(claim_id if part == "text" else title_claim_id)(article.article_id, figure.start, figure.end),
        article=article.article,
        article_id=article.article_id,
        publisher=article.publisher,
        lineage=article.lineage,
        agencies=article.agencies,
        published=article.published,
        reader=READER,
        words=document.text[figure.start : figure.end],
        start=figure.start,
        end=figure.end,
        part=part,
        sentence=document.text[start:end],
        sentence_start=start,
        sentence_end=end,
        sentence_index=figure.sentence,
        before=_before(document, figure, start),
        opening=_opening(article, document, figure),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        soft_low=quantity.soft_low,
        soft_high=quantity.soft_high,
        bound=quantity.bound,
        modifier=quantity.modifier,
        counted=counted.noun,
        unit=counted.unit,
        metric=counted.metric,
        whose=counted.whose,
        whose_id=counted.whose_id,
        place=setting.place,
        places=setting.places,
        place_names=tuple(whole.names.get(place, place) for place in setting.places),
        scope=setting.scope,
        status=counted.status,
        kind=counted.kind,
        window=setting.window,
        as_of=setting.as_of or article.published,
        as_of_from="text" if setting.as_of else "published",
        role=counted.role,
        speaker=speaker.name,
        speaker_id=speaker.id,
        cue=speaker.cue,
        via=speaker.via,
        block=block.key,
        region=block.region,
    )


def _excerpt(document: Document, figure: Figure) -> tuple[int, int]:
    """The sentence's span, or of an endless one the part around the figure."""
    sentence = document.sentences[figure.sentence]
    start, end = min(sentence.start, figure.start), max(sentence.end, figure.end)
    if end - start <= SENTENCE_KEPT:
        return start, end
    around = max(0, SENTENCE_KEPT - (figure.end - figure.start)) // 2
    return max(start, figure.start - around), min(end, figure.end + around)


def _before(document: Document, figure: Figure, end: int) -> str:
    """The end of the sentence before the excerpt that begins at `end`, whole words, as they stand."""
    first = document.sentences[max(0, figure.sentence - 1)].start
    if end - first <= BEFORE_KEPT:
        return document.text[first:end].strip()
    return document.text[end - BEFORE_KEPT : end].partition(" ")[2].strip()


def _opening(article: ArticleTraced, document: Document, figure: Figure) -> str:
    """The title and how the text begins, whole words, without what the claim has as its sentence and before it."""
    start, end = _excerpt(document, figure)
    text, kept = document.text, start - len(_before(document, figure, start))
    head = text[: min(max(0, kept), OPENING_KEPT)]
    if kept < OPENING_KEPT:
        head = f"{head} {text[end : max(end, OPENING_KEPT)]}"
    if len(text) > OPENING_KEPT:
        head = head.rpartition(" ")[0]
    told = article.title is not None and article.title in text[:OPENING_KEPT]
    return head.strip() if told or not article.title else f"{article.title}. {head}".strip()


def _revision_messages(article: ArticleTraced, made: Iterable[ClaimsMade]) -> list[Message]:
    if article.revises is None:
        return []
    blocks = tuple(message.block for message in made)
    return [
        ArticleRevised(
            partition=partition,
            article_id=article.article_id,
            revises=article.revises,
            correction=article.correction is not None,
            blocks=blocks,
        )
        for partition in range(CLAIMS.partitions)
    ]


def _claim_messages(article: ArticleTraced, claims: Iterable[Claim]) -> list[ClaimsMade]:
    by_block: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_block[claim.block].append(claim)
    return [
        ClaimsMade(
            block=block,
            article_id=article.article_id,
            revision=article.revision,
            revises=article.revises,
            correction=article.correction is not None,
            claims=tuple(found),
        )
        for block, found in sorted(by_block.items())
    ]
