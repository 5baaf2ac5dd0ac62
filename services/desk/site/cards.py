"""The cards that several pages show: a figure, an alert. Pure: made from messages and counts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.figure import Conflict, FigureStated
from schemas.verdict import SEVERITIES
from services.desk.chart import Chart, draw
from services.desk.quotes import AROUND, Quote, quote
from services.desk.wording import phrase, scopes, speaker

ROWS_SHOWN = 12
"""Voices of one card that a person can scan; the figure's own page shows all."""

Carried = Mapping[str, tuple[int, int]]
"""Claim id → (outlets, origins): distinct publishers and distinct lineages that carry the same statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a figure: who says it and how many carry it."""

    claim: Claim
    voice: str
    outlets: int
    origins: int
    contested: bool
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertCard:
    """One alert: its message, the two sides as quotes, what to know about it, and its two claims on one axis. `over`:
    its conflict, if that has ended."""

    alert: AlertRaised
    quotes: tuple[Quote, Quote]
    remarks: tuple[str, ...]
    statements: tuple[Statement, ...]
    chart: Chart
    over: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """One conflict of a figure, between `one` and `other` as shown."""

    conflict: Conflict
    one: str
    other: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureCard:
    """`past`: nothing of it is compared any more, and the statements are those said last."""

    figure: FigureStated
    statements: tuple[Statement, ...]
    chart: Chart
    disputes: tuple[Dispute, ...]
    left_out: int
    past: bool = False


def alert_card(alert: AlertRaised, around: int = AROUND, over: Conflict | None = None) -> AlertCard:
    """The card of one alert; the sides belong to the claims by claim id. `around`: as in `quote`."""
    sides = {side.claim: side for side in alert.sides}
    one, other = (
        quote(claim, sides.get(claim.id, side), around) for claim, side in zip(alert.claims, alert.sides, strict=True)
    )
    return AlertCard(
        alert,
        (one, other),
        remarks(alert.flags, alert.claims),
        tuple(
            Statement(q.claim, q.voice, q.outlets, q.origins, contested=True, agencies=side.agencies)
            for q, side in zip((one, other), alert.sides, strict=True)
        ),
        draw(alert.claims, alert.claims),
        over,
    )


def figure_card(figure: FigureStated, carried: Carried, rows: int = ROWS_SHOWN) -> FigureCard:
    """The card of one series: at most `rows` statements, those in open conflict first, then the newest; the worst
    open gap shaded."""
    by_id = {claim.id: claim for claim in figure.statements}
    open_conflicts = worst_first(c for c in figure.conflicts if c.state == "open")
    contested = {claim for c in open_conflicts for claim in (c.one, c.other)}
    ranked = sorted(figure.statements, key=lambda c: (c.id not in contested, -c.as_of.timestamp(), c.value, c.id))
    shown = ranked[:rows]
    pairs = ((by_id.get(c.one), by_id.get(c.other)) for c in open_conflicts)
    apart = next(((one, other) for one, other in pairs if one and other), None)
    return FigureCard(
        figure=figure,
        statements=tuple(
            Statement(c, speaker(c), *carried.get(c.id, (1, 1)), c.id in contested, c.agencies) for c in shown
        ),
        chart=draw(shown, apart),
        disputes=tuple(dispute(c, by_id) for c in open_conflicts),
        left_out=len(figure.statements) - len(shown),
    )


def worst_first(conflicts: Iterable[Conflict]) -> list[Conflict]:
    return sorted(conflicts, key=lambda c: (-SEVERITIES.index(c.severity), -(c.ratio or 0), c.id))


def remarks(flags: Iterable[str], claims: tuple[Claim, Claim]) -> tuple[str, ...]:
    """Flags as sentences; that scopes differ comes first and names them."""
    flags = tuple(flags)
    first = (f"Scopes differ: {scopes(claims)}.",) if "scope_differs" in flags else ()
    return first + tuple(phrase(flag, "flags") for flag in flags if flag != "scope_differs")


def dispute(conflict: Conflict, by_id: Mapping[str, Claim]) -> Dispute:
    """`conflict` for people; `by_id` has its claims, where they are known."""
    one, other = by_id.get(conflict.one), by_id.get(conflict.other)
    known = remarks(conflict.flags, (one, other)) if one and other else ()
    return Dispute(conflict, _voice(one), _voice(other), known)


def _voice(claim: Claim | None) -> str:
    return "an earlier voice" if claim is None else speaker(claim)
