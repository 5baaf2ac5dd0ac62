"""Alerts on their way to a subscriber: each arrives, whatever dies meanwhile, and always under its own id."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from starlette.responses import Response

from schemas.alert import AlertRaised
from schemas.topics import DELIVERIES
from services.platform.clients import producer
from services.platform.envelope import outgoing
from tests.collector import SECRET, Collector, Received, collector
from tests.integration.running import Service
from tests.unit.notify.making import alert

ALERTS = [
    alert(fingerprint=f"alr-{number:02}", severity="critical" if number % 4 else "warning") for number in range(40)
]


@pytest.fixture
async def receiver() -> AsyncIterator[Collector]:
    async with collector() as running:
        yield running


def subscribed(receiver: Collector, folder: Path) -> dict[str, str]:
    """The settings of a worker whose subscribers are paths of one receiver. Pauses of 5 ms, 0.3 s, 1.8 s, 7 s, …"""
    secret = {"env": "DESK_SECRET"}
    base = receiver.url.removesuffix("/hook")
    subscriptions = [
        {"id": "desk", "url": receiver.url, "secret": secret},
        {"id": "critical", "url": f"{base}/critical", "secret": secret, "match": {"minimum_severity": "critical"}},
        {"id": "dead", "url": f"{base}/dead", "secret": secret},
    ]
    path = folder / "subscriptions.yaml"
    path.write_bytes(orjson.dumps({"subscriptions": subscriptions}))  # JSON is YAML
    return {
        "COUNTERCLAIM_SUBSCRIPTIONS_FILE": str(path),
        "COUNTERCLAIM_WEBHOOK_DEVELOPMENT": "true",
        "COUNTERCLAIM_WEBHOOK_RETRY_SCALE": "0.001",
        "DESK_SECRET": SECRET,
    }


async def raise_alerts(service: Service, alerts: Iterable[AlertRaised]) -> None:
    """Put alerts where the ledger puts them."""
    async with producer(service.settings) as client:
        for each in alerts:
            record = outgoing(each, sender="ledger", at=datetime.now(UTC))
            await client.send(record.topic, record.value, key=record.key, headers=list(record.headers))
        await client.flush()


class Receiver:
    """Answers /dead never, every third alert with 503 at first, and holds the 15th request to /hook until `killed`."""

    def __init__(self, receiver: Collector) -> None:
        self._receiver = receiver
        self.holding = asyncio.Event()
        self.killed = asyncio.Event()
        self.accepted: Counter[tuple[str, str]] = Counter()

    async def answer(self, received: Received) -> Response:
        if received.path == "/dead":
            return await self._receiver.never(received)
        came = self._receiver.ids(received.path)
        if received.path == "/hook" and not self.killed.is_set() and came.total() >= 15:
            self.holding.set()
            await self.killed.wait()
        if int(received.id[4:6]) % 3 == 0 and came[received.id] == 1:
            return Response(status_code=503)
        self.accepted[received.path, received.id] += 1
        return Response(status_code=204)


@pytest.mark.kafka
async def test_a_worker_killed_among_deliveries_loses_none_and_invents_no_id(
    service: Service, receiver: Collector, tmp_path: Path
) -> None:
    answering = Receiver(receiver)
    receiver.answer = answering.answer
    environment = subscribed(receiver, tmp_path)
    first = await service.start("notify", "deliver", **environment)
    await raise_alerts(service, ALERTS)
    async with asyncio.timeout(60):
        await answering.holding.wait()
    first.kill()
    await first.wait()
    before = receiver.ids()
    answering.killed.set()

    second = await service.start("notify", "deliver", **environment)
    wanted = {("/hook", each.id) for each in ALERTS} | {
        ("/critical", each.id) for each in ALERTS if each.severity == "critical"
    }
    await receiver.until(lambda: answering.accepted.keys() >= wanted)
    await service.quiet("notify", "deliver")
    assert answering.accepted.keys() == wanted
    assert receiver.ids().keys() == {each.id for each in ALERTS}, "the same ids, and no others"
    assert 15 <= before.total() < 40 + 14, "killed in the middle"
    again = {id_ for (path, id_), count in answering.accepted.items() if count > 1 and path == "/hook"}
    assert again <= before.keys(), "only what came before the kill may come again"
    assert {len(bodies) for bodies in receiver.bodies().values()} == {1}
    assert receiver.badly_signed == 0
    second.terminate()
    assert await asyncio.wait_for(second.wait(), 15) == 0, service.logs()

    count = len(receiver.received)
    await service.start("notify", "deliver", **environment)
    await raise_alerts(service, [alert(fingerprint="alr-98")])
    await receiver.until(lambda: ("/hook", "alr-98:1") in answering.accepted)
    later = [received for received in receiver.received[count:] if received.path != "/dead"]
    assert [(each.path, each.id) for each in later] == [("/hook", "alr-98:1")], "what was delivered stays delivered"
    ended = {
        (entry.subscription, entry.alert_id)
        for entry in await service.messages(DELIVERIES)
        if entry.state == "delivered"
    }
    assert ended >= {(path.removeprefix("/").replace("hook", "desk"), id_) for path, id_ in wanted}


async def test_the_command_tests_a_subscription_and_tells_the_log(
    service: Service, receiver: Collector, tmp_path: Path
) -> None:
    service.environment |= subscribed(receiver, tmp_path)
    code, out, err = await service.command("notify", "test", "desk")
    assert (code, err) == (0, "")
    assert out.startswith("desk accepted the test event (204) after ")
    assert receiver.received[-1].event["type"] == "news.subscription.tested.v1"

    async def refuse(received: Received) -> Response:
        return Response("signature?", 401)

    receiver.answer = refuse
    code, out, err = await service.command("notify", "test", "desk")
    assert (code, out) == (2, "")
    assert f"desk: {receiver.url} did not accept the test event (answered_401: 401 signature?)" in err
    assert "does it verify with the same secret?" in err
    code, _, err = await service.command("notify", "test", "nobody")
    assert code == 2
    assert "nobody: no such subscription; there are console, desk, critical, dead" in err

    receiver.answer = None
    await service.start("notify", "deliver")
    await raise_alerts(service, ALERTS[1:2])
    await receiver.until(lambda: len(receiver.ids("/critical")) == 1)
    await service.quiet("notify", "deliver")
    code, out, _ = await service.command("notify", "log", "critical", "--json")
    assert code == 0
    entries = [orjson.loads(line) for line in out.splitlines()]
    assert [(entry["state"], entry["attempt"], entry["reason"]) for entry in entries] == [
        ("due", 0, "matched"),
        ("delivered", 1, "accepted"),
    ]
    code, out, _ = await service.command("notify", "list")
    assert code == 0
    assert "minimum severity critical" in out
