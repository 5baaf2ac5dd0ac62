"""`counterclaim desk-store`, and following a real broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from schemas.errors import BadSetting
from schemas.message import Message
from services.cli.desk_store import app
from services.desk.store.feed import open_database, topics_feed
from services.desk.store.projector import Projector
from services.platform.broker import EmbeddedBroker
from services.platform.clients import producer
from services.platform.envelope import outgoing
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import create_topics
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world


@pytest.fixture
async def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    """Of a broker with all topics and a database of its own."""
    async with EmbeddedBroker() as broker:
        monkeypatch.setenv("COUNTERCLAIM_DESK_DATABASE", f"sqlite+aiosqlite:///{tmp_path / 'var' / 'desk.db'}")
        for name, value in broker.environment().items():
            monkeypatch.setenv(name, value)
        settings = load_settings().on_embedded_broker(broker.bootstrap)
        await create_topics(settings)
        yield settings


async def send(settings: Settings, messages: Iterable[Message]) -> None:
    async with producer(settings) as client:
        for message in messages:
            out = outgoing(message, sender="test", at=d.NOON)
            await client.send_and_wait(
                out.topic, out.value, key=out.key, partition=out.partition, headers=list(out.headers)
            )


async def follow(settings: Settings, count: int) -> dict[str, list[tuple[object, ...]]]:
    """The rows once `count` messages were taken in."""
    database, reached = open_database(settings), asyncio.Event()
    await database.migrate()

    def look(_: frozenset[str]) -> None:
        if projector.messages >= count:
            reached.set()

    projector = Projector(database, topics_feed(settings), look)
    following = asyncio.create_task(projector.run())
    async with asyncio.timeout(60):
        await reached.wait()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    rows = await world.rows(database)
    await database.close()
    return rows


async def run(*words: str) -> str:
    result = await asyncio.to_thread(CliRunner().invoke, app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


async def test_a_desk_follows_goes_on_after_a_restart_and_is_rebuilt_alike(settings: Settings) -> None:
    messages = world.everything()
    await send(settings, messages)
    await follow(settings, len(messages))
    await send(settings, [d.article("One more came.")])
    assert '"news.article.traced.v1":1' in await run("status", "--json")
    live = await follow(settings, 1)
    assert len(live["articles"]) == 5
    assert "waiting" in await run("status")
    assert f"{len(messages) + 1}/{len(messages) + 1}" in await run("rebuild")
    database = open_database(settings)
    assert await world.rows(database) == live
    await database.close()


def test_a_desk_without_a_database_has_nothing_to_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    with pytest.raises(BadSetting, match="DESK_DATABASE is not set"):
        CliRunner().invoke(app, ["rebuild"], catch_exceptions=False)
