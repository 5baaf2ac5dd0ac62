"""A stage alone: the platform's own decoding and checking around the pure step, tables in dicts, no broker."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.topics import TABLES
from services.platform.clients import Record
from services.platform.outcome import Plan, decide
from services.platform.rows import Rows
from services.platform.spec import load


@dataclass(slots=True)
class _Store:
    """What `Rows` needs of a Faust table to be read."""

    data: dict[bytes, bytes] = field(default_factory=dict)


class Alone:
    """One stage, by name."""

    def __init__(self, stage: str) -> None:
        self._spec = load(stage)
        self._stores = {name: _Store() for name in TABLES[stage]}
        self._rows = {name: Rows(store) for name, store in self._stores.items()}

    @property
    def rows(self) -> dict[str, dict[bytes, bytes]]:
        """By table and key."""
        return {name: store.data for name, store in self._stores.items()}

    def take(self, record: Record) -> Plan:
        """What a worker would do with it; its rows are stored."""
        plan = decide(self._spec, self._rows, record)
        for write in plan.stores:
            data = self._stores[write.table].data
            if write.value is None:
                data.pop(write.key.encode(), None)
            else:
                data[write.key.encode()] = write.value
        return plan
