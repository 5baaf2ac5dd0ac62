"""The flat forms of the lists, for CSV and Parquet: every column, in order, and what stands in it.

Times are UTC, spans are characters of the article's text or title, [start, end). What has several values is joined by
"; ".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from urllib.parse import quote

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.entity import EntityTallied, WindowName
from schemas.figure import FigureStated
from schemas.verdict import SEVERITIES, VerdictGiven
from services.desk.queries.claims import Known
from services.desk.queries.held import HeldItem
from services.desk.queries.sources import Source

Kind = Literal["text", "number", "count", "flag", "time"]
Value = str | float | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `of` reads its value from a row."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A claim and where its article stands."""

    known: Known
    url: str | None


def text(name: str, meaning: str, of: Callable[[Any], str | None]) -> Column:
    return Column(name, "text", meaning, of)


def number(name: str, meaning: str, of: Callable[[Any], float | None]) -> Column:
    return Column(name, "number", meaning, of)


def count(name: str, meaning: str, of: Callable[[Any], int | None]) -> Column:
    return Column(name, "count", meaning, of)


def flag(name: str, meaning: str, of: Callable[[Any], bool | None]) -> Column:
    return Column(name, "flag", meaning, of)


def time(name: str, meaning: str, of: Callable[[Any], datetime | None]) -> Column:
    return Column(name, "time", meaning, of)


def _joined(values: Iterable[object]) -> str:
    return "; ".join(map(str, values))


def _claims(claim: Callable[[Any], Claim | None], side: str = "") -> tuple[Column, ...]:
    """The columns of a claim beside something else; empty where it is kept no longer."""

    def of(field: str) -> Callable[[Any], Any]:
        return lambda row: getattr(claim(row), field, None)

    return (
        text(f"{side}voice", "who says it", of("voice_name")),
        text(f"{side}publisher", "whose article it stands in", of("publisher")),
        text(f"{side}words", "the figure as written", of("words")),
        number(f"{side}value", "its headline number", of("value")),
        number(f"{side}low", "lowest number it allows", of("low")),
        number(f"{side}high", "highest number it allows; empty: any above", of("high")),
    )


def _claim_of(row: Sourced) -> Claim:
    return row.known.claim


