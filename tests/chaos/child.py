"""A worker with faults built in: `python -m tests.chaos.child FAULT[+FAULT] worker …` is `counterclaim worker …`.

Nothing of this is in the service: the fault is put into its classes after they are imported and before they are used.
Points of death end the process as SIGKILL does.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from faust.tables.recovery import Recovery
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Producer

from schemas.delivery import DeliveryLogged
from schemas.topics import DELIVERIES, RAISED, app_id
from services.cli.main import main
from services.deliver import courier
from services.platform import faust_recovery, rows, stage_app
from services.platform.envelope import Outgoing
from services.platform.faust_mends import MendedTransport
from services.platform.faust_recovery import MendedTables
from services.platform.outcome import outcome
from services.platform.stage_app import StageApp
from services.read import agent as reading

AFTER = 3
"""Alerts that go their way before a worker dies at its point: the tables then are not empty."""

_SEEKING, _FETCHING = 4.0, 1.0
"""Seconds by which races are widened. Faust's fetcher sleeps for one when it has no partition; a fetch takes 0.1."""

_LOOK = 0.001
"""Seconds between two looks whether a record waits for its stage, which works one off in as much."""

BROKEN_WORD = "Madagascar"
"""What the broken reader cannot read: one country of the made-up articles."""


def _replace(owner: object, name: str, new: object) -> None:
    """Puts something else in the place of a method, a class or a function of the service."""
    setattr(owner, name, new)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Alerts:
    """Counts the alerts that this process has sent."""

    def __init__(self, topic: str = RAISED.name) -> None:
        self.sent = 0
        send = StageApp._send

        async def counted(app: StageApp, out: Outgoing) -> None:
            await send(app, out)
            self.sent += out.topic == topic

        _replace(StageApp, "_send", counted)


def between_alert_and_row() -> None:
    """The alert is in the producer's batch or at the broker, no row knows of it."""
    alerts, write = _Alerts(), rows.Rows.write

    def dying(self: rows.Rows, key: str, value: bytes | None, partition: int) -> None:
        if alerts.sent >= AFTER:
            _die()
        write(self, key, value, partition)

    _replace(rows.Rows, "write", dying)


def between_rows() -> None:
    """The alert is sent and one of its rows is written, the next one is not."""
    alerts, write = _Alerts(), rows.Rows.write
    written = 0

    def dying(self: rows.Rows, key: str, value: bytes | None, partition: int) -> None:
        nonlocal written
        write(self, key, value, partition)
        if alerts.sent >= AFTER:
            written += 1
            if written == 2:
                _die()

    _replace(rows.Rows, "write", dying)


def between_alert_and_commit() -> None:
    """The alert is at the broker, and so are its rows; no offset is committed."""
    _die_at_commit(_Alerts(), app_id("ledger"))


def between_due_and_commit() -> None:
    """The delivery is on its log; notify has not committed the alert it is of."""
    _die_at_commit(_Alerts(DELIVERIES.name), app_id("notify"))


def _die_at_commit(sent: _Alerts, group: str) -> None:
    commit = Consumer._commit

    async def dying(self: Any, offsets: Any) -> bool:
        if self.app.conf.id == group and sent.sent >= AFTER:
            _die()
        return bool(await commit(self, offsets))

    _replace(Consumer, "_commit", dying)


def between_200_and_log() -> None:
    """The receiver has accepted; the courier has not noted it."""
    end = courier.Courier._end
    accepted = 0

    def dying(self: Any, subscription: str, alert_id: str, attempt: int, answer: Any) -> None:
        nonlocal accepted
        accepted += answer.reason == "accepted" and subscription != "console"
        if accepted >= AFTER:
            _die()
        end(self, subscription, alert_id, attempt, answer)

    _replace(courier.Courier, "_end", dying)


def between_log_and_row() -> None:
    """That the receiver accepted is on the log, and not yet in the rows."""
    write = rows.Rows.write
    delivered = 0
    carry_through = outcome

    async def watching(event: Any, record: Any, shell: Any) -> None:
        nonlocal delivered
        if shell.spec.name == "deliver" and record.value is not None:
            delivered += DeliveryLogged.model_validate_json(record.value).state == "delivered"
        await carry_through(event, record, shell)

    def dying(self: rows.Rows, key: str, value: bytes | None, partition: int) -> None:
        if delivered >= AFTER:
            _die()
        write(self, key, value, partition)

    _replace(stage_app, "outcome", watching)
    _replace(rows.Rows, "write", dying)


def clock_ahead() -> None:
    """The clock of this machine is an hour ahead."""
    _set_clock(timedelta(hours=1))


def clock_behind() -> None:
    """The clock of this machine is an hour behind."""
    _set_clock(timedelta(hours=-1))


