"""Sessions from sign-in to sign-out, or to their end by age."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from services.desk.access.seal import Seal, Session
from services.desk.access.users import User

RENEWED = 60
"""Seconds after which a request moves a session's last use: at most one new cookie a minute."""

LOOKED_UP = 2
"""Seconds for which the store's word on ended sessions is taken without asking it again: a page then asks no more than
without it, and who signs out at one of several desks is out at all of them before they have put their coat on."""

KEY = 16
"""Hexadecimal characters of a token's hash in a session: enough to tell one person's tokens apart."""


Look = Callable[[], Awaitable[Mapping[str, int]]]
"""Gives all sessions that ended before their time, as `Sessions.ended` takes them."""

EVERYBODY = "*"
"""As a name in `Sessions.signed_out`."""


class Sessions:
    """Sessions stand in cookies, so a restart ends none. What is kept here are those ended before their time; the store
    keeps it over a restart, and for all desks that share it (sign_outs.py).

    `idle` and `longest`: seconds a session lives after its last request, and in all.
    """

    def __init__(self, seal: Seal, idle: int, longest: int) -> None:
        self._seal = seal
        self._idle = idle
        self._longest = longest
        self._ended: dict[str, int] = {}
        self._signed_out: Mapping[str, int] = {}
        self._look: Look | None = None
        self._looked = 0

    def kept_by(self, look: Look) -> None:
        """Where to look up what ended."""
        self._look = look

    async def look_up(self, now: int) -> None:
        """Hear of those that ended at another desk, unless that was done LOOKED_UP seconds ago. Before `standing`."""
        if self._look is not None and not 0 <= now - self._looked < LOOKED_UP:
            self._looked = now
            self.ended(await self._look())

    def begin(self, user: User, now: int) -> Session:
        """A session of its own for each sign-in, also in the second in which its person was signed out."""
        began = max(now, self._out(user.name) + 1)
        return Session(secrets.token_urlsafe(16), user.name, user.sha256[:KEY], began, began)

    def cookie(self, session: Session) -> str:
        return self._seal.seal(session)

    def standing(self, value: str, users: tuple[User, ...], now: int) -> tuple[Session, User] | None:
        """The session in a cookie and whose it is; None if it is forged, too old, ended, or its token was removed.

        The role is the one `users` gives now.
        """
        session = self._seal.open(value)
        if session is None or session.id in self._ended or session.began <= self._out(session.name):
            return None
        if now - session.began >= self._longest or now - session.seen >= self._idle:
            return None
        for user in users:
            if user.name == session.name and user.sha256.startswith(session.key):
                return session, user
        return None

    def renewed(self, session: Session, now: int) -> Session | None:
        """The session as used now, None while it need not be written again."""
        return replace(session, seen=now) if now - session.seen >= RENEWED else None

    def end(self, session: Session, now: int) -> int:
        """Sign out: the cookie counts no more, whoever has a copy. Gives until when that must be remembered."""
        until = session.began + self._longest
        self._ended = {id_: end for id_, end in self._ended.items() if end > now} | {session.id: until}
        return until

    def ended(self, sessions: Mapping[str, int]) -> None:
        """Some that ended before their time: session id → until when that must be remembered."""
        self._ended.update(sessions)

    def signed_out(self, when: Mapping[str, int]) -> None:
        """When each person was last signed out everywhere, by name; what began until then counts no more."""
        self._signed_out = when

    def _out(self, name: str) -> int:
        return max(self._signed_out.get(name, -1), self._signed_out.get(EVERYBODY, -1))
