"""What was sent for the last records of a block, so that a redelivered record is answered with the very same messages.

A record comes again after a crash although its writes were stored; by then newer records have moved the series, and
judging it anew would give other answers. The rows lie in the table `blocks` beside the block's own, keyed
`BLOCK#SLOT.PART`; slots are used in turn, so old rows are written over and nothing need be deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from schemas.alert import AlertRaised
from schemas.message import Message, decode, encode
from schemas.outcomes import Write
from schemas.verdict import VerdictGiven
from services.ledger.record import ROW_BYTES

SLOTS = 32
"""Records of one block that can be redelivered word for word. Faust commits every second (broker_commit_interval), and
a live block gets a few records a second: 58 articles/s at peak over all blocks."""

TABLE = "blocks"
_MODELS: dict[str, type[VerdictGiven] | type[AlertRaised]] = {"verdict": VerdictGiven, "alert": AlertRaised}


def rows(block: str, slot: int, offset: int, sent: Sequence[Message]) -> list[Write]:
    """The rows that keep `sent`. At least one, so that a slot's former rows are never taken for these."""
    parts: list[list[list[str]]] = [[]]
    size = 0
    for message in sent:
        kind = "alert" if isinstance(message, AlertRaised) else "verdict"
        body = encode(message).decode()
        quoted = len(orjson.dumps(body)) + 16
        if parts[-1] and size + quoted > ROW_BYTES - 128:
            parts.append([])
            size = 0
        parts[-1].append([kind, body])
        size += quoted
    return [
        Write(TABLE, _key(block, slot, at), orjson.dumps({"offset": offset, "parts": len(parts), "sent": part}))
        for at, part in enumerate(parts)
    ]


def sent_before(table: Mapping[str, bytes], block: str, slot: int, offset: int) -> list[Message]:
    """What was sent for the record at `offset`; empty where its slot was used again since."""
    found: list[Message] = []
    at, parts = 0, 1
    while at < parts:
        body = table.get(_key(block, slot, at))
        row = None if body is None else orjson.loads(body)
        if row is None or row["offset"] != offset:
            return []
        parts = row["parts"]
        found += [decode(_MODELS[kind], text.encode()) for kind, text in row["sent"]]
        at += 1
    return found


def _key(block: str, slot: int, part: int) -> str:
    return f"{block}#{slot}.{part}"
