"""Hearing of alerts: a stream of events for programs that stay, an Atom feed for those that look in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from services.desk.access.refusals import Refused
from services.desk.api.answers import Reading
from services.desk.api.asked import Following, OfAlerts
from services.desk.api.atom import feed
from services.desk.api.problems import NOT_MODIFIED, SHOWN
from services.desk.api.tail import Position, Tail, position_of
from services.desk.api.wants import wants
from services.desk.queries import alerts
from services.desk.queries.paging import PAGE
from services.desk.site.page import tagged

ATOM = "application/atom+xml"


def _text(media: str) -> dict[str, Any]:
    return {"content": {media: {"schema": {"type": "string"}}}}


def following(reading: Reading, tail: Tail) -> APIRouter:
    """Their routes; to be asked before /alerts/{fingerprint}."""
    router = APIRouter(tags=["alerts"])

    @router.get("/alerts.atom", response_class=Response, responses={200: _text(ATOM), **NOT_MODIFIED})
    async def alerts_feed(request: Request, asked: Annotated[OfAlerts, Query()]) -> Response:
        """The latest message of the newest 50 alerts as an Atom feed."""
        async with reading.database.reading() as db:
            page = await alerts.listed(db, asked.filter(reading.zone), None, PAGE)
        desk = f"{request.url.scheme}://{request.url.netloc}"
        body = feed(page.items, desk, str(request.url))
        return tagged(request, Response(body, media_type=ATOM))

    @router.get("/alerts/stream", response_class=Response, responses={200: _text("text/event-stream")})
    async def stream(
        asked: Annotated[Following, Query()],
        last_event_id: Annotated[str | None, Header(description="Id of the last event seen; browsers send it.")] = None,
    ) -> StreamingResponse:
        """Every alert message as it comes, as server-sent events: `data` is the alert, the id its position.

        From an id on everything that came since is sent first. Drop repeats by the alert's own id.
        """
        after = _position(last_event_id or asked.after, "Last-Event-ID" if last_event_id else "after")
        async with reading.database.reading() as db:
            wanted = await wants(db, asked.filter(reading.zone))
        return StreamingResponse(
            tail.events(after, wanted),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},  # the second: nginx must not collect
        )

    return router


def _position(text: str | None, field: str) -> Position | None:
    if not text:
        return None
    position = position_of(text)
    if position is None:
        fix = "Send the id of an event of this stream, or none to hear what comes from now on."
        raise Refused(400, f"{text[:SHOWN]!r} is no id of an event.", fix, field=field)
    return position
