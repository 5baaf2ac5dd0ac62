"""/metrics, /healthz and /readyz on the loopback address: for Prometheus and for whoever restarts workers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.platform.metrics import REGISTRY
from services.platform.serving import listener, server, web_address
from services.platform.settings import Settings

_RECOVERY_LIMIT = 600.0
"""Seconds a stage may stay unready before /healthz fails. A table of 1,000,000 rows of admit recovers in 33 s
(`python -m tests.bench.recovery`: 33 us a row, of copies 67)."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class StageHealth:
    """How one stage is. `lag` and `ready` are asked, `moved` is when it last finished a record (or became ready)."""

    lag: Callable[[], int]
    ready: Callable[[], bool]
    clock: Callable[[], float] = time.monotonic
    moved: float = field(init=False)
    _was_ready: bool = False

    def __post_init__(self) -> None:
        self.moved = self.clock()

    def progress(self) -> None:
        """A record was finished."""
        self.moved = self.clock()

    def complaint(self, stall_limit: float) -> str | None:
        """Why it should be restarted, or None. Lag alone is no illness: lag without progress is."""
        ready, now = self.ready(), self.clock()
        if ready != self._was_ready:
            self._was_ready, self.moved = ready, now
        idle = now - self.moved
        if not ready:
            return f"not ready for {idle:.0f} s" if idle > _RECOVERY_LIMIT else None
        lag = self.lag()
        if lag == 0:
            self.moved = now  # nothing to do: the limit counts from the first record that waits
            return None
        return f"{lag} records wait and none was finished for {idle:.0f} s" if idle > stall_limit else None


class HealthServer:
    """`async with HealthServer(stages, settings) as server:`; `server.url` says where it is."""

    def __init__(self, stages: Mapping[str, StageHealth], settings: Settings) -> None:
        self._stages = stages
        self._settings = settings
        self.url = ""

    async def __aenter__(self) -> HealthServer:
        host = self._settings.health_host
        socket = listener(host, self._settings.health_port, "HEALTH_PORT")
        self.url = web_address(host, socket)
        routes = [
            Route("/metrics", self._metrics),
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
        ]
        self._server = server(Starlette(routes=routes))
        self._task = asyncio.create_task(self._server.serve(sockets=[socket]))
        self._watch = asyncio.create_task(self._look_once_a_second())
        log.info("health and metrics", url=self.url)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        self._server.should_exit = True
        await asyncio.gather(self._task, self._watch, return_exceptions=True)

    async def _look_once_a_second(self) -> None:
        """Keeps each stage's clock right even when nobody asks: an idle hour must not count as a stall."""
        while True:
            for stage in self._stages.values():
                stage.complaint(self._settings.stall_limit)
            await asyncio.sleep(1)

    async def _metrics(self, _: Request) -> Response:
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    async def _healthz(self, _: Request) -> Response:
        complaints = {name: stage.complaint(self._settings.stall_limit) for name, stage in self._stages.items()}
        ill = {name: complaint for name, complaint in complaints.items() if complaint}
        return JSONResponse({"healthy": not ill, "stages": complaints}, status_code=503 if ill else 200)

    async def _readyz(self, _: Request) -> Response:
        stages = {name: stage.ready() for name, stage in self._stages.items()}
        ready = all(stages.values())
        return JSONResponse({"ready": ready, "stages": stages}, status_code=200 if ready else 503)
