"""The stream: what an open board hears, and that a server with open boards stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from schemas.message import Message
from services.desk.app import create_app
from services.desk.follow import Following
from services.desk.pages import Pages
from services.desk.read_store import ReadStore
from services.desk.server import DeskServer
from services.desk.stream import Stream, event
from tests.unit.desk import dispute as d


class Desk:
    """A store, its pages and its stream, fast enough to test."""

    def __init__(self, *messages: Message, heartbeat: float = 30.0) -> None:
        self.store = ReadStore()
        for message in messages:
            self.store.apply(message)
        self.pages = Pages(self.store, Following(), lambda: d.NOON)
        self.stream = Stream(self.pages, apart=0.01, heartbeat=heartbeat)

    def apply(self, message: Message) -> None:
        self.store.apply(message)
        self.stream.changed()


async def next_event(events: AsyncIterator[bytes]) -> str:
    return (await asyncio.wait_for(anext(events), 5)).decode()


def targets(text: str) -> set[str]:
    return {part.split('"')[0] for part in text.split('hx-target="#')[1:]}


async def test_the_first_event_brings_the_whole_board_with_an_id() -> None:
    desk = Desk(*d.everything())
    events = desk.stream.events(None)
    assert (await next_event(events)).startswith("retry: ")
    first = await next_event(events)
    assert first.startswith(f"id: {desk.pages.snapshot().id}\n")
    assert targets(first) == {"pulse", "alerts", "figures", "notes", "entities", "rejected"}
    assert "Interior Ministry says about 2,400 people" in first


async def test_a_client_that_saw_the_board_hears_only_what_changed() -> None:
    desk = Desk(*d.everything())
    beat = asyncio.create_task(desk.stream.beat())
    events = desk.stream.events(desk.pages.snapshot().id)
    await next_event(events)
    assert targets(await next_event(events)) == {"pulse"}
    desk.apply(d.entity("Liss"))
    assert targets(await next_event(events)) == {"pulse", "entities"}
    beat.cancel()


async def test_a_client_that_slept_gets_the_board_as_it_is_now() -> None:
    desk = Desk(*d.everything())
    old = desk.pages.snapshot().id
    desk.store.apply(d.alert(2))
    events = desk.stream.events(old)
    await next_event(events)
    assert "alerts" in targets(await next_event(events))


async def test_a_hundred_changes_are_few_events() -> None:
    desk = Desk()
    beat = asyncio.create_task(desk.stream.beat())
    events = desk.stream.events(None)
    await next_event(events)
    await next_event(events)
    for number in range(100):
        desk.apply(d.entity(f"Name {number}", mentions=number))
    heard = await next_event(events)
    assert "Name 99" in heard
    assert "Name 70" in heard
    beat.cancel()


async def test_a_quiet_stream_is_heard_anyway() -> None:
    desk = Desk(heartbeat=0.01)
    events = desk.stream.events(desk.pages.snapshot().id)
    for _ in range(2):
        await next_event(events)
    assert targets(await next_event(events)) == {"pulse"}


def test_a_line_end_in_a_fragment_does_not_break_the_event() -> None:
    lines = event("7", {"alerts": "a\r\nb\rc\u2028d\n\ne"}).decode().split("\n")
    assert lines[0] == "id: 7"
    assert all(line.startswith("data: ") for line in lines[1:-2])
    assert lines[-2:] == ["", ""]


async def test_the_same_content_has_the_same_id_in_every_process() -> None:
    assert Desk(*d.everything()).pages.snapshot().id == Desk(*reversed(d.everything())).pages.snapshot().id


async def test_the_board_fills_in_live_and_a_server_with_an_open_stream_stops() -> None:
    gate = asyncio.Event()

    async def feed() -> AsyncIterator[Message]:
        await gate.wait()
        for message in d.everything():
            yield message

    server = DeskServer(create_app(ReadStore(), feed()), port=0)
    serving = asyncio.create_task(server.serve())
    async with (
        httpx.AsyncClient(base_url=server.url, timeout=5, trust_env=False) as client,
        client.stream("GET", "/stream") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        heard = ""
        async for text in answer.aiter_text():
            heard += text
            gate.set()
            if "Interior Ministry says about 2,400 people" in heard:
                break
        server.stop()
        await asyncio.wait_for(serving, 5)
    assert "No alert." in heard


def test_the_desk_is_not_served_beyond_this_machine() -> None:
    with pytest.raises(ValueError, match="not loopback"):
        DeskServer(create_app(ReadStore()), host="0.0.0.0", port=0)  # noqa: S104  # refused is what is tested
