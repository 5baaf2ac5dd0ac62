"""What one record makes the ledger say of all the series it touches, and the rows to store for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Write
from schemas.verdict import VerdictGiven
from services.ledger import told
from services.ledger.articles import ArticleRecord, key_of
from services.ledger.held import Held
from services.ledger.record import TABLE, SeriesRecord, stated
from services.ledger.review import Review
from services.ledger.series import series_of


@dataclass(slots=True)
class Said:
    """Everything said while one record is applied, series by series."""

    arrival: Arrival
    verdicts: list[VerdictGiven] = field(default_factory=list)
    alerts: list[AlertRaised] = field(default_factory=list)
    figures: list[FigureStated] = field(default_factory=list)
    _held: list[Held] = field(default_factory=list)
    _series: list[Write] = field(default_factory=list)

    def take(self, series: SeriesRecord, claims: Iterable[Claim], review: Review) -> None:
        """Apply claims to a series, and note what comes of it."""
        claims = list(claims)
        self._note(series, review.take(claims), claims, review)

    def release(self, series: SeriesRecord, held: Held, review: Review) -> None:
        """Apply a person's decision to a series."""
        self._note(series, review.release(held), (), review)

    def store(
        self,
        *,
        first: Iterable[Write],
        articles: Iterable[ArticleRecord],
        alerts: Sequence[AlertRaised],
        last: tuple[str, bytes],
    ) -> tuple[Write, ...]:
        """The rows in the order of outbox.py: `first` the alerts, `last` what counts the record as applied."""
        return (
            *first,
            *(Write(TABLE, key_of(row.article_id, row.partition), row.encode()) for row in articles),
            *(write for held in self._held for write in held.write()),
            *self._series,
            *told.rows(alerts, self.arrival.partition),
            Write(TABLE, *last),
        )

    def _note(self, before: SeriesRecord, after: SeriesRecord, claims: Sequence[Claim], review: Review) -> None:
        self.verdicts += review.verdicts
        self.alerts += review.alerts
        self._held += review.held
        names = {series_of(claim) or "" for claim in claims} | {given.series for given in review.verdicts}
        known = {dispute.id: dispute for dispute in before.disputes}
        names |= {d.series or after.series for d in after.disputes if known.get(d.id) is not d}
        live = {entry.claim.id for entry in after.entries}
        lost = {series_of(entry.claim) or "" for entry in before.entries if entry.claim.id not in live}
        self.figures += stated(after, names | lost)
        self.figures += _emptied(before, after, lost) if lost else []
        self._series.append(Write(TABLE, after.series, after.encode()))


def _emptied(before: SeriesRecord, after: SeriesRecord, lost: set[str]) -> list[FigureStated]:
    """The series of which nothing is left, as such: on a compacted topic their last state would stay for ever."""
    gone = lost - {series_of(entry.claim) for entry in after.entries}
    return [
        figure.model_copy(update={"statements": (), "conflicts": (), "updated": after.updated})
        for figure in stated(before, gone)
    ]
