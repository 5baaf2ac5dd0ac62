"""tally: EntitiesMentioned -> EntityTallied, rolling counts per entity over 1 h, 24 h and 7 d of arrival.

Rows are sets of things by name (sample.py), so a redelivered record, an upstream repeat at a later offset and a replay
of the whole topic all end in the same row, and send the same messages with the same ids again: `as_of` is the entity's
latest arrival. A redelivered record that is not the entity's last sends the row as it stands: on a compacted topic that
is what the lost message would have been replaced by.

Counts are exact up to 600 articles of an entity in 14 days, and 550 origins, 200 publishers and 300 figure rows in 7,
and estimates beyond (sample.py says how good).

A busy entity's table is sent at most once a second: what a record leaves unsent goes out with the next sweep.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from datetime import UTC, datetime, timedelta
from zlib import crc32

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Processed, Tables, Write
from schemas.topics import entity_partition
from services.tally.rolling import Rolling

TABLE = "entities"

SEND_PERIOD = timedelta(seconds=1)
"""How often the platform calls `sweep`, and the least time between two tables of one entity."""

KEPT_DECODED = 200
KEPT_DECODED_FROM = 4_000
"""Rows of so many bytes are kept decoded: a country in every third article has 40 kB, decoded anew each time 0.6 ms.
200 of them take 50 MB at most."""

SWEEP_PERIOD = timedelta(minutes=1)
"""How often a sweep looks at every row: the 1 h window is then at most 2 % of its length behind."""

_LOOK_BACK = 2
"""Periods a sweep looks back, so that one that comes late misses nothing; what fell may be sent twice."""

_REFRESH = 60
"""Sweeps in which every entity is sent once, whatever fell: what was missed while no worker ran is mended by them."""

_LATELY = timedelta(minutes=10)
"""How far back the first sweep looks for what a killed process had not sent: longer than any restart takes."""

_FORGOTTEN = timedelta(days=14, hours=2)
"""Age from which an entity is all zeros and has been refreshed as such: its row then only takes room, up to 52 kB."""

_DELETED_AT_ONCE = 100
"""Forgotten rows deleted with one record: more than an article brings new, so a quiet weekend is caught up with."""


def step(message: EntitiesMentioned, tables: Tables, arrival: Arrival) -> Outcome:
    """Enter an article's entities and send each one's new table at once."""
    return Tally(send_period=timedelta()).step(message, tables, arrival)


class Tally:
    """The stage as a worker runs it: with a sweep, and without rows that nothing counts in any more.

    A sweep cannot write, and a row can be deleted only while a record of its own partition is processed. So the sweep
    notes which rows are forgotten and `step` deletes them. Notes lost with the process are made again by the next
    sweep. An entity that comes back after that is first seen again.
    """

    def __init__(self, send_period: timedelta = SEND_PERIOD) -> None:
        self._send_period = send_period
        self._decoded: OrderedDict[str, tuple[bytes, Rolling]] = OrderedDict()
        self._forgotten: defaultdict[int, list[str]] = defaultdict(list)
        self._sent: dict[str, datetime] = {}
        self._unsent: set[str] = set()
        self._looked: datetime | None = None

    def step(self, message: EntitiesMentioned, tables: Tables, arrival: Arrival) -> Outcome:
        """Enter an article's entities; send the tables that are due, and delete forgotten rows of the partition."""
        emit: list[Message] = []
        store: list[Write] = []
        for found in message.entities:
            state = self._state(found, message, tables)
            state.add(found, message)
            if self._is_due(found.entity, arrival.at):
                emit.append(state.tallied(state.last))
            row = state.encode()
            store.append(Write(TABLE, found.entity, row))
            if len(row) > KEPT_DECODED_FROM:
                self._decoded[found.entity] = row, state
                self._decoded.move_to_end(found.entity)
                if len(self._decoded) > KEPT_DECODED:
                    self._decoded.popitem(last=False)
        noted = self._forgotten[message.partition]
        gone, noted[:] = noted[:_DELETED_AT_ONCE], noted[_DELETED_AT_ONCE:]
        present = {found.entity for found in message.entities}
        deleted = [
            Write(TABLE, entity, None)
            for entity in gone
            if entity not in present and _is_forgotten(tables[TABLE].get(entity), arrival.at)
        ]
        return Processed(emit=tuple(emit), store=(*store, *deleted))

    def _state(self, found: EntityInArticle, message: EntitiesMentioned, tables: Tables) -> Rolling:
        """The entity's row; decoded before, if it is still the row that was written then."""
        row = tables[TABLE].get(found.entity)
        if row is None:
            return Rolling(found.entity, found.name, found.type, message.arrived.astimezone(UTC))
        known = self._decoded.get(found.entity)
        return known[1] if known is not None and known[0] == row else Rolling.decode(row)

    def _is_due(self, entity: str, at: datetime) -> bool:
        """Whether an entity's table may go out now; noted for the next sweep where it may not."""
        last = self._sent.get(entity)
        if last is not None and timedelta() <= at - last < self._send_period:
            self._unsent.add(entity)
            return False
        self._sent[entity] = at
        self._unsent.discard(entity)
        return True

    def sweep(self, tables: Tables, now: datetime) -> tuple[Message, ...]:
        """What was left unsent; and once a minute the tables whose counts fell.

        After a start nobody knows what the process before left unsent: the first sweep sends whatever moved lately.
        """
        now = now.astimezone(UTC)
        states = (Rolling.decode(value) for entity in self._unsent if (value := tables[TABLE].get(entity)))
        unsent = [state.tallied(max(state.last, now)) for state in states]
        self._unsent.clear()
        self._sent = {entity: at for entity, at in self._sent.items() if now - at < SEND_PERIOD}
        if self._looked is not None and timedelta() <= now - self._looked < SWEEP_PERIOD:
            return tuple(unsent)
        first, self._looked = self._looked is None, now
        known = {table.entity for table in unsent}
        fallen = self._fallen(tables, now, since_start=first)
        return (*unsent, *(table for table in fallen if table.entity not in known))

    def _fallen(self, tables: Tables, now: datetime, *, since_start: bool) -> list[EntityTallied]:
        """The tables of entities whose counts fell in the last two periods because something left a window.

        What was sent last is not known, so it is derived: the counts as they stood two periods ago. One entity in 60
        is sent besides, another sixtieth each minute.
        """
        turn = int(now.timestamp() // SWEEP_PERIOD.total_seconds()) % _REFRESH
        self._forgotten.clear()
        emit: list[EntityTallied] = []
        for entity, value in tables[TABLE].items():
            state = Rolling.decode(value)
            if now - state.last > _FORGOTTEN:
                self._forgotten[entity_partition(entity)].append(entity)
                continue
            if now <= state.last:
                continue
            since = max(state.last, now - SWEEP_PERIOD * _LOOK_BACK)
            recent = since_start and now - state.last < _LATELY
            if recent or crc32(entity.encode()) % _REFRESH == turn or state.fell(since, now):
                emit.append(state.tallied(now))
        return emit


def _is_forgotten(row: bytes | None, now: datetime) -> bool:
    return row is not None and now - Rolling.decode(row).last > _FORGOTTEN
