"""The list of alerts, page by page."""

from __future__ import annotations

import re

from tests.unit.desk.opened import opened
from tests.unit.desk.test_board import MANY, many

HEAVY = 100_000
"""Bytes. Fifty cards were 172 kB."""


async def test_the_pages_of_alerts_are_light_and_their_links_lead_through_all() -> None:
    seen: list[str] = []
    async with opened(*many()) as desk:
        client, address = desk.client(), "/alerts"
        while address:
            page = (await client.get(address)).text
            assert len(page.encode()) < HEAVY
            seen += re.findall(r'<a data-copy="(It is dispute \d+)"', page)
            further = re.search(r'<a rel="next" href="([^"]+)"', page)
            address = further[1].replace("&amp;", "&") if further else ""
    assert seen == [f"It is dispute {number}" for number in range(1000 + MANY - 1, 999, -1)]
