"""A person at the desk, their role, and what a page needs to know of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request

from services.desk.access.refusals import NotAllowed, SignInNeeded

Role = Literal["reader", "editor", "admin"]

ROLES: tuple[Role, ...] = ("reader", "editor", "admin")
"""Each may do all that those before it may."""

LONGEST_NAME = 200
"""Characters; as many as `news.desk.acted` takes for `by`."""

ANYBODY = "anyone on this machine"
"""Who is recorded as having done something where nobody signs in."""

NOTICE = "No sign-in: everyone on this machine is an editor."


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `by`: how the desk knows; "nobody" where there is no sign-in."""

    name: str
    role: Role
    by: Literal["session", "token", "proxy", "nobody"]

    def may(self, role: Role) -> bool:
        """Whether this person has `role` or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def person_of(request: Request) -> Person | None:
    """Who asks, as `SignedIn` found out; None on the pages that need no sign-in."""
    return getattr(request.state, "person", None)


def require(request: Request, role: Role) -> Person:
    """The person who asks, if they have `role`. Raises SignInNeeded (401), NotAllowed (403)."""
    person = person_of(request)
    if person is None:
        raise SignInNeeded()
    if not person.may(role):
        raise NotAllowed(
            f"{person.name} is signed in as {person.role}; this needs {role}.",
            f"Ask an admin of this desk for the role {role}.",
        )
    return person


def about(request: Request) -> dict[str, Any]:
    """What every page shows of who asks: `person`, `csrf` for its forms, `notice`, `can_sign_out`."""
    person = person_of(request)
    return {
        "person": person,
        "csrf": getattr(request.state, "csrf", ""),
        "notice": NOTICE if person is not None and person.by == "nobody" else "",
        "can_sign_out": person is not None and person.by == "session",
    }


def good_name(name: str) -> str:
    """`name` in Unicode's composed form. Raises ValueError with problem and fix.

    What cannot be seen is refused: a name is the signature under everything its person does, and two that look the same
    would be two signatures.
    """
    name = unicodedata.normalize("NFC", name)
    if not name or name != name.strip():
        raise ValueError("is empty, or begins or ends with a space; give the name alone")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"has {len(name)} characters; give at most {LONGEST_NAME}")
    if not name.isprintable():
        raise ValueError("holds a character that cannot be seen; leave it out")
    return name


def alike(name: str) -> str:
    """What is the same for names a reader would take for one: "Ana", "ANA" and full-width "Ａｎａ"."""
    return unicodedata.normalize("NFKC", name).casefold()
