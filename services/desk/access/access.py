"""How the desk knows who asks: the one place where a request becomes a person."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from starlette.requests import HTTPConnection

from schemas.errors import BadSetting
from services.desk.access.attempts import Attempts
from services.desk.access.people import ANYBODY, Person
from services.desk.access.proxy import TrustedProxy
from services.desk.access.refusals import Refused, SignInNeeded
from services.desk.access.seal import Seal, Session
from services.desk.access.sessions import Sessions
from services.desk.access.users import User, user_of
from services.desk.access.users_file import UsersFile

IDLE = 12 * 3600
LONGEST = 7 * 24 * 3600
"""Seconds. An editor leaves the desk open for a shift, and signs in once a week."""

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")

log = structlog.get_logger(__name__)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`, an address or a name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK_NAMES


@dataclass(frozen=True, slots=True)
class Found:
    """Who asks, `holder` of the forms they are given, and the session if it was one that told."""

    person: Person
    holder: str
    session: Session | None = None


class Access:
    """Sign-in of one desk: by the tokens of `users`, by `proxy`, or by both; by neither, everybody is an editor, which
    `configured` allows on loopback alone. Without `secret` sessions end with the process."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        users: UsersFile | None = None,
        proxy: TrustedProxy | None = None,
        secret: bytes | None = None,
        idle: int = IDLE,
        longest: int = LONGEST,
    ) -> None:
        self._clock = clock
        self._users = users
        self._proxy = proxy or TrustedProxy((), "")
        self.seal = Seal(secret or secrets.token_bytes(32))
        self.sessions = Sessions(self.seal, idle, longest)
        self._attempts = Attempts()

    @property
    def nobody_signs_in(self) -> bool:
        return self._users is None and not self._proxy.user_header

    @property
    def takes_tokens(self) -> bool:
        return self._users is not None

    def now(self) -> int:
        """Whole seconds since 1970 UTC."""
        return int(self._clock().timestamp())

    def find(self, request: HTTPConnection) -> Found | None:
        """Who asks; None if they are yet to sign in. The proxy's word comes first, then a token, then the session.

        Raises Refused: 400 and 403 for a proxy's word that cannot be used, 401 and 429 for a wrong token, 503 while the
        users file cannot be read.
        """
        if self.nobody_signs_in:
            return Found(Person(ANYBODY, "editor", "nobody"), "nobody")
        person = self._proxy.person(request)
        if person is not None:
            return Found(person, f"proxy {person.name}")
        if "authorization" in request.headers:
            user = self.user_by_token(request, _bearer(request))
            return Found(Person(user.name, user.role, "token"), f"token {user.name}")
        value = request.cookies.get(self.cookie_name(request))
        found = self.sessions.standing(value, self.users(), self.now()) if value else None
        if found is None:
            return None
        session, user = found
        return Found(Person(user.name, user.role, "session"), holder_of(session), session)

    def user_by_token(self, request: HTTPConnection, token: str) -> User:
        """Whose token it is. Raises SignInNeeded (401) for nobody's, Refused (429) after ten such from one address.

        A right token passes even then, or one mistaken program would keep everybody behind its address out.
        """
        user = user_of(self.users(), token.strip())
        if user is not None:
            return user
        address = self._proxy.client(request)
        wait = self._attempts.wait(address, self.now())
        if wait:
            raise Refused(
                429,
                "Too many wrong tokens came from this address.",
                f"Try again in {wait} seconds.",
                headers={"retry-after": str(wait)},
            )
        self._attempts.failed(address, self.now())
        log.warning("sign-in failed", address=address)
        raise SignInNeeded("No one here has that token.", "Paste all of it, or ask an admin for a new one.")

    def scheme(self, request: HTTPConnection) -> str:
        """http or https, as the browser has it."""
        return self._proxy.scheme(request)

    def secure(self, request: HTTPConnection) -> bool:
        """Whether cookies are for https alone: always, but on loopback without TLS."""
        return self._proxy.scheme(request) != "http" or request.url.hostname not in LOOPBACK_NAMES

    def cookie_name(self, request: HTTPConnection) -> str:
        """Of the session. With `__Host-` a browser takes it only over https and from this very host."""
        return "__Host-counterclaim" if self.secure(request) else "counterclaim"

    def over_plain_http(self, request: HTTPConnection) -> bool:
        """Whether a browser would not keep the cookie: plain http at an address that is not loopback."""
        return self.secure(request) and self._proxy.scheme(request) == "http"

    def users(self) -> tuple[User, ...]:
        """Everybody who has a token. Raises Refused (503) while that cannot be read."""
        if self._users is None:
            return ()
        try:
            return self._users.users()
        except BadSetting as error:
            log.warning("nobody can sign in", problem=str(error))
            raise Refused(
                503,
                "The desk cannot read the list of those who may sign in.",
                "Its log says why; whoever runs the desk mends the file, and nothing needs a restart.",
            ) from None


def holder_of(session: Session) -> str:
    """Whose the forms are that a session is given."""
    return f"session {session.id}"


def _bearer(request: HTTPConnection) -> str:
    """The token in the Authorization header. Raises SignInNeeded for another scheme, or two of them."""
    given = request.headers.getlist("authorization")
    scheme, _, token = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise SignInNeeded("The Authorization header is not one this desk reads.", "Send Authorization: Bearer TOKEN.")
    return token
