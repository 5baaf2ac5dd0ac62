"""Filling the store anew from the topics."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.store import search_index, tables
from services.desk.store.ahead import BATCH
from services.desk.store.database import Database
from services.desk.store.projection import apply
from services.desk.store.projector import Feed

_STAY = {"figure_states", "alerts", "alert_terms", "ended_sessions"}
"""What a rebuild could not bring back. The topics of the first three are compacted, and keep the last state of a figure
and the last message of an alert; every row is the message as it came, and is written over where it comes again. Who
signed out stands on no topic."""


async def rebuild(database: Database, feed: Feed, progress: Callable[[int], None] = lambda _: None) -> int:
    """Drop all rows and take in `feed` from offset 0 to its end; messages taken in. No desk may run on it meanwhile.

    `progress` is told after each transaction how many messages it was. What was begun and ended early, a desk goes on
    with: the offsets stand with the rows.
    """
    async with database.writing() as db:
        await _empty(db)
    done = 0
    async with aclosing(feed({})) as batches:
        async for batch in batches:
            for start in range(0, len(batch), BATCH):
                some = batch[start : start + BATCH]
                async with database.writing() as db:
                    await apply(db, some)
                done += len(some)
                progress(len(some))
    await database.optimize()
    return done


async def _empty(db: AsyncConnection) -> None:
    """The search goes first and comes back over empty tables: word by word it takes minutes for 100,000 articles."""
    for statement in search_index.dropped(db.dialect.name):
        await db.exec_driver_sql(statement)
    for table in reversed(tables.metadata.sorted_tables):  # those that others point to last
        if table.name not in _STAY:
            await db.execute(delete(table))
    for statement in search_index.made(db.dialect.name):
        await db.exec_driver_sql(statement)
