"""The review queue: verdicts held for a person to look at (rules.md R8), and what was decided of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.claim import Claim
from schemas.message import decode
from schemas.review import ReviewDecided
from schemas.verdict import VerdictGiven
from services.desk.queries import claims
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.narrowing import Condition
from services.desk.queries.paging import Page
from services.desk.store.tables import reviews, verdicts


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A held verdict. `id` is what `counterclaim review` calls it; `claims` are `given.one` and `given.other`, None
    where one is kept no longer; `decision` None while it waits."""

    id: str
    given: VerdictGiven
    claims: tuple[Claim | None, Claim | None]
    decision: ReviewDecided | None


async def waiting(db: AsyncConnection, cursor: str | None, limit: int) -> Page[HeldItem]:
    """What nobody has decided on yet, the oldest first."""
    keys = (Key(verdicts.c.at, descending=False), Key(verdicts.c.id, descending=False))
    rows, following = await rows_of(db, _whole().where(is_waiting()), keys, cursor, limit)
    return Page(tuple(await _made(db, rows)), following)


async def decided(db: AsyncConnection, cursor: str | None, limit: int) -> Page[HeldItem]:
    """What was decided, the latest decision first."""
    statement = _whole().where(_is_latest(), reviews.c.id.is_not(None))
    rows, following = await rows_of(db, statement, (Key(reviews.c.at), Key(reviews.c.id)), cursor, limit)
    return Page(tuple(await _made(db, rows)), following)


async def one(db: AsyncConnection, id_: str) -> HeldItem | None:
    """A held verdict by its id, decided or not."""
    found = await db.execute(_whole().where(_is_latest(), verdicts.c.held == id_))
    return next(iter(await _made(db, list(found))), None)


def is_waiting() -> Condition:
    """Of a verdict: held, and nobody's word on it."""
    return _is_latest() & verdicts.c.held.not_in(select(reviews.c.id))


def _is_latest() -> Condition:
    """One pair of claims is one item, though it was held once with either of them first."""
    later = verdicts.alias()
    newer = (later.c.at > verdicts.c.at) | ((later.c.at == verdicts.c.at) & (later.c.id > verdicts.c.id))
    same = select(later.c.id).where(later.c.held == verdicts.c.held, later.c.hold.is_(True), newer)
    return verdicts.c.hold.is_(True) & ~same.exists()


def _whole() -> Select[Any]:
    together = verdicts.outerjoin(reviews, verdicts.c.held == reviews.c.id)
    return select(verdicts.c.message, verdicts.c.held, reviews.c.message.label("decision")).select_from(together)


async def _made(db: AsyncConnection, rows: Sequence[Row[Any]]) -> list[HeldItem]:
    given = [decode(VerdictGiven, row.message) for row in rows]
    kept = await claims.some(db, [claim for each in given for claim in (each.one, each.other)])
    return [
        HeldItem(
            id=row.held,
            given=each,
            claims=(kept.get(each.one), kept.get(each.other)),
            decision=None if row.decision is None else decode(ReviewDecided, row.decision),
        )
        for row, each in zip(rows, given, strict=True)
    ]
