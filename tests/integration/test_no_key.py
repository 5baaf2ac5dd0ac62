"""A publisher that sets no key: its revisions meet all the same, whatever the worker each of them lands at."""

from __future__ import annotations

import json

from schemas.topics import ADMITTED, PARTITIONS, PUBLISHED
from services.platform.clients import producer
from tests.chaos.logs import read_logs
from tests.chaos.oracle import differences
from tests.integration.running import Service

URL = "https://news.example/flood"
ROUNDS = 3


async def test_revisions_on_all_partitions_are_one_count_for_two_workers(service: Service) -> None:
    for _ in range(2):
        await service.start("admit")
    async with producer(service.settings) as client:
        for number in range(ROUNDS * PARTITIONS):
            body = json.dumps({"id": "flood", "url": URL, "text": f"The mayor says {number} houses are flooded."})
            await client.send(PUBLISHED.name, body.encode(), partition=number % PARTITIONS)
        await client.flush()
    await service.quiet("admit")
    admitted = {message.article_id: message.revision for message in await service.messages(ADMITTED)}
    assert sorted(admitted.values()) == list(range(1, ROUNDS * PARTITIONS + 1))
    for worker in service.workers:
        worker.terminate()
    for worker in service.workers:
        assert await worker.wait() == 0, service.logs()
    logs = await read_logs(service.settings)
    assert [line for line in differences(logs) if "admit" in line or PUBLISHED.name in line] == []
