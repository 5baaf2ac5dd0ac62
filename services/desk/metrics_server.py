"""/metrics of the desk, on an address of its own as the worker's: it asks for no token, so it is not where people are.

Loopback, unless COUNTERCLAIM_HEALTH_HOST says otherwise for a network that only Prometheus shares.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.desk.metrics import Metrics
from services.desk.queries.counts import counts
from services.desk.store.database import Database
from services.platform.serving import listener, server, web_address
from services.platform.settings import Settings


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
    host = settings.health_host
    socket = listener(host, settings.desk_metrics_port, "DESK_METRICS_PORT")
    serving = server(metrics_app(metrics, database))
    task = asyncio.create_task(serving.serve(sockets=[socket]))
    try:
        yield f"{web_address(host, socket)}/metrics"
    finally:
        serving.should_exit = True
        await task
