"""Trace an article: is it exactly, partly or not at all the words of an earlier one?

Order of the questions, and why:
1. Answered before (redelivery)? The same answer again: the table remembers it by article id.
2. Exactly the same characters as an earlier article? `exact`, the one kind that need not be read again.
3. A revision of an earlier article? `update`: it has that article's lineage even if its words are all new.
4. Contained in an earlier article, or containing it? `copy`, `abridged` or `update`, with that article's lineage.
5. Else it is `new` and starts a lineage.

Memory holds one index per language: a language is one partition (the key of the admitted topic), so its records come
in one order and a rebuilt index is the index that was lost. It is rebuilt from the table `sketches`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.article import ArticleAdmitted, ArticleTraced, Span, TraceKind
from schemas.ids import digest
from schemas.outcomes import Arrival, Outcome, Processed, Tables, Write
from services.copies.containment import Sketch, numbers_beyond, sketch
from services.copies.index import Entry, Index, Match
from services.copies.packed import Packed
from services.copies.record import Answer, FirstText, Record

SKETCHES = "sketches"
TEXTS = "texts"

WINDOW = timedelta(hours=72)
"""By arrival. Wire stories are copied within hours; 72 h reaches over a weekend (design.md, table of stages)."""

INDEXED_BELOW = 0.8
"""A copy that holds this much of its source brings no words of its own; indexing it makes clusters snowball
(measured, design.md "Copies")."""

ABRIDGED_BELOW = 0.8
"""Share of the source's words from which a copy counts as shortened. Headline and dateline alone move it by 5 %."""

MAX_CHANGED = 64
"""Changed numbers told of one update; a page of results changes all of them, and nobody reads 64."""

SWEPT_AT_ONCE = 100
"""Expired rows deleted per article: twice two rows would keep up, a hundred catches up after a quiet weekend."""


@dataclass(slots=True)
class _Window:
    """What is remembered of one language: its index, its articles in order of arrival, its latest arrival."""

    latest: datetime
    index: Index = field(default_factory=Index)
    articles: deque[tuple[datetime, str]] = field(default_factory=deque)  # arrival, article id

    def move_to(self, at: datetime) -> datetime:
        """The horizon after an arrival at `at`; a late record never moves it back."""
        self.latest = max(at, self.latest)
        horizon = self.latest - WINDOW
        self.index.drop_before(horizon)
        return horizon

    def remember(self, article_id: str, record: Record, sketched: Sketch | None = None) -> None:
        """Note an article; `sketched` is what its record's sketch says, if that is known already."""
        self.latest = max(record.at, self.latest)
        self.articles.append((record.at, article_id))
        if record.sketch is not None:
            entry = Entry(article_id, record.answer.lineage, record.at, record.sketch)
            self.index.add(entry, sketched or record.sketch.sketch())

    def sweep(self, tables: Tables, horizon: datetime) -> list[Write]:
        """Removal of the oldest rows that arrived before `horizon`, a bounded number of them."""
        writes: list[Write] = []
        while self.articles and self.articles[0][0] < horizon and len(writes) < SWEPT_AT_ONCE:
            _, article_id = self.articles.popleft()
            record = tables[SKETCHES].get(article_id)
            if record is None:
                continue
            text = Record.from_bytes(record).text
            first = tables[TEXTS].get(text)
            if first is not None and FirstText.from_bytes(first).article_id == article_id:
                writes.append(Write(TEXTS, text, None))
            # Last, as in `step`: while it stands, a restored stage still knows that the text must go.
            writes.append(Write(SKETCHES, article_id, None))
        return writes


