"""Sessions from sign-in to sign-out, or to their end by age."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from services.desk.access.seal import Seal, Session
from services.desk.access.users import User

RENEWED = 60
"""Seconds after which a request moves a session's last use: at most one new cookie a minute."""

KEY = 16
"""Hexadecimal characters of a token's hash in a session: enough to tell one person's tokens apart."""


EVERYBODY = "*"
"""As a name in `Sessions.signed_out`."""


class Sessions:
    """Sessions stand in cookies, so a restart ends none. What is kept here are those ended before their time; the store
    keeps it over a restart (sign_outs.py).

    `idle` and `longest`: seconds a session lives after its last request, and in all.
    """

    def __init__(self, seal: Seal, idle: int, longest: int) -> None:
        self._seal = seal
        self._idle = idle
        self._longest = longest
        self._ended: dict[str, int] = {}
        self._signed_out: Mapping[str, int] = {}

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
        self.ended({name: end for name, end in self._ended.items() if end > now} | {session.id: until})
        return until

    def ended(self, sessions: Mapping[str, int]) -> None:
        """All that ended before their time: session id → until when that must be remembered."""
        self._ended = dict(sessions)

    def signed_out(self, when: Mapping[str, int]) -> None:
        """When each person was last signed out everywhere, by name; what began until then counts no more."""
        self._signed_out = when

    def _out(self, name: str) -> int:
        return max(self._signed_out.get(name, -1), self._signed_out.get(EVERYBODY, -1))
