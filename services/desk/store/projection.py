"""Messages into rows. Each kind has a function of its own; nothing here depends on the order between topics.

A message changes rows by its ids alone: told again it writes the same rows, and of two states of one thing the newer
wins (sequence, updated, as_of). Within a partition the order of the topic counts, as everywhere else. What two topics
say of one thing stands in two tables and meets in the query, so that neither has to wait for the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead
from schemas.claim import ClaimsMade
from schemas.dead_letter import ArticleRejected
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.entity import EntitiesMentioned, EntityTallied
from schemas.entity_join import EntityJoined
from schemas.figure import FigureStated
from schemas.message import M, Message
from schemas.outcomes import Arrival
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from schemas.topics import (
    ACTED,
    CLAIMS,
    DECIDED,
    DELIVERIES,
    JOINED,
    MENTIONED,
    RAISED,
    READ,
    REJECTED,
    STATED,
    TALLIED,
    TRACED,
    VERDICTS,
)
from schemas.verdict import VerdictGiven
from services.desk.store import (
    project_acts,
    project_alerts,
    project_articles,
    project_claims,
    project_entities,
    project_figures,
    project_verdicts,
    tables,
)
from services.desk.store.rows import put

TOPICS_OF_DESK = (
    TRACED, READ, CLAIMS, STATED, VERDICTS, DECIDED, RAISED, DELIVERIES, MENTIONED, TALLIED, JOINED, REJECTED,
    ACTED,
)  # fmt: skip

Arrived = Sequence[tuple[Arrival, Message]]


async def apply(db: AsyncConnection, arrived: Arrived) -> None:
    """Take in messages in the order of their partitions, and how far that is, in the transaction of `db`.

    A message of a kind the desk does not show changes nothing but the offset.
    """
    await project_articles.traced(db, _of(arrived, ArticleTraced))
    await project_articles.read(db, _of(arrived, ArticleRead))
    await project_articles.revised(db, _of(arrived, ArticleRevised))
    await project_claims.made(db, _of(arrived, ClaimsMade))
    await project_figures.stated(db, _of(arrived, FigureStated))
    await project_alerts.raised(db, _of(arrived, AlertRaised))
    await project_alerts.logged(db, _of(arrived, DeliveryLogged))
    await project_verdicts.given(db, _of(arrived, VerdictGiven))
    await project_verdicts.decided(db, _of(arrived, ReviewDecided))
    await project_entities.mentioned(db, _of(arrived, EntitiesMentioned))
    await project_entities.tallied(db, _of(arrived, EntityTallied))
    await project_entities.joined(db, _of(arrived, EntityJoined))
    await project_acts.rejected(db, _of(arrived, ArticleRejected))
    await project_acts.acted(db, _of(arrived, DeskActed))
    reached = {(arrival.topic, arrival.partition): arrival.offset + 1 for arrival, _ in arrived}
    rows = [{"topic": topic, "partition": number, "next": offset} for (topic, number), offset in reached.items()]
    await put(db, tables.offsets, rows)


async def offsets(db: AsyncConnection) -> dict[tuple[str, int], int]:
    """(topic, partition) → the first offset not yet applied."""
    found = await db.execute(select(tables.offsets))
    return {(topic, partition): offset for topic, partition, offset in found}


def _of(arrived: Arrived, model: type[M]) -> list[tuple[Arrival, M]]:
    return [(arrival, message) for arrival, message in arrived if isinstance(message, model)]
