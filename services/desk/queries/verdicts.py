"""Every comparison of two claims."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.ids import held_id
from schemas.message import decode
from schemas.verdict import VerdictGiven
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import by_terms, equal, in_time, severe
from services.desk.queries.paging import Filter, Page
from services.desk.store.tables import figure_terms, figures, verdicts


async def of_claim(db: AsyncConnection, claim_id: str, limit: int) -> list[VerdictGiven]:
    """The comparisons a claim was in, the latest first."""
    own = or_(verdicts.c.one == claim_id, verdicts.c.other == claim_id)
    found = await db.execute(
        select(verdicts.c.message).where(own).order_by(verdicts.c.at.desc(), verdicts.c.id.desc()).limit(limit)
    )
    return [decode(VerdictGiven, body) for body in found.scalars()]


async def between(db: AsyncConnection, one: str, other: str) -> list[VerdictGiven]:
    """What was said of two claims, whichever came first, oldest first."""
    pair = verdicts.c.held == held_id(one, other)
    found = await db.execute(select(verdicts.c.message).where(pair).order_by(verdicts.c.at, verdicts.c.id))
    return [decode(VerdictGiven, body) for body in found.scalars()]


async def listed(
    db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int, notes_only: bool
) -> Page[VerdictGiven]:
    """The latest first. `notes_only`: conflicts below an alert, and what is held for a person to look at."""
    statement = select(verdicts.c.message).where(
        *in_time(verdicts.c.at, wanted),
        *severe(verdicts.c.severity, wanted),
        *equal(verdicts.c.verdict, wanted.verdict),
        *await by_terms(db, verdicts.c.series, figure_terms, wanted),
    )
    if wanted.metric is not None:
        statement = statement.where(
            verdicts.c.series.in_(select(figures.c.series).where(figures.c.metric == wanted.metric))
        )
    if notes_only:
        statement = statement.where(verdicts.c.note.is_(True))
    rows, following = await rows_of(db, statement, (Key(verdicts.c.at), Key(verdicts.c.id)), cursor, limit)
    return Page(tuple(decode(VerdictGiven, row.message) for row in rows), following)