CLAIM: tuple[Column, ...] = (
    text("id", "claim id", lambda r: _claim_of(r).id),
    time("said", "what time the figure is of: from the text, else the publication", lambda r: _claim_of(r).as_of),
    time("published", "when its article appeared", lambda r: _claim_of(r).published),
    time("learned", "when its article came in here", lambda r: r.known.learned),
    text("speaker", "who asserts it; empty: the publisher's own voice", lambda r: _claim_of(r).speaker),
    text("speaker_id", "entity id of the speaker", lambda r: _claim_of(r).speaker_id),
    text("publisher", "whose article it stands in", lambda r: _claim_of(r).publisher),
    text("words", "the figure as written", lambda r: _claim_of(r).words),
    number("value", "its headline number", lambda r: _claim_of(r).value),
    number("low", "lowest number it allows", lambda r: _claim_of(r).low),
    number("high", "highest number it allows; empty: any above", lambda r: _claim_of(r).high),
    flag("soft_low", "may be below `low` without conflict", lambda r: _claim_of(r).soft_low),
    flag("soft_high", "may be above `high` without conflict", lambda r: _claim_of(r).soft_high),
    text("bound", "exact, approx, lower, upper, range or vague", lambda r: _claim_of(r).bound),
    text("modifier", "the hedge as written", lambda r: _claim_of(r).modifier),
    text("counted", "the counted noun as written", lambda r: _claim_of(r).counted),
    text("unit", "unit of the numbers", lambda r: _claim_of(r).unit),
    text("metric", "what is counted", lambda r: _claim_of(r).metric.value),
    text("whose", "whose it is: the Poland of Polish soldiers", lambda r: _claim_of(r).whose),
    text("place", "place words as written", lambda r: _claim_of(r).place),
    text("place_names", "names of its places", lambda r: _joined(_claim_of(r).place_names)),
    text("scope", "camp, border, city, country, …", lambda r: _claim_of(r).scope),
    text(
        "status",
        "asserted, confirmed, estimated, feared, planned, correction, denied, unverified",
        lambda r: _claim_of(r).status,
    ),
    text("kind", "stock, cumulative or flow", lambda r: _claim_of(r).kind),
    text("window", "the time a flow or a sum covers", lambda r: _claim_of(r).window),
    text("role", "total, subset, previous or change", lambda r: _claim_of(r).role),
    text("sentence", "the sentence it stands in", lambda r: _claim_of(r).sentence),
    text("article_url", "where its article stands at the publisher", lambda r: r.url),
    text("article_id", "id of its article", lambda r: _claim_of(r).article_id),
    text("part", "text, or title where the article's headline alone has it", lambda r: _claim_of(r).part),
    count("start", "where its words begin in that part of the article", lambda r: _claim_of(r).start),
    count("end", "where they end", lambda r: _claim_of(r).end),
    text("series", "what it is compared in; empty: compared with nothing", lambda r: r.known.series),
    text("revised_by", "id of the text that took its article's place", lambda r: r.known.revised_by),
    count("outlets", "publishers of the same statement", lambda r: r.known.outlets),
    count("origins", "origins of the same statement: copies are one", lambda r: r.known.origins),
    flag("flagged", "somebody at the desk says it is read wrongly", lambda r: bool(r.known.flags)),
    text("flagged_why", "in their words", lambda r: _joined(act.why for act in r.known.flags)),
    text("reader", "version of the reading rules", lambda r: _claim_of(r).reader),
)

ARTICLE: tuple[Column, ...] = (
    text("article_id", "id of this text", lambda r: r.message.article_id),
    text("article", "the publisher's own id", lambda r: r.message.article),
    text("url", "where it stands", lambda r: r.message.url),
    text("publisher", "who published it", lambda r: r.message.publisher),
    time("published", "when it appeared", lambda r: r.message.published),
    text("published_from", "whether publisher, text or arrival says so", lambda r: r.message.published_from),
    time("learned", "when it came in here", lambda r: r.message.arrived),
    text("title", "its title", lambda r: r.message.title),
    text("language", "ISO 639-1, or und", lambda r: r.message.language),
    count("revision", "1 for the first text of its address", lambda r: r.message.revision),
    text("revises", "id of the text before", lambda r: r.message.revises),
    text("trace", "exact, copy, abridged, update or new", lambda r: r.message.trace),
    text("copy_of", "id of the text it repeats", lambda r: r.message.copy_of),
    text("lineage", "origin: id of the first text with these words", lambda r: r.message.lineage),
    text("agencies", "news agencies it credits", lambda r: _joined(r.message.agencies)),
    count("figures", "figures found in it; empty: not read yet", lambda r: None if r.read is None else r.read.figures),
    flag("text_kept", "whether its text can still be read here", lambda r: r.text_kept),
)


def _open(figure: FigureStated) -> list[str]:
    return [conflict.severity for conflict in figure.conflicts if conflict.state == "open"]


FIGURE: tuple[Column, ...] = (
    text("series", "series id", lambda r: r.series),
    text("label", "its name for people", lambda r: r.label),
    text("metric", "what is counted", lambda r: r.metric.value),
    text("unit", "unit of the numbers", lambda r: r.unit),
    text("whose", "whose it is", lambda r: r.whose),
    text("places", "entity ids of its places", lambda r: _joined(r.places)),
    text("window", "the time it covers", lambda r: r.window),
    time("updated", "when it last changed", lambda r: r.updated),
    count("statements", "claims that stand, one of each voice at each scope", lambda r: len(r.statements)),
    count("voices", "who say them", lambda r: len({claim.voice for claim in r.statements})),
    number("lowest", "least of their low ends", lambda r: min((s.low for s in r.statements), default=None)),
    number("highest", "most of their headline numbers", lambda r: max((s.value for s in r.statements), default=None)),
    count("open_conflicts", "conflicts open in it", lambda r: len(_open(r))),
    text("severity", "of the worst of them", lambda r: max(_open(r), key=SEVERITIES.index, default=None)),
    *_claims(lambda r: r.statements[-1] if r.statements else None, "latest_"),
)

