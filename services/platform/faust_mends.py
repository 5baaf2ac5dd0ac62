"""Faust 0.15.3, mended where it loses data, and where it costs much for nothing: subclasses, no patched globals.
Another version: read its source again.

`make test-mends` takes 1, 2 and 3 out, each alone, widens its race and shows what is lost then;
in tests/unit/platform/test_mends.py one test stops the flow under a fetch, for 5, and one assigns partitions to a
stopping app, for 6.

Seven faults, measured on 2 cores with Apache Kafka 4.3.1, 4 partitions and 3 kB records:

1. **Recovery clears the queues last.** `Recovery.on_recovery_completed` resumes the stream partitions and seeks while
   the flow is active, then calls `flow_control.resume()`, which clears the queues: what was fetched in between is never
   processed. 8 SIGTERMs under backlog lost 6 records, a series of kills left a commit stuck at 3,240 of 4,960. With the
   order seek, clear, resume: 0 lost and 0 stuck in 14 SIGTERMs and 15 SIGKILLs. Apps without tables never lost any.
2. **A fetch under way forgets what it was made for.** `getmany` hands its live set of active partitions to the
   consumer's thread. When recovery ends that set is empty for a moment, and aiokafka takes an empty set as "all": it
   returns stream records, which Faust drops because their partitions are not active, after the position has moved past
   them. Found on Tansu with mend 1 in place: 4 of 6 series of 12 stops under backlog stood still with up to 776
   records passed over. With a copy of the set in each fetch: 0 of 4.
3. **A failed send does not stop the commit.** `send` returns when a batch holds the record; `flush`, which precedes
   every commit, ignores batches that expired. 50 s of broker outage lost 3 outputs and 2 changelog rows in silence.
   Here every send's end is looked at, and after one failure `flush` raises for ever: no commit, the process ends.
4. **An event is acknowledged when its agent raises or is cancelled.** `outcome` holds a reference of its own.
5. **What is fetched while the flow is stopped is dropped, and put back by a seek to the committed offset**, which does
   nothing where nothing was committed yet: a fetch under way when partitions are assigned anew moves the position of a
   young partition for good. Seen once, in a soak of 54 SIGKILLs: the first alert of its partition reached nobody. Here
   such partitions go back to their beginning.
6. **A rebalance that ends while the app stops closes the consumer in the wrong loop**, and marks it closed, so that
   its own thread does not close it any more: connections stay open and the group is not left. 6 of 26 stops within a
   join on a busy machine, with it 0 of 22. Here such a rebalance does nothing; the consumer's thread closes it.
7. **What a transaction took back is read as if it held**: Faust reads committed records only where it sends in
   transactions itself. Here its consumer always does. A gap in the offsets that begins at offset 1, which such a
   transaction leaves behind the first record of all, is stepped over by commits, too; without it they stood at 1.

What it costs: beside the decisions an article took 26 to 30 ms of CPU, and takes 9 to 12 (replayed decisions, on a busy
machine):

- **Rows go straight to aiokafka** (`WitnessProducer.keep`), 31 of the 53 records of an article. By a Faust table each
  passed a queue, a task, three futures and callbacks; `flush` had to wait for that queue, which nobody counted.
- **One producer for all stages of a process** (`shared_producer`), and batches of 128 kB (a series is 7): 1.9 produce
  requests an article instead of 8.4.
- **No monitor, no livelock detector**: they count and look at what nobody reads.
- **A record is handed over without a wait** (`SnapshotConsumer._hand_over`): Faust makes four tasks for each.
- **A table's rows are taken in batches** (`faust_recovery`): Faust sets a timer and adds up what is
  left of all partitions for each.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from functools import partial
from typing import Any, cast

import faust
from aiokafka.errors import IllegalStateError
from faust.exceptions import ProducerSendError
from faust.sensors import Sensor
from faust.tables.recovery import Recovery
from faust.transport.consumer import CONSUMER_FETCHING
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Producer, Transport
from mode import Service

from schemas.errors import BadSetting
from services.platform.connection import ISOLATION
from services.platform.faust_recovery import MendedTables
from services.platform.shared_producer import SharedProducer
from services.platform.turns import Slices

MENDED_VERSION = "0.15.3"


def check_version(version: str = faust.__version__) -> None:
    """Raises BadSetting unless this is the Faust whose source the mends were written against."""
    if version != MENDED_VERSION:
        raise BadSetting(
            f"faust-streaming {version} is installed, and the mends against its lost records were made for "
            f"{MENDED_VERSION}; install faust-streaming=={MENDED_VERSION}"
        )


class WitnessProducer(Producer):
    """Mend 3. `failed` is the first send that failed; from then on nothing is committed."""

    app: MendedApp

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.failed: BaseException | None = None
        self.on_failure: Callable[[BaseException], None] = lambda _: None
        self._under_way: set[asyncio.Future[Any]] = set()
        self._rows: list[tuple[str, bytes, bytes | None, int]] = []
        self._kept = self._carried = 0
        self._carrier: asyncio.Task[None] | None = None
        self._carried_on = asyncio.Event()

    async def on_start(self) -> None:
        """As Faust's, with the producer that all stages of a process share."""
        await self.add_runtime_dependency(self.buffer)
        self._producer = await self.app.shared_producer.start(self._new_producer)

    async def on_stop(self) -> None:
        """As Faust's; the last stage stops the producer."""
        if self._carrier is not None:
            self._carrier.cancel()
        if self._producer is not None:
            self._producer = None
            await self.app.shared_producer.stop()

    async def send(  # noqa: PLR0917  # Faust's signature
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        partition: int | None,
        timestamp: float | None,
        headers: Any,
        *,
        transactional_id: str | None = None,
    ) -> Awaitable[Any]:
        """Returns when a batch holds the record."""
        sent = await self._put(
            topic, key, value, partition, None if timestamp is None else int(timestamp * 1000), headers
        )
        self._under_way.add(sent)
        return cast(Awaitable[Any], sent)

    def keep(self, topic: str, key: bytes, value: bytes | None, partition: int) -> None:
        """Sends a table's row as soon as all that was sent before it is at the broker: send, then store (`outcome`).

        Handed to the producer at once it may lie in an older batch, which leaves first; a kill between the two then
        loses what was sent, since the row says that it was. Seen once in 49 kills: two verdicts missing.
        """
        self._rows.append((topic, key, value, partition))
        self._kept += 1
        if self._carrier is None or self._carrier.done():
            self._carrier = asyncio.create_task(self._carry())

    async def _carry(self) -> None:
        while self._rows and self.failed is None:
            rows, self._rows = self._rows, []
            if self._under_way:
                await asyncio.wait(self._under_way)
            for topic, key, value, partition in rows:
                if self.failed is not None:
                    return
                with suppress(Exception):  # noted by `fail`
                    await self._put(topic, key, value, partition, None, None)
            self._carried += len(rows)
            self._carried_on.set()

    async def _put(  # noqa: PLR0917  # aiokafka's order
        self, topic: str, key: bytes | None, value: bytes | None, partition: int | None, at: int | None, headers: Any
    ) -> asyncio.Future[Any]:
        try:
            sent: asyncio.Future[Any] = await self._ensure_producer().send(topic, value, key, partition, at, headers)
        except Exception as error:
            self.fail(error)
            raise
        sent.add_done_callback(self._witness)
        return sent

    def fail(self, error: BaseException) -> None:
        """From now on no commit succeeds; calls `on_failure` once."""
        if self.failed is None:
            self.failed = error
            self._carried_on.set()
            self.on_failure(error)

    def _witness(self, sent: asyncio.Future[Any]) -> None:
        self._under_way.discard(sent)
        if sent.cancelled():
            self.fail(asyncio.CancelledError("the producer dropped a record at its end"))
        elif (error := sent.exception()) is not None:
            self.fail(error)

    async def flush(self) -> None:
        """Returns when everything handed over before is at the broker. Raises ProducerSendError once a send failed."""
        wanted = self._kept
        while self._carried < wanted and self.failed is None:
            self._carried_on.clear()
            await self._carried_on.wait()
        if self._producer is not None and self.failed is None:
            await self._producer.flush()
        await asyncio.sleep(0)  # the callbacks of batches that ended just now
        if self.failed is not None:
            raise ProducerSendError(f"not committed, because a send failed: {self.failed!r}")


