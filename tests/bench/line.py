"""Every stage in one process without Faust and without a broker: what a worker does to a record, and the clock on it.

Each record is decoded, put to its stage, and what comes out is checked and encoded by the very function a worker uses
(`services.platform.outcome.decide`); what Faust and Kafka add is left out. Rows go to plain dicts.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Tables, Write
from schemas.parts import whole
from schemas.topics import ROUTES, TABLES
from services.platform.clients import Record
from services.platform.envelope import Outgoing, outgoing
from services.platform.outcome import decide
from services.platform.rows import Rows
from services.platform.spec import StageSpec, load

STAGES = tuple(stage for stage in ROUTES if stage != "deliver")
"""Deliver waits for others, which is no work of ours."""


class PlainRows(dict[str, bytes]):
    """A table without Faust."""

    def apply(self, write: Write) -> None:
        write.into(self)


class Line:
    """The stages, one after the other.

    spent: CPU seconds by stage, JSON and envelopes (what `decide` does beside the stage) under "json".
    sent, sent_bytes: records by topic, and the JSON of them; rows and their bytes by the name of the table.
    """

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.sent: Counter[str] = Counter()
        self.sent_bytes: Counter[str] = Counter()
        self.tables = {stage: {name: PlainRows() for name in TABLES[stage]} for stage in STAGES}
        self._specs = {stage: self._clocked(load(stage)) for stage in STAGES}
        self._offsets: Counter[tuple[str, int]] = Counter()
        self._swept: dict[str, datetime] = {}

    def feed(self, message: Message, at: datetime) -> list[Message]:
        """One message through all stages, with the sweeps that are due by `at`. Gives all that was sent for it."""
        waiting = deque([outgoing(message, sender="intake", at=at)])
        found: list[Message] = []
        while waiting:
            record = self._record(waiting.popleft(), at)
            for stage, spec in self._specs.items():
                if record.arrival.topic in spec.sources:
                    found += self._take(stage, spec, record, waiting)
        self._sweep(at)
        return found

    def forget(self) -> None:
        """Counts from here: what was spent and sent so far was to warm up."""
        for counted in (self.spent, self.sent, self.sent_bytes):
            counted.clear()

    def _take(self, stage: str, spec: StageSpec[Any], record: Record, waiting: deque[Outgoing]) -> list[Message]:
        inside, began = self.spent[stage], time.thread_time()
        tables = self.tables[stage]
        plan = decide(spec, cast(dict[str, Rows], tables), record)
        for write in plan.stores:
            tables[write.table].apply(write)
        self.spent["json"] += time.thread_time() - began - (self.spent[stage] - inside)
        for _, out in plan.sends:
            self._count(out)
            waiting.append(out)
        for write in plan.stores:
            name = f"table {stage} {write.table}"
            self.sent[name] += 1
            self.sent_bytes[name] += len(write.value or b"")
        return [message for message, _ in plan.sends]

    def _record(self, out: Outgoing, at: datetime) -> Record:
        partition = out.partition or 0
        offset = self._offsets[out.topic, partition]
        self._offsets[out.topic, partition] += 1
        return Record(Arrival(out.topic, partition, offset, at), out.key, out.value, out.headers)

    def _count(self, out: Outgoing) -> None:
        self.sent[out.topic] += 1
        self.sent_bytes[out.topic] += len(out.value)

    def _sweep(self, at: datetime) -> None:
        for stage, spec in self._specs.items():
            due = (
                spec.sweep is not None and (at - self._swept.setdefault(stage, at)).total_seconds() >= spec.sweep_every
            )
            if due and spec.sweep is not None:
                self._swept[stage] = at
                began = time.thread_time()
                for message in spec.sweep(self.tables[stage], at):
                    self.spent[stage] += time.thread_time() - began
                    if message is not None:
                        self._send(stage, message, at)
                    began = time.thread_time()
                self.spent[stage] += time.thread_time() - began

    def _send(self, stage: str, message: Message, at: datetime) -> None:
        began = time.thread_time()
        self._count(outgoing(message, sender=stage, at=at))
        self.spent["json"] += time.thread_time() - began

    def _clocked(self, spec: StageSpec[Any]) -> StageSpec[Any]:
        def step(message: Any, tables: Tables, arrival: Arrival) -> Outcome:
            began = time.thread_time()
            answer = spec.step(message, tables, arrival)
            answer = whole(answer) if isinstance(answer, Generator) else answer
            self.spent[spec.name] += time.thread_time() - began
            return answer

        return replace(spec, step=step)
