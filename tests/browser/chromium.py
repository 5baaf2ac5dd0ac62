"""A browser, and a desk it looks at."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from schemas.message import Message
from services.desk.server import DeskServer
from tests.unit.desk.opened import Opened, opened

CHROMIUM = shutil.which("chromium")
ABSENT = "" if CHROMIUM else "no chromium on the path; on Debian: apt install chromium"

PATIENCE = 30_000
"""Milliseconds a step may take. On an idle laptop none takes 500; on two busy cores one took 6,000, and beside two
Kafkas one more than 15,000."""

expect.set_options(timeout=PATIENCE)


@dataclass
class Served:
    """A desk with an address. `problems`: what the browser's console said that it should not have."""

    desk: Opened
    url: str
    browser: Browser
    problems: list[str]

    @asynccontextmanager
    async def looking(self, width: int = 1280, **context: Any) -> AsyncIterator[Page]:
        """A page of somebody who just opened a browser; ends without a word on its console."""
        shown = await self.browser.new_context(base_url=self.url, viewport={"width": width, "height": 900}, **context)
        shown.set_default_timeout(PATIENCE)
        page = await shown.new_page()
        page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        try:
            yield page
        finally:
            await shown.close()


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        # The sandbox needs user namespaces, which containers rarely have; the pages are our own.
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def serving(browser: Browser, *messages: Message, **given: Any) -> AsyncIterator[Served]:
    """A desk that holds `messages`, at a free port."""
    async with opened(*messages, **given) as desk:
        server = DeskServer(desk.app, port=0)
        task = asyncio.create_task(server.serve())
        try:
            yield Served(desk, server.url.rstrip("/"), browser, [])
        finally:
            server.stop()
            await task
