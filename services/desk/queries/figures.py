"""Series: as they stand, as they stood, and all of them by what needs looking at most."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.figure import FigureStated
from schemas.message import decode
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import by_terms, equal, in_time, severe
from services.desk.queries.paging import MOST, Filter, Page
from services.desk.store.columns import micros, unpack
from services.desk.store.tables import figure_states, figure_terms, figures

WORST = (Key(figures.c.severity), Key(figures.c.updated), Key(figures.c.series))


async def one(db: AsyncConnection, series: str, as_known_at: datetime | None = None) -> FigureStated | None:
    """The latest state of a series, or the latest that had come by a time; None if nobody had said anything of it."""
    if as_known_at is None:
        found = await db.execute(select(figures.c.message).where(figures.c.series == series))
        body = found.scalar()
        return None if body is None else decode(FigureStated, body)
    then = figure_states.c.series == series, figure_states.c.updated <= micros(as_known_at)
    latest = select(figure_states.c.message).where(*then).order_by(figure_states.c.updated.desc()).limit(1)
    packed = (await db.execute(latest)).scalar()
    return None if packed is None else decode(FigureStated, unpack(packed))


async def history(db: AsyncConnection, series: str, most: int = MOST) -> list[FigureStated]:
    """The states of a series, oldest first. Of more than `most` every second, third, … and always the latest."""
    times = select(figure_states.c.updated).where(figure_states.c.series == series)
    came = list((await db.execute(times.order_by(figure_states.c.updated.desc()))).scalars())
    step = -(-len(came) // most) or 1
    states = select(figure_states.c.message).where(
        figure_states.c.series == series, figure_states.c.updated.in_(came[::step])
    )
    found = await db.execute(states.order_by(figure_states.c.updated))
    return [decode(FigureStated, unpack(packed)) for packed in found.scalars()]


async def listed(
    db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int, contested: bool | None = None
) -> Page[FigureStated]:
    """The worst open conflict first, then the newest. `contested`: only with an open conflict, or only without."""
    statement = select(figures.c.message).where(
        *in_time(figures.c.updated, wanted),
        *severe(figures.c.severity, wanted),
        *equal(figures.c.metric, wanted.metric),
        *await by_terms(db, figures.c.series, figure_terms, wanted),
    )
    if contested is not None:
        statement = statement.where(figures.c.open_conflicts > 0 if contested else figures.c.open_conflicts == 0)
    rows, following = await rows_of(db, statement, WORST, cursor, limit)
    return Page(tuple(decode(FigureStated, row.message) for row in rows), following)
