"""Sign-ins that ended before their time, kept by the store so that they stay ended after a restart.

A browser that signs out ends its own session, whose id has a row until its age would have ended it; other desks of the
same database look there. Whom an admin signs out stands among the acts, which come to each desk by their topic.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from schemas.desk_act import DeskActed
from services.desk.access.sessions import Sessions
from services.desk.changes import Changes
from services.desk.queries import acts
from services.desk.steady import steadily
from services.desk.store.database import Database
from services.desk.store.rows import put
from services.desk.store.tables import ended_sessions

log = logging.getLogger(__name__)


class SignOuts:
    """Between the sessions and the store. `now`: whole seconds since 1970 UTC."""

    def __init__(self, database: Database, sessions: Sessions, now: Callable[[], int]) -> None:
        self._database = database
        self._sessions = sessions
        self._now = now
        sessions.kept_by(self._look)

    async def keep(self, session: str, until: int) -> None:
        """That the session ended; to be remembered `until` then."""
        async with self._database.writing() as db:
            await db.execute(delete(ended_sessions).where(ended_sessions.c.until <= self._now()))
            await put(db, ended_sessions, [{"session": session, "until": until}])

    async def load(self) -> None:
        """Tell the sessions all that is kept: before the first request."""
        self._sessions.ended(await self._kept())
        await self._hear()

    async def follow(self, changes: Changes) -> None:
        """Tell them of whoever is signed out from now on, until `changes` end."""
        async for kinds in changes.heard():
            if DeskActed.TYPE in kinds:
                await steadily(self._hear, "hearing who is signed out")

    async def _look(self) -> Mapping[str, int]:
        try:
            return await self._kept()
        except DBAPIError as error:  # what is known holds on, and the page that is asked for tells of the outage
            log.warning("the store does not say which sessions ended: %s", type(error).__name__)
            return {}

    async def _kept(self) -> Mapping[str, int]:
        async with self._database.reading() as db:
            rows = await db.execute(select(ended_sessions.c.session, ended_sessions.c.until))
            return {row.session: row.until for row in rows}

    async def _hear(self) -> None:
        async with self._database.reading() as db:
            self._sessions.signed_out(await acts.signed_out(db))
