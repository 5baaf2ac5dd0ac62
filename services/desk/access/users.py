"""Who may sign in, by token: one JSON line each, with the token's hash and never the token.

A token is 256 random bits, so there is nothing to guess and SHA-256 is hash enough: slow hashes are for passwords,
which people choose.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from pydantic import AwareDatetime, Field, ValidationError

from schemas.errors import BadSetting
from schemas.message import Word
from services.desk.access.people import Role, alike, good_name

PREFIX = "desk_"
"""How tokens begin, so that one that leaks into a log or a repository can be searched for."""


class User(Word):
    """A person and the hash of their token."""

    name: str
    role: Role
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the token.")
    since: AwareDatetime


def new_token() -> str:
    """A token nobody had before."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """SHA-256 of a token, hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def user_of(users: Sequence[User], token: str) -> User | None:
    """Whose token it is, None if nobody's. Takes the same time wherever in `users` it stands, and if it does not."""
    given = hashed(token)
    found = None
    for user in users:
        if hmac.compare_digest(user.sha256, given):
            found = user
    return found


def with_user(users: Sequence[User], added: User) -> tuple[User, ...]:
    """`users` and one more. Raises BadSetting for a name that cannot be one, or that somebody has."""
    try:
        good_name(added.name)
    except ValueError as error:
        raise BadSetting(f"NAME: {added.name[:40]!r} {error}") from None
    for user in users:
        if alike(user.name) == alike(added.name):
            raise BadSetting(f"NAME: {user.name!r} ({user.role}) is there already; remove it first")
    return (*users, added)


def without_user(users: Sequence[User], name: str) -> tuple[User, ...]:
    """`users` without one. Raises BadSetting where nobody is called `name`."""
    left = tuple(user for user in users if user.name != name)
    if len(left) == len(users):
        raise BadSetting(f"NAME: nobody is called {name[:40]!r}; `counterclaim desk-users list` names them all")
    return left


def parse(text: str, name: str) -> tuple[User, ...]:
    """The users in a file called `name`. Raises BadSetting with a line for each mistake; a hash is never shown."""
    users: tuple[User, ...] = ()
    mistakes = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            users = with_user(users, User.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            field = ".".join(map(str, first["loc"])) or "line"
            mistakes.append(f"{name}: line {number}: {field}: {first['msg']}; `counterclaim desk-users add` makes it")
        except BadSetting as error:
            mistakes.append(f"{name}: line {number}: {error}")
    if mistakes:
        raise BadSetting("\n".join(mistakes))
    return users


def as_text(users: Sequence[User]) -> str:
    """What `parse` reads."""
    return "".join(f"{user.model_dump_json()}\n" for user in users)
