"""A worker of deliver without a broker: the stage, its tables, its log, and the courier."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from standardwebhooks import Webhook as Signer

from schemas.delivery import DeliveryLogged
from schemas.message import decode, encode
from schemas.outcomes import Arrival, Outcome, Processed, Rejected
from schemas.topics import TABLE_VALUE_BYTES, TABLES
from services.deliver.channel import Channel
from services.deliver.connect import CheckedConnections
from services.deliver.courier import Courier
from services.deliver.stage import step
from services.deliver.webhook import Webhook
from tests.collector import SECRET
from tests.unit.notify.making import NOON, alert


def due_entry(alert_id: str, subscription: str = "desk", at: datetime = NOON) -> DeliveryLogged:
    return DeliveryLogged(
        subscription=subscription, alert_id=alert_id, state="due", attempt=0, at=at, next_at=at, reason="matched",
        alert=alert(fingerprint=alert_id.partition(":")[0]),
    )  # fmt: skip


def webhook(url: str, limit: float = 15) -> Webhook:
    network = CheckedConnections(anywhere=True)
    return Webhook(url, Signer(SECRET), network, ssl.create_default_context(), limit=limit)


@dataclass
class Worker:
    """The stage with its tables, and the log as far as it was read."""

    tables: dict[str, dict[str, bytes]] = field(default_factory=lambda: {name: {} for name in TABLES["deliver"]})
    log: list[DeliveryLogged] = field(default_factory=list)

    def read(self, *entries: DeliveryLogged) -> Outcome:
        """Fold entries of the log into the tables; gives the last outcome."""
        outcome: Outcome = Processed()
        for entry in entries:
            self.log.append(entry)
            outcome = step(decode(DeliveryLogged, encode(entry)), self.tables, Arrival("t", 0, 0, NOON))
            assert not isinstance(outcome, Rejected)
            for write in outcome.store:
                assert len(write.value or b"") < TABLE_VALUE_BYTES
                write.into(self.tables[write.table])
        return outcome

    def states(self, subscription: str) -> list[tuple[str, str, int]]:
        """What the log says of one subscription, without the beginnings."""
        return [
            (entry.alert_id, entry.state, entry.attempt)
            for entry in self.log
            if entry.subscription == subscription and entry.state != "due"
        ]

    @asynccontextmanager
    async def running(self, channels: Mapping[str, Channel], scale: float = 1e-4) -> AsyncIterator[Running]:
        """With a courier that is swept all the time, as the platform does. Its pauses: 0.5 ms, 30 ms, 180 ms, …"""
        running = Running(self, Courier(channels, scale))
        pump = asyncio.create_task(running.pump())
        try:
            yield running
        finally:
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)


class Running:
    """A worker at work. `until` waits for what its log says."""

    def __init__(self, worker: Worker, courier: Courier) -> None:
        self.courier = courier
        self._worker = worker
        self._read = asyncio.Condition()

    async def pump(self) -> None:
        while True:
            ended = self.courier.sweep(self._worker.tables, datetime.now(UTC))
            async with self._read:
                self._worker.read(*ended)
                self._read.notify_all()
            await asyncio.sleep(0.01)

    async def until(self, reached: Callable[[], bool], seconds: float = 30) -> None:
        async with asyncio.timeout(seconds), self._read:
            await self._read.wait_for(reached)

    async def finished(self, count: int, subscriptions: Iterable[str]) -> None:
        """Wait until so many deliveries of each subscription are delivered or given up."""
        names = list(subscriptions)
        ends = {"delivered", "given_up"}
        await self.until(
            lambda: all(sum(state in ends for _, state, _ in self._worker.states(name)) >= count for name in names)
        )
