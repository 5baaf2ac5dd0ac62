"""People: who may sign in by token, with which role, and the way to sign them out. For admins; no token stands here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.access.people import Role
from services.desk.access.sessions import EVERYBODY
from services.desk.access.users import User
from services.desk.queries import acts
from services.desk.site.asked import Asked
from services.desk.site.page import Page


@dataclass(frozen=True, slots=True)
class Who:
    """One person; `signed_out`: when they last were by an admin, alone or with everybody."""

    name: str
    role: Role
    since: datetime
    signed_out: datetime | None


def people(users: Callable[[], Sequence[User]]) -> Page[tuple[Who, ...]]:
    """The page of those that `users` gives, in their order."""

    async def view(db: AsyncConnection, _: Asked) -> tuple[Who, ...]:
        out = await acts.signed_out(db)
        return tuple(
            Who(user.name, user.role, user.since, _latest(out.get(user.name), out.get(EVERYBODY))) for user in users()
        )

    return Page("/ops/people", "people.html", view, twin, role="admin")


def twin(shown: tuple[Who, ...]) -> dict[str, Any]:
    return {"people": [asdict(who) for who in shown]}


def _latest(*seconds: int | None) -> datetime | None:
    known = [at for at in seconds if at is not None]
    return datetime.fromtimestamp(max(known), UTC) if known else None
