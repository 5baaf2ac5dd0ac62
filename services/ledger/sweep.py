"""What nobody speaks of any more: conflicts end by the clock, and rows go.

A sweep can send and cannot write, and a row can be written only while a record of its own partition is processed. So
the sweep says which conflicts went stale, and notes the rows; the next records of their partition write or delete them.
What is said twice is the same twice: it is worked out from the row alone (expiry.py). Notes lost with the process are
made again.

An hour sees every row once: looking at one costs 10 us and more, and a conflict of two weeks may end an hour late.

A series that told alerts leaves a row of 0.2 kB, the number of its last alert: news of it comes back under the same
fingerprint, and subscribers drop numbers they have had. So there are as many as series that ever told one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

import orjson

from schemas.claim import ClaimsMade
from schemas.message import Message
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Outcome, Rejected, Tables, Write
from schemas.parts import Parts, whole
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from services.ledger import stage
from services.ledger.rows import articles, block, held, index, outbox, redo, told
from services.ledger.rows.gathered import gather
from services.ledger.rows.record import TABLE, stated
from services.ledger.rules.thresholds import thresholds

SWEEP_EVERY = timedelta(minutes=1)
_ROUND = 60
"""Sweeps in which each row has its turn once: an hour, and no threshold is finer."""
_WRITTEN_AT_ONCE = 50
"""Noted rows written with one record: ten times what an article of five figures adds."""
_LONGEST = timedelta(hours=max(thresholds(metric.value).stale_hours for metric in Metric), days=1)
"""Age from which nothing live can rest on a row that is not a series: a day over the longest life of a statement."""
_SERIES = "ser-"
_BY_AGE = (articles.KIND, held.KIND, told.KIND)


class Keeper:
    """The stage as a worker runs it: with a sweep, and without rows of what is stale."""

    def __init__(self) -> None:
        self._noted: defaultdict[int, list[str]] = defaultdict(list)
        self._said: set[str] = set()

    def step(self, message: ClaimsMade | ArticleRevised | ReviewDecided, tables: Tables, arrival: Arrival) -> Outcome:
        """`steps`, all at once."""
        return whole(self.steps(message, tables, arrival))

    def steps(
        self, message: ClaimsMade | ArticleRevised | ReviewDecided, tables: Tables, arrival: Arrival
    ) -> Parts[Outcome]:
        """The stage's step, and the rows that were noted of this partition, a part each."""
        outcome = yield from stage.steps(message, tables, arrival)
        if isinstance(outcome, Rejected):
            return outcome
        noted = self._noted[arrival.partition]
        due, noted[:] = noted[:_WRITTEN_AT_ONCE], noted[_WRITTEN_AT_ONCE:]
        touched = {write.key for write in outcome.store}
        self._said.difference_update(touched, due)
        rows, swept = tables[TABLE], list[Write]()
        for key in due:
            yield
            found = rows_after(redo.After(rows, swept), key, arrival.at)
            if touched.isdisjoint(write.key for write in found):
                swept += found
        return replace(outcome, store=(*outcome.store, *swept))

    def sweep(self, tables: Tables, now: datetime) -> tuple[Message, ...]:
        """`sweeping`, all at once."""
        return tuple(message for message in self.sweeping(tables, now) if message is not None)

    def sweeping(self, tables: Tables, now: datetime) -> Iterator[Message | None]:
        """The conflicts that ended because a side is stale, each said once by this process; None behind each row."""
        now = now.astimezone(UTC)
        rows = tables[TABLE]
        turn = int(now.timestamp() // SWEEP_EVERY.total_seconds()) % _ROUND
        waiting = {key for keys in self._noted.values() for key in keys}
        for key in [key for key in rows if crc32(key.encode()) % _ROUND == turn]:
            yield None
            partition = _partition_if_due(rows, key, now)
            if partition is None:
                continue
            if key not in waiting:
                self._noted[partition].append(key)
            if key.startswith(_SERIES) and key not in self._said:
                self._said.add(key)
                yield from _ended(rows, key, now)


def rows_after(rows: Mapping[str, bytes], key: str, now: datetime) -> list[Write]:
    """What is written of a row, and of those linked with it, once what is stale in it by `now` is gone: nothing where
    nothing is. The row itself comes last: until it is written, all is still there to be found again."""
    if _partition_if_due(rows, key, now) is None:
        return []
    if not key.startswith(_SERIES):
        beside = [*outbox.keys(rows, key), *block.beside(rows, key)]
        return [Write(TABLE, name, None) for name in (*beside, key)]
    before = gather(rows, {key})
    live, disputes = before.live(now)
    after = before.after(live, disputes, at=now, partition=before.records[key].partition)
    records = dict(after.records)
    if not records[key].entries:
        records[key] = records[key].keeping(0).model_copy(update={"links": ()})
    order = [*(name for name in after.changed(before) if name != key), key]
    return [Write(TABLE, name, records[name].row()) for name in order]


def _partition_if_due(rows: Mapping[str, bytes], key: str, now: datetime) -> int | None:
    """The partition of a row in which something is stale by `now`, None of any other. Reads the JSON only: checking
    100,000 rows against their models would take minutes."""
    body = rows.get(key)
    if body is None or "#" in key:  # rows beside a block go with it, that of redo.py stays
        return None
    if key.startswith(index.KIND):
        partition, last = index.head(body)
        return partition if last < now.date() else None
    row = orjson.loads(body.partition(b"\n")[0])  # of a block its first line
    if key.startswith(_SERIES) and row["entries"]:
        due = any(_moment(entry["arrived"]) + _stale(entry) <= now for entry in row["entries"])
    else:
        due = _moment(row.get("updated") or row["raised"]) + _LONGEST <= now
        # The number of its last alert stays.
        due = due and not (key.startswith(_SERIES) and not row["disputes"] and not row["links"])
    partition = int(key.rpartition("@")[2]) if key.startswith(_BY_AGE) else int(row.get("partition", -1))
    return partition if due and partition >= 0 else None


def _ended(rows: Mapping[str, bytes], key: str, now: datetime) -> list[Message]:
    """The series whose conflicts end by `now` because of a row; with their last statements, which nothing newer
    replaces."""
    before = gather(rows, {key})
    _, after = before.live(now)
    known = {dispute.id: dispute for dispute in before.disputes}
    moved = [dispute for dispute in after if known[dispute.id] is not dispute]
    beside = {entry.claim.id: entry.claim for entry in before.entries}
    found: list[Message] = []
    for name in sorted({dispute.series for dispute in moved}):
        updated = max(dispute.updated for dispute in moved if dispute.series == name)
        disputes = tuple(dispute for dispute in after if dispute.series == name)
        record = before.records[name].model_copy(update={"disputes": disputes, "updated": updated})
        found += [stated(record, beside)] if record.entries else []
    return found


def _stale(entry: dict[str, object]) -> timedelta:
    claim = entry["claim"]
    assert isinstance(claim, dict)  # noqa: S101  # record.py's own JSON
    return timedelta(hours=thresholds(claim["metric"]).stale_hours)


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))
