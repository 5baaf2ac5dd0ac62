"""The pure stages as pipes: JSON lines in, JSON lines out, no broker. Their form stays: every measurement uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished, ArticleTraced
from schemas.message import Message, encode
from schemas.outcomes import Duplicate, Rejected
from schemas.verdict import VerdictGiven
from services.admit.published import published
from services.cli.compare import judge_pair
from services.cli.lines import Lines, parse_object, write_bytes, write_line
from services.cli.replay import PurePath
from services.intake.article import from_line
from services.read.entities.deep import load_model
from services.read.figures.figure import RejectedNumber
from services.read.figures.flat import flat_line
from services.read.stage import read

Source = Annotated[
    Path | None,
    typer.Argument(help="A file of JSON lines; none or - is standard input."),
]

MAX_WAITING = 1_000
"""Articles without a date kept at the head of a replay until one has a date: 10 MB of text."""


class ReadFormat(StrEnum):
    """What `counterclaim read` prints."""

    CLAIMS = "claims"
    FIGURES = "figures"
    MENTIONS = "mentions"
    REJECTED = "rejected"


class Tier(StrEnum):
    """How names are found."""

    FAST = "fast"
    DEEP = "deep"


def read_command(
    source: Source = None,
    format_: Annotated[
        ReadFormat,
        typer.Option(
            "--format",
            help="Claims in full, flat figures, name mentions, or the numbers that are no figures, with the reason.",
        ),
    ] = ReadFormat.CLAIMS,
    tier: Annotated[Tier, typer.Option(help="How names are found; deep needs `make setup-deep`.")] = Tier.FAST,
) -> None:
    """Article lines -> what is read out of each: claims, figures, names, rejected numbers. Each is read for itself."""
    model = load_model() if tier is Tier.DEEP else None
    lines = Lines(source)
    for article, at in _arrivals(lines):
        traced = _traced(lines, article, at)
        if traced is None:
            continue
        mentions, claims, reading = read(traced, model)
        figures, rejected = (reading.figures, reading.rejected) if reading else ((), ())
        found: list[dict[str, Any]]
        match format_:
            case ReadFormat.CLAIMS:
                found = [claim.model_dump(mode="json") for claim in claims]
            case ReadFormat.FIGURES:
                found = [flat_line(article.id, article.text, figure) for figure in figures]
            case ReadFormat.MENTIONS:
                found = [{"id": article.id, **mention.model_dump()} for mention in mentions]
            case ReadFormat.REJECTED:
                found = [_rejected_line(article, number) for number in rejected]
        for line in found:
            write_line(line)
    lines.close()


def _rejected_line(article: ArticlePublished, number: RejectedNumber) -> dict[str, object]:
    start, end = number.start, number.end
    return {"id": article.id, "start": start, "end": end, "text": article.text[start:end], "reason": number.reason}


def trace_command(source: Source = None) -> None:
    """Article lines in order of arrival -> which earlier text each repeats, and its lineage.

    All lines arrive at one time, so that none is too old to be copied: publishers' dates would tear a quarter of the
    true copies apart (measured; the same text is dated months apart).
    """
    lines = Lines(source)
    path = PurePath(("admit", "copies"))
    now = datetime.now(UTC)
    own: dict[str, str] = {}
    for article, _ in _arrivals(lines):
        for message in path.feed(article, now):
            if isinstance(message, Rejected):
                _report(lines, message)
            elif isinstance(message, Duplicate):  # the same article once more
                first = own.get(message.of)
                write_line(_trace_line(article.id, first, first or article.id, "exact", 1.0))
            elif isinstance(message, ArticleTraced):
                own.setdefault(message.article_id, article.id)
                copy_of = own.get(message.copy_of or "")
                lineage = own.get(message.lineage, message.lineage)
                write_line(_trace_line(article.id, copy_of, lineage, message.trace, message.containment))
    lines.close()


def _trace_line(name: str, copy_of: str | None, lineage: str, kind: str, containment: float) -> dict[str, object]:
    return {"id": name, "copy_of": copy_of, "lineage": lineage, "kind": kind, "containment": containment}


def compare_command(source: Source = None) -> None:
    """Pairs of claims -> verdict, flags, severity, alert, hold and the reason.

    A pair: {"id": "p1", "a": SIDE, "b": SIDE, "relation": {}}. A SIDE: {"value": "about 2,000", "speaker": "the mayor",
    "as_of": "2024-03-02T12:00", "article": "n1", "metric": "deaths", "unit": "people"} and, if known, entity, scope,
    window, status, kind, interval. A relation may hold scope (a_in_b, b_in_a, disjoint) and juxtaposed.
    """
    lines = Lines(source)
    for judged in lines.read(lambda line: judge_pair(parse_object(line))):
        write_line(judged)
    lines.close()


def replay_command(
    source: Source = None,
    verdicts: Annotated[bool, typer.Option("--verdicts", help="Also every comparison, and every silence.")] = False,
) -> None:
    """Article lines in order of arrival -> the alerts of the whole path, without a broker."""
    wanted: tuple[type[Message], ...] = (AlertRaised, VerdictGiven) if verdicts else (AlertRaised,)
    lines = Lines(source)
    path = PurePath()
    for article, at in _arrivals(lines):
        for message in path.feed(article, at):
            if isinstance(message, Rejected):
                _report(lines, message)
            elif isinstance(message, wanted):
                write_bytes(encode(message))
    lines.close()


def _arrivals(lines: Lines) -> Iterator[tuple[ArticlePublished, datetime]]:
    """Each article with a time of arrival: when it was published, but never before the one that came before it.

    Where nothing tells when, it is the one before's; what comes before the first dated one waits for it, for a present
    among them would make all that follows stale. Of nothing dated, or of MAX_WAITING without a date, it is the present.
    """
    at: datetime | None = None
    waiting: list[ArticlePublished] = []
    for taken in lines.read(from_line):
        lines.tell(taken.notes)
        article, now = taken.article, datetime.now(UTC)
        dated = published(article.published, article.text, now)
        if not isinstance(dated, Rejected) and dated.source != "arrival":
            at = max(at or dated.moment, dated.moment)
        if at is None and len(waiting) < MAX_WAITING:
            waiting.append(article)  # a wrong date is admit's to refuse
            continue
        at = at or now
        yield from ((undated, at) for undated in waiting)
        waiting.clear()
        yield article, at
    yield from ((undated, datetime.now(UTC)) for undated in waiting)


def _traced(lines: Lines, article: ArticlePublished, at: datetime) -> ArticleTraced | None:
    """The article alone, as admit and copies leave it, or None after its refusal was reported."""
    for message in PurePath(("admit", "copies")).feed(article, at):
        if isinstance(message, Rejected):
            _report(lines, message)
        elif isinstance(message, ArticleTraced):
            return message
    return None


def _report(lines: Lines, refusal: Rejected) -> None:
    lines.report(f"{refusal.field or 'article'}: {refusal.problem}; {refusal.fix}")
