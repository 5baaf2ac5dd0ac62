"""The stream: what an open board hears, and that a server with open boards stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from schemas.message import Message
from services.desk.access.people import about
from services.desk.server import DeskServer
from services.desk.site.live import Live
from services.desk.site.render import Renderer
from services.desk.store.projector import Projector
from services.desk.stream import Stream, event
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, Opened, logged, opened, without

SECTIONS = {"pulse", "urgent", "alerts", "figures", "notes", "entities", "rejected"}


@asynccontextmanager
async def live(*messages: Message) -> AsyncIterator[tuple[Opened, Stream]]:
    """A desk that runs, and its stream."""
    async with opened(*messages) as desk, desk.app.router.lifespan_context(desk.app):
        yield desk, desk.app.state.stream


async def next_event(events: AsyncIterator[bytes]) -> str:
    return (await asyncio.wait_for(anext(events), 5)).decode()


async def heard(events: AsyncIterator[bytes], words: str) -> str:
    """The next event that holds `words`."""
    while words not in (text := await next_event(events)):
        pass
    return text


def targets(text: str) -> set[str]:
    return {part.split('"')[0] for part in text.split('hx-target="#')[1:]}


def id_of(text: str) -> str:
    return text.removeprefix("id: ").split("\n")[0]


async def test_the_first_event_brings_the_whole_board_with_an_id() -> None:
    async with live(*d.everything()) as (_, stream):
        events = stream.events(None)
        assert (await next_event(events)).startswith("retry: ")
        first = await next_event(events)
    assert first.startswith("id: ")
    assert targets(first) == SECTIONS
    assert "Interior Ministry says about 2,400 people" in first


async def test_a_client_that_saw_the_board_hears_only_what_changed() -> None:
    async with live(*d.everything()) as (desk, stream):
        events = stream.events(None)
        await next_event(events)
        seen = id_of(await next_event(events))
        again = stream.events(seen)
        await next_event(again)
        assert targets(await next_event(again)) == {"pulse"}
        desk.topics.publish(d.entity("Liss"))
        assert targets(await heard(again, "Liss")) == {"pulse", "entities"}


async def test_a_client_that_slept_gets_what_it_missed_and_nothing_is_lost() -> None:
    async with live(*d.everything()) as (desk, stream):
        events = stream.events(None)
        await next_event(events)
        seen = id_of(await next_event(events))
        await events.aclose()  # type: ignore[attr-defined]  # the connection drops
        missed = ("One says this; another says that", "Liss", "bad_encoding")
        letter = d.dead_letter(5).model_copy(update={"reason": missed[2]})
        desk.topics.publish(d.alert(2, attribution=missed[0]), d.entity(missed[1]), letter)
        back = stream.events(seen)
        text = ""
        while not all(words in text for words in missed):
            text += await next_event(back)


async def test_the_stream_is_asked_with_what_the_page_shows() -> None:
    async with opened(*d.everything()) as desk:
        page = (await desk.client().get("/")).text
        seen = page.split('hx-sse:connect="/stream?seen=')[1].split('"')[0]
        events = desk.app.state.stream.events(seen)
        await next_event(events)
        first = await next_event(events)
    assert id_of(first) == seen
    assert targets(first) == {"pulse"}


async def test_a_hundred_changes_are_few_events() -> None:
    async with live() as (desk, stream):
        events = stream.events(None)
        await next_event(events)
        for number in range(100):
            desk.topics.publish(d.entity(f"Name {number}", mentions=number))
        count = 0
        async with asyncio.timeout(10):
            while "Name 99" not in await next_event(events):
                count += 1
    assert count <= 5


async def test_a_quiet_stream_is_heard_anyway() -> None:
    async with opened(*d.everything()) as desk:
        clock, renderer = Clock(d.NOON), Renderer(ZoneInfo("UTC"), Clock(d.NOON), about)
        projector = Projector(desk.database, desk.topics.feed)
        stream = Stream(Live(desk.database, renderer, projector, clock, ZoneInfo("UTC")), heartbeat=0.01)
        events = stream.events(None)
        for _ in range(2):
            await next_event(events)
        assert targets(await next_event(events)) == {"pulse"}


async def test_what_changes_while_a_board_is_being_made_is_on_it() -> None:
    """Else the board of before would stay until the next change. The clock is asked first whether the board is too old,
    then while the store is being read."""
    async with opened(*d.everything()) as desk:
        asked = 0

        def clock() -> datetime:
            nonlocal asked
            asked += 1
            if asked == 3:  # the first was when `shown` was made
                shown.stale()
            return d.NOON

        projector = Projector(desk.database, desk.topics.feed)
        shown = Live(desk.database, Renderer(ZoneInfo("UTC"), Clock(d.NOON), about), projector, clock, ZoneInfo("UTC"))
        first = await shown.snapshot()
        assert asked == 4
        assert await shown.snapshot() is first, "made once per change"


async def test_a_board_that_could_not_be_made_is_made_as_soon_as_it_can() -> None:
    async with live(*d.everything()) as (desk, stream):
        events = stream.events(None)
        await next_event(events)
        await next_event(events)
        with logged("renewing the board failed") as failed:
            async with without(desk.database, "figures"):
                desk.topics.publish(d.entity("Liss"))
                await asyncio.wait_for(failed.wait(), 5)
        assert "Liss" in await heard(events, "Liss")


async def test_the_same_content_has_the_same_id_in_every_process() -> None:
    ids = []
    for messages in (d.everything(), list(reversed(d.everything()))):
        async with opened(*messages) as desk:
            events = desk.app.state.stream.events(None)
            await next_event(events)
            ids.append(id_of(await next_event(events)))
    assert ids[0] == ids[1]


def test_a_line_end_in_a_fragment_does_not_break_the_event() -> None:
    lines = event("7", {"alerts": "a\r\nb\rc\u2028d\n\ne"}).decode().split("\n")
    assert lines[0] == "id: 7"
    assert all(line.startswith("data: ") for line in lines[1:-2])
    assert lines[-2:] == ["", ""]


async def test_the_board_fills_in_live_and_a_server_with_an_open_stream_stops() -> None:
    async with opened() as desk:
        server = DeskServer(desk.app, port=0)
        serving = asyncio.create_task(server.serve())
        text = ""
        async with (
            httpx.AsyncClient(base_url=server.url, timeout=5, trust_env=False) as client,
            client.stream("GET", "/stream") as answer,
        ):
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for part in answer.aiter_text():
                if not text:
                    desk.topics.publish(*d.everything())
                text += part
                if "Interior Ministry says about 2,400 people" in text:
                    break
            server.stop()
            await asyncio.wait_for(serving, 5)
    assert "No alert." in text


async def test_a_stream_ends_when_its_desk_does() -> None:
    async with live(*d.everything()) as (_, stream):
        events = stream.events(None)
        for _ in range(2):
            await next_event(events)
        stream.close()
        with suppress(StopAsyncIteration):
            while True:
                await next_event(events)


def test_the_desk_is_not_served_beyond_this_machine() -> None:
    with pytest.raises(ValueError, match="not loopback"):
        DeskServer(app=None, host="0.0.0.0", port=0)  # type: ignore[arg-type]  # noqa: S104  # refused is what is tested
