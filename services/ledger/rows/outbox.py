"""The alerts sent for the last records of a block, so that a redelivered record is answered with the very same ones.

A record comes again after a crash although its writes were stored; by then its claims are in the series, and judging
them anew would find nothing to tell. Only alerts are kept, and only records that sent one take a slot: a verdict in the
log is nothing a subscriber waits for.

Why all rows of the ledger lie in one table, and in this order: "send, then store" says nothing of what is durable after
a crash, because alerts, and each table's changelog, are topics of their own, flushed apart. Within one partition of one
changelog order holds: what survives is the beginning of what was written. So a record writes

1. these rows: the alerts sent for it,
2. if it changes several rows together, all the rows that follow (redo.py), to be deleted at the very end,
3. what is known of its articles (articles.py), and what is held of it (held.py),
4. the series its claims went into, and the index of these (index.py),
5. the alert told last of each dispute (told.py): of those in 1, so it can be written again,
6. the block's rows (block.py), the last of them its own, by which the record counts as applied. A revision has the
   row of the old text in its place, a decision that of the held verdict.

Wherever the cut falls: no series knows a claim whose alert is not in 1 or that 3 would not find, and no block counts a
record whose series are not in 4. What is missing of the rest is in 2, or is judged anew from the same state, under the
same ids.

Rows are keyed `BLOCK#SLOT.PART`; slots are used in turn, so old rows are written over. They are deleted with their
block (sweep.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from schemas.alert import AlertRaised
from schemas.message import decode, encode
from schemas.outcomes import Write
from services.ledger.rows.record import ROW_BYTES, TABLE

SLOTS = 32
"""Records with alerts that a block can answer word for word. Faust commits every second (broker_commit_interval), and
at peak 58 articles/s come in over all blocks; few of them tell an alert."""

_FRAME = 512
"""Bytes of a row besides the alerts: the record's name and the counts."""


def rows(block: str, slot: int, record: str, alerts: Sequence[AlertRaised]) -> list[Write]:
    """The rows that keep `alerts`, none for none. `record` names the record by its offset and its content."""
    parts: list[list[str]] = []
    size = ROW_BYTES
    for alert in alerts:
        body = encode(alert).decode()
        quoted = len(orjson.dumps(body)) + 1
        if size + quoted > ROW_BYTES - _FRAME:
            parts.append([])
            size = 0
        parts[-1].append(body)
        size += quoted
    return [
        Write(TABLE, _key(block, slot, at), orjson.dumps({"record": record, "parts": len(parts), "alerts": part}))
        for at, part in enumerate(parts)
    ]


def sent_before(table: Mapping[str, bytes], block: str, slot: int, record: str) -> list[AlertRaised]:
    """The alerts sent for `record`; empty where the slot holds another's, or not all of it was stored."""
    found: list[AlertRaised] = []
    at, parts = 0, 1
    while at < parts:
        body = table.get(_key(block, slot, at))
        row = None if body is None else orjson.loads(body)
        if row is None or row["record"] != record:
            return []
        parts = row["parts"]
        found += [decode(AlertRaised, text.encode()) for text in row["alerts"]]
        at += 1
    return found


def keys(table: Mapping[str, bytes], block: str) -> list[str]:
    """The keys of all rows of a block that there are."""
    found: list[str] = []
    for slot in range(SLOTS):
        part = 0
        while _key(block, slot, part) in table:
            found.append(_key(block, slot, part))
            part += 1
    return found


def _key(block: str, slot: int, part: int) -> str:
    return f"{block}#{slot}.{part}"
