"""Sign-ins that ended before their time, kept by the store so that they stay ended after a restart.

A browser that signs out ends its own session, whose id has a row until its age would have ended it. Whom an admin signs
out stands among the acts, which come by their topic.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select

from schemas.desk_act import DeskActed
from services.desk.access.sessions import Sessions
from services.desk.changes import Changes
from services.desk.queries import acts
from services.desk.store.database import Database
from services.desk.store.rows import put
from services.desk.store.tables import ended_sessions


class SignOuts:
    """Between the sessions and the store. `now`: whole seconds since 1970 UTC."""

    def __init__(self, database: Database, sessions: Sessions, now: Callable[[], int]) -> None:
        self._database = database
        self._sessions = sessions
        self._now = now

    async def keep(self, session: str, until: int) -> None:
        """That the session ended; to be remembered `until` then."""
        async with self._database.writing() as db:
            await db.execute(delete(ended_sessions).where(ended_sessions.c.until <= self._now()))
            await put(db, ended_sessions, [{"session": session, "until": until}])

    async def load(self) -> None:
        """Tell the sessions all that is kept: before the first request."""
        async with self._database.reading() as db:
            rows = await db.execute(select(ended_sessions.c.session, ended_sessions.c.until))
            self._sessions.ended({row.session: row.until for row in rows})
            self._sessions.signed_out(await acts.signed_out(db))

    async def follow(self, changes: Changes) -> None:
        """Tell them of whoever is signed out from now on, until `changes` end."""
        async for kinds in changes.heard():
            if DeskActed.TYPE in kinds:
                async with self._database.reading() as db:
                    self._sessions.signed_out(await acts.signed_out(db))
