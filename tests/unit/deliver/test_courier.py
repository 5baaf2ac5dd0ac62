"""Deliveries under way: retries under one id, nobody held up by another, nothing tried twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.responses import Response

from schemas.alert import AlertRaised
from services.deliver.channel import Answer
from services.deliver.courier import STALE, Courier
from services.deliver.webhook import Webhook
from services.platform.metrics import REGISTRY
from tests.collector import Collector, Received, collector
from tests.unit.deliver.making import Worker, due_entry, webhook
from tests.unit.notify.making import NOON

IDS = [f"alr-{number}:1" for number in range(20)]


@pytest.fixture
async def receiver() -> AsyncIterator[Collector]:
    async with collector() as running:
        yield running


async def test_a_failed_attempt_is_made_again_under_the_same_id(receiver: Collector) -> None:
    async def thrice(received: Received) -> Response:
        return Response(status_code=503 if receiver.ids()[received.id] < 3 else 200)

    receiver.answer = thrice
    worker = Worker()
    worker.read(*(due_entry(id_) for id_ in IDS))
    async with worker.running({"desk": webhook(receiver.url)}) as running:
        await running.finished(len(IDS), ["desk"])
    assert receiver.ids() == dict.fromkeys(IDS, 3)
    assert {len(bodies) for bodies in receiver.bodies().values()} == {1}
    first = [(state, attempt) for id_, state, attempt in worker.states("desk") if id_ == IDS[0]]
    assert first == [("failed", 1), ("failed", 2), ("delivered", 3)]


async def test_the_time_of_an_attempt_is_counted_in_seconds_from_its_begin(receiver: Collector) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("counterclaim_delivery_seconds_sum", {"channel": "webhook"}) or 0.0

    async def slowly(received: Received) -> Response:
        await asyncio.sleep(0.05)
        return Response()

    receiver.answer = slowly
    worker = Worker()
    worker.read(due_entry(IDS[0]))
    before = counted()
    async with worker.running({"desk": webhook(receiver.url)}) as running:
        await running.finished(1, ["desk"])
    assert 0.05 <= counted() - before < 15


async def test_a_receiver_that_hangs_and_one_that_is_not_there_hold_up_nobody_else(receiver: Collector) -> None:
    release = asyncio.Event()

    async def hang(received: Received) -> Response:
        if received.path == "/hang":
            await release.wait()
        return Response()

    receiver.answer = hang
    base = receiver.url.removesuffix("/hook")
    channels = {"hangs": webhook(base + "/hang"), "quick": webhook(receiver.url), "away": webhook("http://127.0.0.1:9")}
    worker = Worker()
    for name in channels:
        worker.read(*(due_entry(id_, name) for id_ in IDS))
    async with worker.running(channels) as running:
        await running.finished(len(IDS), ["quick"])
        assert receiver.ids("/hook") == dict.fromkeys(IDS, 1)
        assert len(receiver.ids("/hang")) == 1, "one attempt at a time"
        release.set()
        await running.finished(len(IDS), ["hangs"])


async def test_after_410_nothing_more_is_sent_and_the_log_says_so(receiver: Collector) -> None:
    async def gone(received: Received) -> Response:
        return Response(status_code=410)

    receiver.answer = gone
    worker = Worker()
    worker.read(*(due_entry(id_) for id_ in IDS[:5]))
    async with worker.running({"desk": webhook(receiver.url)}) as running:
        await running.finished(5, ["desk"])
        worker.read(due_entry("alr-later:1"))
        await running.finished(6, ["desk"])
    assert len(receiver.received) == 1
    assert [(entry.reason, entry.attempt) for entry in worker.log if entry.state == "given_up"] == [
        ("gone", 1), *[("disabled", 0)] * 5,
    ]  # fmt: skip
    assert worker.tables["waiting"] == {}


async def test_an_end_that_is_still_on_its_way_to_the_log_is_not_tried_again(receiver: Collector) -> None:
    worker = Worker()
    worker.read(due_entry(IDS[0]))
    courier = Courier({"desk": webhook(receiver.url)})
    ended = courier.sweep(worker.tables, datetime.now(UTC))
    async with asyncio.timeout(10):
        while not ended:
            await asyncio.sleep(0.01)
            ended = courier.sweep(worker.tables, datetime.now(UTC))
    assert courier.sweep(worker.tables, datetime.now(UTC)) == ()
    await asyncio.sleep(0)  # a lane would have begun
    assert courier.sweep(worker.tables, datetime.now(UTC)) == ()
    assert receiver.ids() == {IDS[0]: 1}
    worker.read(*ended)
    assert worker.tables["waiting"] == {}


class Broken:
    """A channel with a fault."""

    name = Webhook.name

    async def send(self, alert: AlertRaised) -> Answer:
        raise RuntimeError(f"cannot send {alert.id}")

    async def test(self, id_: str) -> Answer:
        raise RuntimeError(id_)


async def test_a_fault_and_an_unknown_subscription_are_tried_again_and_given_up_at_last() -> None:
    worker = Worker()
    worker.read(due_entry(IDS[0], "broken"), due_entry(IDS[0], "unknown"))
    async with worker.running({"broken": Broken()}, scale=1e-9) as running:
        await running.finished(1, ["broken", "unknown"])
    for name, reason in {"broken": "fault", "unknown": "unknown_subscription"}.items():
        assert [(state, attempt) for _, state, attempt in worker.states(name)] == [
            *(("failed", attempt) for attempt in range(1, 10)),
            ("given_up", 10),
        ]
        assert worker.log[-1].state == "given_up"
        assert {entry.reason for entry in worker.log if entry.subscription == name} == {"matched", reason}


async def test_without_sweeps_no_further_attempt_is_begun() -> None:
    """The stage is stopping, or a rebalance took the partition: whoever has it then goes on."""
    clock = NOON
    begun: list[str] = []

    class Slow:
        name = Webhook.name

        async def send(self, alert: AlertRaised) -> Answer:
            nonlocal clock
            begun.append(alert.id)
            clock += STALE / 2
            return Answer("accepted")

        async def test(self, id_: str) -> Answer:
            raise NotImplementedError

    worker = Worker()
    worker.read(*(due_entry(id_, at=NOON - timedelta(hours=1)) for id_ in IDS))
    courier = Courier({"desk": Slow()}, now=lambda: clock)
    assert courier.sweep(worker.tables, clock) == ()
    await asyncio.sleep(0)  # the lane runs until it waits for something: never
    assert len(begun) == 2
    assert [entry.alert_id for entry in courier.sweep(worker.tables, clock)] == begun
