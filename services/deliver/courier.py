"""The courier: makes the attempts that are due, each subscription's one after the other, all subscriptions at once.

It is driven by the tables alone: `sweep` looks at the rows and starts a lane for each subscription that has something
due. So a rebalance or a restart needs no word to it. An attempt's end goes out with the next sweep, as an entry of the
log; until the row shows it, the courier remembers that the attempt was taken.

A slow or dead receiver holds its own lane and nobody else's: one task, one connection, one thread for its host's name.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.message import decode
from schemas.outcomes import Tables
from services.deliver.channel import Answer, Channel
from services.deliver.rows import SUBSCRIBERS, WAITING, Due, Subscriber, Waiting, due, key
from services.deliver.schedule import logged
from services.platform import metrics

SWEEP_EVERY = 0.2
"""Seconds: what an alert waits at most before its first attempt, and an end before it is on the log."""

STALE = timedelta(seconds=1)
"""Without a sweep for so long the stage is stopping or a rebalance is under way: no further attempt is begun, because
its end would reach no log, and whoever has the partition then would make it again."""

log = structlog.get_logger(__name__)


class Courier:
    """The deliveries of this worker. `channels` by subscription id; `scale` shortens the pauses between attempts."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        scale: float = 1.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._channels = channels
        self._scale = scale
        self._now = now
        self._chance = chance
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._due: dict[str, list[Due]] = {}
        self._disabled: set[str] = set()
        self._taken: dict[str, int] = {}
        self._ended: list[DeliveryLogged] = []
        self._swept = now()

    def sweep(self, tables: Tables, now: datetime) -> tuple[DeliveryLogged, ...]:
        """Start what is due `now`, and give the attempts that ended since the last time. Needs a running event loop."""
        self._swept = self._now()
        waiting = tables[WAITING]
        disabled = {name for name, row in tables[SUBSCRIBERS].items() if Subscriber.load(row).disabled is not None}
        self._disabled |= disabled
        self._taken = {name: attempts for name, attempts in self._taken.items() if _shows(waiting.get(name), attempts)}
        self._due = due(waiting, self._disabled, now.timestamp())
        for subscription in self._due:
            if subscription not in self._lanes:
                self._lanes[subscription] = asyncio.create_task(self._lane(subscription, waiting))
        metrics.deliveries(waiting=len(waiting), disabled=len(disabled))
        ended, self._ended = tuple(self._ended), []
        return ended

    async def _lane(self, subscription: str, waiting: Mapping[str, bytes]) -> None:
        """Attempts to one subscription until none is due."""
        try:
            while (delivery := self._take(subscription, waiting)) is not None:
                row = Waiting.decode(waiting[key(subscription, delivery.alert_id)])
                if subscription in self._disabled:
                    answer, attempt = Answer("disabled"), row.attempts
                else:
                    answer, attempt = await self._attempt(subscription, row.alert), row.attempts + 1
                if answer.reason == "gone":
                    self._disabled.add(subscription)  # the row will say so, but not before the next attempt
                self._end(subscription, delivery.alert_id, attempt, answer)
        finally:
            del self._lanes[subscription]

    def _take(self, subscription: str, waiting: Mapping[str, bytes]) -> Due | None:
        """The next delivery to try, looked at again: its row may have changed or gone since the sweep."""
        deliveries = self._due.get(subscription, [])
        while deliveries and self._now() - self._swept < STALE:
            delivery = deliveries.pop(0)
            name = key(subscription, delivery.alert_id)
            if name not in self._taken and _shows(waiting.get(name), delivery.attempts):
                self._taken[name] = delivery.attempts
                return delivery
        return None

    def _end(self, subscription: str, alert_id: str, attempt: int, answer: Answer) -> None:
        at, chance = self._now(), self._chance()
        self._ended.append(logged(subscription, alert_id, attempt, answer, at=at, chance=chance, scale=self._scale))

    async def _attempt(self, subscription: str, alert: bytes) -> Answer:
        channel = self._channels.get(subscription)
        if channel is None:  # perhaps another worker has the newer file: not given up in haste
            return Answer("unknown_subscription", "no subscription of this id is in the file")
        began = time.perf_counter()
        try:
            answer = await channel.send(decode(AlertRaised, alert))
        except Exception as error:  # one alert that cannot be sent must not stop the others behind it
            log.exception("an attempt failed by a fault of the service", subscription=subscription)
            answer = Answer("fault", f"{type(error).__name__}: {error}"[:500])
        metrics.attempted(channel.name, seconds=time.perf_counter() - began)
        return answer


def _shows(row: bytes | None, attempts: int) -> bool:
    """Whether the row stands at so many attempts. Once it does not, an attempt that was taken is on the log."""
    return row is not None and Waiting.decode(row).attempts == attempts
