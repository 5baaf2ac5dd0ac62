"""What went wrong, and what people did about it and about anything else."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.dead_letter import ArticleRejected
from schemas.desk_act import DeskActed
from schemas.ids import digest
from schemas.message import encode
from schemas.outcomes import Arrival
from services.desk.store.columns import INDEXED, micros
from services.desk.store.rows import add, newest, put
from services.desk.store.tables import acts, dead_letters


async def rejected(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ArticleRejected]]) -> None:
    """A dead letter written again after a crash is the same one: the latest stands."""
    rows = [
        {
            "id": letter.id,
            "publisher": _publisher(letter.body),
            "rejected": micros(letter.rejected),
            "message": encode(letter),
        }
        for _, letter in arrived
    ]
    await put(db, dead_letters, list(newest(rows, "id", "rejected").values()))


async def acted(db: AsyncConnection, arrived: Sequence[tuple[Arrival, DeskActed]]) -> None:
    rows = [
        {
            "id": digest(message.record_id()),  # two long names together are more than an index takes
            "act": message.act,
            "kind": message.kind,
            "target": message.target,
            "at": micros(message.at),
            "message": encode(message),
        }
        for _, message in arrived
    ]
    await add(db, acts, rows)


def _publisher(body: bytes | None) -> str | None:
    """Who sent it, where the body is whole enough to say so. It is nobody's word but the sender's."""
    try:
        given = orjson.loads(body or b"")
    except orjson.JSONDecodeError:
        return None
    publisher = given.get("publisher") if isinstance(given, dict) else None
    return publisher[:INDEXED] if isinstance(publisher, str) and publisher else None
