"""Which alerts a stream wants: what `queries.alerts.listed` asks of rows, asked of a message in memory."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.verdict import SEVERITIES
from services.desk.queries.narrowing import entity_ids
from services.desk.queries.paging import Filter
from services.desk.store.columns import folded

Term = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wants:
    """`severity`: rank, at least; of each of `terms` one must be among the alert's."""

    metric: str | None = None
    verdict: str | None = None
    severity: int = 0
    terms: tuple[frozenset[Term], ...] = ()

    def __call__(self, alert: AlertRaised, terms: AbstractSet[Term]) -> bool:
        """`terms`: what the alert is found by, `terms_of(alert.claims)`."""
        return (
            self.metric in (None, alert.metric.value)
            and self.verdict in (None, alert.verdict)
            and SEVERITIES.index(alert.severity) >= self.severity
            and all(not wanted.isdisjoint(terms) for wanted in self.terms)
        )


async def wants(db: AsyncConnection, wanted: Filter) -> Wants:
    """The wish behind a filter. Names stand for the entities that have them now; times are not asked."""
    asked: list[tuple[str, list[str] | None]] = [
        ("entity", await entity_ids(db, wanted.entity)),
        ("place", await entity_ids(db, wanted.place)),
        ("voice", None if wanted.speaker is None else [folded(wanted.speaker)]),
        ("publisher", None if wanted.publisher is None else [wanted.publisher]),
    ]
    return Wants(
        metric=wanted.metric,
        verdict=wanted.verdict,
        severity=0 if wanted.severity is None else SEVERITIES.index(wanted.severity),
        terms=tuple(frozenset((kind, value) for value in values) for kind, values in asked if values is not None),
    )
