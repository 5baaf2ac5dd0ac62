"""/metrics of the desk, on an address of its own as the worker's: it asks for no token, so it is not where people are.

Loopback, unless COUNTERCLAIM_HEALTH_HOST says otherwise for a network that only Prometheus shares.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from schemas.errors import BadSetting
from services.desk.metrics import Metrics
from services.desk.queries.counts import counts
from services.desk.store.database import Database
from services.platform.settings import PREFIX, Settings


def metrics_app(metrics: Metrics, database: Database) -> Starlette:
    """GET /metrics."""

    async def show(_: Request) -> Response:
        async with database.reading() as db:
            held = await counts(db)
        return Response(metrics.text(held), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/metrics", show)])


@asynccontextmanager
async def metrics_served(metrics: Metrics, database: Database, settings: Settings) -> AsyncIterator[str]:
    """Serves inside the body of `async with`; gives its address. Raises BadSetting where that cannot be used."""
    host, port = settings.health_host, settings.desk_metrics_port
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise BadSetting(
            f"{PREFIX}DESK_METRICS_PORT: {host}:{port} cannot be used ({error}); choose another, or 0 for a free one"
        ) from None
    server = _Server(
        uvicorn.Config(
            metrics_app(metrics, database), log_config=None, access_log=False, lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://{host}:{listener.getsockname()[1]}/metrics"
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """uvicorn takes SIGINT and SIGTERM for itself; in this process they belong to the host."""

    def capture_signals(self) -> Any:
        return nullcontext()
