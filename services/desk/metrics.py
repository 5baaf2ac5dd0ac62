"""Every metric of the desk, declared here and nowhere else, and where they are counted.

Base units, timestamps rather than ages, no label that grows with the news: a route is its pattern, never an address.
"""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.desk.queries.counts import Counts

STREAMS = ("/stream", "/v1/alerts/stream")
"""The routes whose answers stay open."""

KINDS = tuple(field.name for field in fields(Counts))


class Metrics:
    """The metrics of one desk; `text` is what Prometheus reads."""

    def __init__(self) -> None:
        self._taken = 0
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter(
            "counterclaim_desk_requests", "Answers begun.", ["route", "status"], registry=self.registry
        )
        self.streams = Gauge(
            "counterclaim_desk_streams", "Streams of events that are open.", ["route"], registry=self.registry
        )
        self.messages = Counter(
            "counterclaim_desk_messages", "Messages taken into the store by this process.", registry=self.registry
        )
        self.following = Gauge(
            "counterclaim_desk_following",
            "1: the topics are followed; 0: the feed ended or failed, or the database takes nothing in.",
            registry=self.registry,
        )
        self.stored = Gauge(
            "counterclaim_desk_stored_timestamp_seconds",
            "When a record was last stored; 0: not since the start.",
            registry=self.registry,
        )
        self.newest = Gauge(
            "counterclaim_desk_newest_timestamp_seconds",
            "When the newest record that is stored came to its topic; far behind the one above: the store lags. "
            "0: none since the start.",
            registry=self.registry,
        )
        self.rows = Gauge("counterclaim_desk_rows", "What the store holds.", ["kind"], registry=self.registry)
        for route in STREAMS:
            self.streams.labels(route)
        for kind in KINDS:
            self.rows.labels(kind)
        self.requests.labels("/", "200")

    def took(self, messages: int, newest: datetime) -> None:
        """`messages` in all were stored by now; `newest`: when the newest of the last of them came to its topic."""
        self.messages.inc(messages - self._taken)
        self._taken = messages
        self.stored.set(time.time())
        self.newest.set(newest.timestamp())

    def text(self, counts: Counts) -> bytes:
        """What Prometheus reads, with what the store holds now."""
        for kind in KINDS:
            self.rows.labels(kind).set(getattr(counts, kind))
        return generate_latest(self.registry)


class Counted:
    """Counts every answer by its route and status, and the streams that are open."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        opened: list[str] = []

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = _route(scope)
                self._metrics.requests.labels(route, str(message["status"])).inc()
                if route in STREAMS and message["status"] == 200:
                    opened.append(route)
                    self._metrics.streams.labels(route).inc()
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            for route in opened:
                self._metrics.streams.labels(route).dec()


def _route(scope: Scope) -> str:
    """The pattern that an address fits, "none" where it fits none or nobody was let in to ask."""
    route = scope.get("route")
    path: str = getattr(route, "path", "none")
    within = scope.get("root_path", "")
    return path if path.startswith(within) else f"{within}{path}"
