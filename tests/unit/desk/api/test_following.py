"""Hearing of alerts: streams lose nothing, say when they must, and cost one question; the feed is Atom."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from schemas.alert import AlertRaised
from schemas.metrics import Metric
from services.desk.api.tail import BEAT, Tail, position_of
from services.desk.api.wants import Wants, wants
from services.desk.changes import Changes
from services.desk.queries import alerts
from services.desk.queries.paging import Filter
from services.desk.store.database import Database
from services.desk.store.project_figures import terms_of
from tests.unit.desk import dispute as d
from tests.unit.desk.api.serving import Desk, fill
from tests.unit.desk.store import world

ALL = Wants()


def alert(number: int, minutes: float | None = None, **fields: Any) -> AlertRaised:
    at = d.NOON + timedelta(minutes=number if minutes is None else minutes)
    return d.alert(id=f"alr-{number}:1", fingerprint=f"alr-{number}", raised=at, **fields)


class Newsroom:
    """A store that alerts come into, and a tail of it that does not make a test wait."""

    def __init__(self, database: Database, **fields: Any) -> None:
        self.database = database
        self.changes = Changes()
        self.tail = Tail(database, self.changes, **{"apart": 0, "heartbeat": 0.05} | fields)

    async def take_in(self, *raised: AlertRaised) -> None:
        await fill(self.database, world.arrived(raised))
        self.changes.tell(frozenset({AlertRaised.TYPE}))

    def restarted(self) -> None:
        self.changes.close()
        self.changes = Changes()
        self.tail = Tail(self.database, self.changes, apart=0, heartbeat=0.05)

    async def client(self, after: str | None = None, wanted: Wants = ALL) -> Client:
        """Somebody who is connected, and has heard what there was to hear."""
        client = Client(self.tail.events(None if after is None else position_of(after), wanted))
        await client.beaten()
        return client


class Client:
    """Somebody who listens; `last` is the id of the last event taken."""

    def __init__(self, events: AsyncIterator[bytes]) -> None:
        self._events = events
        self._came: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._here = asyncio.Event()
        self.last = ""
        self.beats = 0
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for chunk in self._events:
            for block in chunk.decode().strip().split("\n\n"):
                lines = dict(line.split(": ", 1) for line in block.split("\n"))
                if "data" in lines:
                    name = lines.get("event") or orjson.loads(lines["data"])["id"]
                    await self._came.put((lines["id"], name))
                self.beats += chunk == BEAT
            if chunk == BEAT:
                self._here.set()

    async def beaten(self) -> None:
        """Until a heartbeat came: the stream has told all it had to tell."""
        self._here.clear()
        async with asyncio.timeout(10):
            await self._here.wait()

    async def hears(self, count: int) -> list[str]:
        """The ids of the next alerts, or the names of other events."""
        heard = []
        async with asyncio.timeout(10):
            for _ in range(count):
                self.last, name = await self._came.get()
                heard.append(name)
        return heard

    def nothing_more(self) -> bool:
        return self._came.empty()

    async def leaves(self) -> None:
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)


@pytest.fixture
async def newsroom(empty: Database) -> AsyncIterator[Newsroom]:
    made = Newsroom(empty)
    yield made
    made.changes.close()


async def test_who_listens_hears_each_alert_once_as_it_comes(newsroom: Newsroom) -> None:
    await newsroom.take_in(alert(1))
    client = await newsroom.client()
    await newsroom.take_in(alert(2), alert(3))
    await newsroom.take_in(alert(3), alert(4))
    assert await client.hears(3) == ["alr-2:1", "alr-3:1", "alr-4:1"]
    await client.beaten()
    assert client.nothing_more()
    await client.leaves()


async def test_a_dropped_connection_loses_nothing_and_repeats_nothing(newsroom: Newsroom) -> None:
    client = await newsroom.client()
    await newsroom.take_in(alert(1), alert(2))
    assert await client.hears(1) == ["alr-1:1"]
    await client.leaves()
    await newsroom.take_in(alert(4))
    await newsroom.take_in(alert(3))  # of a partition that was slower
    again = await newsroom.client(after=client.last)
    assert await again.hears(3) == ["alr-2:1", "alr-4:1", "alr-3:1"]
    assert again.nothing_more()
    await again.leaves()


async def test_a_restart_of_the_desk_loses_nothing(newsroom: Newsroom) -> None:
    client = await newsroom.client()
    await newsroom.take_in(*(alert(number) for number in range(1, 5)), alert(0, minutes=-70))
    assert len(await client.hears(5)) == 5
    newsroom.restarted()
    await asyncio.wait_for(client.listening, 10)  # the old desk ends its streams
    await newsroom.take_in(alert(5), alert(6, minutes=0.5))
    again = await newsroom.client(after=client.last)
    heard = await again.hears(6)
    assert set(heard) == {f"alr-{number}:1" for number in range(1, 7)}  # those of the last hour come again
    await again.leaves()


async def test_who_missed_more_than_is_kept_is_told_so(empty: Database) -> None:
    newsroom = Newsroom(empty, kept=5)
    client = await newsroom.client()
    await newsroom.take_in(alert(0))
    assert await client.hears(1) == ["alr-0:1"]
    await client.leaves()
    await newsroom.take_in(*(alert(number) for number in range(1, 10)))
    again = await newsroom.client(after=client.last)
    assert await again.hears(1) == ["snapshot"]
    await newsroom.take_in(alert(10))
    assert await again.hears(1) == ["alr-10:1"]
    await again.leaves()
    newsroom.changes.close()


async def test_a_stream_of_some_alerts_leaves_out_the_others(newsroom: Newsroom) -> None:
    async with newsroom.database.reading() as db:
        wanted = await wants(db, Filter(severity="critical", speaker="interior MINISTRY", metric="people_present"))
    client = await newsroom.client(wanted=wanted)
    await newsroom.take_in(
        alert(1),
        alert(2, severity="critical"),
        alert(3, severity="critical", metric=Metric.DEATHS),
        alert(4, severity="critical", claims=(d.SAYS_LANTERN, d.SAYS_UNION)),
    )
    await newsroom.take_in(alert(5, severity="critical"))
    assert await client.hears(2) == ["alr-2:1", "alr-5:1"]
    await client.leaves()


@given(wanted=st.builds(
    Filter, metric=st.sampled_from([None, "people_present", "deaths"]),
    speaker=st.sampled_from([None, "Farmers' Union", "nobody"]), publisher=st.sampled_from([None, "Valley Wire"]),
    verdict=st.sampled_from([None, "conflict", "increase"]), severity=st.sampled_from([None, "warning", "critical"]),
))  # fmt: skip
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
async def test_a_stream_wants_what_the_list_of_the_same_filter_has(database: Database, wanted: Filter) -> None:
    async with database.reading() as db:
        listed = await alerts.listed(db, wanted, None, 10)
        told = d.alert(2)
        assert (await wants(db, wanted))(told, terms_of(told.claims)) == bool(listed.items)


async def test_a_change_costs_the_store_the_same_however_many_listen(newsroom: Newsroom) -> None:
    counted = []
    for listeners in (1, 40):
        clients = [await newsroom.client() for _ in range(listeners)]
        asked: list[str] = []
        engine = newsroom.database._readers.sync_engine

        def note(*said: Any, into: list[str] = asked) -> None:
            into.append(said[2])

        event.listen(engine, "before_cursor_execute", note)
        await newsroom.take_in(alert(listeners))
        assert [await client.hears(1) for client in clients] == [[f"alr-{listeners}:1"]] * listeners
        event.remove(engine, "before_cursor_execute", note)
        counted.append(len(asked))
        for client in clients:
            await client.leaves()
    assert counted[0] == counted[1]


async def test_a_quiet_stream_beats(newsroom: Newsroom) -> None:
    client = await newsroom.client()
    await client.beaten()
    assert client.beats >= 2
    await client.leaves()


async def test_the_stream_is_an_event_stream_that_ends_with_the_desk(desk: Desk) -> None:
    desk.changes.close()
    async with desk.client() as client:
        answer = await client.get("/v1/alerts/stream", headers={"last-event-id": "0-alr"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.startswith("retry: ")


async def test_the_feed_is_atom_whatever_the_words_are(empty: Database) -> None:
    hostile = "<script>alert(1)</script> & \x0b \ufffe \u202e"
    await fill(empty, world.arrived([alert(1, label=hostile, attribution=hostile), alert(2, severity="critical")]))
    async with Desk(empty).client() as client:
        answer = await client.get("/v1/alerts.atom", params={"severity": "warning"})
        none = await client.get("/v1/alerts.atom", params={"publisher": "Nobody"})
    assert answer.headers["content-type"] == "application/atom+xml"
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own
    entries = root.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == [
        "urn:counterclaim:alr-2:1",
        "urn:counterclaim:alr-1:1",
    ]
    assert entries[1].findtext(f"{atom}title") == "<script>alert(1)</script> & \ufffd \ufffd \u202e"
    assert root.findtext(f"{atom}updated") == entries[0].findtext(f"{atom}updated") == "2026-03-04T12:02:00+00:00"
    links = {link.get("rel"): link.get("href") for link in entries[0].findall(f"{atom}link")}
    assert links == {"alternate": "http://127.0.0.1/alerts/alr-2"}
    assert ElementTree.fromstring(none.content).findtext(f"{atom}updated")  # noqa: S314