CONFLICT: tuple[Column, ...] = (
    text("id", "conflict id, which is its alert's fingerprint", lambda r: r.conflict.id),
    text("series", "series id", lambda r: r.series),
    text("label", "name of the series", lambda r: r.label),
    text("metric", "what is counted", lambda r: r.metric.value),
    text("state", "open or resolved", lambda r: r.conflict.state),
    text("cause", "why it is in this state", lambda r: r.conflict.cause),
    text("severity", "none, info, warning or critical", lambda r: r.conflict.severity),
    number("ratio", "low end of the higher over high end of the lower", lambda r: r.conflict.ratio),
    text("flags", "scope_differs, soft_bound, …", lambda r: _joined(r.conflict.flags)),
    time("opened", "when it began", lambda r: r.conflict.opened),
    time("updated", "when it last changed", lambda r: r.conflict.updated),
    text("one", "claim id", lambda r: r.conflict.one),
    text("other", "claim id", lambda r: r.conflict.other),
)


def _side(number_: int, name: str) -> tuple[Column, ...]:
    def of(row: AlertRaised) -> Claim:
        return row.claims[number_]

    return (
        *_claims(of, f"{name}_"),
        count(f"{name}_outlets", "publishers that carry it", lambda r: r.sides[number_].outlets),
        count(f"{name}_origins", "their origins: copies are one", lambda r: r.sides[number_].origins),
        text(f"{name}_claim", "claim id", lambda r: r.claims[number_].id),
    )


ALERT: tuple[Column, ...] = (
    text("id", "id of this message: fingerprint:sequence", lambda r: r.id),
    text("fingerprint", "id of the alert", lambda r: r.fingerprint),
    text("message_type", "alert, update or cancel", lambda r: r.message_type),
    time("raised", "when it was raised", lambda r: r.raised),
    text("severity", "warning or critical", lambda r: r.severity),
    text("verdict", "conflict, increase, decrease, …", lambda r: r.verdict),
    text("reason", "stable code of the deciding rule", lambda r: r.reason),
    text("flags", "scope_differs, soft_bound, …", lambda r: _joined(r.flags)),
    number("ratio", "low end of the higher over high end of the lower", lambda r: r.ratio),
    text("metric", "what is counted", lambda r: r.metric.value),
    text("label", "name of the series", lambda r: r.label),
    text("series", "series id", lambda r: r.series),
    text("attribution", "one line ready to copy", lambda r: r.attribution),
    text("page", "where it stands at this desk", lambda r: f"/alerts/{quote(r.fingerprint, safe='')}"),
    *_side(0, "one"),
    *_side(1, "other"),
)


def _window(name: WindowName, field: str) -> Callable[[EntityTallied], int | None]:
    return lambda row: getattr(row.windows.get(name), field, None)


ENTITY: tuple[Column, ...] = (
    text("entity", "entity id", lambda r: r.entity),
    text("name", "its name", lambda r: r.name),
    text("type", "PER, ORG, GPE, LOC, NORP or FAC", lambda r: r.type),
    time("as_of", "when this was counted", lambda r: r.as_of),
    time("first_seen", "its first mention", lambda r: r.first_seen),
    time("last_seen", "its last mention", lambda r: r.last_seen),
    *(
        count(f"{field}_{window}", f"{field} of the last {window}", _window(window, field))
        for window in get_args(WindowName)
        for field in ("mentions", "articles", "lineages", "publishers")
    ),
    text(
        "figures", "figures of the last 7 days by metric", lambda r: _joined(f"{m} {n}" for m, n in r.figures.items())
    ),
    text("companions", "whom it is named with most", lambda r: _joined(each.name for each in r.companions)),
)


