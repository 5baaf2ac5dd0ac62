"""What the desk gives a browser to bring back, and knows again: sessions, and the tokens of its forms."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import astuple, dataclass

import orjson

LONGEST = 2_000
"""Characters of a session's cookie: a name of 200 takes at most 1,600 in JSON and base64."""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in in one browser. Times are whole seconds since 1970 UTC; `key` tells which of their tokens it was."""

    id: str
    name: str
    key: str
    began: int
    seen: int


class Seal:
    """Signs with HMAC-SHA256. Each use has a key of its own, so that one value can never stand for another."""

    def __init__(self, secret: bytes) -> None:
        self._of_sessions = hmac.digest(secret, b"session", "sha256")
        self._of_forms = hmac.digest(secret, b"form", "sha256")

    def seal(self, session: Session) -> str:
        """The value of a session's cookie."""
        body = base64.urlsafe_b64encode(orjson.dumps(astuple(session)))
        return f"{body.decode()}.{hmac.digest(self._of_sessions, body, 'sha256').hex()}"

    def open(self, value: str) -> Session | None:
        """The session in a cookie's value, None if the desk did not make it. Says nothing of its age."""
        if len(value) > LONGEST:
            return None
        body, _, signature = value.encode("utf-8", "surrogatepass").rpartition(b".")
        if not hmac.compare_digest(hmac.digest(self._of_sessions, body, "sha256").hex().encode(), signature):
            return None
        try:
            return Session(*orjson.loads(base64.urlsafe_b64decode(body)))
        except (binascii.Error, ValueError, TypeError):  # signed by another version of the desk
            return None

    def csrf(self, holder: str) -> str:
        """The token in the forms of `holder` (a session, a visit, a name from a proxy): stays the same for it."""
        return hmac.digest(self._of_forms, holder.encode("utf-8", "surrogatepass"), "sha256").hex()

    def csrf_fits(self, holder: str, given: str) -> bool:
        """Whether `given` is the token of `holder`'s forms."""
        return hmac.compare_digest(self.csrf(holder).encode(), given.encode("utf-8", "surrogatepass"))
