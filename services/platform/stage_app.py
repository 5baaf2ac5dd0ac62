"""One stage as a Faust app: its settings, its tables, its agent, its sweep, and how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import faust
import structlog
from faust.exceptions import ProducerSendError

from schemas.outcomes import Write
from schemas.topics import PARTITIONS, changelog
from services.platform import metrics
from services.platform.arrival import believed
from services.platform.clients import FETCH_BYTES, MAX_REQUEST, Record, record_of
from services.platform.envelope import Outgoing, outgoing
from services.platform.faust_mends import MendedApp
from services.platform.health import StageHealth
from services.platform.outcome import Shell, outcome
from services.platform.rows import Rows
from services.platform.settings import Settings
from services.platform.shared_producer import SharedProducer
from services.platform.spec import StageSpec, Sweep
from services.platform.turns import Slices
from services.platform.watchdog import Signs, Where

_LINGER = 0.005
"""Seconds a batch waits for company, at each of the hops from intake to alert. With 20 ms there were 1.6 produce
requests an article instead of 1.9, no less CPU, and alerts came 80 ms later."""

log = structlog.get_logger(__name__)


class StageApp:
    """One stage in this process. `run` until `stop`; `fail(stage, error)` is called once when it cannot go on.

    `lag()` is how many records wait for this process.
    """

    def __init__(
        self,
        spec: StageSpec[Any],
        settings: Settings,
        fail: Callable[[str, BaseException], None],
        lag: Callable[[], int],
        shared_producer: SharedProducer,
    ) -> None:
        self.spec = spec
        self._fail_host = fail
        self._lag_here = lag
        self._app = MendedApp(spec.app_id, shared_producer=shared_producer, **_options(settings))
        self._tables = {
            name: Rows(self._app.Table(name, partitions=PARTITIONS, key_type=bytes, value_type=bytes))
            for name in spec.tables
        }
        self._changelogs = {name: changelog(spec.name, name) for name in spec.tables}
        self._next: dict[Where, int] = {}
        self._in_hand = False
        self._done = 0
        # A record or a sweep, one at a time: a sweep's snapshot sent after a record's newer message would stand on the
        # compacted topic as the last word, until the entity's next.
        self._turn = asyncio.Lock()
        self.health = StageHealth(lag=self._lag, ready=lambda: self.ready)
        shell = Shell(spec, self._tables, self._send, self._keep, self._fail, self._finished)
        source = self._app.topic(
            *spec.sources, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw",
            partitions=spec.source.partitions, allow_empty=True,
        )  # fmt: skip

        @self._app.agent(source, name=spec.name, concurrency=1)
        async def agent(records: faust.StreamT[bytes]) -> None:
            async for event in records.events():
                await self._take(event, shell)

        self._agent: Any = agent
        self._app.recovered = self._restore
        metrics.watch(spec.name, lag=self._lag, ready=lambda: float(self.ready))
        for name, rows in self._tables.items():
            metrics.watch_table(spec.name, name, rows.__len__)

    @property
    def ready(self) -> bool:
        """Partitions assigned (perhaps none: more workers than partitions) and tables recovered."""
        return bool(self._app.tables.actives_ready and not self._app.rebalancing)

    def signs(self) -> Signs:
        """How far it believes to be, for the watchdog."""
        if not self.ready:
            offsets = self._app.recovery.active_offsets.values()  # None where nothing was read yet
            return Signs(ready=False, recovered=sum(offset or 0 for offset in offsets))
        mine = {(tp.topic, tp.partition): tp for tp in self._assigned()}
        return Signs(
            ready=True,
            reading={where: self._position(tp) for where, tp in mine.items()},
            finished={where: offset for where, offset in self._next.items() if where in mine},
            in_hand=self._in_hand,
            done=self._done,
        )

    async def run(self) -> None:
        """Starts the app and returns when it is stopped. Raises what crashed it."""
        self._app.finalize()
        self._app.witness.on_failure = self._fail
        sweeper = asyncio.create_task(self._sweep(self.spec.sweep)) if self.spec.sweep is not None else None
        try:
            await self._app.start()
            await self._app.wait_until_stopped()
        finally:
            if sweeper is not None:
                sweeper.cancel()
        if self._app.crash_reason is not None:
            raise self._app.crash_reason

    async def stop(self) -> None:
        """Takes no more records, waits for the one in hand, commits, leaves the group."""
        try:
            await self._app.stop()
        except ProducerSendError:
            if self._app.witness.failed is None:  # else it only says again why this process ends
                raise

    async def _take(self, event: Any, shell: Shell) -> None:
        record = self._arrived(record_of(event.message, event.message.timestamp))
        self._next.setdefault((record.arrival.topic, record.arrival.partition), record.arrival.offset)
        async with self._turn:
            if self.spec.heed_lag is not None:
                self._tell_lag(self.spec.heed_lag)
            self._in_hand = True
            await outcome(event, record, shell)
            self._in_hand = False

    def _arrived(self, record: Record) -> Record:
        """The record with an arrival that can be; see `believed`."""
        source = self.spec.sources[record.arrival.topic]
        if not source.untrusted or source.retention is None:
            return record
        at = believed(record.arrival.at, datetime.now(UTC), source.retention)
        return replace(record, arrival=replace(record.arrival, at=at))

    def _tell_lag(self, heed: Callable[[int], None]) -> None:
        try:
            heed(self._lag_here())
        except Exception as error:  # an agent that raises loses its record; so nothing is committed any more
            log.exception("the stage did not take the lag", stage=self.spec.name)
            self._fail(error)

    async def _send(self, out: Outgoing) -> None:
        await self._app.witness.send(
            out.topic, out.key, out.value, out.partition, out.at.timestamp(), list(out.headers)
        )

    def _keep(self, row: Write, partition: int) -> None:
        self._app.witness.keep(self._changelogs[row.table], row.key.encode(), row.value, partition)

    def _fail(self, error: BaseException) -> None:
        if self._app.witness.failed is None:
            self._app.witness.fail(error)  # no commit from here on; comes back here
            return
        self._fail_host(self.spec.name, error)

    def _finished(self, record: Record) -> None:
        self._next[record.arrival.topic, record.arrival.partition] = record.arrival.offset + 1
        self._done += 1
        self.health.progress()

    def _restore(self) -> None:
        self._next.clear()
        if self.spec.restore is not None:
            self.spec.restore(self._tables)
        log.info("recovered", stage=self.spec.name, rows={name: len(rows) for name, rows in self._tables.items()})

    def _lag(self) -> int:
        """Records of the assigned partitions that were not finished yet. 0 while it is not known."""
        if not self.ready:
            return 0
        consumer: Any = self._app.consumer  # its bookkeeping has no public name
        lag = 0
        idle = not self._has_records()
        for tp in self._assigned():
            end = consumer.highwater(tp)
            if idle and self._position(tp) >= (end or 0):
                continue  # what is left there are a transaction's markers, which are no records
            done = self._next.get((tp.topic, tp.partition), consumer._committed_offset.get(tp))
            lag += max(0, (end or 0) - (self._position(tp) if done is None else done))
        return lag

    def _has_records(self) -> bool:
        """Whether the consumer handed over any record that is not finished: one in hand, or those in the agent's queue.

        Without this a stage behind a publisher who uses transactions had a lag of 1 for ever, and was ill by /healthz.
        """
        consumer: Any = self._app.consumer
        queues = (actor.stream.channel.queue for actor in self._agent._actors)
        return bool(consumer._unacked_messages) or any(queue.qsize() for queue in queues)

    def _assigned(self) -> Iterator[Any]:
        """The partitions of its sources that this process has."""
        return (tp for tp in self._app.consumer.assignment() if tp.topic in self.spec.sources)

    def _position(self, tp: Any) -> int:
        """Where reading stands in a partition of which nothing was taken or committed yet: its first kept offset."""
        consumer: Any = self._app.consumer
        assignment = consumer._thread._consumer._subscription.subscription.assignment
        state = (
            None if assignment is None else assignment.state_value(tp)
        )  # its thread may just have lost the partition
        return int(state.position) if state is not None and state.has_valid_position else 0

    async def _sweep(self, sweep: Sweep) -> None:
        while True:
            await asyncio.sleep(self.spec.sweep_every)
            if not self.ready:
                continue
            try:
                async with self._turn:
                    at, slices = datetime.now(UTC), Slices()
                    for message in sweep(self._tables, at):
                        if message is not None:
                            await self._send(outgoing(message, sender=self.spec.name, at=at))
                            metrics.sent(self.spec.name, message)
                        await slices.give_way()
            except Exception as error:
                log.exception("the sweep failed", stage=self.spec.name)
                self._fail(error)
                raise


def _options(settings: Settings) -> dict[str, Any]:
    """Faust's settings as measured (design, "Faust 0.15.3")."""
    return {
        "broker": [f"kafka://{server}" for server in settings.servers],
        "broker_credentials": _credentials(settings),
        "broker_client_id": "counterclaim",
        "broker_commit_interval": settings.commit_interval,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": settings.heartbeat_interval,
        "broker_rebalance_timeout": settings.rebalance_timeout,
        "consumer_group_instance_id": settings.instance,
        "consumer_max_fetch_size": FETCH_BYTES,
        "consumer_auto_offset_reset": "earliest",
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "topic_partitions": PARTITIONS,
        "table_standby_replicas": 0,  # a standby's rows, a thousand entries late, would be swept here as well
        "producer_acks": -1,
        "producer_request_timeout": settings.send_timeout,
        "producer_linger": _LINGER,
        "producer_max_batch_size": settings.batch_bytes,
        "producer_max_request_size": MAX_REQUEST,
        "stream_wait_empty": True,  # a stop or a rebalance waits for the record in hand
        "stream_buffer_maxsize": 16384,  # 512 stalls the fetcher for a second: 1,862 records/s against 5,184
        "processing_guarantee": "at_least_once",
        "key_serializer": "raw",
        "value_serializer": "raw",
        "store": "memory://",
    }


def _credentials(settings: Settings) -> Any:
    context = settings.ssl_context()
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.password,
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context is not None else None
