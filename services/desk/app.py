"""The desk as a web application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.message import Message
from services.desk.follow import Following
from services.desk.headers import HEADERS, SecurityHeaders
from services.desk.pages import Pages
from services.desk.read_store import ReadStore
from services.desk.stream import Stream
from services.desk.twins import JSON, alert_twin, article_twin, board_twin

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names the desk answers to. Another name in Host is a foreign page whose name was pointed here (DNS rebinding)."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    store: ReadStore,
    feed: AsyncIterator[Message] | None = None,
    clock: Callable[[], datetime] = utc_now,
    hosts: Sequence[str] = LOOPBACK,
) -> Starlette:
    """The desk over `store`. While it runs it applies every message of `feed` and tells open pages.

    `clock` gives the time for "n s ago" (timezone-aware). `hosts`: accepted names in the Host header. The stream to
    close before a server waits for its clients stands at `app.state.stream`.
    """
    following = Following()
    pages = Pages(store, following, clock)
    stream = Stream(pages)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(stream.beat())]
        if feed is not None:
            tasks.append(asyncio.create_task(following.follow(feed, store, stream.changed)))
        try:
            yield
        finally:
            stream.close()
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def show_board(_: Request) -> Response:
        return HTMLResponse(pages.board())

    async def give_board(_: Request) -> Response:
        return JSON(board_twin(store, clock()))

    async def show_alert(request: Request) -> Response:
        return HTMLResponse(pages.alert(_alert(store, request)))

    async def give_alert(request: Request) -> Response:
        return JSON(alert_twin(_alert(store, request)))

    async def show_article(request: Request) -> Response:
        return HTMLResponse(pages.article(_article(store, request)))

    async def give_article(request: Request) -> Response:
        return JSON(article_twin(store, _article(store, request)))

    async def follow_board(request: Request) -> Response:
        seen = request.headers.get("last-event-id") or request.query_params.get("seen")
        return StreamingResponse(
            stream.events(seen),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},  # the second: nginx must not collect
        )

    async def health(_: Request) -> Response:
        failed = following.state == "failed"
        state = {"status": "failed" if failed else "ok", "feed": following.state, "messages": following.messages}
        return JSON(state | ({"problem": following.problem} if failed else {}), status_code=503 if failed else 200)

    def answer(request: Request, status: int, problem: str, fix: str) -> Response:
        if request.url.path.endswith(".json"):
            return JSON(
                {"status": status, "title": problem, "detail": fix}, status, media_type="application/problem+json"
            )
        return HTMLResponse(pages.error(status, problem, fix), status)

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # what Starlette calls this handler for
        if isinstance(error, NotHere):
            return answer(request, error.status_code, error.problem, error.fix)
        if error.status_code == 404:
            return answer(request, 404, "There is no such page here.", "Check the address, or start from the board.")
        return answer(request, error.status_code, f"{error.detail}.", "The desk's pages are read with GET.")

    async def break_down(request: Request, _: Exception) -> Response:
        problem = "The desk could not make this page."
        fix = "It is the desk's fault, not the news': reload, and if it stays give its log to whoever runs the desk."
        response = answer(request, 500, problem, fix)
        response.headers.update(HEADERS)  # Starlette answers 500 outside of all middleware
        return response

    app = Starlette(
        routes=[
            Route("/", show_board),
            Route("/board.json", give_board),
            Route("/alerts/{fingerprint}.json", give_alert),
            Route("/alerts/{fingerprint}", show_alert),
            Route("/articles/{article_id}.json", give_article),
            Route("/articles/{article_id}", show_article),
            Route("/stream", follow_board),
            Route("/healthz", health),
            Mount("/static", StaticFiles(packages=[("services.desk", "static")])),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: refuse, Exception: break_down},
        lifespan=lifespan,
    )
    app.state.stream = stream
    return app


class NotHere(HTTPException):
    """404 that says what is missing (`problem`) and what to do (`fix`)."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(404, problem)
        self.problem = problem
        self.fix = fix


def _alert(store: ReadStore, request: Request) -> AlertRaised:
    alert = store.alert(request.path_params["fingerprint"])
    if alert is None:
        raise NotHere(
            "This desk holds no alert of that name.",
            "If the desk was just started it is still reading the topics: wait a moment and reload.",
        )
    return alert


def _article(store: ReadStore, request: Request) -> ArticleTraced:
    article = store.article(request.path_params["article_id"])
    if article is None:
        raise NotHere(
            "This desk does not hold that article's text.",
            "It keeps the newest 5,000 articles, and reads them anew at each start: if it was just started, reload in "
            "a moment. The sentences of older ones stay quoted on their alerts.",
        )
    return article
