"""Pages of a desk that changes: corrections, numbers that are not compared any more, the wall, faults."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.alert import Correction
from schemas.errors import BrokerUnavailable
from services.desk.headers import HEADERS
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, Opened, opened
from tests.unit.desk.store import world

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def desk() -> AsyncIterator[Opened]:
    async with opened(*d.everything()) as here:
        yield here


async def test_a_correction_shows_the_old_words_beside_the_new(desk: Opened) -> None:
    put_right = Correction(
        claim=d.SAYS_MINISTRY.id,
        was="about 2,400 people",
        now="about 2,600 people",
        article_id=world.REVISED.article_id,
        noted=True,
    )
    await desk.take(d.alert(2, corrections=(put_right,)))
    page = (await desk.client().get(f"/alerts/{d.FINGERPRINT}")).text
    assert re.search(r"<del>.*about 2,400 people.*</del>", page)
    assert re.search(r"<ins>.*about 2,600 people.*</ins>", page)
    assert "with a correction notice" in page
    assert "All 2 messages of this alert" in page


async def test_a_figure_of_which_nothing_is_compared_shows_what_was_said_last(desk: Opened) -> None:
    await desk.take(d.figure(statements=(), conflicts=(), updated=d.NOON + 60 * MINUTE))
    for path in ("/figures", f"/figures/{d.SERIES}"):
        page = (await desk.client().get(path)).text
        assert "this was said last" in page
        assert "“More than 3,000 people”" in page
    twin = (await desk.client().get(f"/figures/{d.SERIES}.json")).json()
    assert twin["figure"]["statements"] == []


async def test_a_search_for_a_place_offers_its_figures_first(desk: Opened) -> None:
    await desk.take(d.figure(places=("x-veldt",), updated=d.NOON + 60 * MINUTE), d.entity("Veldt"))
    for words in ("Veldt", "veld", "who says what about Veldt?"):
        page = (await desk.client().get("/search", params={"q": words})).text
        main = page.split("<main")[1]
        assert main.index(f'href="/figures/{d.SERIES}"') < main.index('id="sq"' if 'id="sq"' in main else "</main>")
        assert "between 4,000 and 5,000 people" in main
    assert f"/figures/{d.SERIES}" not in (await desk.client().get("/search?q=nothing+like+it")).text


async def test_times_stand_in_the_desks_zone_with_utc_on_hover() -> None:
    async with opened(*d.everything(), zone="Europe/Warsaw") as desk:
        page = (await desk.client().get(f"/alerts/{d.FINGERPRINT}")).text
    assert 'title="4 Mar 2026, 12:09:01 UTC">4 Mar 2026, 13:09 CET</time>' in page
    assert "Times in Europe/Warsaw; hover for UTC." in page


async def test_an_empty_desk_says_on_every_page_what_will_come() -> None:
    async with opened() as desk:
        client = desk.client()
        for path, words in (
            ("/", "No alert. One appears here by itself"),
            ("/", "No article yet"),
            ("/alerts", "No alert yet. One appears when"),
            ("/figures", "No figure yet"),
            ("/entities", "No name yet"),
            ("/review", "Nothing is held"),
            ("/sources", "No article yet"),
            ("/search", "The address of a search can be shared"),
            ("/ops", "Nothing is held for review"),
        ):
            assert words in (await client.get(path)).text, path


async def test_only_a_critical_alert_interrupts() -> None:
    for severity, times in (("warning", 0), ("critical", 2)):  # in the strip, and on its card
        async with opened(d.alert(severity=severity)) as desk:
            assert (await desk.client().get("/")).text.count('role="alert"') == times


async def test_a_theme_and_the_wall_are_in_the_address(desk: Opened) -> None:
    await desk.take(d.alert(2, raised=d.NOON))
    page = (await desk.client().get("/?kiosk=1&theme=dark")).text
    assert '<html lang="en" data-theme="dark" data-kiosk>' in page
    assert "In the last hour" in page
    assert "data-theme" not in (await desk.client().get("/?theme=pink")).text.split("<head>")[0]


async def test_the_wall_says_when_nothing_changed() -> None:
    clock = Clock(d.NOON + timedelta(hours=5))
    async with opened(d.alert(), clock=clock) as desk:
        page = (await desk.client().get("/?kiosk=1")).text
    assert re.search(r"Nothing changed; the last alert came <time[^>]*>4 h ago</time>", page)


async def test_ops_says_that_the_broker_does_not_answer(desk: Opened) -> None:
    assert "behind" in (await desk.client().get("/ops/lag")).text
    desk.stages.problem = BrokerUnavailable("no broker at 127.0.0.1:1")
    assert "The broker does not answer" in (await desk.client().get("/ops/lag")).text
    twin = await desk.client(accept="application/json").get("/ops/lag.json")
    assert (twin.status_code, twin.json()["title"]) == (503, "The broker does not answer.")


async def test_a_fault_of_the_desk_is_said_to_be_one_and_keeps_its_headers(desk: Opened) -> None:
    desk.stages.problem = RuntimeError("no time")
    answer = await desk.client().get("/ops/lag")
    assert answer.status_code == 500
    assert "could not make this page" in answer.text
    assert "no time" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


async def test_pages_and_api_say_that_the_database_is_away_until_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    async with opened(d.alert(), database=f"sqlite+aiosqlite:///{folder}/desk.db") as desk:
        client, program = desk.client(), desk.client(accept="application/json")
        away = folder.rename(tmp_path / "away")
        await desk.database.close()  # the connections that are open end, as with a server that stops
        for path in ("/", "/alerts", f"/alerts/{d.FINGERPRINT}"):
            page = await client.get(path)
            assert (page.status_code, page.headers["retry-after"]) == (503, "30")
            assert "The desk&#39;s database does not answer." in page.text
        for path in ("/board.json", "/v1/alerts"):
            said = await program.get(path)
            assert (said.status_code, said.json()["title"]) == (503, "The desk's database does not answer.")
        away.rename(folder)
        assert (await client.get("/alerts")).status_code == 200


async def test_a_failed_feed_shows_on_the_page_and_in_health() -> None:
    async with opened() as desk, desk.app.router.lifespan_context(desk.app):
        client = desk.client()
        stream = desk.app.state.stream.events(None)
        desk.topics.publish(d.MINISTRY)
        desk.topics.fail(ConnectionError("broker gone"))
        async with asyncio.timeout(5):
            async for heard in stream:
                if b"The feed stopped" in heard:
                    break
        page, health = (await client.get("/")).text, await client.get("/healthz")
    assert "The feed stopped" in page
    assert 'title="4 Mar 2026, 12:00:00 UTC"' in page
    assert (health.status_code, health.json()["problem"]) == (503, "ConnectionError")
    assert "broker gone" not in health.text  # anybody may ask
