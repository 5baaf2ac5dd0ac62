"""What each card and list of the board says, made from the read store. Pure: the same store gives the same board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.entity import EntityTallied
from schemas.figure import Conflict, FigureStated
from schemas.verdict import VerdictGiven
from services.desk.chart import Chart, draw
from services.desk.quotes import Quote, quote
from services.desk.read_store import ReadStore
from services.desk.wording import phrase, scopes, speaker

ALERTS_SHOWN = 20
FIGURES_SHOWN = 12
SINGLES_SHOWN = 40
NOTES_SHOWN = 20
ENTITIES_SHOWN = 40
ROWS_SHOWN = 12
"""What a person can scan on one page; all full, it is 155 kB of HTML made in 30 to 50 ms. Where something is left out
the page says how much, and board.json has it all."""

Sides = dict[str, tuple[str, int, int]]
"""Claim id → (voice as shown, outlets, origins)."""

SEVERITIES = ("none", "info", "warning", "critical")


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a figure: who says it and how many carry it."""

    claim: Claim
    voice: str
    outlets: int
    origins: int
    contested: bool


@dataclass(frozen=True, slots=True)
class AlertCard:
    """One alert: its message, the two sides as quotes, what to know about it, and its two claims on one axis."""

    alert: AlertRaised
    quotes: tuple[Quote, Quote]
    remarks: tuple[str, ...]
    statements: tuple[Statement, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class Dispute:
    """One open conflict of a figure, between `one` and `other` as shown."""

    conflict: Conflict
    one: str
    other: str
    remarks: tuple[str, ...]
    has_alert: bool


@dataclass(frozen=True, slots=True)
class FigureCard:
    figure: FigureStated
    statements: tuple[Statement, ...]
    chart: Chart
    disputes: tuple[Dispute, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Note:
    """A conflict that is no alert, or a held verdict. `repeats`: how often the same two said the same again."""

    given: VerdictGiven
    one: Claim
    other: Claim
    label: str | None
    remarks: tuple[str, ...]
    repeats: int


@dataclass(frozen=True, slots=True)
class Board:
    alerts: tuple[AlertCard, ...]
    alerts_left_out: int
    figures: tuple[FigureCard, ...]
    figures_left_out: int
    singles: tuple[Statement, ...]
    singles_left_out: int
    notes: tuple[Note, ...]
    entities: tuple[EntityTallied, ...]
    entities_left_out: int


def board(store: ReadStore) -> Board:
    """The whole board as it stands."""
    alerts = store.alerts()
    figures = [f for f in store.figures() if f.statements]
    contested = [f for f in figures if len(f.statements) > 1 or f.conflicts]
    singles = [f for f in figures if len(f.statements) == 1 and not f.conflicts]
    entities = store.entities()
    return Board(
        alerts=tuple(alert_card(alert) for alert in alerts[:ALERTS_SHOWN]),
        alerts_left_out=max(0, len(alerts) - ALERTS_SHOWN),
        figures=tuple(figure_card(store, figure) for figure in contested[:FIGURES_SHOWN]),
        figures_left_out=max(0, len(contested) - FIGURES_SHOWN),
        singles=tuple(_statement(store, f.statements[0], {}, set()) for f in singles[:SINGLES_SHOWN]),
        singles_left_out=max(0, len(singles) - SINGLES_SHOWN),
        notes=_notes(store),
        entities=tuple(entities[:ENTITIES_SHOWN]),
        entities_left_out=max(0, len(entities) - ENTITIES_SHOWN),
    )


def alert_card(alert: AlertRaised) -> AlertCard:
    """The card of one alert; the sides belong to the claims by claim id."""
    sides = {side.claim: side for side in alert.sides}
    one, other = (
        quote(claim, sides.get(claim.id, side)) for claim, side in zip(alert.claims, alert.sides, strict=True)
    )
    return AlertCard(
        alert,
        (one, other),
        remarks(alert.flags, alert.claims),
        tuple(Statement(q.claim, q.voice, q.outlets, q.origins, contested=True) for q in (one, other)),
        draw(alert.claims, alert.claims),
    )


def figure_card(store: ReadStore, figure: FigureStated) -> FigureCard:
    """The card of one series: its statements newest first, the worst open conflict's gap shaded."""
    open_conflicts = sorted(
        (c for c in figure.conflicts if c.state == "open"),
        key=lambda c: (-SEVERITIES.index(c.severity), -(c.ratio or 0), c.id),
    )
    contested = {claim for c in open_conflicts for claim in (c.one, c.other)}
    shown = sorted(figure.statements, key=lambda c: (c.id not in contested, -c.as_of.timestamp(), c.value, c.id))
    shown = sorted(shown[:ROWS_SHOWN], key=lambda c: (-c.as_of.timestamp(), c.value, c.id))
    sides = _sides(store, figure)
    worst = next(iter(_pairs(store, open_conflicts)), None)
    return FigureCard(
        figure=figure,
        statements=tuple(_statement(store, claim, sides, contested) for claim in shown),
        chart=draw(shown, worst),
        disputes=tuple(_dispute(store, c, sides) for c in open_conflicts),
        left_out=len(figure.statements) - len(shown),
    )


def remarks(flags: Iterable[str], claims: tuple[Claim, Claim]) -> tuple[str, ...]:
    """Flags as sentences; that scopes differ comes first and names them."""
    flags = tuple(flags)
    first = (f"Scopes differ: {scopes(claims)}.",) if "scope_differs" in flags else ()
    return first + tuple(phrase(flag, "flags") for flag in flags if flag != "scope_differs")


def _sides(store: ReadStore, figure: FigureStated) -> Sides:
    """Claim id → (voice, outlets, origins) as the alerts of this series give them: two cards must not disagree."""
    alerts = (store.alert(conflict.id) for conflict in figure.conflicts)
    return {side.claim: (side.voice, side.outlets, side.origins) for a in alerts if a for side in a.sides}


def _statement(store: ReadStore, claim: Claim, sides: Sides, contested: set[str]) -> Statement:
    voice, outlets, origins = sides.get(claim.id) or (speaker(claim), *store.claims.carried(claim))
    return Statement(claim, voice, outlets, origins, claim.id in contested)


def _pairs(store: ReadStore, conflicts: Iterable[Conflict]) -> Iterable[tuple[Claim, Claim]]:
    for conflict in conflicts:
        one, other = store.claims.get(conflict.one), store.claims.get(conflict.other)
        if one and other:
            yield one, other


def _dispute(store: ReadStore, conflict: Conflict, sides: Sides) -> Dispute:
    one, other = store.claims.get(conflict.one), store.claims.get(conflict.other)
    known = remarks(conflict.flags, (one, other)) if one and other else ()
    return Dispute(conflict, _voice(one, sides), _voice(other, sides), known, store.alert(conflict.id) is not None)


def _voice(claim: Claim | None, sides: Sides) -> str:
    if claim is None:
        return "an earlier voice"
    return sides[claim.id][0] if claim.id in sides else speaker(claim)


def _notes(store: ReadStore) -> tuple[Note, ...]:
    """The newest note of each two voices in each series; older ones of the same two are counted, not listed.

    A note whose claims are no longer kept is left out: without its words it says nothing.
    """
    notes: dict[tuple[object, ...], list[tuple[VerdictGiven, Claim, Claim]]] = {}
    for given in store.notes():
        one, other = store.claims.get(given.one), store.claims.get(given.other)
        if one is not None and other is not None:
            same = (given.series, frozenset((one.voice, other.voice)), given.verdict.reason, given.verdict.hold)
            notes.setdefault(same, []).append((given, one, other))
    return tuple(_note(store, *repeats[0], repeats=len(repeats) - 1) for repeats in list(notes.values())[:NOTES_SHOWN])


def _note(store: ReadStore, given: VerdictGiven, one: Claim, other: Claim, repeats: int) -> Note:
    figure = store.figure(given.series)
    label = figure.label if figure else None
    return Note(given, one, other, label, remarks(given.verdict.flags, (one, other)), repeats)
