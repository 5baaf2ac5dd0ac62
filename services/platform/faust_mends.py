"""Faust 0.15.3, mended where it loses data: subclasses, no patched globals. Another version: read its source again.

`make test-mends` takes 1, 2 and 3 out, each alone, widens its race and shows what is lost then.

Four faults, measured on 2 cores with Apache Kafka 4.3.1, 4 partitions and 3 kB records:

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
   `flush` also waits for table rows still on their way into a batch (Faust's own gives up after 0.1 s).
4. **An event is acknowledged when its agent raises or is cancelled.** `outcome` holds a reference of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import faust
from faust.exceptions import ProducerSendError
from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.transport.drivers.aiokafka import Consumer, Producer, Transport
from faust.transport.producer import ProducerBuffer

from schemas.errors import BadSetting

MENDED_VERSION = "0.15.3"

_POLL = 0.002
"""Seconds between two looks at the outbox in `flush`, once a second: the rows of a second are out in 1 to 5 ms."""


def check_version(version: str = faust.__version__) -> None:
    """Raises BadSetting unless this is the Faust whose source the mends were written against."""
    if version != MENDED_VERSION:
        raise BadSetting(
            f"faust-streaming {version} is installed, and the mends against its lost records were made for "
            f"{MENDED_VERSION}; install faust-streaming=={MENDED_VERSION}"
        )


class SeekClearResume(Recovery):
    """Mend 1. Also calls `app.recovered()` when all rows are there and before any record is processed."""

    app: MendedApp

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        consumer = self.app.consumer
        await self.app.on_rebalance_complete.send()
        self._set_recovery_ended()
        for table in self.tables.values():
            await table.on_recovery_completed(self.actives_for_table[table], self.standbys_for_table[table])
        assignment = consumer.assignment()
        if self.app.consumer_generation_id != generation_id:
            return  # another rebalance began meanwhile and comes here again
        self.app.recovered()
        if assignment:
            await self._wait(consumer.perform_seek(), timeout=self.app.conf.broker_request_timeout)
        self.completed.set()
        self.app.flow_control.resume()  # clears the queues: no stream record can be in them yet
        consumer.resume_partitions({tp for tp in assignment if not self._is_changelog_tp(tp)})
        consumer.resume_flow()
        await self.app._fetcher.maybe_start()
        self.tables.on_actives_ready()
        if not self.app.assignor.assigned_standbys():
            self.tables.on_standbys_ready()
        self.app.on_rebalance_end()

    async def _resume_streams(self, generation_id: int = 0) -> None:
        """Of an app without tables, which has nothing to recover: `recovered` is called all the same."""
        if self.app.consumer_generation_id == generation_id:
            self.app.recovered()
        await super()._resume_streams(generation_id)


class MendedTables(TableManager):
    """Faust's tables with the mended recovery."""

    @property
    def recovery(self) -> Recovery:
        if self._recovery is None:
            self._recovery = SeekClearResume(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery

    async def on_start(self) -> None:
        """As Faust's, without its first second of sleep for late tables: ours are all declared before the start."""
        await self._update_channels()
        await self.recovery.start()


class CountedOutbox(ProducerBuffer):
    """Table rows on their way to a batch, counted in and out, so that `flush` knows what it waits for."""

    put_in = 0
    taken_out = 0

    def put(self, fut: Any) -> None:
        self.put_in += 1
        super().put(fut)

    async def _send_pending(self, fut: Any) -> None:
        await super()._send_pending(fut)
        self.taken_out += 1


class WitnessProducer(Producer):
    """Mend 3. `failed` is the first send that failed; from then on nothing is committed."""

    buffer: CountedOutbox

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.failed: BaseException | None = None
        self.on_failure: Callable[[BaseException], None] = lambda _: None
        self.buffer = CountedOutbox(loop=self.loop, beacon=self.beacon)
        self.buffer.app = self.app

    async def send(self, *args: Any, **kwargs: Any) -> Awaitable[Any]:
        """As Faust's: returns when a batch holds the record. Both agents and changelogs come through here."""
        try:
            sent = cast("asyncio.Future[Any]", await super().send(*args, **kwargs))
        except Exception as error:
            self.fail(error)
            raise
        sent.add_done_callback(self._witness)
        return sent

    def fail(self, error: BaseException) -> None:
        """From now on no commit succeeds; calls `on_failure` once."""
        if self.failed is None:
            self.failed = error
            self.on_failure(error)

    def _witness(self, sent: asyncio.Future[Any]) -> None:
        if sent.cancelled():
            self.fail(asyncio.CancelledError("the producer dropped a record at its end"))
        elif (error := sent.exception()) is not None:
            self.fail(error)

    async def flush(self) -> None:
        """Returns when everything handed over before is at the broker. Raises ProducerSendError once a send failed."""
        wanted = self.buffer.put_in
        while self.buffer.taken_out < wanted and self.failed is None and not self.buffer.crashed:  # noqa: ASYNC110  # Faust counts, no event
            await asyncio.sleep(_POLL)
        if self._producer is not None and self.failed is None:
            await self._producer.flush()
        await asyncio.sleep(0)  # the callbacks of batches that ended just now
        if self.failed is not None:
            raise ProducerSendError(f"not committed, because a send failed: {self.failed!r}")


class SnapshotConsumer(Consumer):
    """Mend 2. Each fetch knows for good which partitions it was made for."""

    async def _getmany(self, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109  # Faust's signature
        snapshot = None if active_partitions is None else set(active_partitions)
        return await super()._getmany(snapshot, timeout)


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

    def __init__(self, *args: Any, **options: Any) -> None:
        check_version()
        self.recovered: Callable[[], None] = lambda: None
        super().__init__(*args, TableManager=MendedTables, autodiscover=False, web_enabled=False, **options)

    def _new_transport(self) -> MendedTransport:
        return MendedTransport(self.conf.broker_consumer, self)

    async def _consumer_wait_empty(self, consumer: Any, logger: Any) -> None:
        """After a failure the record in hand is never finished (`outcome`): do not wait for it."""
        if self.witness.failed is None:
            await super()._consumer_wait_empty(consumer, logger)

    def _create_directories(self) -> None:
        """Faust makes a data folder in the working folder; tables in memory need none, and images are read-only."""
