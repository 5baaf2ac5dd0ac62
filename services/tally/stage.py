"""tally: EntitiesMentioned -> EntityTallied, rolling counts per entity over 1 h, 24 h and 7 d of arrival.

A state holds sets of things by name (sample.py), and an article is a row of a ring (ring.py), so a redelivered record,
an upstream repeat at a later offset and a replay of the whole topic all count once, and send the same messages with the
same ids again: `as_of` is the entity's latest arrival. A redelivered record that is not the entity's last sends the
state as it stands: on a compacted topic that is what the lost message would have been replaced by.

Counts are exact up to 600 articles of an entity in 14 days, and 550 origins, 200 publishers and 300 times of figures
in 7, and estimates beyond (sample.py and figures.py say how good).

Tables go out with the sweep, every 5 seconds (COUNTERCLAIM_TALLY_PERIOD): a name that stands everywhere is
sent once in that time, not once an article.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from schemas.entity import EntitiesMentioned
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Processed, Tables, Write
from schemas.topics import PARTITIONS, entity_partition
from services.tally.falls import FORGOTTEN, SWEEP_PERIOD, Falls
from services.tally.heard import Heard, entities, heard, packed
from services.tally.ring import FOLD_AFTER, SLOTS, Ring, is_entity
from services.tally.rolling import Rolling
from services.tally.stored import TABLE, Stored, read

KEPT_DECODED = 16_000_000
"""Bytes of rows kept decoded, those used last: ten times that in memory, 160 MB at most. The 5,500 names of 20,000
articles have 15 MB. After 8,000 articles 2 names in 100 are decoded anew, 0.3 ms each; with 4 MB of rows, 12."""

_DELETED_AT_ONCE = 100
"""Forgotten rows deleted with one record: more than an article brings new, so a quiet weekend is caught up with."""


class Tally:
    """The stage as a worker runs it: with a sweep, and without rows that nothing counts in any more.

    A sweep cannot write, and a row can be deleted only while a record of its own partition is processed. So the sweep
    notes which rows are forgotten and `step` deletes them. Notes lost with the process are made again by the next
    sweep. An entity that comes back after that is first seen again.
    """

    def __init__(self, *, at_once: bool = False, slots: int = SLOTS, fold_after: int = FOLD_AFTER) -> None:
        """`at_once`: tables are sent with the record that changed them, not with the next sweep. Others: ring.py."""
        self._at_once = at_once
        self._slots = slots
        self._fold_after = fold_after
        self._rings: dict[int, Ring] = {}
        self._decoded: OrderedDict[str, Stored] = OrderedDict()
        self._bytes_decoded = 0
        self._falls = Falls(self._found)
        self._forgotten: defaultdict[int, list[str]] = defaultdict(list)
        self._unsent: set[str] = set()
        self._looked: datetime | None = None

    def step(self, message: EntitiesMentioned, tables: Tables, arrival: Arrival) -> Outcome:
        """Enter an article's entities, note their tables for the next sweep, delete forgotten rows of the partition."""
        ring = self._ring(message.partition, tables[TABLE])
        store = self._folded(ring, ring.newest - self._fold_after)  # none, if nothing was lost with a killed process
        for part, said in packed(heard(message), arrival.offset):
            if part not in ring:
                store += self._folded(ring, ring.newest + 1 - self._fold_after)
                store.append(Write(TABLE, *ring.put(part)))
                for one in said:
                    self._enter(one, ring)
        emit: list[Message] = []
        for found in message.entities:
            if self._at_once:
                state = self._state(found.entity)
                emit.append(state.tallied(state.last))
            else:
                self._unsent.add(found.entity)
        return Processed(emit=tuple(emit), store=(*store, *self._deleted(ring, message, arrival.at)))

    def _enter(self, one: Heard, ring: Ring) -> None:
        entity = self._take(one.entity, ring) or Stored(Rolling.first_seen(one))
        if entity.number < ring.newest:
            entity.enter(one)
            ring.heard(one.entity)
        self._keep(entity)

    def _folded(self, ring: Ring, upto: int) -> list[Write]:
        """The own rows of the entities that the ring names up to row `upto`, where these do not have that yet."""
        writes: list[Write] = []
        while ring.folded < upto:
            ring.folded += 1
            goes_to = ring.folded + self._fold_after - 1
            for name in entities(ring.part(ring.folded)):
                numbers = ring.open.get(name)
                if numbers is None or numbers[0] > ring.folded:
                    continue
                # What a killed process should have written did not have what came after.
                in_time = goes_to == ring.newest
                entity = self._take(name, ring) if in_time else read(name, ring, goes_to)
                if entity is not None:
                    writes.append(Write(TABLE, name, entity.row(goes_to)))
                    ring.written(name, goes_to)
                    if in_time:
                        self._keep(entity)
        return writes

    def _deleted(self, ring: Ring, message: EntitiesMentioned, now: datetime) -> list[Write]:
        noted = self._forgotten[message.partition]
        gone, noted[:] = noted[:_DELETED_AT_ONCE], noted[_DELETED_AT_ONCE:]
        writes: list[Write] = []
        for name in gone:
            entity = self._take(name, ring) if name in ring.table and name not in ring.open else None
            if entity is not None and now - entity.state.last > FORGOTTEN:
                writes.append(Write(TABLE, name, None))
        return writes

    def _ring(self, partition: int, table: Mapping[str, bytes]) -> Ring:
        """The ring of a partition as the table has it now."""
        ring = self._rings.get(partition)
        if ring is None or ring.table is not table or not ring.stands:
            if ring is not None:
                self._drop_decoded()
            ring = self._rings[partition] = Ring(partition, table, self._slots)
        return ring

    def _take(self, name: str, ring: Ring) -> Stored | None:
        """The entity's state out of what is kept decoded, else out of the table."""
        known = self._decoded.pop(name, None)
        if known is None:
            return read(name, ring)
        self._bytes_decoded -= known.size
        return known

    def _keep(self, entity: Stored) -> None:
        self._decoded[entity.state.entity] = entity
        self._bytes_decoded += entity.size
        while self._bytes_decoded > KEPT_DECODED:
            _, oldest = self._decoded.popitem(last=False)
            self._bytes_decoded -= oldest.size

    def _drop_decoded(self) -> None:
        self._decoded.clear()
        self._bytes_decoded = 0

    def restore(self, tables: Tables) -> None:
        """Begin anew after a recovery: a worker that gave up a partition may have left words of it unsent, so the next
        sweep looks back as the first one does."""
        self._rings.clear()
        self._drop_decoded()
        self._falls = Falls(self._found)
        self._looked = None

    def sweep(self, tables: Tables, now: datetime) -> list[Message]:
        """`sweeping`, all at once."""
        return [message for message in self.sweeping(tables, now) if message is not None]

    def sweeping(self, tables: Tables, now: datetime) -> Iterator[Message | None]:
        """What was left unsent; and once a minute the tables whose counts fell. None behind each entity looked at.

        After a start or a rebalance nobody knows what the process before left unsent: the first sweep sends whatever
        moved lately. Each table is made when it is taken: a thousand at once made the collector of garbage walk through
        all of the process, which cost as much as the tables.
        """
        now = now.astimezone(UTC)
        table = tables[TABLE]
        rings = [self._ring(partition, table) for partition in range(PARTITIONS)]
        due = {name for name in self._unsent if name in table or any(name in ring.open for ring in rings)}
        self._unsent.clear()
        if self._looked is None or not timedelta() <= now - self._looked < SWEEP_PERIOD:
            self._looked = now
            # By what an entity has been heard last.
            swept: dict[str, Hashable] = {}
            for name in list(filter(is_entity, table)):
                yield None
                if (row := table.get(name)) is not None:
                    swept[name] = (row, 0)
            swept |= {name: (table.get(name), numbers[-1]) for ring in rings for name, numbers in ring.open.items()}
            fallen, forgotten = yield from self._falls.sweep(swept, now)
            due.update(fallen)
            self._forgotten.clear()
            for entity in forgotten:
                self._forgotten[entity_partition(entity)].append(entity)
        for name in sorted(due):
            state = self._found(name)  # its partition may go while they are sent
            if state is not None:
                yield state.tallied(max(state.last, now))

    def _state(self, name: str) -> Rolling:
        """The state of an entity that the table has."""
        state = self._found(name)
        if state is None:
            raise KeyError(name)
        return state

    def _found(self, name: str) -> Rolling | None:
        known, rings = self._decoded.get(name), list(self._rings.values())
        if known is None and rings:
            known = read(name, next((ring for ring in rings if name in ring.open), rings[0]))
        return known.state if known is not None else None