class CommittedThread(AIOKafkaConsumerThread):
    """Mend 7."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = ISOLATION  # handed to the fetcher when it starts
        return consumer

    def highwater(self, tp: Any) -> int:
        """Up to where there is something to read: what is behind an open transaction does not wait for us yet."""
        end: int = self._ensure_consumer().last_stable_offset(tp)  # None before the first answer, as in Faust
        return end


class _Rest:
    """What is left of a coroutine after its first step, for a task to go on with."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._coroutine = coroutine
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._waits_for
        while True:
            try:
                answer = yield waits_for
            except BaseException as error:
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, answer)
            try:
                waits_for = step()
            except StopIteration:
                return


class SnapshotConsumer(Consumer):
    """Mends 2 and 5. Each fetch knows for good which partitions it was made for; a seek to what was committed reaches
    all partitions of the sources."""

    def _new_consumer_thread(self) -> CommittedThread:
        return CommittedThread(self, loop=self.loop, beacon=self.beacon)

    @Service.task
    async def _commit_livelock_detector(self) -> None:
        """Off. It only writes lines, by the monitor that is off, too; our watchdog asks the broker."""

    async def _drain_messages(self, fetcher: Any) -> None:
        """As Faust's, with `_hand_over`. It commits by time only: 10,000 records between two commits do not happen."""
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):
                self.diag.set_flag(CONSUMER_FETCHING)
                await self._drain(self.getmany(timeout=1.0))
                self.diag.unset_flag(CONSUMER_FETCHING)
        except asyncio.CancelledError:
            if not self.app.should_stop:
                raise
        except Exception as error:
            if not (self.app.should_stop and isinstance(error, self.consumer_stopped_errors)):
                self.log.exception("reading failed")
                raise
        finally:
            self.diag.unset_flag(CONSUMER_FETCHING)

    async def _drain(self, fetched: AsyncIterator[tuple[Any, Any]]) -> None:
        await asyncio.sleep(0)  # fetches that find nothing else never give way
        if self.should_stop:
            return
        slices = Slices()
        async for tp, message in fetched:
            await slices.give_way()
            read = self._read_offset[tp]
            if read is not None and message.offset < read:
                continue
            if read and message.offset - read > 1 and self.app.topics.acks_enabled_for(tp.topic):
                await self._add_gap(tp, read + 1, message.offset)
            await self._hand_over(message)
            self._read_offset[tp] = message.offset

    async def _hand_over(self, message: Any) -> None:
        """Takes its first step at once; only one that has to wait, for room or for the flow, takes tasks."""
        handing = cast(Coroutine[Any, Any, None], self.callback(message))
        try:
            waits_for = handing.send(None)
        except StopIteration:
            return
        await self.wait_first(_Rest(handing, waits_for), self.suspend_flow.wait())

    async def _getmany(self, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109  # Faust's signature
        snapshot = None if active_partitions is None else set(active_partitions)
        return await super()._getmany(snapshot, timeout)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[Any, Any]]:  # noqa: ASYNC109  # Faust's signature
        """As Faust's. It notes a gap in the offsets behind each record but the one at offset 0, so that no commit ever
        stepped over one that began at offset 1: records a transaction took back, or that compaction dropped."""
        async for tp, message in super().getmany(timeout):
            if self._read_offset[tp] == 0 and message.offset > 1 and self.app.topics.acks_enabled_for(tp.topic):
                await self._add_gap(tp, 1, message.offset)
            yield tp, message

    async def seek_to_committed(self) -> Any:
        """As Faust's; where nothing is committed, to the first record that is kept."""
        committed = await super().seek_to_committed()
        young = {tp for tp, offset in committed.items() if not offset and not self._is_changelog_tp(tp)}
        with suppress(IllegalStateError):  # a partition went meanwhile: whoever gets it seeks as well
            if young:
                await self._thread.seek_to_beginning(*young)
        return committed


