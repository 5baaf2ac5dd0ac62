"""An entity's state as the table has it: its own row, and what the rows of the ring have said since (ring.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas.topics import PARTITIONS, entity_partition
from services.tally.heard import Heard, unpacked
from services.tally.ring import Ring, is_entity, number_of, numbered, ring_keys, without_number
from services.tally.rolling import Rolling

TABLE = "entities"

_BYTES_HEARD = 60
"""By which an article makes a state longer: three rows of a sample."""


class Stored:
    """A state in memory. `number`: how far the entity's own row goes; `size`: about the bytes it would have as one."""

    __slots__ = ("number", "size", "state")

    def __init__(self, state: Rolling, row: bytes | None = None, heard: int = 0) -> None:
        """`heard`: articles in the state that `row` does not have."""
        self.state = state
        self.number = number_of(row)
        self.size = len(row or b"") + _BYTES_HEARD * heard

    def enter(self, heard: Heard) -> None:
        """Enter what an article says."""
        self.state.enter(heard)
        self.size += _BYTES_HEARD

    def row(self, number: int) -> bytes:
        """The entity's own row, if the state is that of after the row `number` of the ring."""
        row = numbered(number, self.state.encode())
        self.number, self.size = number, len(row)
        return row


def read(entity: str, ring: Ring, upto: int | None = None) -> Stored | None:
    """What the ring's table has of an entity, as after row `upto` of the ring; None: nothing."""
    row = ring.table.get(entity)
    state = Rolling.decode(without_number(row)) if row is not None else None
    open_rows = [number for number in ring.open.get(entity, ()) if upto is None or number <= upto]
    for number in open_rows:
        for heard in unpacked(ring.part(number), entity):
            if state is None:
                state = Rolling.first_seen(heard)
            state.enter(heard)
    return Stored(state, row, len(open_rows)) if state is not None else None


def keys(entities: Iterable[str]) -> dict[str, int]:
    """All rows that `states` wants to have, with their partitions."""
    found = {entity: entity_partition(entity) for entity in entities}
    return found | {key: partition for partition in set(found.values()) for key in ring_keys(partition)}


def states(table: Mapping[str, bytes], wanted: Iterable[str] | None = None) -> dict[str, Rolling]:
    """The states of entities (all of the table, if not said) that a table has."""
    rings = [Ring(partition, table) for partition in range(PARTITIONS)]
    where = {entity: ring for ring in rings for entity in ring.open}
    names = dict.fromkeys((*filter(is_entity, table), *where)) if wanted is None else wanted
    found = {entity: read(entity, where.get(entity, rings[0])) for entity in names}
    return {entity: stored.state for entity, stored in found.items() if stored is not None}
