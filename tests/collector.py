"""A receiver of webhooks for tests: a real HTTP server on loopback, in this process, that answers as it is told."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET = "whsec_" + base64.b64encode(b"a secret only for these tests, 32").decode()


@dataclass(frozen=True, slots=True)
class Received:
    """One request whose signature was right."""

    path: str
    id: str
    headers: dict[str, str]
    body: bytes
    event: Any


Answering = Callable[[Received], Awaitable[Response]]


class Collector:
    """What came, in order. `answer` may be replaced at any time; without it everything is accepted."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.received: list[Received] = []
        self.badly_signed = 0
        self.answer: Answering | None = None
        self.ending = asyncio.Event()
        self._came = asyncio.Condition()

    async def never(self, _: Received) -> Response:
        """An answer that does not come as long as anybody waits for it."""
        await self.ending.wait()
        return Response(status_code=500)

    def ids(self, path: str = "/hook") -> Counter[str]:
        """How often each `webhook-id` came."""
        return Counter(received.id for received in self.received if received.path == path)

    def bodies(self) -> dict[str, set[bytes]]:
        """The different bodies that came under each id."""
        found: defaultdict[str, set[bytes]] = defaultdict(set)
        for received in self.received:
            found[received.id].add(received.body)
        return found

    async def until(self, reached: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until `reached`, looked at after each request."""
        async with asyncio.timeout(seconds), self._came:
            await self._came.wait_for(reached)

    async def take(self, request: Request) -> Response:
        body = await request.body()
        try:
            event = Webhook(SECRET).verify(body, dict(request.headers))
        except Exception:
            self.badly_signed += 1
            return Response(status_code=401)
        received = Received(request.url.path, request.headers["webhook-id"], dict(request.headers), body, event)
        async with self._came:
            self.received.append(received)
            self._came.notify_all()
        return Response(status_code=204) if self.answer is None else await self.answer(received)


class _Server(uvicorn.Server):
    """Signals belong to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def collector(certificate: Path | None = None) -> AsyncIterator[Collector]:
    """A running collector; with TLS when a PEM file of key and certificate is given."""
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "http" if certificate is None else "https"
    found = Collector(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/hook")
    app = Starlette(routes=[Route("/{path:path}", found.take, methods=["POST"])])
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1, ssl_certfile=certificate
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield found
    finally:
        found.ending.set()
        server.should_exit = True
        await serving
