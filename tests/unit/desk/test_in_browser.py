"""One walk through the desk in a real browser, every day; all others are `make test-browser`."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.chromium import ABSENT, browsing, serving
from tests.unit.desk import dispute as d


@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
async def test_an_alert_comes_live_and_leads_to_its_sentence() -> None:
    async with browsing() as browser, serving(browser, *d.everything()[:-7]) as served, served.looking() as page:
        await page.goto("/")
        served.desk.topics.publish(d.figure(), d.alert())
        await page.locator("#urgent").get_by_role("link").click()
        await expect(page.locator(".side mark").first).to_have_text("about 2,400 people")
        await page.get_by_role("link", name="Read it in place").first.click()
        await expect(page.locator("mark:target")).to_have_text("about 2,400 people")
    assert served.problems == []
