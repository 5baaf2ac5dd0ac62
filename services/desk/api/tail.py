"""The last alerts in memory, in the order they came, for everybody who follows them.

However many streams are open, a change costs one question to the store and each new alert is made ready once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.alert import AlertRaised
from schemas.message import decode
from services.desk.api.wants import Term, Wants
from services.desk.changes import Changes
from services.desk.store.database import Database
from services.desk.store.project_figures import terms_of
from services.desk.store.rows import chunks
from services.desk.store.tables import alerts

KEPT = 1_000
"""Messages in memory, some 6 kB each; who missed more reads the list."""

LATE = timedelta(hours=1)
"""How much earlier than the newest alert one may be raised and open streams still hear of it. Partitions of the ledger
run seconds apart; what one sends that stood still for longer is old news, which the list has."""

APART = 1.0
"""Seconds between two wake-ups of the streams, each of which takes 90 us of CPU a stream. After a quiet while the first
is at once."""

HEARTBEAT = 10.0
"""Seconds after which a quiet stream is heard anyway. nginx cuts silent connections after 60."""

RETRY = b"retry: 1000\n\n"
BEAT = b": still here\n\n"

_LATE = LATE // timedelta(microseconds=1)

log = logging.getLogger(__name__)

Position = tuple[int, str]
"""When an alert was raised (microseconds since 1970), and its id: the same after the store was filled anew."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert message as it is sent. `number`: how many came before it."""

    number: int
    position: Position
    alert: AlertRaised
    terms: frozenset[Term]
    event: bytes


class Tail:
    """Follows the alerts of `database`, from the first stream on until `changes` end."""

    def __init__(
        self,
        database: Database,
        changes: Changes,
        kept: int = KEPT,
        apart: float = APART,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._database = database
        self._changes = changes
        self._kept = kept
        self._apart = apart
        self._heartbeat = heartbeat
        self._told: deque[Told] = deque()
        self._known: set[str] = set()  # ids raised within LATE of the newest
        self._next = 0
        self._live = 0  # number of the first that came while this tail was there
        self._gone: Position | None = None  # the latest that the store has and this tail has not
        self._news = asyncio.Event()
        self._starting = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def events(self, after: Position | None, wants: Wants) -> AsyncIterator[bytes]:
        """Events for one client: what came after `after` (None: from now on), then what comes, and heartbeats.

        At least once: of a position given by an earlier run of the desk, what was raised within LATE before it comes
        again. Where more was missed than is kept an event `snapshot` says so, and the stream goes on with what comes.
        """
        yield RETRY
        task = await self._following()
        number = self._next if after is None else self._behind(after)
        while not task.done():
            news = self._news  # taken before anything is sent: what comes meanwhile is not missed
            if number < (self._told[0].number if self._told else self._next):
                yield self._snapshot(after)
                number = self._next
            sent = [told.event for told in self._from(number) if wants(told.alert, told.terms)]
            number = self._next
            if sent:
                yield b"".join(sent)
            try:
                async with asyncio.timeout(self._heartbeat):
                    await news.wait()
            except TimeoutError:
                yield BEAT

    async def _following(self) -> asyncio.Task[None]:
        """The task that all streams hear from. Raises what the store raises."""
        async with self._starting:
            if self._task is None or self._task.done():
                changed = self._changes.heard()
                await anext(changed)  # from here on no change is missed
                await self._begin()
                self._task = asyncio.create_task(self._follow(changed))
            return self._task

    async def _follow(self, changed: AsyncIterator[frozenset[str]]) -> None:
        """Ends with the desk, or when the store fails: the streams end with it, and who comes next begins anew."""
        try:
            async for kinds in changed:
                if AlertRaised.TYPE in kinds and await self._more():
                    self._wake()
                    await asyncio.sleep(self._apart)
        except Exception:
            log.exception("the streams of alerts end; a new one begins anew")
        # After this step the task is done: who is woken now sees that.
        asyncio.get_running_loop().call_soon(self._wake)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _begin(self) -> None:
        self._told.clear()
        self._gone = None
        async with self._database.reading() as db:
            last = select(alerts.c.raised, alerts.c.id, alerts.c.message)
            found = await db.execute(last.order_by(alerts.c.raised.desc(), alerts.c.id.desc()).limit(self._kept + 1))
            rows = [((row.raised, row.id), row.message) for row in found]
            if len(rows) > self._kept:
                self._gone = rows.pop()[0]
            self._add(rows[::-1])
            self._known = {id_ for _, id_ in await self._recent(db)}
        self._live = self._next

    async def _more(self) -> bool:
        """Take in what came; whether anything did."""
        async with self._database.reading() as db:
            recent = await self._recent(db)
            fresh = [position for position in recent if position[1] not in self._known]
            bodies: dict[str, bytes] = {}
            for ids in chunks(id_ for _, id_ in fresh):
                found = await db.execute(select(alerts.c.id, alerts.c.message).where(alerts.c.id.in_(ids)))
                bodies.update((row.id, row.message) for row in found)
        self._add([(position, bodies[position[1]]) for position in fresh])
        self._known = {id_ for _, id_ in recent}
        return bool(fresh)

    async def _recent(self, db: AsyncConnection) -> list[Position]:
        """What the store has within LATE of the newest, in order; read from an index alone."""
        since = max((told.position[0] for told in self._told), default=_LATE) - _LATE
        either = alerts.c.latest.in_((True, False))  # the index begins with it
        found = await db.execute(select(alerts.c.raised, alerts.c.id).where(either, alerts.c.raised >= since))
        return sorted((row.raised, row.id) for row in found)

    def _add(self, rows: Sequence[tuple[Position, bytes]]) -> None:
        for position, body in rows:
            alert = decode(AlertRaised, body)
            event = framed(position, body)
            self._told.append(Told(self._next, position, alert, frozenset(terms_of(alert.claims)), event))
            self._next += 1
            if len(self._told) > self._kept:
                gone = self._told.popleft().position
                self._gone = gone if self._gone is None else max(gone, self._gone)

    def _behind(self, after: Position) -> int:
        """Number of the first message for somebody who saw `after` last; below all that are kept if one is not."""
        seen = next((told.number for told in self._told if told.position == after), -1)
        if seen >= self._live:
            return seen + 1
        since = (after[0] - _LATE, "")
        if self._gone is not None and self._gone >= since:
            return -1
        return next((told.number for told in self._told if told.position >= since), self._next)

    def _from(self, number: int) -> list[Told]:
        missing = self._next - number
        return list(self._told)[-missing:] if missing > 0 else []

    def _snapshot(self, after: Position | None) -> bytes:
        since = None if after is None else after[0] // 1_000_000
        data = {"missed": f"more than {self._kept}", "read": "/v1/alerts", "since": since}
        return framed(self._told[-1].position, orjson.dumps(data), b"event: snapshot\n")


def framed(position: Position, data: bytes, name: bytes = b"") -> bytes:
    """One event; `data` is JSON, which has no line breaks."""
    return b"%bid: %d-%b\ndata: %b\n\n" % (name, position[0], position[1].encode("utf-8", "replace"), data)


def position_of(text: str) -> Position | None:
    """The position in an event's id; None if it is none."""
    at, _, id_ = text.partition("-")
    return (int(at), id_) if id_ and at.isascii() and at.isdigit() and len(at) <= 18 else None
