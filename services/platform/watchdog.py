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
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from schemas.errors import CounterclaimError
from services.platform.connection import ISOLATION, connection
from services.platform.settings import WATCHDOG_SHARE, Settings
from services.platform.spec import StageSpec

Where = tuple[str, int]
"""A topic's name and a partition."""

PERIOD = 5.0
"""Seconds between two looks: two requests to the broker and one more for each stage, 4 ms of CPU for all seven."""

_PROBE = 3.0
"""Seconds to wait for a record that should be there: a broker answers a fetch in 0.5."""

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


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that stands still: `state` must change for it to be none.

    unless_empty: true only if a record stands between these two offsets: a transaction leaves markers there, which no
    consumer is given and no commit steps over.
    """

    name: str
    state: Hashable
    said: str
    unless_empty: tuple[Where, int, int] | None = None


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

    def look(self, signs: Signs, answered: Answered | None, now: float) -> list[Symptom]:
        """What has stood still for too long. Without an answer of the broker every clock starts anew."""
        passed = 0.0 if self._looked is None else min(now - self._looked, self._gap)
        self._looked = now
        known, self._lasted = self._lasted, {}
        found = []
        for symptom in _symptoms(signs, answered) if answered is not None else ():
            before, lasted = known.get(symptom.name, (None, 0.0))
            lasted = lasted + passed if before == symptom.state else 0.0
            self._lasted[symptom.name] = symptom.state, lasted
            if lasted > self._limit:
                found.append(replace(symptom, said=f"{symptom.said}, for {lasted:.0f} s"))
        return found


def _symptoms(signs: Signs, answered: Answered) -> Iterator[Symptom]:
    if not signs.ready:
        yield Symptom("rebalance", signs.recovered, "a rebalance or a table's recovery does not end")
        return
    if signs.in_hand:
        yield Symptom("work", signs.done, "a record is not finished")
        return  # what else waits, waits for it
    for where, reading in signs.reading.items():
        end, committed = answered.ends.get(where, 0), answered.committed.get(where, 0)
        place = f"{where[0]} partition {where[1]}"
        if reading < end:
            said = f"the consumer reads nothing: {end - reading} records wait in {place}"
            yield Symptom(f"read {place}", (reading, signs.done), said)
        elif (finished := signs.finished.get(where, 0)) > committed:
            said = f"commits stopped: {place} is finished up to {finished} and committed up to {committed}"
            yield Symptom(f"commit {place}", committed, said)
        elif committed < end:
            said = f"records were passed over: {place} is read up to {reading} and committed up to {committed}"
            yield Symptom(f"pass {place}", (committed, signs.done), said, unless_empty=(where, committed, end))


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
        self._empty: dict[
            Where, tuple[int, int]
        ] = {}  # offsets between which a probe found no record, for each partition
        self._patience = {
            stage.name: Patience(settings.stall_limit * WATCHDOG_SHARE, 2 * self._period) for stage in stages
        }

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
                list(self._standing_still(self._signs(), {}))  # forgets what it saw before
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
        # Outside the broker's time: four partitions that end in transaction markers take four probes, 12 s.
        for stage, symptom in list(self._standing_still(signs, answers)):
            if symptom.unless_empty is None or await self._holds_a_record(consumer, *symptom.unless_empty):
                self._fail(stage, StandsStill(f"{symptom.said}; start this process again"))

    async def _holds_a_record(self, consumer: AIOKafkaConsumer, where: Where, start: int, end: int) -> bool:
        """Whether a consumer is given any record between two offsets; what is empty once stays so."""
        if self._empty.get(where) == (start, end):
            return False
        partition = TopicPartition(*where)
        consumer.assign([partition])
        consumer.seek(partition, start)
        found = -1
        with suppress(TimeoutError):
            async with asyncio.timeout(_PROBE):
                found = (await consumer.getone(partition)).offset
        consumer.unsubscribe()
        if start <= found < end:
            return True
        self._empty[where] = start, end
        return False

    def _standing_still(
        self, signs: Mapping[str, Signs], answers: Mapping[str, Answered]
    ) -> Iterator[tuple[str, Symptom]]:
        for stage, group in self._groups.items():
            for symptom in self._patience[stage].look(signs[stage], answers.get(group), time.monotonic()):
                yield stage, symptom

    @asynccontextmanager
    async def _clients(self) -> AsyncIterator[tuple[AIOKafkaConsumer, AIOKafkaAdminClient]]:
        arguments: dict[str, Any] = {
            **connection(self._settings),
            "request_timeout_ms": int(self._settings.broker_timeout * 1000),
        }
        consumer = AIOKafkaConsumer(**arguments, enable_auto_commit=False, isolation_level=ISOLATION)
        admin = AIOKafkaAdminClient(**arguments)
        try:
            async with asyncio.timeout(self._settings.broker_timeout):
                await consumer.start()
                await admin.start()
            yield consumer, admin
        finally:
            await consumer.stop()
            await admin.close()