def _gap(source: Source) -> float | None:
    return None if source.typical_gap is None else source.typical_gap.total_seconds()


SOURCE: tuple[Column, ...] = (
    text("publisher", "its name; empty: articles that name none", lambda r: r.publisher),
    flag("silent", "quiet for longer than its habit", lambda r: r.silent),
    count("articles", "articles kept", lambda r: r.articles),
    count("articles_24h", "articles of the last 24 hours", lambda r: r.articles_24h),
    count("claims", "claims of them", lambda r: r.claims),
    count("rejected", "records of it that could not be used", lambda r: r.rejected),
    time("last_arrived", "when its last article came", lambda r: r.last_arrived),
    number("typical_gap_seconds", "mean time between its articles of 7 days", _gap),
    text("languages", "most used first", lambda r: _joined(r.languages)),
)


def _verdicts(given: Callable[[Any], VerdictGiven]) -> tuple[Column, ...]:
    return (
        time("at", "when it was given", lambda r: given(r).at),
        text("series", "series id", lambda r: given(r).series),
        text("one", "claim id", lambda r: given(r).one),
        text("other", "claim id", lambda r: given(r).other),
        text("verdict", "same, refinement, increase, …", lambda r: given(r).verdict.verdict),
        text("severity", "none, info, warning or critical", lambda r: given(r).verdict.severity),
        flag("alert", "whether it is an alert", lambda r: given(r).verdict.alert),
        flag("hold", "whether a person must look first", lambda r: given(r).verdict.hold),
        text("reason", "stable code of the deciding rule", lambda r: given(r).verdict.reason),
        text("flags", "scope_differs, soft_bound, …", lambda r: _joined(given(r).verdict.flags)),
        number("ratio", "low end of the higher over high end of the lower", lambda r: given(r).verdict.ratio),
        text("because", "the chain of rules in words", lambda r: _joined(given(r).verdict.because)),
    )


VERDICT: tuple[Column, ...] = (
    *_verdicts(lambda row: row),
    text("decision", "released or dismissed, where it was held", lambda r: r.decision),
)


def _decided(field: str) -> Callable[[HeldItem], Any]:
    return lambda row: getattr(row.decision, field, None)


HELD: tuple[Column, ...] = (
    text("id", "its name in the review queue", lambda r: r.id),
    *_verdicts(lambda row: row.given),
    *_claims(lambda row: row.claims[0], "one_"),
    *_claims(lambda row: row.claims[1], "other_"),
    text("decision", "released or dismissed; empty: it waits", _decided("decision")),
    text("by", "who decided", _decided("by")),
    text("why", "their reason", _decided("why")),
    time("decided", "when", _decided("at")),
)

LETTER: tuple[Column, ...] = (
    text("id", "dead letter id", lambda r: r.message.id),
    text("stage", "which stage could not use it", lambda r: r.message.stage),
    text("reason", "stable code", lambda r: r.message.reason),
    text("field", "which field", lambda r: r.message.field),
    text("problem", "what is wrong with it", lambda r: r.message.problem),
    text("fix", "what to send instead", lambda r: r.message.fix),
    text("topic", "topic it stands in", lambda r: r.message.origin.topic),
    count("partition", "partition it stands in", lambda r: r.message.origin.partition),
    count("offset", "its offset there", lambda r: r.message.origin.offset),
    count("body_size", "bytes of it", lambda r: r.message.body_size),
    flag("complete", "whether all of them are kept", lambda r: r.message.complete),
    time("rejected", "when it was refused", lambda r: r.message.rejected),
    time("replayed", "when somebody put it back", lambda r: r.replayed),
)
