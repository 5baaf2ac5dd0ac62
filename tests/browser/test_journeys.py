"""Four people walk through the desk: an editor, a data journalist, one of ops, and a newsroom looking at its wall."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished
from schemas.desk_act import DeskActed
from tests.browser.chromium import Served, serving
from tests.browser.seeds import NOW, WAS, corrected, seeded
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINE = "Belarus says approximately 2,000 people are in the camp"


"""What the page calls the message that puts the alert right; which one it is, is the ledger's to say."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(browser: Browser) -> AsyncIterator[Served]:
    """The five articles of the demo, an hour after the last of them."""
    clock = Clock(seeded()[-1][0] + timedelta(minutes=30))
    async with serving(browser, clock=clock) as served:
        for at, message in seeded():
            await served.desk.take(message, at=at)
        served.desk.app.state.stream.changed()
        yield served


async def copied(page: Page) -> str:
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def test_the_editor_checks_a_conflict_and_uses_it(newsroom: Served) -> None:
    async with newsroom.looking(permissions=["clipboard-read", "clipboard-write"]) as page:
        await page.goto("/")
        await page.locator("#urgent").get_by_role("link", name=re.compile(LINE)).click()
        await expect(page.get_by_text("Scopes differ: camp / border.")).to_be_visible()
        await expect(page.locator(".side mark")).to_have_text(
            ["approximately 2,000 people", "between 3,000 and 4,000 migrants"]
        )
        await page.keyboard.press("c")
        await expect(page.get_by_role("status").get_by_text("Copied.")).to_be_visible()
        line, *links = (await copied(page)).splitlines()
        assert line.startswith(LINE)
        assert len(links) == 2
        assert all(re.fullmatch(rf"{newsroom.url}/articles/art-\w+#clm-\w+", link) for link in links)

        await page.goto(links[1])
        await expect(page.locator("mark:target")).to_have_text("between 3,000 and 4,000 migrants")

        await page.go_back()
        await page.get_by_role("link", name="The whole figure").click()
        await expect(page.locator(".who .voice", has_text="Poland")).to_be_visible()
        slider = page.get_by_role("slider")
        await slider.focus()
        await page.keyboard.press("ArrowLeft")
        while "14 Nov" in await page.locator(".then").inner_text():
            await page.keyboard.press("ArrowLeft")
        await expect(page.locator(".then")).to_contain_text(
            re.compile("As known at 12 Nov.*Not yet known then.*Poland")
        )
        await expect(page.locator(".who .voice", has_text="Poland")).to_have_count(0)

        await page.go_back()
        await page.goto("/alerts")
        await page.get_by_role("link", name=re.compile(LINE)).click()
        await page.get_by_role("button", name="Mark as used in copy").click()
        await expect(page).to_have_url(re.compile("/alerts/alr-"))
        used = next(message for message in newsroom.desk.sent if isinstance(message, DeskActed))
        assert (used.act, used.by) == ("used", "anyone on this machine")

        await expect(page.get_by_text("used it in copy").or_(page.get_by_text("Nothing yet."))).to_be_visible()
        for at, message in corrected():  # the article comes again with another number, and walks the whole path
            await newsroom.desk.take(message, at=at)
        (told,) = [message for _, message in corrected() if isinstance(message, AlertRaised)]
        assert (told.id[-2:], told.message_type) == (":2", "update")
        await page.reload()
        await expect(page.locator("del")).to_contain_text(WAS)
        await expect(page.locator("ins")).to_contain_text(NOW)
        await expect(page.locator(".alert .tag").first).to_have_text("Update 2")
    assert newsroom.problems == []


async def test_the_data_journalist_finds_a_number_shares_it_and_flags_it(flood: Served) -> None:
    async with flood.looking() as page:
        await page.goto("/")
        await page.keyboard.press("/")
        await page.keyboard.type("district")
        await page.keyboard.press("Enter")
        await page.get_by_label("What is counted").select_option("people_present")
        await page.get_by_label("From").fill("2026-03-01")
        await page.get_by_role("button", name="Search").click()
        shared = parse_qs(urlsplit(page.url).query)
        assert (shared["q"], shared["metric"], shared["since"]) == (["district"], ["people_present"], ["2026-03-01"])
        async with flood.looking(390) as other:
            await other.goto(page.url)
            await expect(other.get_by_label("What is counted")).to_have_value("people_present")
            await expect(other.locator("main")).to_contain_text("between 4,000 and 5,000 people")
        exports = await page.locator("footer").get_by_role("link", name=re.compile("CSV|Parquet")).all()
        assert [parse_qs(urlsplit(await e.get_attribute("href") or "").query)["q"] for e in exports] == [
            ["district"]
        ] * 2

        await page.get_by_role("link", name="who says what").first.click()
        row = page.locator("#claims tr", has_text="between 4,000 and 5,000 people")
        await row.get_by_role("link", name=re.compile("between 4,000")).click()
        await expect(page.locator("mark:target")).to_have_text("between 4,000 and 5,000 people")
        await page.get_by_role("link", name="why").first.click()
        await expect(page.get_by_text("Reason code").or_(page.get_by_text("Decided by")).first).to_be_visible()
        await expect(page.locator(".facts").first).to_contain_text("test")  # the version of the rules that read it
        flag = page.locator("form[action='/acts/flagged']")
        await flag.get_by_label("Why").fill("cut off, not present")
        await flag.get_by_role("button").click()
        await flood.desk.take(*flood.desk.sent)
        await page.goto("/review")
        await expect(page.get_by_text("cut off, not present")).to_be_visible()
    assert flood.problems == []


async def test_ops_finds_what_is_wrong_and_replays_a_dead_letter(flood: Served) -> None:
    await flood.desk.take(d.dead_letter(7).model_copy(update={"id": "dead-7", "body": b'{"title": "no text"}'}))
    async with flood.looking() as page:
        await page.goto("/")
        await page.get_by_role("link", name="Ops").click()
        await expect(page.locator("#lag tr", has_text="read")).to_contain_text("12")
        await expect(page.get_by_text(re.compile("held for review, the oldest"))).to_be_visible()
        await page.locator(".dead a[href$='dead-7']").click()
        await page.get_by_label(re.compile("The record as it came")).fill('{"id": "rain", "text": "Rain fell."}')
        await page.get_by_label("Why").fill("the text was left out")
        flood.desk.sent.clear()
        await page.get_by_role("button", name="Replay").click()
        await expect(page).to_have_url(re.compile("dead-7"))
        sent = [type(message) for message in flood.desk.sent]
        assert sent == [ArticlePublished, DeskActed]
        await flood.desk.take(*flood.desk.sent[1:])
        await page.goto("/ops")
        await expect(page.locator(".dead li", has=page.locator("a[href$='dead-7']"))).to_contain_text("replayed")
    assert flood.problems == []


async def test_the_wall_says_what_changed_and_that_it_is_live(flood: Served) -> None:
    async with flood.looking(1920) as page:
        await page.goto("/?kiosk=1&theme=dark")
        await expect(page.locator("#stream")).to_have_text("Live")
        hour = page.locator(".wall-hour")
        await expect(hour).to_contain_text("Conflict")
        size = await hour.locator("bdi").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 32  # px on 1,080: 3 % of the height, which is read from six metres on a screen of 55 inches
        assert await page.locator(".foot").is_hidden()
        flood.desk.app.state.stream.close()
        await expect(page.locator("#stream.lost")).to_have_css("position", "fixed")
