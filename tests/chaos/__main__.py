"""`make chaos`: SIGKILLs under load, counted. The whole suite of scenarios comes later; this is its first row.

Prints for each broker what was lost, what was sent again under its own id, and what was shown twice; exits with 1 when
an article was lost, an alert was shown twice, or an alert id differs from the pure path's.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from schemas.topics import RAISED, REJECTED, TRACED
from tests.integration.brokers import EVERYDAY_KAFKA, started
from tests.integration.running import Service, running_service
from tests.integration.test_crash import articles, reference

EDITIONS = 20
KILLS = int(os.environ.get("KILLS", "5"))
BETWEEN_KILLS = (3.0, 6.0)
"""Seconds: from before a restarted worker has joined to well after it."""

_SHOWN = re.compile(r"id (alr-\S+:\d+),")


def lines() -> list[dict[str, Any]]:
    """Editions of each article, no two the same: near-copies, as a breaking story brings them."""
    return [
        {**line, "id": f"{line['id']}-{edition}", "text": f"{line['text']}\n\nEdition {edition} of {7 * edition}."}
        for edition in range(EDITIONS)
        for line in articles()
    ]


async def kills(service: Service) -> tuple[list[str], bool]:
    """One row of the table, and whether the promise held."""
    worker = await service.start()
    publishing = asyncio.create_task(service.publish(lines()))
    for _ in range(KILLS):
        await asyncio.sleep(random.uniform(*BETWEEN_KILLS))  # noqa: S311  # chance, not secrecy
        worker.kill()
        await worker.wait()
        worker = await service.start()
    last = time.monotonic()
    await publishing
    await service.quiet()
    recovered = time.monotonic() - last
    traced = Counter(article.article for article in await service.messages(TRACED))
    alerts = Counter(alert.id for alert in await service.messages(RAISED))
    shown = Counter(_SHOWN.findall(service.logs()))
    expected = {name for name in await reference(service) if name.startswith("alr-")}
    lost = len(lines()) - len(traced) + len(await service.messages(REJECTED))
    twice = sum(count > 1 for count in shown.values())
    numbers = [lost, traced.total() - len(traced), len(alerts), alerts.total() - len(alerts), twice]
    same = set(alerts) == expected == set(shown)
    return [*map(str, numbers), "yes" if same else "no", f"{recovered:.1f}"], not lost and not twice and same


async def main() -> int:
    table = Table(
        "broker",
        "articles",
        "SIGKILLs",
        "lost",
        "done again",
        "alerts",
        "sent again",
        "shown twice",
        "ids as replay",
        "s to calm",
    )
    held = True
    for broker in EVERYDAY_KAFKA:
        with started(broker) as settings, tempfile.TemporaryDirectory() as folder:
            async with running_service(settings, Path(folder)) as service:
                row, kept = await kills(service)
        table.add_row(broker, str(len(lines())), str(KILLS), *row)
        held = held and kept
    Console(width=140).print(table)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
