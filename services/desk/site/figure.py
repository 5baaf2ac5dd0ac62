"""A figure: who says what of one count, how that changed, and how it stood at any earlier time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.desk_act import DeskActed
from schemas.figure import Conflict, FigureStated
from services.desk.queries import acts, alerts, claims, figures
from services.desk.queries.claims import Known
from services.desk.site.asked import Asked
from services.desk.site.cards import Dispute, FigureCard, dispute, figure_card, worst_first
from services.desk.site.page import NotHere, Page
from services.desk.site.past import with_last_words
from services.desk.site.timeline import Timeline, timeline

ROWS = 100
"""Voices on the figure's own page; the busiest series of 461 war reports has 14."""

CLAIMS_SHOWN = 100
"""Claims in the table below; all of them stand under "all claims"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which what is known of the figure changed, and who had spoken by then."""

    at: datetime
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """`moments`: every change, oldest first; `step`: the one shown, counted from 0. `then`: as known at, None: now.
    `latest_alerts`: of its conflicts, the worst that is open first, those that are over last."""

    card: FigureCard
    moments: tuple[Moment, ...]
    step: int
    then: datetime | None
    absent: tuple[str, ...]
    timeline: Timeline | None
    known: tuple[Known, ...]
    left_out: int
    over: tuple[Dispute, ...]
    latest_alerts: tuple[AlertRaised, ...]
    acts: tuple[DeskActed, ...]
    silenced: DeskActed | None


async def view(db: AsyncConnection, asked: Asked) -> FigureView:
    """`?as_known_at=` a time, or `?step=` a change counted from 0 (the slider without JavaScript)."""
    series = asked.path["series"]
    states = await figures.history(db, series)
    if not states:
        raise NotHere(
            "This desk holds no figure of that name.",
            "Its address may be mistyped; if the desk was just started it is still reading: wait a moment and reload.",
        )
    step = _step(states, asked)
    then = asked.as_known_at or (states[step].updated if step < len(states) - 1 else None)
    shown = await figures.one(db, series, then)
    if shown is None:
        first = states[0].updated
        raise NotHere(
            "Nobody had said anything of this figure then.",
            f"The first number came at {first:%Y-%m-%d %H:%M} UTC: choose a later time.",
        )
    known = await claims.of_series(db, series, then)
    (last,) = await with_last_words(db, [shown], then)
    carried = await claims.carried(db, [claim.id for claim in last.statements])
    by_id = {one.claim.id: one.claim for one in known} | {c.id: c for c in shown.statements}
    card = figure_card(last, carried, ROWS)
    contested = frozenset(row.voice for row in card.statements if row.contested)
    ranked = [*(each.conflict for each in card.disputes), *worst_first(_over(shown.conflicts))]
    return FigureView(
        card=replace(card, figure=shown, past=not shown.statements),
        moments=tuple(Moment(s.updated, _voices(s.statements)) for s in states),
        step=step,
        then=then,
        absent=_absent(states[-1], shown) if then else (),
        timeline=timeline([one.claim for one in known if one.revised_by is None], asked.zone, contested),
        known=tuple(reversed(known))[:CLAIMS_SHOWN],
        left_out=max(0, len(known) - CLAIMS_SHOWN),
        over=tuple(dispute(c, by_id) for c in worst_first(_over(shown.conflicts))),
        latest_alerts=tuple([a for c in ranked if (a := await alerts.one(db, c.id)) is not None]),
        acts=tuple(await acts.of(db, series)),
        silenced=(await alerts.silenced(db, asked.now)).get(series),
    )


def twin(shown: FigureView) -> dict[str, Any]:
    """The figure as known then, every claim of it, and the times at which it changed."""
    return {
        "figure": shown.card.figure,
        "as_known_at": shown.then,
        "changes": [moment.at for moment in shown.moments],
        "claims": [{"learned": one.learned, "revised_by": one.revised_by, "claim": one.claim} for one in shown.known],
        "claims_left_out": shown.left_out,
        "alerts": [alert.id for alert in shown.latest_alerts],
        "acts": list(shown.acts),
    }


PAGE = Page("/figures/{series}", "figure.html", view, twin)


def _step(states: list[FigureStated], asked: Asked) -> int:
    """The change that was the last one at the time asked for."""
    if asked.as_known_at is not None:
        return max(0, sum(state.updated <= asked.as_known_at for state in states) - 1)
    given = asked.query.get("step", "")
    return min(int(given), len(states) - 1) if given.isascii() and given.isdigit() else len(states) - 1


def _voices(statements: tuple[Claim, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.voice_name for claim in statements))


def _absent(now: FigureStated, then: FigureStated) -> tuple[str, ...]:
    """Voices that speak of it now and had not by then."""
    had = set(_voices(then.statements))
    return tuple(voice for voice in _voices(now.statements) if voice not in had)


def _over(conflicts: tuple[Conflict, ...]) -> list[Conflict]:
    return [conflict for conflict in conflicts if conflict.state != "open"]
