"""One walk through the desk in a real browser, every day; all others are `make test-browser`."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.chromium import ABSENT, browsing, serving
from tests.unit.desk import dispute as d


@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
async def test_an_alert_comes_live_and_leads_to_its_sentence() -> None:
    async with browsing() as browser, serving(browser, *d.everything()[:-7]) as served, served.looking() as page:
        await page.route("**/hx-sse-*", late)
        await page.goto("/")
        served.desk.topics.publish(d.figure(), d.alert())
        await page.locator("#urgent").get_by_role("link").click()
        await expect(page.locator(".side mark").first).to_have_text("about 2,400 people")
        await page.get_by_role("link", name="Read it in place").first.click()
        await expect(page.locator("mark:target")).to_have_text("about 2,400 people")
    assert served.problems == []


async def late(route: Route) -> None:
    """As over a slow line: the script that follows the stream comes when the one before it has long run."""
    await asyncio.sleep(0.5)
    await route.continue_()
