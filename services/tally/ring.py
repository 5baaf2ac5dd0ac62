"""What the last articles said of the entities of one partition: a row for each article, in a ring of rows.

An article names 23 entities, 6 on each partition. With a row for each of them it took 23 records and 47 kB of
changelog, and a record costs a worker half a millisecond. One row says what an article says of all six. An entity's own
row (stored.py) is written only when what was heard of it FOLD_AFTER articles ago is not in it yet: then it is written
whole, with all that was heard up to then. So a name that stands everywhere is written once in FOLD_AFTER articles.

Rows are numbered from 1, in the order of the records. An entity's row says up to which number it goes, and what it is
together with the later rows of the ring that name it is the entity's state. Why that is exact, whatever dies when:

- An article is counted by one record, its row in the ring: all of it or nothing. Writing an entity's row before that
  changes the form of a state, never the state.
- A record that comes again finds its very bytes, offset included, in the ring and changes nothing. A ring holds SLOTS
  articles, and what comes again after a kill is of the last second. What is older, or was sent twice, has a row more
  and counts once all the same (sample.py).
- Number and time of each row follow from the records alone, so the process that goes on writes the same bytes.
- A process whose send failed ends, but a later batch of rows may have got through. So the ring ends before the first
  number that is missing: what was after it was not committed, comes again, and gets the same numbers. A row of an
  entity that goes beyond takes those articles as counted.
- Slots are used again SLOTS - FOLD_AFTER articles after their entities were written: of a partition at most one batch
  (COUNTERCLAIM_BATCH_BYTES, 128 kB: some 130 articles, 800 of the shortest) gets through after one that failed, so no
  article is in neither row.
"""

from __future__ import annotations

from collections.abc import Mapping

import xxhash

from services.tally.heard import entities

SLOTS = 2_048
"""Rows in the ring of a partition: 1 kB each, and 28 us to recover. Another number cannot read the rows of this one."""

FOLD_AFTER = 1_024
"""Articles after which an entity's own row has what was heard. Of 23 entities in an article some 5.5 are written then;
with 512 it were 6.4, with 2,048 4.0."""

_MARK = "\x1f"
"""Begins the key of a row that is no entity's; no id has a control character."""


def is_entity(key: str) -> bool:
    """Whether the key of a row is an entity's id."""
    return not key.startswith(_MARK)


def ring_keys(partition: int, slots: int = SLOTS) -> list[str]:
    """The keys of all rows of a ring."""
    return [_key(partition, slot) for slot in range(slots)]


def numbered(number: int, value: bytes) -> bytes:
    """A row with its number before it."""
    return b"%d %b" % (number, value)


def number_of(row: bytes | None) -> int:
    """The number before a row; 0: no row."""
    return int(row[: row.index(b" ")]) if row is not None else 0


def without_number(row: bytes) -> bytes:
    """What `numbered` was given."""
    return row[row.index(b" ") + 1 :]


class Ring:
    """The ring of one partition as a table has it.

    newest: the number of its last row; 0: none.
    folded: up to this number the entities' own rows have all that was heard, so that a slot may be used again.
    """

    def __init__(self, partition: int, table: Mapping[str, bytes], slots: int = SLOTS) -> None:
        self.table = table
        self._partition = partition
        self._slots = slots
        self._digests: dict[int, int] = {}
        self._open: dict[str, list[int]] = {}
        found = {number_of(row): row for key in ring_keys(partition, slots) if (row := table.get(key)) is not None}
        last = max(found, default=0)
        self.newest = self.folded = max(0, last - slots)
        self._last = table.get(self._slot(self.newest))
        while (row := found.get(self.newest + 1)) is not None:
            self._add(row)
            for entity in entities(without_number(row)):
                if number_of(table.get(entity)) < self.newest:
                    self.heard(entity)

    @property
    def stands(self) -> bool:
        """Whether the table has this ring: not if its last row could not be stored, or if another process went on."""
        last, after = self.table.get(self._slot(self.newest)), self.table.get(self._slot(self.newest + 1))
        return last == self._last and number_of(after) != self.newest + 1

    @property
    def open(self) -> Mapping[str, list[int]]:
        """The rows that an entity's own row does not have yet, in order, by entity."""
        return self._open

    def __contains__(self, part: bytes) -> bool:
        return xxhash.xxh3_64_intdigest(part) in self._digests

    def put(self, part: bytes) -> tuple[str, bytes]:
        """Key and value of the next row, which is `newest` then."""
        replaced = self.newest + 1 - self._slots
        before = self._row(replaced)
        if before is not None:
            digest = xxhash.xxh3_64_intdigest(without_number(before))
            if self._digests.get(digest) == replaced:
                del self._digests[digest]
        row = numbered(self.newest + 1, part)
        self._add(row)
        return self._slot(self.newest), row

    def heard(self, entity: str) -> None:
        """The newest row names an entity, and its own row does not have that."""
        self._open.setdefault(entity, []).append(self.newest)

    def written(self, entity: str, number: int) -> None:
        """The entity's own row has all up to `number`."""
        left = [later for later in self._open.pop(entity, ()) if later > number]
        if left:
            self._open[entity] = left

    def part(self, number: int) -> bytes:
        """What `put` was given for a row; no entities where the ring has no such row."""
        row = self._row(number)
        return without_number(row) if row is not None else b"[[]]"

    def _row(self, number: int) -> bytes | None:
        row = self.table.get(self._slot(number))
        return row if number_of(row) == number else None

    def _slot(self, number: int) -> str:
        return _key(self._partition, number % self._slots)

    def _add(self, row: bytes) -> None:
        self.newest, self._last = self.newest + 1, row
        self._digests[xxhash.xxh3_64_intdigest(without_number(row))] = self.newest


def _key(partition: int, slot: int) -> str:
    return f"{_MARK}heard:{partition}:{slot}"
