"""The desk as a web application: pages, their JSON twins, the live stream, acts, sign-in, the API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from schemas.errors import BadSetting, BrokerUnavailable
from services.desk.access.access import LOOPBACK_NAMES, Access
from services.desk.access.people import about, require
from services.desk.access.refusals import NoDatabase, Refused, refusal, respond
from services.desk.access.routes import sign_in_routes
from services.desk.access.sign_outs import SignOuts
from services.desk.access.signed_in import SignedIn
from services.desk.acting.routes import act_routes
from services.desk.acting.sender import Sender
from services.desk.acting.store import StoreKnown
from services.desk.addressed import Addressed
from services.desk.api.app import api_app
from services.desk.changes import Changes
from services.desk.headers import HEADERS, SecurityHeaders
from services.desk.health import health_routes
from services.desk.lag import Lag
from services.desk.metrics import Counted, Metrics
from services.desk.site import (
    alerts,
    article,
    conflict,
    entities,
    explain,
    figure,
    figures,
    ops,
    review,
    search,
    sources,
)
from services.desk.site.again import again
from services.desk.site.live import Live
from services.desk.site.page import Site, tagged
from services.desk.site.people import people
from services.desk.site.render import Renderer
from services.desk.store.database import Database, DatabaseAway
from services.desk.store.projector import Feed, Projector
from services.desk.store.retention import forgetting
from services.desk.stream import Stream
from services.desk.tasks import Tasks
from services.desk.twins import JSON

PAGES = (
    alerts.LIST, alerts.ONE, figures.PAGE, figure.PAGE, conflict.PAGE, article.COMPARE, article.PAGE, entities.LIST,
    entities.ONE, review.REVIEW, sources.PAGE, explain.PAGE, search.PAGE, ops.OPS, ops.LETTER,
)  # fmt: skip
"""Every page but the board, which is live."""


def utc_now() -> datetime:
    return datetime.now(UTC)


UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a desk is made of. `clock` gives aware times; `hosts`: accepted names in the Host header; `kept`: days that
    texts and rows are kept, None: for ever."""

    database: Database
    access: Access
    sender: Sender
    feed: Feed
    lag: Lag
    zone: ZoneInfo = UTC_ZONE
    clock: Callable[[], datetime] = utc_now
    hosts: Sequence[str] = LOOPBACK_NAMES
    kept: tuple[int, int] | None = None


def create_app(desk: Desk) -> Starlette:
    """The desk. While it runs it follows the topics (`desk.feed`) and tells open pages of what changed.

    What to close before a server waits for its clients stands at `app.state.stream` and `.changes`, what Prometheus
    asks for at `.metrics`.
    """
    renderer = Renderer(desk.zone, desk.clock, about)
    changes = Changes()

    metrics = Metrics()

    def changed(kinds: frozenset[str]) -> None:
        if kinds and projector.newest is not None:
            metrics.took(projector.messages, projector.newest)
        stream.changed()
        changes.tell(kinds)

    projector = Projector(desk.database, desk.feed, changed)
    metrics.following.set_function(lambda: projector.state == "following")
    live = Live(desk.database, renderer, projector, desk.clock, desk.zone)
    stream = Stream(live)

    sign_outs = SignOuts(desk.database, desk.access.sessions, desk.access.now)
    tasks = Tasks()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await sign_outs.load()
        tasks.start("the board", stream.beat())
        tasks.start("sign-outs", sign_outs.follow(changes))
        tasks.start("the feed", projector.run())
        if desk.kept is not None:
            tasks.start("forgetting", forgetting(desk.database, desk.clock, *desk.kept))
        try:
            yield
        finally:
            stream.close()
            changes.close()
            await tasks.stop()

    known = StoreKnown(desk.database, lambda: [user.name for user in desk.access.users()])
    site = Site(desk.database, renderer, desk.clock, desk.zone)
    app = Starlette(
        routes=[
            *_own_routes(desk, renderer, live, stream),
            *health_routes(projector, tasks),
            *site.routes((people(desk.access.users), *PAGES)),
            *sign_in_routes(desk.access, renderer.page, sign_outs.keep),
            *act_routes(known, desk.sender, desk.clock, desk.zone, again(site)),
            Mount("/v1", api_app(desk.database, desk.clock, desk.zone, changes)),
            Mount("/static", StaticFiles(packages=[("services.desk", "static")])),
        ],
        middleware=[
            Middleware(Counted, metrics=metrics),
            Middleware(SecurityHeaders),
            Middleware(Addressed, hosts=desk.hosts, access=desk.access, render=renderer.page),
            Middleware(SignedIn, access=desk.access, render=renderer.page),
        ],
        exception_handlers={
            Refused: refusal(renderer.page),
            HTTPException: _refuse(renderer),
            DatabaseAway: _wait_for_database(renderer),
            Exception: _break_down(renderer),
        },
        lifespan=lifespan,
    )
    app.state.stream, app.state.changes, app.state.metrics = stream, changes, metrics
    return app


def _refuse(renderer: Renderer) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # what Starlette calls this handler for
        missing = Refused(404, "There is no such page here.", "Check the address, or start from the board.")
        fix = "The desk's pages are read with GET."
        wrong = Refused(error.status_code, f"{error.detail}.", fix, headers=error.headers)  # a 405 says what it allows
        return respond(renderer.page, request, missing if error.status_code == 404 else wrong)

    return answer


def _wait_for_database(renderer: Renderer) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, _: Exception) -> Response:
        return respond(renderer.page, request, NoDatabase())

    return answer


def _break_down(renderer: Renderer) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, _: Exception) -> Response:
        fix = "It is the desk's fault, not the news': reload, and if it stays give its log to whoever runs the desk."
        response = respond(renderer.page, request, Refused(500, "The desk could not make this page.", fix))
        response.headers.update(HEADERS)  # Starlette answers 500 outside of all middleware
        return response

    return answer


def _own_routes(desk: Desk, renderer: Renderer, live: Live, stream: Stream) -> list[BaseRoute]:
    async def show_board(request: Request) -> Response:
        require(request, "reader")
        snapshot = await live.snapshot()
        return HTMLResponse(renderer.page("board.html", request, snapshot=snapshot, pulse=live.pulse(snapshot)))

    async def give_board(request: Request) -> Response:
        require(request, "reader")
        return tagged(request, JSON(live.twin(await live.snapshot())))

    async def follow_board(request: Request) -> Response:
        require(request, "reader")
        seen = request.headers.get("last-event-id") or request.query_params.get("seen")
        return StreamingResponse(
            stream.events(seen),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},  # the second: nginx must not collect
        )

    async def show_keys(request: Request) -> Response:
        require(request, "reader")
        return HTMLResponse(renderer.page("keys.html", request))

    async def show_lag(request: Request) -> Response:
        require(request, "reader")
        try:
            stages = await desk.lag.stages()
        except (BrokerUnavailable, BadSetting):
            stages = None
        if "hx-request" in request.headers:
            return HTMLResponse(renderer.fragment("lag_table.html", stages=stages))
        return HTMLResponse(renderer.page("lag.html", request, stages=stages))

    async def give_lag(request: Request) -> Response:
        require(request, "reader")
        try:
            return JSON({"stages": await desk.lag.stages()})
        except (BrokerUnavailable, BadSetting) as error:
            raise Refused(503, "The broker does not answer.", str(error)) from None

    return [
        Route("/", show_board),
        Route("/board.json", give_board),
        Route("/stream", follow_board),
        Route("/keys", show_keys),
        Route("/ops/lag", show_lag),
        Route("/ops/lag.json", give_lag),
    ]
