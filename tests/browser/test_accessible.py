"""axe finds nothing on any page, in both themes; and every page is used by keyboard alone, and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from services.desk.access.access import Access
from services.desk.access.users import User, hashed, new_token, with_user
from services.desk.access.users_file import UsersFile, write
from tests.browser import axe
from tests.browser.chromium import Served, serving
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock
from tests.unit.desk.test_pages import PAGES

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALL = [*PAGES, "/?kiosk=1", "/figures?metric=deaths", f"/figures/{d.SERIES}?step=0"]

PHONE, LAPTOP = 390, 1280

HALF_A_PHONE, TWO_LINES = 370, 36
"""Pixels."""

RUN = """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
    "best-practice"]})).violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.target).join(" ; ")}`)
"""

STEPS = 400
"""Tab presses after which a page is not believed to end; the board has some 120 stops."""


@pytest.mark.skipif(bool(axe.ABSENT), reason=axe.ABSENT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_violation_on_any_page(flood: Served, scheme: str) -> None:
    script, found = axe.source(), {}
    async with flood.looking(LAPTOP, color_scheme=scheme) as page:
        for path in ALL:
            await page.goto(path, wait_until="load")
            await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
            await page.evaluate(script)
            found[path] = await page.evaluate(RUN)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.skipif(bool(axe.ABSENT), reason=axe.ABSENT)
async def test_axe_finds_no_violation_on_the_sign_in_page(browser: Browser, tmp_path: Path) -> None:
    user = User(name="Rui", role="reader", sha256=hashed(new_token()), since=d.NOON)
    write(tmp_path / "users.jsonl", with_user((), user))
    access = Access(Clock(d.NOON), users=UsersFile(tmp_path / "users.jsonl"))
    async with serving(browser, access=access) as served:
        for scheme in ("light", "dark"):
            async with served.looking(PHONE, color_scheme=scheme) as page:
                await page.goto("/")
                assert "/sign-in" in page.url
                await page.evaluate(axe.source())
                assert await page.evaluate(RUN) == []


@pytest.mark.parametrize("width", [PHONE, LAPTOP, 1920])
async def test_no_page_scrolls_sideways(flood: Served, width: int) -> None:
    wide = {}
    async with flood.looking(width) as page:
        for path in ALL:
            await page.goto(path)
            wide[path] = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {path: by for path, by in wide.items() if by > 0} == {}


async def test_every_link_and_field_of_every_page_is_reached_by_tab_and_shows_that_it_is(flood: Served) -> None:
    reach = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter(e => e.tabIndex >= 0 && e.checkVisibility() && e.type !== "hidden").length"""
    async with flood.looking(LAPTOP) as page:
        for path in ALL:
            await page.goto(path)
            await page.evaluate("window.met = new Set()")
            for _ in range(STEPS):
                await page.keyboard.press("Tab")
                outlined = await page.evaluate(
                    """() => { const e = document.activeElement; if (e === document.body || met.has(e)) return null;
                    met.add(e); return getComputedStyle(e).outlineStyle !== "none"; }"""
                )
                if outlined is None and await page.evaluate("document.activeElement === document.body"):
                    break
                assert outlined is not False, path
            # Counted afterwards: what a page loads by itself (the lag of the stages) has come by then.
            assert await page.evaluate("met.size") >= await page.evaluate(reach), path


async def test_every_page_says_what_it_has_to_say_without_javascript(flood: Served) -> None:
    async with flood.looking(PHONE, java_script_enabled=False) as page:
        for path in ALL:
            answer = await page.goto(path)
            assert answer is not None
            assert answer.status == (404 if path == "/nowhere" else 200)
            assert len(await page.inner_text("main")) > 40, path
        await page.goto(f"/figures/{d.SERIES}")
        assert not await page.locator("[data-copy-button]").first.is_visible()
        await page.locator("#step").focus()
        for _ in range(5):
            await page.keyboard.press("ArrowLeft")
        await page.get_by_role("button", name="Show").click()
        assert "Not yet known then" in await page.inner_text("main")
    assert [said for said in flood.problems if "404" not in said] == []  # /nowhere is none


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
async def test_the_urgent_strip_shows_a_long_headline_to_its_end(browser: Browser, width: int) -> None:
    long = "The ministry of the interior says that one person was killed; " * 4 + "the union says nine were"
    async with (
        serving(browser, d.alert(attribution=long), clock=Clock(d.NOON)) as served,
        served.looking(width) as page,
    ):
        await page.goto("/")
        headline = page.locator("#urgent a").first
        assert await headline.inner_text() == long
        cut = "e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight"
        assert not await headline.evaluate(f"e => e.clientWidth > 0 && ({cut})(e)")
        frame, words = [
            await found.bounding_box() for found in (page.locator("#urgent li").first, headline.locator("bdi"))
        ]
    assert frame is not None
    assert words is not None
    assert words["y"] + words["height"] <= frame["y"] + frame["height"]
    assert words["x"] + words["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
async def test_the_number_of_a_long_sentence_is_seen_in_its_card_on_the_board(browser: Browser, width: int) -> None:
    source = d.article("Before it stand many words " * 8 + "17 people were found " + "and behind it as many " * 8)
    claim = d.claim(source, "17 people", 17)
    alert = d.alert(claims=(claim, d.SAYS_UNION))
    async with serving(browser, alert, clock=Clock(d.NOON)) as served, served.looking(width) as page:
        await page.goto("/")
        quoted = page.locator("#alerts blockquote").first
        frame, lit = await quoted.bounding_box(), await quoted.locator("mark").bounding_box()
    assert frame is not None
    assert lit is not None
    assert lit["y"] + lit["height"] <= frame["y"] + frame["height"]


async def test_on_a_phone_a_list_begins_on_the_first_screen_and_the_other_filters_are_one_key_away(
    flood: Served,
) -> None:
    async with flood.looking(360, java_script_enabled=False) as page:
        await page.goto("/alerts")
        card, speaker = page.locator(".card").first, page.get_by_label("Who says it")
        box = await card.bounding_box()
        assert box is not None
        assert box["y"] < HALF_A_PHONE
        await expect(speaker).to_be_hidden()
        await page.get_by_label("What is counted").focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        await speaker.fill("nobody")
        await page.get_by_role("button", name="Filter").click()
        await expect(page.get_by_label("Who says it")).to_have_value("nobody")
        boxes = [await name.bounding_box() for name in await page.locator(".parts a").all()]
        assert boxes
        assert all(box is not None and box["height"] < TWO_LINES for box in boxes)  # no word is broken
    async with flood.looking(1280) as page:
        await page.goto("/alerts")
        await expect(page.get_by_label("Who says it")).to_be_visible()
        await expect(page.get_by_label("More filters")).to_be_hidden()
