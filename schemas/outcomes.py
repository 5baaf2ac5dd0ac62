"""What a stage may answer.

A stage is pure: it says what to send and what to store, and the platform does both, in that order (design decision 11).
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime

from schemas.message import Message

Tables = Mapping[str, Mapping[str, bytes]]
"""A stage's tables as it may read them: table name, key, value. Values are the stage's own bytes, below 64 kB."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where and when a record came in. `at` is the broker's timestamp, not the clock: a replay sees the same times.
    `size`: bytes of its value, 0 where it is no record of a broker."""

    topic: str
    partition: int
    offset: int
    at: datetime
    size: int = 0


@dataclass(frozen=True, slots=True)
class Write:
    """One row to store after everything was sent; `value` None deletes it."""

    table: str
    key: str
    value: bytes | None

    def into(self, rows: MutableMapping[str, bytes]) -> None:
        """Carry it out on rows in memory, as a table does; a row that is gone already may be deleted again."""
        if self.value is None:
            rows.pop(self.key, None)
        else:
            rows[self.key] = self.value


@dataclass(frozen=True, slots=True)
class Processed:
    """The normal end. `emit` is sent in order, then `store` is written in order."""

    emit: tuple[Message, ...] = ()
    store: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The very same thing was processed before (`of` names it); nothing is sent again."""

    of: str
    store: tuple[Write, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rejected:
    """The input cannot be used. Goes to the dead letter with its original bytes. Fields as in `errors.BadMessage`."""

    reason: str
    problem: str
    fix: str
    field: str | None = None


Outcome = Processed | Duplicate | Rejected
