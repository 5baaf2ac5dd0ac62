"""A desk over a database in memory, filled as the topics would fill it, and whoever looks at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import httpx
from sqlalchemy import text
from starlette.applications import Starlette

from schemas.article import ArticleTraced
from schemas.claim import ClaimsMade
from schemas.message import Message
from schemas.outcomes import Arrival
from schemas.topics import BY_MODEL
from services.desk.access.access import Access
from services.desk.app import Desk, create_app
from services.desk.lag import StageLag
from services.desk.store.ahead import Taken
from services.desk.store.database import Database
from services.desk.store.projection import apply
from tests.unit.desk import dispute as d

HERE = "http://127.0.0.1"


class Topics:
    """The topics as the desk sees them: what was published, each with its offset, and the feed that follows them."""

    def __init__(self) -> None:
        self._ends: dict[str, int] = {}
        self._live: asyncio.Queue[Sequence[Taken] | Exception] = asyncio.Queue()

    def taken(self, message: Message, at: datetime | None = None) -> Taken:
        """`message` with its place in its topic; it arrived `at`, or when it says itself that it did."""
        topic = BY_MODEL[type(message)].name
        offset = self._ends[topic] = self._ends.get(topic, -1) + 1
        return Arrival(topic, 0, offset, at or _own_time(message)), message

    def publish(self, *messages: Message, at: datetime | None = None) -> None:
        self._live.put_nowait([self.taken(message, at) for message in messages])

    def fail(self, error: Exception) -> None:
        """The feed ends with `error`, as one does whose broker is gone."""
        self._live.put_nowait(error)

    async def feed(self, _: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        while True:
            batch = await self._live.get()
            if isinstance(batch, Exception):
                raise batch
            yield batch

    async def send(self, messages: Sequence[Message]) -> None:
        """The desk's sender: what people do comes back by the topics."""
        self.publish(*messages)


@dataclass
class Stages:
    """Lag of the stages, or the broker that does not answer."""

    lags: list[StageLag] = field(default_factory=lambda: [StageLag("admit", 0), StageLag("read", 12)])
    problem: Exception | None = None

    async def stages(self) -> list[StageLag]:
        if self.problem is not None:
            raise self.problem
        return self.lags


@dataclass
class Opened:
    """A desk that stands at `app`, with `sent`: what people did there."""

    app: Starlette
    database: Database
    topics: Topics
    sent: list[Message]
    stages: Stages

    def client(self, address: str = HERE, accept: str = "text/html") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=address, headers={"accept": accept})

    async def take(self, *messages: Message, at: datetime | None = None) -> None:
        """Write `messages` to the store, whether or not the feed runs."""
        async with self.database.writing() as db:
            await apply(db, [self.topics.taken(message, at) for message in messages])


@asynccontextmanager
async def without(database: Database, table: str) -> AsyncIterator[None]:
    """As long as the body runs, whatever asks for `table` fails as by a database's error."""

    async def rename(one: str, other: str) -> None:
        async with database.writing() as db:
            await db.execute(text(f"ALTER TABLE {one} RENAME TO {other}"))

    await rename(table, "away")
    try:
        yield
    finally:
        await rename("away", table)


@contextmanager
def logged(words: str) -> Iterator[asyncio.Event]:
    """An event that is set as soon as a line with `words` is logged."""
    event = asyncio.Event()

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if words in record.getMessage():
                event.set()

    handler = Heard()
    logging.getLogger().addHandler(handler)
    try:
        yield event
    finally:
        logging.getLogger().removeHandler(handler)


class Clock:
    """The desk's clock, which a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def opened(
    *messages: Message,
    clock: Clock | None = None,
    access: Access | None = None,
    zone: str = "UTC",
    database: str = "sqlite+aiosqlite://",
) -> AsyncIterator[Opened]:
    """A desk that holds `messages`, in their order."""
    now = clock or Clock(d.NOON)
    topics, stages, sent = Topics(), Stages(), list[Message]()

    class Recorded:
        async def send(self, messages: Sequence[Message]) -> None:
            sent.extend(messages)
            await topics.send(messages)

    store = Database(database)
    await store.migrate()
    desk = Desk(store, access or Access(now), Recorded(), topics.feed, stages, ZoneInfo(zone), now)
    here = Opened(create_app(desk), store, topics, sent, stages)
    await here.take(*messages)
    try:
        yield here
    finally:
        await store.close()


def _own_time(message: Message) -> datetime:
    if isinstance(message, ArticleTraced):
        return message.arrived
    if isinstance(message, ClaimsMade):
        return message.claims[0].published + d.UNTIL_ARRIVED
    for name in ("raised", "updated", "at", "rejected", "as_of"):
        at = getattr(message, name, None)
        if isinstance(at, datetime):
            return at
    return d.NOON


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.found if (value := attributes.get(attribute)) is not None]

    def values_of(self, tag: str) -> dict[str, str]:
        """Name → value of the fields of a kind."""
        named = [fields for kind, fields in self.found if kind == tag and fields.get("name")]
        return {fields["name"] or "": fields.get("value") or "" for fields in named}
