"""A small desk behind a sign-in, and browsers that look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from schemas.dead_letter import ArticleRejected
from schemas.desk_act import DeskActed, TargetKind
from schemas.entity_join import EntityJoined
from schemas.message import Message
from schemas.verdict import Severity
from services.desk.access.access import Access
from services.desk.access.people import Role, about, require
from services.desk.access.proxy import TrustedProxy
from services.desk.access.refusals import Refused, refusal
from services.desk.access.routes import sign_in_routes
from services.desk.access.signed_in import SignedIn
from services.desk.access.users import User, hashed, new_token, with_user
from services.desk.access.users_file import UsersFile, write
from services.desk.acting.routes import act_routes
from services.desk.queries.held import HeldItem
from services.desk.site.render import Renderer

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
HERE = "http://127.0.0.1"
THERE = "https://desk.example"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Recorded:
    """A sender that keeps what it was given; with `problem` it is a broker that does not answer."""

    sent: list[Message] = field(default_factory=list)
    problem: Exception | None = None

    async def send(self, messages: Sequence[Message]) -> None:
        if self.problem is not None:
            raise self.problem
        self.sent += messages


@dataclass
class Store:
    """What a desk knows, as `Known` asks it."""

    names: set[tuple[TargetKind, str]] = field(default_factory=set)
    waiting: dict[str, HeldItem] = field(default_factory=dict)
    letters: dict[str, ArticleRejected] = field(default_factory=dict)
    stand_for: dict[str, str] = field(default_factory=dict)
    silences: dict[str, DeskActed] = field(default_factory=dict)
    said: list[EntityJoined] = field(default_factory=list)

    async def has(self, kind: TargetKind, target: str) -> bool:
        return (kind, target) in self.names

    async def silence(self, target: str, now: datetime) -> DeskActed | None:
        return self.silences.get(target)

    async def severity(self, kind: TargetKind, target: str) -> Severity:
        return "critical" if kind == "figure" else "info"

    async def held(self, id_: str) -> HeldItem | None:
        return self.waiting.get(id_)

    async def letter(self, id_: str) -> ArticleRejected | None:
        return self.letters.get(id_)

    async def stands_for(self, entity: str) -> str | None:
        return self.stand_for.get(entity)

    async def joins(self, entity: str) -> Sequence[EntityJoined]:
        return [join for join in self.said if entity in (join.entity, join.into)]


class Desk:
    """An application as the desk is put together, with one page, one list and one stream."""

    def __init__(
        self,
        folder: Path,
        *,
        people: Sequence[tuple[str, Role]] = (("Ana", "editor"), ("Rui", "reader")),
        proxy: TrustedProxy | None = None,
        **access: Any,
    ) -> None:
        self.clock = Clock()
        self.ended: dict[str, int] = {}
        self.sender = Recorded()
        self.store = Store(names={("claim", "clm-1"), ("alert", "alr-1"), ("figure", "ser-1")})
        self.path = folder / "users.jsonl"
        self.tokens = {name: new_token() for name, _ in people}
        if people:
            users: tuple[User, ...] = ()
            for name, role in people:
                users = with_user(users, User(name=name, role=role, sha256=hashed(self.tokens[name]), since=NOON))
            write(self.path, users)
        self.access = Access(
            self.clock, users=UsersFile(self.path) if people else None, proxy=proxy, secret=b"s" * 32, **access
        )
        self.app = self._app()

    def browser(self, at: str = HERE, peer: str = "127.0.0.1") -> httpx.AsyncClient:
        """Somebody who looks from the address `peer`."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=(peer, 5000)), base_url=at, headers={"accept": "text/html"}
        )

    async def signed_in(self, name: str, at: str = HERE, **peer: str) -> httpx.AsyncClient:
        """The browser of somebody who has just signed in."""
        browser = self.browser(at, **peer)
        answer = await sign_in(browser, self.tokens[name])
        assert answer.status_code == 303, answer.text
        return browser

    async def keep(self, session: str, until: int) -> None:
        self.ended[session] = until

    def _app(self) -> Starlette:
        renderer = Renderer(ZoneInfo("UTC"), self.clock, about)

        async def home(request: Request) -> Response:
            shown = about(request)
            return PlainTextResponse(f"{require(request, 'reader').name}|{shown['csrf']}|{shown['notice']}")

        async def admins(request: Request) -> Response:
            return PlainTextResponse(require(request, "admin").name)

        async def stream(_: Request) -> Response:
            async def beats() -> AsyncIterator[bytes]:
                for number in range(10):
                    yield b"beat %d\n" % number
                    self.clock.turn(seconds=20)
                    if number == 3:
                        write(self.path, ())

            return StreamingResponse(beats(), media_type="text/event-stream")

        return Starlette(
            routes=[
                Route("/", home),
                Route("/admins", admins),
                Route("/v1/claims", home),
                Route("/stream", stream),
                *(Route(path, lambda _: PlainTextResponse("ok")) for path in ("/healthz", "/readyz")),
                *sign_in_routes(self.access, renderer.page, self.keep),
                *act_routes(self.store, self.sender, self.clock, ZoneInfo("Europe/Warsaw"), error_page),
            ],
            middleware=[Middleware(SignedIn, access=self.access, render=renderer.page)],
            exception_handlers={Refused: refusal(renderer.page)},
        )


async def error_page(request: Request, act: str, fields: Mapping[str, str], back: str, refused: Refused) -> Response:
    raise refused


async def sign_in(browser: httpx.AsyncClient, token: str, to: str = "/", **more: str) -> httpx.Response:
    """Fill in the form on the sign-in page and send it."""
    page = await browser.get("/sign-in", params={"next": to})
    form = {"csrf": hidden(page.text, "csrf"), "next": hidden(page.text, "next"), "token": token}
    return await browser.post("/sign-in", data=form | more)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


async def csrf(browser: httpx.AsyncClient) -> str:
    """The token in the forms of whoever this browser is signed in as."""
    return (await browser.get("/")).text.split("|")[1]


def session_cookie(browser: httpx.AsyncClient) -> str:
    return next(value for name, value in browser.cookies.items() if not name.endswith("visit"))
