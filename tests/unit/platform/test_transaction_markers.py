"""A transaction leaves a marker at the end of a partition: an offset no consumer is given and no commit steps over.

Whoever publishes may do so in transactions. Then a stage that did all its work looks as if records were passed over.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from services.platform import watchdog
from services.platform.settings import Settings
from services.platform.watchdog import Signs, Watchdog
from tests.unit.platform import toy

RECORD, MARKER = "record", "marker"
HERE = ("news.article.published.v1", 2)


class Broker:
    """aiokafka's consumer and admin client as the watchdog uses them. `log`: what stands in partition HERE, by offset;
    `committed`: up to where the stage's group is. `probes` counts the reads."""

    def __init__(self, log: list[str], committed: int) -> None:
        self.log = log
        self.committed = committed
        self.probes = 0
        self._at = 0

    async def end_offsets(self, partitions: list[TopicPartition]) -> Mapping[TopicPartition, int]:
        return {tp: len(self.log) if tp == TopicPartition(*HERE) else 0 for tp in partitions}

    async def list_consumer_group_offsets(
        self, group: str, partitions: list[TopicPartition]
    ) -> Mapping[TopicPartition, Any]:
        return {tp: SimpleNamespace(offset=self.committed if tp == TopicPartition(*HERE) else -1) for tp in partitions}

    def assign(self, partitions: list[TopicPartition]) -> None:
        assert partitions == [TopicPartition(*HERE)]

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self._at = offset

    async def getone(self, partition: TopicPartition) -> Any:
        """As a consumer: markers are stepped over, at the end one waits."""
        self.probes += 1
        for offset in range(self._at, len(self.log)):
            if self.log[offset] == RECORD:
                return SimpleNamespace(offset=offset)
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    def unsubscribe(self) -> None:
        """Nothing is kept."""


async def looked(monkeypatch: pytest.MonkeyPatch, broker: Broker, signs: Signs) -> list[str]:
    """What the watchdog says of a stage with those signs, which never change: a hundred looks five seconds apart."""
    said: list[str] = []
    clock = iter(range(0, 10_000, 5))
    monkeypatch.setattr(watchdog, "_PROBE", 0.0)
    monkeypatch.setattr(watchdog, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
    settings = Settings(bootstrap_servers="127.0.0.1:9", broker_timeout=5)
    dog = Watchdog([toy.spec()], lambda: {"admit": signs}, settings, lambda stage, error: said.append(str(error)))
    client: Any = broker
    for _ in range(100):
        await dog._look(client, client)
    return said


def done(end: int) -> Signs:
    """A stage that finished all records before `end` and whose consumer stands there or behind the markers."""
    return Signs(ready=True, reading={HERE: end}, finished={HERE: 0}, done=2)


async def test_a_marker_behind_the_last_record_is_no_record_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker([RECORD, RECORD, MARKER], committed=2)
    assert await looked(monkeypatch, broker, done(3)) == []
    assert broker.probes == 1, "what is empty once stays so, and is not asked for at each look"


async def test_a_record_that_was_passed_over_between_markers_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker([RECORD, MARKER, RECORD, MARKER], committed=1)
    (first, *_) = await looked(monkeypatch, broker, done(4))
    assert first.startswith(
        "records were passed over: news.article.published.v1 partition 2 is read up to 4 and committed"
    )


async def test_a_record_that_comes_behind_an_empty_stretch_is_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker([RECORD, MARKER], committed=1)
    assert await looked(monkeypatch, broker, done(2)) == []
    broker.log += [RECORD]
    assert await looked(monkeypatch, broker, done(3)) != []


async def test_a_probe_is_not_on_the_time_in_which_the_broker_must_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four partitions that end in markers take four probes of 3 s: within the broker's 10 s no look ever ended."""
    broker = Broker([RECORD, MARKER], committed=1)
    limits: list[float] = []
    within: list[tuple[float, ...]] = []

    @asynccontextmanager
    async def timeout(seconds: float) -> AsyncIterator[None]:
        limits.append(seconds)
        try:
            yield
        finally:
            limits.pop()

    async def getone(partition: TopicPartition) -> Any:
        within.append(tuple(limits))
        raise TimeoutError

    monkeypatch.setattr(watchdog, "asyncio", SimpleNamespace(timeout=timeout))
    monkeypatch.setattr(broker, "getone", getone)
    assert await looked(monkeypatch, broker, done(2)) == []
    assert within == [(0.0,)], "the probe's own limit and no other"
