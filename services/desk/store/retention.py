"""Forgetting: texts after some days, rows after more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Column, Delete, Update, delete, or_, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError

from services.desk.store import tables
from services.desk.store.columns import micros
from services.desk.store.database import Database

log = logging.getLogger(__name__)

BATCH = 500
"""Rows of one transaction: 20 to 50 ms, between which the news is taken in."""

EVERY = 3600.0
"""Seconds between two rounds. What is kept for days need not go on the minute."""

_AGED: tuple[Column[int], ...] = (
    tables.articles.c.arrived,
    tables.readings.c.at,
    tables.revisions.c.at,
    tables.article_entities.c.arrived,
    tables.claims.c.learned,
    tables.figures.c.updated,
    tables.figure_states.c.updated,
    tables.conflicts.c.updated,
    tables.alerts.c.raised,
    tables.verdicts.c.at,
    tables.reviews.c.at,
    tables.entities.c.last_seen,
    tables.dead_letters.c.rejected,
    tables.deliveries.c.at,
    tables.source_hours.c.hour,
)
"""Each table with a time, and the time it is kept by. Offsets, joins, names and sums stay: they are few."""

_STANDING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("silenced", "unsilenced"), ("silenced", "unsilenced")),
    (("flagged", "unflagged"), ("unflagged",)),
    (("signed_out",), ("signed_out",)),
)
"""Acts that hold until a later one of the second kind is done to the same: however old they are, these stay. Notify
keeps back what is silent "until taken back" for years, and a session may outlive the days that rows are kept."""


async def forget(database: Database, now: datetime, text_days: int, keep_days: int) -> int:
    """Drop texts of articles that arrived more than `text_days` before `now`, and rows older than `keep_days`, but the
    acts that still hold.

    Number of rows and texts that went. Claims keep the sentence they stand in for as long as rows are kept.
    """
    rows, texts = (micros(now - timedelta(days=days)) for days in (keep_days, text_days))
    work: list[Delete | Update] = [*(_rows(column, rows) for column in _AGED), _acts(rows), _texts(texts)]
    return sum([await _in_batches(database, statement) for statement in work])


async def forgetting(database: Database, clock: Callable[[], datetime], text_days: int, keep_days: int) -> None:
    """`forget`, now and every hour, until cancelled. What fails is logged and tried again an hour later."""
    while True:
        try:
            await forget(database, clock(), text_days, keep_days)
            await database.optimize()
        except SQLAlchemyError:
            log.exception("what is too old was not forgotten; it is tried again in an hour")
        await asyncio.sleep(EVERY)


def _rows(column: Column[int], before: int) -> Delete:
    """Delete some rows of a table that are older than a time."""
    table = column.table
    keys = list(table.primary_key)
    old = select(*keys).where(column < before).limit(BATCH)
    return delete(table).where(tuple_(*keys).in_(old))


def _acts(before: int) -> Delete:
    """Delete some acts that are older than a time and hold no more."""
    acts, later = tables.acts, tables.acts.alias()
    after = tuple_(later.c.at, later.c.id) > tuple_(acts.c.at, acts.c.id)
    holds = or_(
        *(
            acts.c.act.in_(said)
            & ~select(later.c.id).where(later.c.target == acts.c.target, later.c.act.in_(ends), after).exists()
            for said, ends in _STANDING
        )
    )
    old = select(acts.c.id).where(acts.c.at < before, ~holds).limit(BATCH)
    return delete(acts).where(acts.c.id.in_(old))


def _texts(before: int) -> Update:
    """Empty some texts that are older than a time; the search forgets their words with them."""
    articles = tables.articles
    old = select(articles.c.article_id).where(articles.c.arrived < before, articles.c.text.is_not(None)).limit(BATCH)
    return update(articles).where(articles.c.article_id.in_(old)).values(text=None)


async def _in_batches(database: Database, statement: Delete | Update) -> int:
    gone = 0
    while True:
        async with database.writing() as db:
            count = (await db.execute(statement)).rowcount
        gone += count
        if count < BATCH:
            return gone