class Tracer:
    """The copies stage. `step` answers from its memory and the tables; `restore` rebuilds the memory."""

    def __init__(self) -> None:
        self._windows: dict[str, _Window] = {}

    def restore(self, tables: Tables) -> None:
        """Rebuild the memory from the table `sketches`, after the tables were recovered or partitions moved."""
        self._windows = {}
        records = [(Record.from_bytes(value), article_id) for article_id, value in tables[SKETCHES].items()]
        for record, article_id in sorted(records, key=lambda pair: (pair[0].order, pair[1])):
            self._window(record.language, record.at).remember(article_id, record)

    def step(self, message: ArticleAdmitted, tables: Tables, arrival: Arrival) -> Outcome:
        """`message` with its trace, its record, and the removal of records that left the window."""
        answered = tables[SKETCHES].get(message.article_id)
        if answered is not None:
            return Processed(emit=(_traced(message, Record.from_bytes(answered).answer),))
        window = self._window(message.language, arrival.at)
        horizon = window.move_to(arrival.at)
        text = digest("text", message.text)
        sketched = sketch(message.text, ((junk.start, junk.end) for junk in message.junk))
        packed = Packed.of(sketched)
        answer = _answer(message, window.index, tables, text=text, sketched=sketched, packed=packed, horizon=horizon)
        indexed = answer.trace == "new" or (answer.trace != "exact" and answer.containment < INDEXED_BELOW)
        record = Record(
            answer=answer,
            language=message.language,
            text=text,
            at=arrival.at,
            order=arrival.offset,
            sketch=packed if indexed else None,
        )
        store = window.sweep(tables, horizon)
        window.remember(message.article_id, record, sketched)
        if answer.trace != "exact":
            store.append(Write(TEXTS, text, FirstText(message.article_id, answer.lineage, arrival.at).to_bytes()))
        # The record goes last: it is what tells a redelivery, so all else must be stored when it is.
        store.append(Write(SKETCHES, message.article_id, record.to_bytes()))
        return Processed(emit=(_traced(message, answer),), store=tuple(store))

    def _window(self, language: str, at: datetime) -> _Window:
        if language not in self._windows:
            self._windows[language] = _Window(latest=at)
        return self._windows[language]


def _answer(
    message: ArticleAdmitted,
    index: Index,
    tables: Tables,
    *,
    text: str,
    sketched: Sketch,
    packed: Packed,
    horizon: datetime,
) -> Answer:
    stored = tables[TEXTS].get(text)
    if stored is not None:
        first = FirstText.from_bytes(stored)
        if first.at >= horizon and first.article_id != message.article_id:
            return Answer("exact", first.article_id, first.lineage, 1.0)
    match = index.find(sketched, packed, besides=message.article_id)
    containment = round(match.overlap.containment, 4) if match else 0.0
    before = tables[SKETCHES].get(message.revises) if message.revises else None
    if before is not None:
        earlier = Record.from_bytes(before)
        known = earlier.sketch.sketch() if earlier.sketch else (match.sketch if match else None)
        changed = _beyond(message, known)
        return Answer("update", message.revises, earlier.answer.lineage, containment, changed)
    if match is None:
        return Answer("new", None, message.article_id, 0.0)
    kind = _kind(sketched, match)
    changed = _beyond(message, match.sketch) if kind == "update" else ()
    return Answer(kind, match.entry.article_id, match.entry.lineage, containment, changed)


def _beyond(message: ArticleAdmitted, source: Sketch | None) -> tuple[tuple[int, int], ...]:
    """What an update changes: where its numbers stand that its source has not."""
    if source is None:
        return ()
    return tuple(numbers_beyond(message.text, source, ((junk.start, junk.end) for junk in message.junk))[:MAX_CHANGED])


def _kind(sketched: Sketch, match: Match) -> TraceKind:
    """A shortened text without a new number is abridged; one with a number its source lacks is an update."""
    source = match.sketch
    if not sketched.numbers <= source.numbers:
        return "update"
    return "abridged" if sketched.words < ABRIDGED_BELOW * source.words else "copy"


def _traced(message: ArticleAdmitted, answer: Answer) -> ArticleTraced:
    return ArticleTraced(
        **dict(message),
        trace=answer.trace,
        copy_of=answer.copy_of,
        lineage=answer.lineage,
        containment=answer.containment,
        changed=tuple(Span(start=start, end=end) for start, end in answer.changed),
    )