def _set_clock(off: timedelta) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + off

    # The webhook's own clock stays right: receivers refuse signatures older than five minutes, which is their right.
    for module in (stage_app, courier):
        _replace(module, "datetime", Clock)


def broken_reader() -> None:
    """The stage read has a fault that one kind of article brings out."""
    step = reading.Reader.step

    def failing(self: Any, article: Any, tables: Any, arrival: Any) -> Any:
        if BROKEN_WORD in article.text:
            raise RuntimeError("the reader was broken on purpose")
        return step(self, article, tables, arrival)

    _replace(reading.Reader, "step", failing)


def dead_consumer() -> None:
    """After its first records the consumer fetches nothing more, and says nothing."""
    fetch = Consumer._getmany
    fetched = 0

    async def stuck(self: Any, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109  # Faust's signature
        nonlocal fetched
        if fetched:
            await asyncio.Event().wait()
        records = await fetch(self, active_partitions, timeout)
        fetched += any(not tp.topic.endswith("changelog") for tp in records or {})
        return records

    _replace(Consumer, "_getmany", stuck)


def lossy_consumer() -> None:
    """After its first records the consumer fetches, and what it fetched gets lost on the way to the stage."""
    fetch = Consumer._getmany
    fetched = 0

    async def losing(self: Any, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109  # Faust's signature
        nonlocal fetched
        records = await fetch(self, active_partitions, timeout)
        stream = any(not tp.topic.endswith("changelog") for tp in records or {})
        fetched += stream
        return {} if stream and fetched > 1 else records

    _replace(Consumer, "_getmany", losing)


def silent_commits() -> None:
    """Commits are said to have worked, and none reaches the broker."""

    async def pretending(self: Any, offsets: Any) -> bool:
        return True

    _replace(Consumer, "_commit", pretending)


def stuck_rebalance() -> None:
    """The recovery of the tables never ends."""

    async def never(self: Any, generation_id: int = 0) -> None:
        await asyncio.Event().wait()

    _replace(faust_recovery.SeekClearResume, "on_recovery_completed", never)


def slow_seek() -> None:
    """Between a recovery's seek and what comes after it there is time for a fetch: what else is a race, here always
    happens. It ends as soon as a record waits for its stage, since a stage is fast enough to work off all of them."""
    seek = Consumer.perform_seek

    async def slow(self: Any) -> None:
        await seek(self)
        for _ in range(round(_SEEKING / _LOOK)):
            await asyncio.sleep(_LOOK)
            if any(queue.qsize() for queue in self.app.flow_control._queues):
                return

    _replace(Consumer, "perform_seek", slow)


def slow_fetch() -> None:
    """A fetch reaches the consumer's thread late: a recovery may have ended meanwhile."""
    fetch = AIOKafkaConsumerThread._fetch_records

    async def slow(self: Any, consumer: Any, active_partitions: Any, **given: Any) -> Any:
        await asyncio.sleep(_FETCHING)
        return await fetch(self, consumer, active_partitions, **given)

    _replace(AIOKafkaConsumerThread, "_fetch_records", slow)


def without_mend_1() -> None:
    """Recovery as Faust has it: it clears the queues last."""
    _replace(MendedTables, "recovery", property(_plain_recovery))


def _plain_recovery(self: Any) -> Recovery:
    if self._recovery is None:
        self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        completed = self._recovery.on_recovery_completed

        async def telling(generation_id: int = 0) -> None:
            self.app.recovered()
            await completed(generation_id)

        self._recovery.on_recovery_completed = telling
    return self._recovery  # type: ignore[no-any-return]


def without_mend_2() -> None:
    """A fetch as Faust has it: with the live set of active partitions."""
    _replace(MendedTransport, "Consumer", Consumer)


def without_mend_3() -> None:
    """Sends and flushes as Faust has them: nobody looks at how a send ended."""

    class Blind(Producer):
        failed = None
        on_failure: Any = None

        def fail(self, error: BaseException) -> None:
            """Nobody is told."""

    _replace(MendedTransport, "Producer", Blind)


FAULTS: dict[str, Callable[[], None]] = {
    fault.__name__: fault
    for fault in (
        between_alert_and_row,
        between_rows,
        between_alert_and_commit,
        between_due_and_commit,
        between_200_and_log,
        between_log_and_row,
        clock_ahead,
        clock_behind,
        broken_reader,
        dead_consumer,
        lossy_consumer,
        silent_commits,
        stuck_rebalance,
        slow_seek,
        slow_fetch,
        without_mend_1,
        without_mend_2,
        without_mend_3,
    )
}

if __name__ == "__main__":
    fault, sys.argv[1:] = sys.argv[1], sys.argv[2:]
    for name in fault.split("+"):
        if name != "none":
            FAULTS[name]()
    main()