class NoMonitor(Sensor):
    """Faust counts each event, send and row, with its time, for a page that is off; our metrics count what is done."""

    def track_tp_end_offset(self, tp: Any, offset: int) -> None:
        """Called by the consumer, as is the next."""

    def on_tp_commit(self, tp_offsets: Any) -> None:
        """See above."""


class MendedTransport(Transport):
    """aiokafka with the mended ends."""

    Consumer = SnapshotConsumer
    Producer = WitnessProducer


class MendedApp(faust.App):
    """A Faust app with the mends. `recovered` is called after each recovery of its tables."""

    @property
    def recovery(self) -> Recovery:
        """What brings the tables' rows back, by its own type."""
        return cast(MendedTables, self.tables).recovery

    @property
    def witness(self) -> WitnessProducer:
        """The producer, by its own type."""
        return cast(WitnessProducer, self.producer)

    def __init__(self, *args: Any, shared_producer: SharedProducer | None = None, **options: Any) -> None:
        check_version()
        self.shared_producer = shared_producer or SharedProducer()
        self.recovered: Callable[[], None] = lambda: None
        options |= {"TableManager": MendedTables, "Monitor": NoMonitor, "autodiscover": False, "web_enabled": False}
        super().__init__(*args, **options)

    def _new_transport(self) -> MendedTransport:
        return MendedTransport(self.conf.broker_consumer, self)

    def _on_rebalance_when_stopped(self) -> None:
        """Mend 6. Nothing: the stop under way closes the consumer."""

    async def _consumer_wait_empty(self, consumer: Any, logger: Any) -> None:
        """After a failure the record in hand is never finished (`outcome`): do not wait for it."""
        if self.witness.failed is None:
            await super()._consumer_wait_empty(consumer, logger)

    def _create_directories(self) -> None:
        """Faust makes a data folder in the working folder; tables in memory need none, and images are read-only."""
