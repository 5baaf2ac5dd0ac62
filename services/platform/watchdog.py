"""Notices what Faust does not: a consumer that is dead, commits that stop, a rebalance that does not end.

Each of these is silent. The process lives, joins in heartbeats, and /healthz may find nothing: a consumer that fetches
nothing does not even learn that records wait. So the broker is asked, by clients of the watchdog's own, where the
topics end and what is committed, and both are held against what the stage believes.

A process in such a state ends with 1 and one line that says what stood still, and whoever runs it starts it again;
nothing that was not finished was committed. While the broker does not answer nothing is held against a stage: how long
an outage is ridden out is COUNTERCLAIM_SEND_TIMEOUT's to say.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from schemas.errors import CounterclaimError
from services.platform.connection import connection
from services.platform.settings import Settings
from services.platform.spec import StageSpec

Where = tuple[str, int]
"""A topic's name and a partition."""

PERIOD = 5.0
"""Seconds between two looks: two requests to the broker and one more for each stage, 4 ms of CPU for all seven."""

SHARE = 0.75
"""Of the stall limit (60 s): with a look every 5 s and the broker's answer, what stands still is noticed within it."""

log = structlog.get_logger(__name__)


class StandsStill(CounterclaimError):
    """A stage does no work although there is some. The process must end and be started again."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How far a stage believes to be. Offsets are those of the next record.

    ready: has its partitions and tables. recovered: rows of tables read so far, any number that grows with them.
    reading: where its consumer reads, for each partition it has. finished: up to where it finished records, for those
    partitions of which it took any. in_hand: whether a record is being worked on. done: records finished so far.
    """

    ready: bool
    recovered: int = 0
    reading: Mapping[Where, int] = field(default_factory=dict)
    finished: Mapping[Where, int] = field(default_factory=dict)
    in_hand: bool = False
    done: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """How far the broker says it is: `ends` of all partitions, and what the stage's group has `committed`."""

    ends: Mapping[Where, int]
    committed: Mapping[Where, int]


class Patience:
    """Pure: how long each symptom has lasted without any change.

    limit, gap: seconds. A look that comes later than `gap` after the one before counts as `gap`: a process that did not
    run meanwhile (one long record, a machine asleep) could not have done better.
    """

    def __init__(self, limit: float, gap: float) -> None:
        self._limit = limit
        self._gap = gap
        self._looked: float | None = None
        self._lasted: dict[str, tuple[Hashable, float]] = {}

    def look(self, signs: Signs, answered: Answered | None, now: float) -> str | None:
        """What has stood still for too long, or None. Without an answer of the broker every clock starts anew."""
        passed = 0.0 if self._looked is None else min(now - self._looked, self._gap)
        self._looked = now
        known, self._lasted = self._lasted, {}
        for name, state, said in _symptoms(signs, answered) if answered is not None else ():
            before, lasted = known.get(name, (None, 0.0))
            lasted = lasted + passed if before == state else 0.0
            self._lasted[name] = state, lasted
            if lasted > self._limit:
                return f"{said}, for {lasted:.0f} s"
        return None


def _symptoms(signs: Signs, answered: Answered) -> Iterator[tuple[str, Hashable, str]]:
    """Name of a symptom, what must change for it to be none, and how it is told."""
    if not signs.ready:
        yield "rebalance", signs.recovered, "a rebalance or a table's recovery does not end"
        return
    if signs.in_hand:
        yield "work", signs.done, "a record is not finished"
        return  # what else waits, waits for it
    for where, reading in signs.reading.items():
        if reading < answered.ends.get(where, 0):
            waiting = answered.ends[where] - reading
            said = f"the consumer reads nothing: {waiting} records wait in {_said(where)}"
            yield f"read {where}", (reading, signs.done), said
    for where, finished in signs.finished.items():
        committed = answered.committed.get(where, 0)
        if committed < finished:
            said = f"commits stopped: {_said(where)} is finished up to {finished} and committed up to {committed}"
            yield f"commit {where}", committed, said


def _said(where: Where) -> str:
    return f"{where[0]} partition {where[1]}"


class Watchdog:
    """`await Watchdog(stages, settings, fail).run()` looks for ever; `fail(stage, error)` hears what stands still."""

    def __init__(
        self,
        stages: Sequence[StageSpec[Any]],
        signs: Callable[[], Mapping[str, Signs]],
        settings: Settings,
        fail: Callable[[str, BaseException], None],
    ) -> None:
        """`signs()` gives those of each stage, by name."""
        self._signs = signs
        self._settings = settings
        self._fail = fail
        self._partitions = {
            stage.app_id: [
                TopicPartition(topic.name, n) for topic in stage.sources.values() for n in range(topic.partitions)
            ]
            for stage in stages
        }
        self._groups = {stage.name: stage.app_id for stage in stages}
        self._patience = {stage.name: Patience(settings.stall_limit * SHARE, 2 * self._period) for stage in stages}

    async def run(self) -> None:
        """Never returns. A broker that is away is asked again at the next look."""
        while True:
            try:
                async with self._clients() as (consumer, admin):
                    while True:
                        await self._look(consumer, admin)
                        await asyncio.sleep(self._period)
            except (KafkaError, TimeoutError, OSError) as error:
                log.info("the watchdog cannot ask the broker", error=repr(error))
                self._judge(self._signs(), {})
                await asyncio.sleep(self._period)

    @property
    def _period(self) -> float:
        return min(PERIOD, self._settings.stall_limit / 10)

    async def _look(self, consumer: AIOKafkaConsumer, admin: AIOKafkaAdminClient) -> None:
        """What a stage believes is taken before the broker is asked: what it does meanwhile is no sin."""
        signs = self._signs()
        async with asyncio.timeout(self._settings.broker_timeout):
            ends = await consumer.end_offsets(sorted({tp for each in self._partitions.values() for tp in each}))
            answers = {}
            for group, partitions in self._partitions.items():
                committed = await admin.list_consumer_group_offsets(group, partitions=partitions)
                answers[group] = Answered(
                    {(tp.topic, tp.partition): end for tp, end in ends.items()},
                    {(tp.topic, tp.partition): max(0, found.offset) for tp, found in committed.items()},
                )
        self._judge(signs, answers)

    def _judge(self, signs: Mapping[str, Signs], answers: Mapping[str, Answered]) -> None:
        for stage, group in self._groups.items():
            complaint = self._patience[stage].look(signs[stage], answers.get(group), time.monotonic())
            if complaint is not None:
                self._fail(stage, StandsStill(f"{complaint}; start this process again"))

    @asynccontextmanager
    async def _clients(self) -> AsyncIterator[tuple[AIOKafkaConsumer, AIOKafkaAdminClient]]:
        arguments: dict[str, Any] = {
            **connection(self._settings),
            "request_timeout_ms": int(self._settings.broker_timeout * 1000),
        }
        consumer = AIOKafkaConsumer(**arguments, enable_auto_commit=False)
        admin = AIOKafkaAdminClient(**arguments)
        try:
            async with asyncio.timeout(self._settings.broker_timeout):
                await consumer.start()
                await admin.start()
            yield consumer, admin
        finally:
            await consumer.stop()
            await admin.close()
