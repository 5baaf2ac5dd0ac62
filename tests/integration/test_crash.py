"""A worker killed half-way loses no article and repeats no alert (design decision 3)."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from schemas.topics import RAISED, REJECTED, TRACED
from services.cli.demo import seed_articles
from tests.chaos.logs import read_logs
from tests.chaos.oracle import alerts, alerts_of_the_whole_path, changed_under_one_id, differences
from tests.integration.running import Service

pytestmark = pytest.mark.kafka


def articles() -> list[dict[str, Any]]:
    """The five seeds, and made-up disputes with different places and numbers, so that there are several alerts."""
    lines = [article.model_dump() for article in seed_articles()]
    for number, country in enumerate(
        ["Sudan", "Chad", "Peru", "Nepal", "Kenya", "Chile", "Ghana", "Malta", "Laos", "Fiji"]
    ):
        low, high = 1_100 + 10 * number, 5_100 + 10 * number
        text = (
            f"Thousands fled to {country} after the storm. According to the government of {country}, there are "
            f"{low:,} people in the camp. According to the United Nations, there are {high:,} people in the camp."
        )
        lines.append({"id": f"dispute-{country}", "publisher": "The Test", "published": "2024-05-01", "text": text})
    return lines


async def assert_undisturbed(service: Service) -> None:
    """Topics, tables and alerts are what the same stages make of the same input in the same order without a kill."""
    logs = await read_logs(service.settings)
    assert differences(logs) == []
    assert changed_under_one_id(RAISED, logs) == [], "the same id always says the same"
    assert alerts(logs) == alerts_of_the_whole_path(logs)


async def test_a_killed_worker_loses_no_article_and_repeats_no_alert(service: Service) -> None:
    lines = articles()
    first = await service.start()
    await service.publish(lines)
    await _until_some_are_traced(service)
    first.kill()
    await first.wait()
    second = await service.start()
    await service.quiet()
    assert len(await service.messages(RAISED)) > 1
    assert {message.article for message in await service.messages(TRACED)} == {line["id"] for line in lines}
    assert await service.messages(REJECTED) == []
    await service.tallied()
    second.terminate()
    assert await asyncio.wait_for(second.wait(), 15) == 0, service.logs()
    await assert_undisturbed(service)


async def test_a_clean_stop_and_start_repeats_nothing(service: Service) -> None:
    lines = articles()
    first = await service.start()
    await service.publish(lines[:7])
    await service.quiet()
    first.terminate()
    began = datetime.now().astimezone()
    assert await asyncio.wait_for(first.wait(), 15) == 0, service.logs()
    assert (datetime.now().astimezone() - began).total_seconds() < 10
    second = await service.start()
    await service.publish(lines)
    await service.quiet()
    raised = Counter(alert.id for alert in await service.messages(RAISED))
    assert set(raised.values()) == {1}
    await service.tallied()
    second.terminate()
    assert await asyncio.wait_for(second.wait(), 15) == 0, service.logs()
    await assert_undisturbed(service)


async def _until_some_are_traced(service: Service) -> None:
    async with asyncio.timeout(60):
        while not await service.messages(TRACED):
            await asyncio.sleep(0.05)
