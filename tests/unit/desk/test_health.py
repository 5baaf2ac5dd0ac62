"""That the desk does not say it is well while a part of it stands still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from services.desk.store import projector
from services.desk.tasks import Tasks
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import logged, opened, without


async def test_a_database_that_takes_nothing_in_shows_on_the_page_and_in_health_until_it_does() -> None:
    async with opened() as desk, desk.app.router.lifespan_context(desk.app):
        client, changed = desk.client(), desk.app.state.changes.heard()
        await anext(changed)
        with logged("taking in what comes failed") as failed:
            async with without(desk.database, "offsets"):
                desk.topics.publish(d.dead_letter())
                await asyncio.wait_for(failed.wait(), 5)
                ill, page = await client.get("/healthz"), (await client.get("/")).text
            while (await client.get("/healthz")).json()["messages"] == 0:
                await asyncio.wait_for(anext(changed), 5)
            well = await client.get("/healthz")
    assert (ill.status_code, ill.json()["feed"], ill.json()["problem"]) == (503, "waiting", "OperationalError")
    assert "The database takes in nothing: what you see is not current." in page
    assert (well.status_code, well.json()) == (200, {"status": "ok", "feed": "following", "messages": 1})


async def test_a_full_disk_is_named_and_the_desk_goes_on_when_there_is_room() -> None:
    async with opened() as desk, desk.app.router.lifespan_context(desk.app):
        client, changed = desk.client(), desk.app.state.changes.heard()
        await anext(changed)
        with logged("taking in what comes failed") as failed:
            async with desk.database.writing() as db:
                await db.execute(text("PRAGMA max_page_count = 1"))  # as many as there are
            desk.topics.publish(*(d.dead_letter(number) for number in range(400)))
            await asyncio.wait_for(failed.wait(), 5)
            ill = await client.get("/healthz")
        async with desk.database.writing() as db:
            await db.execute(text("PRAGMA max_page_count = 1000000"))
        while (await client.get("/healthz")).status_code != 200:
            await asyncio.wait_for(anext(changed), 5)
        well = await client.get("/healthz")
    assert (ill.status_code, ill.json()["problem"]) == (503, "no room on the disk")
    assert well.json()["messages"] == 400


async def test_a_desk_that_still_takes_in_what_came_long_ago_is_well_and_not_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(projector, "CAUGHT_UP", 0.5)
    async with opened() as desk, desk.app.router.lifespan_context(desk.app):
        client, changed = desk.client(), desk.app.state.changes.heard()
        await anext(changed)
        states: list[dict[str, object]] = []
        for age in (timedelta(hours=2), timedelta(seconds=1), timedelta(hours=2)):
            desk.topics.publish(d.dead_letter(len(states)), at=datetime.now(UTC) - age)
            while (await client.get("/healthz")).json()["messages"] == len(states):
                await asyncio.wait_for(anext(changed), 5)
            states.append((await client.get("/readyz")).json())
        well = await client.get("/healthz")
        await asyncio.sleep(0.6)  # nothing more waits
        then = await client.get("/readyz")
    assert [state.get("problem") for state in states] == ["7200 s behind", None, "7200 s behind"]
    assert (well.status_code, then.status_code) == (200, 200)


async def test_health_fails_when_a_task_of_the_desk_has_ended() -> None:
    async with opened() as desk, desk.app.router.lifespan_context(desk.app):
        assert (await desk.client().get("/healthz")).status_code == 200
        (renewing,) = (task for task in asyncio.all_tasks() if task.get_name() == "the board")
        renewing.cancel()
        await asyncio.wait({renewing})
        answer = await desk.client().get("/healthz")
    assert (answer.status_code, answer.json()["problem"]) == (503, "the board ended")


async def test_a_task_that_failed_is_logged_and_does_not_keep_the_desk_from_stopping() -> None:
    async def fails() -> None:
        raise RuntimeError("no time")

    tasks = Tasks()
    with logged("failed: the board") as failed:
        tasks.start("the board", fails())
        tasks.start("the feed", asyncio.Event().wait())  # type: ignore[arg-type]  # one that goes on
        await asyncio.wait_for(failed.wait(), 5)
    await tasks.stop()
    assert tasks.ended == ["the board"]
