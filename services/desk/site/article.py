"""An article: every figure lit in place, rejected numbers with their reason, names, origin, revisions side by side."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead, RejectedNumber
from schemas.claim import Claim, Part
from schemas.entity import EntityInArticle
from services.desk.marked_text import Mark, Paragraph, Piece, paragraphs, supported
from services.desk.queries import articles, claims
from services.desk.queries.articles import Article
from services.desk.queries.claims import Known
from services.desk.side_by_side import LINES_COMPARED, Line, side_by_side
from services.desk.site.asked import Asked
from services.desk.site.page import NotHere, Page


@dataclass(frozen=True, slots=True)
class ArticleView:
    """`known`: its claims in text order, those whose words stand where they point. `headline`: its title, where claims
    stand in it. `names`: most mentioned first."""

    article: ArticleTraced
    headline: tuple[Piece, ...]
    text_kept: bool
    read: ArticleRead | None
    known: tuple[Known, ...]
    paragraphs: tuple[Paragraph, ...]
    rejected: tuple[RejectedNumber, ...]
    names: tuple[EntityInArticle, ...]
    same_words: tuple[Article, ...]
    revisions: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    old: ArticleTraced
    new: ArticleTraced
    lines: tuple[Line, ...]
    shortened: bool


async def view(db: AsyncConnection, asked: Asked) -> ArticleView:
    found = await _found(db, asked.path["article"])
    article, read = found.message, found.read
    known = await claims.of_article(db, article.article_id)
    of_text, of_title = _claims(known, "text"), _claims(known, "title")
    title = article.title or ""
    standing = {claim.id for claim in (*supported(article.text, of_text), *supported(title, of_title))}
    rejected = read.rejected if read else ()
    return ArticleView(
        article=article,
        headline=_pieces(paragraphs(title, of_title, ())) if of_title else (),
        text_kept=found.text_kept,
        read=read,
        known=tuple(one for one in known if one.claim.id in standing or not found.text_kept),
        paragraphs=paragraphs(article.text, of_text, article.junk, _marks(article, rejected)),
        rejected=rejected,
        names=tuple(sorted(await articles.names(db, article.article_id), key=lambda n: (-len(n.spans), n.name))),
        same_words=tuple(await articles.same_words(db, article)),
        revisions=tuple(await articles.revisions(db, article)),
    )


def twin(shown: ArticleView) -> dict[str, Any]:
    """The article as traced, how it was read, its claims in the order of its text, names, copies and revisions."""
    return {
        "page": f"/articles/{shown.article.article_id}",
        "article": shown.article,
        "text_kept": shown.text_kept,
        "read": shown.read,
        "claims": [one.claim for one in shown.known],
        "names": list(shown.names),
        "same_words": [link(other.message) for other in shown.same_words],
        "revisions": [link(other.message) for other in shown.revisions],
    }


async def compare(db: AsyncConnection, asked: Asked) -> CompareView:
    """This text beside the revision it took the place of."""
    new = await _found(db, asked.path["article"])
    old = await articles.one(db, new.message.revises) if new.message.revises else None
    if old is None:
        raise NotHere("There is no earlier text to set beside this one.", "It is the first text this desk knows of it.")
    if not (old.text_kept and new.text_kept):
        raise NotHere(
            "One of the two texts is no longer kept.", "The sentences with figures stay quoted on the claims."
        )
    before, after = old.message.text.split("\n"), new.message.text.split("\n")
    return CompareView(
        old=old.message,
        new=new.message,
        lines=tuple(await to_thread(side_by_side, before, after)),
        shortened=max(len(before), len(after)) > LINES_COMPARED,
    )


def compare_twin(shown: CompareView) -> dict[str, Any]:
    return {
        "old": link(shown.old),
        "new": link(shown.new),
        "lines": [{"kind": line.kind, "old": line.old, "new": line.new} for line in shown.lines],
        "shortened": shown.shortened,
    }


def link(article: ArticleTraced) -> dict[str, Any]:
    return {
        "page": f"/articles/{article.article_id}",
        "title": article.title,
        "publisher": article.publisher,
        "revision": article.revision,
        "arrived": article.arrived,
    }


PAGE = Page("/articles/{article}", "article.html", view, twin)
COMPARE = Page("/articles/{article}/changes", "article_changes.html", compare, compare_twin)


async def _found(db: AsyncConnection, article_id: str) -> Article:
    found = await articles.one(db, article_id)
    if found is None:
        raise NotHere(
            "This desk does not hold that article.",
            "If the desk was just started it is still reading: wait a moment and reload. The sentences of articles "
            "that are kept no longer stay quoted on their alerts.",
        )
    return found


def _claims(known: Iterable[Known], part: Part) -> list[Claim]:
    return [one.claim for one in known if one.claim.part == part]


def _pieces(lines: Iterable[Paragraph]) -> tuple[Piece, ...]:
    return tuple(piece for line in lines for run in line.runs for piece in run.pieces)


def _marks(article: ArticleTraced, rejected: Iterable[RejectedNumber]) -> list[Mark]:
    """What is greyed in place: numbers that are no figure; and, of an update, the numbers that are new in it."""
    marks = [Mark(n.start, n.end, "rejected", n.reason) for n in rejected]
    marks += [Mark(span.start, span.end, "changed", "not in the text it repeats") for span in article.changed]
    if article.correction is not None:
        marks.append(Mark(article.correction.start, article.correction.end, "correction", "correction notice"))
    return marks
