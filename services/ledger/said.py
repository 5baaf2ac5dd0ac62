"""What one record makes the ledger say of all the series it touches, and the rows to store for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Write
from schemas.parts import Parts
from schemas.verdict import VerdictGiven
from services.ledger import revision
from services.ledger.review import Review
from services.ledger.rows import redo, told
from services.ledger.rows.articles import ArticleRecord, key_of
from services.ledger.rows.entries import goes_stale
from services.ledger.rows.gathered import Gathered
from services.ledger.rows.held import Held
from services.ledger.rows.index import Index
from services.ledger.rows.live import home_of
from services.ledger.rows.record import TABLE, SeriesRecord, stated


@dataclass(slots=True)
class Said:
    """Everything said while one record is applied, event by event. `homes`: the series in which its claims are kept."""

    rows: Mapping[str, bytes]
    arrival: Arrival
    verdicts: list[VerdictGiven] = field(default_factory=list)
    alerts: list[AlertRaised] = field(default_factory=list)
    figures: list[FigureStated] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    _held: list[Held] = field(default_factory=list)
    _series: list[Write] = field(default_factory=list)
    _is_whole: bool = False

    def take(self, claims: Sequence[Claim], review: Review) -> Parts[None]:
        """Apply claims to the series they belong to, and note what comes of it."""
        after = yield from revision.take(review, claims)
        self.note(after, review)
        for claim in claims:
            entry = review.live.find(claim.id)
            if entry is not None:
                self.homes[claim.id] = home_of(entry)

    def note(self, after: Gathered, review: Review) -> None:
        """Take over what a review has to say, and the rows of its series as they are `after` it."""
        before = review.known
        self.verdicts += review.verdicts
        self.alerts += review.alerts
        self._held += review.held
        changed = after.changed(before)
        self.figures += after.figures(before.own.union(changed))
        self.figures += [
            self._emptied(record, after.records[name])
            for name in changed
            if (record := before.records.get(name)) is not None and record.entries and not after.records[name].entries
        ]
        rows = [Write(TABLE, name, after.records[name].row()) for name in changed]
        self._series += [*rows, *self._index(after, changed)]
        # One row of the claims' own can be stored without the index: the record that comes again finds it, and does the
        # index. Of several a part would be judged by another part, and a row that is gone leads to no index.
        # Nor can that of a revision: judged again, it would take back what its own new claims now stand against.
        is_gone = any(row.value is None for row in rows)
        is_revision = review.setting.revision is not None
        self._is_whole |= is_revision or len(changed) > 1 or is_gone or not before.own.issuperset(changed)

    def store(
        self,
        *,
        first: Iterable[Write],
        articles: Iterable[ArticleRecord],
        alerts: Sequence[AlertRaised],
        last: Iterable[Write],
    ) -> tuple[Write, ...]:
        """The rows in the order of outbox.py: `first` the alerts, `last` what counts the record as applied."""
        rest = (
            *(Write(TABLE, key_of(row.article_id, row.partition), row.encode()) for row in articles),
            *(write for held in self._held for write in held.write()),
            *self._series,
            *told.rows(alerts, self.arrival.partition),
            *last,
        )
        return (*first, *(redo.together(rest, self.arrival.partition) if self._is_whole else rest))

    def _index(self, after: Gathered, changed: Iterable[str]) -> list[Write]:
        if after.index is None:
            return []
        touched = [after.records[name] for name in sorted(after.own.union(changed)) if name in after.records]
        known = Index.load(self.rows, after.index)
        index = known.with_series(touched, self.arrival.at)
        return [] if index is known else [Write(TABLE, after.index, index.encode(self.arrival.partition))]

    def _emptied(self, before: SeriesRecord, after: SeriesRecord) -> FigureStated:
        """A series that has no statement any more. Where all went stale the last ones are shown, as nothing newer
        replaces them; else it is told as empty, or its last state would stay on a compacted topic for ever."""
        claims = {entry.claim.id: entry.claim for entry in before.entries}
        if all(goes_stale(entry) <= self.arrival.at for entry in before.entries):
            return stated(after.model_copy(update={"entries": before.entries}), claims)
        figure = stated(before, claims)
        return figure.model_copy(update={"statements": (), "conflicts": (), "updated": after.updated})
