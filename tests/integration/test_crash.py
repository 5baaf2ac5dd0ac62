"""A worker killed half-way loses no article and repeats no alert (design decision 3)."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from schemas.alert import AlertRaised
from schemas.entity import EntityTallied
from schemas.figure import FigureStated
from schemas.message import Message, encode
from schemas.topics import PUBLISHED, RAISED, REJECTED, STATED, TALLIED, TRACED
from services.cli.demo import seed_articles
from services.cli.replay import PurePath
from services.platform.clients import read
from tests.integration.running import Service

pytestmark = pytest.mark.kafka

TIMES = {"raised", "updated", "opened", "at", "as_of", "first_seen", "last_seen", "arrived", "steps", "dropped"}
"""Fields that hold when something was learned, and a conflict's life, which tells in which order. A killed worker
learns later, and articles of several partitions in another order, but not something else."""


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


def essence(message: Message) -> Any:
    """What a message says, without when it was learned and in which order equals came."""

    def strip(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: strip(value) for key, value in sorted(node.items()) if key not in TIMES}
        if isinstance(node, list):
            return sorted((strip(value) for value in node), key=lambda value: json.dumps(value, sort_keys=True))
        return node

    return strip(json.loads(encode(message)))


async def reference(service: Service) -> dict[str, Any]:
    """What an undisturbed run says: the pure path over the published records in the order the broker holds them."""
    path = PurePath()
    published = [(record.arrival.at, article) async for record, article in read(service.settings, PUBLISHED)]
    emitted: list[Message] = []
    for at, article in sorted(published, key=lambda pair: pair[0]):
        emitted += [message for message in path.feed(article, at) if isinstance(message, Message)]
    return latest(emitted)


def latest(messages: list[Message]) -> dict[str, Any]:
    """The tables as subscribers hold them: the last message of each alert, series and entity."""
    found: dict[str, Any] = {}
    for message in messages:
        match message:
            case AlertRaised():
                found[message.id] = essence(message)
            case FigureStated():
                found[message.series] = essence(message)
            case EntityTallied():
                found[message.entity] = essence(message)
    return found


async def outputs(service: Service) -> dict[str, Any]:
    alerts, figures = await service.messages(RAISED), await service.messages(STATED)
    return latest([*alerts, *figures, *await service.messages(TALLIED)])


async def test_a_killed_worker_loses_no_article_and_repeats_no_alert(service: Service) -> None:
    lines = articles()
    first = await service.start()
    await service.publish(lines)
    await _until_some_are_traced(service)
    first.kill()
    await first.wait()
    second = await service.start()
    await service.quiet()
    alerts = await service.messages(RAISED)
    assert len(alerts) > 1
    assert all(len(same) == 1 for same in _by_id(alerts).values()), "the same id always says the same"
    assert {message.article for message in await service.messages(TRACED)} == {line["id"] for line in lines}
    assert await service.messages(REJECTED) == []
    assert await outputs(service) == await reference(service)
    second.terminate()
    assert await asyncio.wait_for(second.wait(), 15) == 0, service.logs()


async def test_a_clean_stop_and_start_repeats_nothing(service: Service) -> None:
    lines = articles()
    first = await service.start()
    await service.publish(lines[:7])
    await service.quiet()
    first.terminate()
    began = datetime.now().astimezone()
    assert await asyncio.wait_for(first.wait(), 15) == 0, service.logs()
    assert (datetime.now().astimezone() - began).total_seconds() < 10
    await service.start()
    await service.publish(lines)
    await service.quiet()
    alerts = Counter(alert.id for alert in await service.messages(RAISED))
    assert set(alerts.values()) == {1}
    assert await outputs(service) == await reference(service)


def _by_id(alerts: list[AlertRaised]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for alert in alerts:
        found.setdefault(alert.id, set()).add(json.dumps(essence(alert)))
    return found


async def _until_some_are_traced(service: Service) -> None:
    async with asyncio.timeout(60):
        while not await service.messages(TRACED):
            await asyncio.sleep(0.05)
