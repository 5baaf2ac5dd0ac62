"""Which articles admit may forget: those of which nothing was heard for two weeks.

The time is a record's arrival, never the clock, so a replay forgets the same. What a record is answered never depends
on whether its row was already deleted: a row that is too old for the record counts as none (`too_old`).
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from schemas.outcomes import Tables, Write
from services.admit.record import Known

IDENTITIES = "identities"

KEPT = timedelta(days=14)
"""So long a story stays in the news (the ledger's `stale_hours: 336`); a later text is an article of its own, and what
it says is compared with what stands, as everybody's is. 45 days, as long as tolls live, were 45 million rows of
700 bytes at a million articles a day, 32 GB of memory over all workers (docs/scale.md).
Never below the 7 days in which Kafka may hand a record out again (PUBLISHED's retention): its row makes the answer the
same."""

HEARD_AGAIN = timedelta(days=1)
"""A repeat is noted only if the row is older, or a feed that is sent each minute would write a row each time. Without
the note an article that stands in a feed for months would be news again every two weeks."""

SWEPT_AT_ONCE = 10
"""Expired rows deleted per record: one would keep up, ten catch up after a quiet weekend; each is read and decoded."""


def too_old(known: Known, at: datetime) -> bool:
    """Whether a record that arrives at `at` finds nothing of that article any more."""
    return known.heard < at - KEPT


class Memory:
    """When which article was heard of, by partition: a record may only delete rows of its own (the changelog's)."""

    def __init__(self) -> None:
        self._heard: dict[int, deque[tuple[datetime, str]]] = {}
        self._latest: dict[int, datetime] = {}

    def restore(self, tables: Tables) -> None:
        """From nothing, after the tables were recovered or partitions moved."""
        self._heard, self._latest = {}, {}
        rows = [(Known.from_bytes(value), name) for name, value in tables[IDENTITIES].items()]
        for known, name in sorted(rows, key=lambda row: (row[0].heard, row[1])):
            self.note(name, known.latest.partition, known.heard)

    def note(self, name: str, partition: int, at: datetime) -> None:
        """The article `name` was heard of at `at`."""
        self._heard.setdefault(partition, deque()).append((at, name))

    def sweep(self, tables: Tables, partition: int, at: datetime) -> tuple[Write, ...]:
        """Removal of the oldest rows of a partition that are too old at `at`, a bounded number of them."""
        latest = self._latest[partition] = max(at, self._latest.get(partition, at))
        heard = self._heard.get(partition, deque())
        gone: dict[str, Write] = {}
        for _ in range(SWEPT_AT_ONCE):
            if not heard or heard[0][0] >= latest - KEPT:
                break
            _, name = heard.popleft()
            row = tables[IDENTITIES].get(name)
            if row is not None and too_old(Known.from_bytes(row), latest):
                gone[name] = Write(IDENTITIES, name, None)
        return tuple(gone.values())
