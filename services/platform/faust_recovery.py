"""Faust's recovery of tables, mended (1 in `faust_mends`), and its rows taken in batches.

20,000 rows of 600 bytes on the embedded broker, start included: 149 us of CPU a row by Faust, most of it for tasks and
timers; so and with `SnapshotConsumer._hand_over` 41.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from mode import Service

ROWS_AT_ONCE = 500
"""Rows of a table that recovery takes before others have a turn: 2 ms of work, as a slice of a stage's."""

_LOOK_AGAIN = 5.0
"""Seconds without a row after which recovery looks whether it is done; Faust's."""


class SeekClearResume(Recovery):
    """Mend 1. Also calls `app.recovered()` when all rows are there and before any record is processed."""

    app: Any
    """`MendedApp`; `faust_mends` imports this file, and Faust has no types to lose."""

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

    def _set_recovery_started(self) -> None:
        """As Faust's, which forgets the last end before each row: one that came before anybody waited was lost."""
        super()._set_recovery_started()
        self.signal_recovery_end.clear()

    @Service.task
    async def _slurp_changelogs(self) -> None:
        """As Faust's, by batches; without standbys and transactions, which we have not."""
        queue = self.tables.changelog_queue
        while not self.should_stop:
            try:
                with suppress(TimeoutError):
                    self._take_row(await asyncio.wait_for(queue.get(), _LOOK_AGAIN))
                    for _ in range(min(queue.qsize(), ROWS_AT_ONCE)):
                        self._take_row(queue.get_nowait())
                if self.in_recovery and not self.need_recovery():
                    self.flush_buffers()
                    self._set_recovery_ended()
                    self.signal_recovery_end.set()
            except Exception as error:
                self.log.warning("a row could not be recovered: %r", error)

    def _take_row(self, event: Any) -> None:
        tp, offset = event.message.tp, event.message.offset
        seen = self.active_offsets.get(tp)
        if tp not in self.active_tps or (seen is not None and offset <= seen):
            return
        self.active_offsets[tp] = offset
        table = self.tp_to_table[tp]
        rows = self.buffers[table]
        rows.append(event)
        if len(rows) >= table.recovery_buffer_size:
            table.apply_changelog_batch(rows)
            rows.clear()


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
