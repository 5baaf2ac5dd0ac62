"""One browser for each file of tests; a desk of the invented flood with all that can happen to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import ABSENT, Served, browsing, serving
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world
from tests.unit.desk.test_pages import EARLIER


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if ABSENT:
        pytest.skip(ABSENT)
    async with browsing() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def flood(browser: Browser) -> AsyncIterator[Served]:
    """Two revisions, a held verdict, a dead letter, joins, and a figure that was once undisputed."""
    revised = (world.REVISED, d.made(world.SAYS_REVISED))
    named = world.mentioned(d.MINISTRY.article_id, "Veldt", "Orrel")
    async with serving(browser, EARLIER, *d.everything(), world.read(), *revised, world.HELD, named) as served:
        yield served
