"""The board: what is urgent, alerts, who says what, notes, names. Its sections are swapped while it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.claim import Claim
from schemas.dead_letter import ArticleRejected
from schemas.desk_act import DeskActed
from schemas.entity import EntityTallied
from schemas.figure import Conflict
from schemas.verdict import VerdictGiven
from services.desk.queries import alerts, claims, conflicts, counts, dead_letters, entities, figures, verdicts
from services.desk.queries.counts import Counts
from services.desk.queries.paging import PAGE, Filter
from services.desk.quotes import BRIEF
from services.desk.site.alerts import summary
from services.desk.site.asked import Asked
from services.desk.site.cards import AlertCard, FigureCard, alert_card, figure_card, remarks

URGENT_FOR = timedelta(hours=24)
"""How long an alert of warning or above stays in the strip on top, unless it is silenced or withdrawn. Chosen."""

HOUR = timedelta(hours=1)

Silences = Mapping[str, DeskActed]

URGENT_COUNTED = 100
"""Alerts the strip leaves out are counted up to here: each costs 20 us of CPU a snapshot, and above it the number says
only that there are many."""

LOOKED_AT = 100
"""Figures that those with two voices are looked for among: most have one."""

URGENT_SHOWN = 4
HOUR_SHOWN = 5
ALERTS_SHOWN = 6
FIGURES_SHOWN = 5
VOICES_SHOWN = 4
NOTES_SHOWN = 8
ENTITIES_SHOWN = 10
LETTERS_SHOWN = 5
"""What a person can scan; with all of it full the page stays below 100 kB. Each list leads on to its own page."""


@dataclass(frozen=True, slots=True)
class Note:
    """A conflict that is no alert, or a held verdict. `repeats`: how often the same two said the same again."""

    given: VerdictGiven
    one: Claim
    other: Claim
    remarks: tuple[str, ...]
    repeats: int


@dataclass(frozen=True, slots=True)
class Board:
    """`urgent_left_out`: how many the strip has no room for; `urgent_at_least`: not all of them were counted. `hour`:
    alerts of the last hour, for the wall, the critical ones first, with the conflict of one that is over; `before`: the
    newest there is. `silenced`: how many alerts would stand among `alerts`."""

    counts: Counts
    last: ArticleTraced | None
    urgent: tuple[AlertRaised, ...]
    urgent_left_out: int
    urgent_at_least: bool
    hour: tuple[tuple[AlertRaised, Conflict | None], ...]
    before: AlertRaised | None
    alerts: tuple[AlertCard, ...]
    silenced: int
    figures: tuple[FigureCard, ...]
    notes: tuple[Note, ...]
    entities: tuple[EntityTallied, ...]
    letters: tuple[ArticleRejected, ...]


async def view(db: AsyncConnection, asked: Asked) -> Board:
    """The whole board as it stands."""
    silences = await alerts.silenced(db, asked.now)
    heard, silenced = await _heard(db, Filter(), ALERTS_SHOWN, silences, asked)
    urgent, more = await _urgent(db, silences, asked)
    newest_figures = (await figures.listed(db, Filter(), None, LOOKED_AT)).items  # those in open conflict come first
    contested = [f for f in newest_figures if len(f.statements) > 1 or f.conflicts][:FIGURES_SHOWN]
    carried = await claims.carried(db, [claim.id for figure in contested for claim in figure.statements])
    last = await counts.last_article(db)
    over = await conflicts.over(db, [alert.fingerprint for alert in heard])
    return Board(
        counts=await counts.counts(db),
        last=None if last is None else last.message,
        urgent=tuple(urgent[:URGENT_SHOWN]),
        urgent_left_out=max(0, len(urgent) - URGENT_SHOWN),
        urgent_at_least=more,
        hour=await _hour(db, heard, silences, asked),
        before=heard[0] if heard else None,
        alerts=tuple(alert_card(alert, BRIEF, over.get(alert.fingerprint)) for alert in heard),
        silenced=silenced,
        figures=tuple(figure_card(figure, carried, VOICES_SHOWN) for figure in contested),
        notes=await _notes(db),
        entities=(await entities.listed(db, Filter(), None, ENTITIES_SHOWN, by="mentions")).items,
        letters=tuple(
            letter.message for letter in (await dead_letters.listed(db, Filter(), None, LETTERS_SHOWN)).items
        ),
    )


def twin(shown: Board) -> dict[str, Any]:
    """What the board shows, in its order; the lists behind it stand under /v1."""
    return {
        "counts": asdict(shown.counts),
        "last_article": None if shown.last is None else f"/articles/{shown.last.article_id}",
        "urgent": [summary(alert, None) for alert in shown.urgent],
        "alerts": [summary(card.alert, card.over) for card in shown.alerts],
        "figures": [card.figure for card in shown.figures],
        "notes": [note.given for note in shown.notes],
        "entities": list(shown.entities),
        "rejected": [letter.model_copy(update={"body": None, "key": None}) for letter in shown.letters],
    }


async def _hour(
    db: AsyncConnection, newest: Sequence[AlertRaised], silences: Silences, asked: Asked
) -> tuple[tuple[AlertRaised, Conflict | None], ...]:
    """The alerts of the last hour. The wall has no strip: here, too, newer warnings keep no critical one out. Those
    that are over come last: of the 43 conflicts in 461 reports of a war 32 were over once all had arrived."""
    began = asked.now - HOUR
    wanted = Filter(severity="critical", since=began)
    critical, _ = await _heard(db, wanted, HOUR_SHOWN, silences, asked)
    heard = {alert.fingerprint: alert for alert in (*critical, *newest) if alert.raised > began}
    over = await conflicts.over(db, heard)
    return tuple(sorted(((a, over.get(id_)) for id_, a in heard.items()), key=lambda each: each[1] is not None))[
        :HOUR_SHOWN
    ]


async def _urgent(db: AsyncConnection, silences: Silences, asked: Asked) -> tuple[list[AlertRaised], bool]:
    """Open conflicts of the last URGENT_FOR, the critical ones first, then the newest; and whether there are more.

    The critical are asked for apart: any number of newer warnings must not keep one out.
    """
    wanted = Filter(severity="warning", verdict="conflict", since=asked.now - URGENT_FOR)
    critical, _ = await _heard(db, replace(wanted, severity="critical"), URGENT_SHOWN, silences, asked, standing=True)
    newest, _ = await _heard(db, wanted, URGENT_COUNTED + 1, silences, asked, standing=True)
    urgent = {alert.fingerprint: alert for alert in (*critical, *newest[:URGENT_COUNTED])}
    return list(urgent.values()), len(newest) > URGENT_COUNTED


async def _heard(
    db: AsyncConnection, wanted: Filter, most: int, silences: Silences, asked: Asked, *, standing: bool = False
) -> tuple[list[AlertRaised], int]:
    """The newest `most` alerts that no silence keeps back, and how many it does before the last of them."""
    heard: list[AlertRaised] = []
    silenced, cursor = 0, None
    while True:
        page = await alerts.listed(db, wanted, cursor, max(PAGE, most), standing=standing)
        for alert in page.items:
            if standing and alert.message_type == "cancel":
                continue
            if alerts.silence_of(alert, silences, asked.now) is not None:
                silenced += 1
                continue
            heard.append(alert)
            if len(heard) == most:
                return heard, silenced
        cursor = page.next
        if cursor is None:
            return heard, silenced


async def _notes(db: AsyncConnection) -> tuple[Note, ...]:
    """The newest note of each two voices in each series; older ones of the same two are counted, not listed."""
    notes: dict[tuple[object, ...], Note] = {}
    newest = (await verdicts.listed(db, Filter(), None, 4 * NOTES_SHOWN, notes_only=True)).items
    kept = await claims.some(db, [claim for given in newest for claim in (given.one, given.other)])
    for given in newest:
        one, other = kept.get(given.one), kept.get(given.other)
        if one is None or other is None:  # without its words a note says nothing
            continue
        same = (given.series, frozenset((one.voice, other.voice)), given.verdict.reason, given.verdict.hold)
        seen = notes.get(same)
        pair = (one, other)
        notes[same] = (
            Note(given, *pair, remarks(given.verdict.flags, pair), 0)
            if seen is None
            else Note(seen.given, seen.one, seen.other, seen.remarks, seen.repeats + 1)
        )
    return tuple(list(notes.values())[:NOTES_SHOWN])
