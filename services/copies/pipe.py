"""The copies stage over a list of articles, without tables of its own to keep: what `counterclaim trace` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.article import ArticleAdmitted, ArticleTraced, TraceKind
from schemas.outcomes import Arrival, Processed
from services.copies.stage import SKETCHES, TEXTS, Tracer


@dataclass(frozen=True, slots=True)
class TracedLine:
    """One line of the pipe. `id`, `copy_of` and `lineage` are the article lines' own ids."""

    id: str
    copy_of: str | None
    lineage: str
    kind: TraceKind
    containment: float


def trace_articles(articles: Iterable[ArticleAdmitted]) -> Iterator[TracedLine]:
    """Trace `articles` in the order given.

    The order is the arrival; the lines carry no arrival times, so all arrive at the time of the first and none is too
    old to be copied (the publishers' dates would tear a quarter of the true copies apart: design decision 8).
    """
    tracer, tables = Tracer(), {SKETCHES: dict[str, bytes](), TEXTS: dict[str, bytes]()}
    own_id: dict[str, str] = {}
    arrived = None
    for number, article in enumerate(articles):
        arrived = arrived or article.arrived
        outcome = tracer.step(article, tables, Arrival("trace", 0, number, arrived))
        assert isinstance(outcome, Processed)  # noqa: S101  # the stage has no other answer
        for write in outcome.store:
            if write.value is not None:
                tables[write.table][write.key] = write.value
        own_id.setdefault(article.article_id, article.article)
        for traced in outcome.emit:
            assert isinstance(traced, ArticleTraced)  # noqa: S101
            yield TracedLine(
                id=traced.article,
                copy_of=own_id.get(traced.copy_of) if traced.copy_of else None,
                lineage=own_id.get(traced.lineage, traced.lineage),
                kind=traced.trace,
                containment=traced.containment,
            )
