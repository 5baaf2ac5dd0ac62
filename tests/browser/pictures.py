"""The pictures of the README: the board and its lead figure, of the five articles of the demo."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from playwright.async_api import expect

from schemas.alert import AlertRaised
from tests.browser.chromium import ABSENT, browsing, serving
from tests.browser.seeds import seeded
from tests.unit.desk.opened import Clock

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 1000
MOST = 300_000
"""Bytes of one picture: what a README may weigh on a phone."""


async def draw() -> None:
    """Write board.png and figure.png. Raises ValueError for one that is too heavy."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    clock = Clock(seeded()[-1][0] + timedelta(minutes=4))
    lead = next(message for _, message in seeded() if isinstance(message, AlertRaised) and message.severity != "info")
    async with browsing() as browser, serving(browser, clock=clock) as served:
        for at, message in seeded():
            await served.desk.take(message, at=at)
        async with served.looking(WIDTH, color_scheme="light") as page:
            await page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            for name, path in (("board", "/"), ("figure", f"/figures/{lead.series}")):
                await page.goto(path)
                if name == "board":
                    await expect(page.locator("#stream")).to_have_text("Live")
                picture = await page.screenshot(path=FOLDER / f"{name}.png")
                if len(picture) >= MOST:
                    raise ValueError(f"{name}.png has {len(picture):,} bytes; show less of the page (HEIGHT)")
                print(f"docs/pictures/{name}.png: {len(picture):,} bytes")


if __name__ == "__main__":
    if ABSENT:
        sys.exit(ABSENT)
    asyncio.run(draw())
