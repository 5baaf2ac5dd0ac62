"""Sign-outs that the store tells the sessions of."""

from __future__ import annotations

import asyncio

from schemas.desk_act import DeskActed
from services.desk.access.access import Access
from services.desk.access.sign_outs import SignOuts
from services.desk.access.users import User, hashed
from services.desk.changes import Changes
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, logged, opened, without
from tests.unit.desk.store import world

ANA = User(name="Ana", role="editor", sha256=hashed("a token"), since=d.NOON)


async def test_a_sign_out_that_could_not_be_read_counts_as_soon_as_it_can() -> None:
    clock, changes = Clock(d.NOON), Changes()
    access = Access(clock)
    async with opened(world.act("signed_out", "Ana", "person", until=None)) as desk:
        cookie = access.sessions.cookie(access.sessions.begin(ANA, access.now()))
        sign_outs = SignOuts(desk.database, access.sessions, access.now)
        following = asyncio.create_task(sign_outs.follow(changes))
        await asyncio.sleep(0)  # it listens
        with logged("hearing who is signed out failed") as failed, logged("who is signed out works again") as again:
            async with without(desk.database, "acts"):
                changes.tell(frozenset({DeskActed.TYPE}))
                await asyncio.wait_for(failed.wait(), 5)
                assert access.sessions.standing(cookie, (ANA,), access.now()) is not None
            await asyncio.wait_for(again.wait(), 5)
        assert access.sessions.standing(cookie, (ANA,), access.now()) is None
        changes.close()
        await asyncio.wait_for(following, 5)
