"""The last alerts in memory, in the order they came, for everybody who follows them.

Whatever the number of open streams, a change costs one question to the store and one rendering of each new alert.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.message import decode
from services.desk.api.wants import Wants
from services.desk.changes import Changes
from services.desk.queries.paging import MOST
from services.desk.store.columns import micros
from services.desk.store.database import Database
from services.desk.store.tables import alerts

KEPT = 1_000
"""Messages in memory: 6 MB, and at the busiest hour measured (some 60 alerts) two nights."""

LATE = timedelta(hours=1)
"""How much earlier than the newest alert one may be raised and still be heard of by open streams. Partitions of the
ledger run seconds apart; one that stood still for longer catches up with what is old news, which the list has."""

APART = 0.5
"""Seconds between two wake-ups of the streams: 500 of them take 50 ms to write to."""

HEARTBEAT = 10.0
"""Seconds after which a quiet stream is heard anyway. nginx cuts silent connections after 60."""

RETRY = b"retry: 1000\n\n"
BEAT = b": here\n\n"

log = logging.getLogger(__name__)

Position = tuple[int, str]
"""When it was raised (microseconds since 1970), and its id: the same after the store was filled anew."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert message as it is sent. `number`: how many came before it since this tail began."""

    number: int
    position: Position
    alert: AlertRaised
    event: bytes


class Tail:
    """Follows the alerts of `database` from the first stream on until `changes` end."""

    def __init__(
        self, database: Database, changes: Changes, *, kept: int = KEPT, apart: float = APART, heartbeat: float = HEARTBEAT
    ) -> None:
        self._database = database
        self._changes = changes
        self._kept = kept
        self._apart = apart
        self._heartbeat = heartbeat
        self._told: deque[Told] = deque()
        self._numbers: dict[str, int] = {}  # of `_told` and of what was dropped within LATE, by alert id
        self._next = 0
        self._live = 0  # number of the first that came while this tail was there
        self._gone: Position = (-1, "")  # the latest that is in the store and not here
        self._news = asyncio.Event()
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def events(self, after: Position | None, wants: Wants) -> AsyncIterator[bytes]:
        """Events for one client: what came after `after` (None: from now on), then what comes, and heartbeats.

        At least once: what came within LATE before a position of an earlier desk comes again.
        """
        yield RETRY
        task = self._following()
        await _either(self._ready.wait(), task)
        number = self._next if after is None else self._behind(after)
        while not task.done():
            news = self._news  # taken before anything is sent: what comes meanwhile is not missed
            first = self._told[0].number if self._told else self._next
            if number < first:
                yield self._snapshot(after)
                number = self._next
            sent = [told.event for told in self._from(number) if wants(told.alert)]
            number = self._next
            if sent:
                yield b"".join(sent)
            try:
                async with asyncio.timeout(self._heartbeat):
                    await news.wait()
            except TimeoutError:
                yield BEAT

    def _following(self) -> asyncio.Task[None]:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._follow())
        return self._task

    async def _follow(self) -> None:
        """Ends with `changes`, or when the store fails; the streams end with it, and the next one begins anew."""
        try:
            async for kinds in self._changes.heard():
                if not self._ready.is_set():
                    await self._begin()
                    self._ready.set()
                elif AlertRaised.TYPE in kinds and await self._more():
                    self._wake()
                    await asyncio.sleep(self._apart)
        except Exception:
            log.exception("the stream of alerts ends; it begins anew with the next who connects")
        finally:
            self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _begin(self) -> None:
        async with self._database.reading() as db:
            own = select(alerts.c.raised, alerts.c.id, alerts.c.message)
            found = await db.execute(own.order_by(alerts.c.raised.desc(), alerts.c.id.desc()).limit(self._kept + 1))
            rows = list(found)
        if len(rows) > self._kept:
            self._gone = (rows[-1].raised, rows[-1].id)
        self._add([((row.raised, row.id), row.message) for row in reversed(rows[: self._kept])])
        self._live = self._next

    async def _more(self) -> bool:
        """Take in what came. Whether anything did."""
        newest = max((told.position[0] for told in self._told), default=0)
        since = newest - LATE // timedelta(microseconds=1)
        async with self._database.reading() as db:
            # Both values of `latest`: so the index that begins with it is read alone, without the messages.
            recent = and_(alerts.c.latest.in_((True, False)), alerts.c.raised >= since)
            found = await db.execute(select(alerts.c.raised, alerts.c.id).where(recent))
            fresh = sorted((row.raised, row.id) for row in found if row.id not in self._numbers)
            self._add(await _bodies(db, fresh))
        dropped = [id_ for id_, number in self._numbers.items() if number < self._next - 10 * self._kept]
        for id_ in dropped:
            del self._numbers[id_]
        return bool(fresh)

    def _add(self, rows: Sequence[tuple[Position, bytes]]) -> None:
        for position, body in rows:
            alert = decode(AlertRaised, body)
            self._told.append(Told(self._next, position, alert, _event(position, body)))
            self._numbers[alert.id] = self._next
            self._next += 1
            if len(self._told) > self._kept:
                self._gone = max(self._gone, self._told.popleft().position)

    def _behind(self, after: Position) -> int:
        """Number of the first message to tell somebody who saw `after` last; below all: too much was missed."""
        seen = self._numbers.get(after[1], -1)
        if seen >= self._live:
            return seen + 1
        since = (after[0] - LATE // timedelta(microseconds=1), "")
        if self._gone >= max(since, (0, "")) :
            return -1
        return next((told.number for told in self._told if told.position >= since), self._next)

    def _from(self, number: int) -> Sequence[Told]:
        missing = self._next - number
        return [] if missing <= 0 else list(self._told)[-missing:]

    def _snapshot(self, after: Position | None) -> bytes:
        """Says that more was missed than is kept here, and where the list has it."""
        newest = max((told.position for told in self._told), default=(0, ""))
        since = None if after is None else after[0] // 1_000_000
        data = {"missed": f"more than {self._kept}", "list": "/v1/alerts", "since": since}
        return _framed(newest, orjson.dumps(data), b"event: snapshot\n")


def position_of(text: str) -> Position | None:
    """The position in an event's id; None if it is none."""
    at, dash, id_ = text.partition("-")
    if not dash or not id_ or not at.isascii() or not at.isdigit() or len(at) > 18:
        return None
    return int(at), id_
