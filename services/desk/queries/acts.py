"""What people did at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.desk_act import DeskActed
from schemas.message import decode
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.paging import MOST, Page
from services.desk.store.rows import chunks
from services.desk.store.tables import acts


async def listed(db: AsyncConnection, cursor: str | None, limit: int, target: str | None = None) -> Page[DeskActed]:
    """The latest first, of one target or of all."""
    statement = select(acts.c.message)
    if target is not None:
        statement = statement.where(acts.c.target == target)
    rows, following = await rows_of(db, statement, (Key(acts.c.at), Key(acts.c.id)), cursor, limit)
    return Page(tuple(decode(DeskActed, row.message) for row in rows), following)


async def of(db: AsyncConnection, target: str) -> list[DeskActed]:
    """What was done to one thing, oldest first; of more than MOST acts the latest."""
    return list((await listed(db, None, MOST, target)).items)[::-1]


async def flagged_claims(db: AsyncConnection, limit: int) -> list[str]:
    """Ids of claims whose flag nobody has taken back, the last flagged first, among the last MOST flags."""
    said = acts.c.kind == "claim", acts.c.act.in_(("flagged", "unflagged"))
    latest = select(acts.c.act, acts.c.target).where(*said).order_by(acts.c.at.desc(), acts.c.id.desc()).limit(MOST)
    last: dict[str, str] = {}
    for act, target in await db.execute(latest):
        last.setdefault(target, act)
    return [target for target, act in last.items() if act == "flagged"][:limit]


async def open_flags(db: AsyncConnection, claims: Sequence[str]) -> dict[str, tuple[DeskActed, ...]]:
    """Claim id → its flags since the last time that somebody took them back, oldest first."""
    flags: dict[str, tuple[DeskActed, ...]] = {}
    for ids in chunks(claims):
        said = acts.c.kind == "claim", acts.c.act.in_(("flagged", "unflagged")), acts.c.target.in_(ids)
        for body in (await db.execute(select(acts.c.message).where(*said).order_by(acts.c.at, acts.c.id))).scalars():
            act = decode(DeskActed, body)
            flags[act.target] = (*flags.get(act.target, ()), act) if act.act == "flagged" else ()
    return {claim: told for claim, told in flags.items() if told}


async def signed_out(db: AsyncConnection) -> dict[str, int]:
    """When each person was last signed out everywhere, by name: whole seconds since 1970 UTC."""
    last = select(acts.c.target, func.max(acts.c.at)).where(acts.c.act == "signed_out").group_by(acts.c.target)
    return {name: at // 1_000_000 for name, at in await db.execute(last)}
