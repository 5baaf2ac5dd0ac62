"""The API over the invented flood, behind the desk's own sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Mount

from schemas.message import Message
from schemas.outcomes import Arrival
from services.desk.access.access import Access
from services.desk.access.signed_in import SignedIn
from services.desk.api.app import api_app
from services.desk.api.problems import HANDLERS
from services.desk.changes import Changes
from services.desk.store.database import Database
from services.desk.store.projection import apply
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world


class Desk:
    """A database, and the API over it at /v1. `access`: who is let in; nobody has to sign in unless it says so."""

    def __init__(self, database: Database, access: Access | None = None) -> None:
        self.database = database
        self.changes = Changes()
        self.api = api_app(database, lambda: d.NOON, ZoneInfo("Europe/Warsaw"), self.changes)
        guard = Middleware(SignedIn, access=access or Access(lambda: d.NOON), render=_no_page)
        self.app = Starlette(routes=[Mount("/v1", self.api)], middleware=[guard], exception_handlers=dict(HANDLERS))

    def client(self, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)

    async def take_in(self, messages: Sequence[Message]) -> None:
        """As the projector does: rows, then word of them."""
        await fill(self.database, world.arrived(messages))
        self.changes.tell(frozenset(message.TYPE for message in messages))


async def fill(database: Database, taken: Sequence[tuple[Arrival, Message]]) -> None:
    async with database.writing() as db:
        await apply(db, taken)


def _no_page(template: str, request: Request, **_: object) -> str:
    raise AssertionError(f"{template} for {request.url}: a program asked")
