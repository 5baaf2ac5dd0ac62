"""The event stream that keeps an open board current.

Each event carries the line with the last article and every section of the board that changed since this client's last
event, as `<hx-partial>` fragments that htmx puts in place. An event's id names the board's content: a client that comes
back with the id of what it still shows (`Last-Event-ID`, or `?seen=` on its first connect) gets what changes from there
on; any other gets the whole board once.
Sections are rendered once per change for all clients.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress

from services.desk.site.live import Live, Snapshot
from services.desk.steady import steadily

APART = 0.5
"""Seconds between two events of one client: any number of articles is two swaps a second at most, which can be read."""

HEARTBEAT = 10.0
"""Seconds after which a quiet stream is heard anyway. nginx cuts silent connections after 60 s, and the page calls the
stream lost after 25 (desk.js)."""

RETRY = 1000
"""Milliseconds a browser waits before it connects again. Chosen, not measured."""

_LINE_END = re.compile(r"\r\n|\r|\n")  # the three the SSE standard knows; str.splitlines knows eight more


class Stream:
    """Tells open pages of changes. `changed` may be called as often as there are messages."""

    def __init__(self, live: Live, heartbeat: float = HEARTBEAT) -> None:
        self._live = live
        self._heartbeat = heartbeat
        self._change = asyncio.Event()
        self._news = asyncio.Event()
        self._closed = False
        self._latest: Snapshot | None = None
        self._events: dict[str | None, bytes] = {}

    def changed(self) -> None:
        """The store changed; clients hear of it with the next beat."""
        self._change.set()

    def close(self) -> None:
        """End every open stream, so that a server can stop without waiting for its clients."""
        self._closed = True
        self._tell()

    async def beat(self) -> None:
        """Render what changed, at most every APART seconds, and wake the clients. Runs as long as the desk does."""
        while True:
            await self._change.wait()
            await steadily(self._renew, "renewing the board")
            self._tell()
            await asyncio.sleep(APART)

    async def _renew(self) -> None:
        self._change.clear()
        self._live.stale()
        await self._live.snapshot()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def events(self, seen: str | None) -> AsyncIterator[bytes]:
        """The events for one client that saw the snapshot `seen` last; the first comes at once."""
        yield f"retry: {RETRY}\n\n".encode()
        shown: Snapshot | None = None
        while not self._closed:
            news = self._news  # taken before the event is sent: news while it is on its way is not missed
            snapshot = await self._live.snapshot()
            before = snapshot if shown is None and seen == snapshot.id else shown
            yield self._event(before, snapshot)
            shown = snapshot
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), self._heartbeat)

    def _event(self, before: Snapshot | None, snapshot: Snapshot) -> bytes:
        """What changed since `before`. Made once for all who saw the same: of 500 open boards nearly all did."""
        if before is snapshot:
            return event(snapshot.id, {"pulse": self._live.pulse(snapshot)})
        if self._latest is not snapshot:
            self._latest, self._events = snapshot, {}
        seen = None if before is None else before.id
        if seen not in self._events:
            held = {} if before is None else before.sections
            changed = {name: html for name, html in snapshot.sections.items() if held.get(name) != html}
            self._events[seen] = event(snapshot.id, {"pulse": self._live.pulse(snapshot), **changed})
        return self._events[seen]


def event(event_id: str, fragments: dict[str, str]) -> bytes:
    """One unnamed event that puts each fragment into the element of its name."""
    data = "".join(
        f'<hx-partial hx-target="#{name}" hx-swap="innerMorph">{html}</hx-partial>' for name, html in fragments.items()
    )
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(data))
    return f"id: {event_id}\n{lines}\n".encode("utf-8", "replace")
