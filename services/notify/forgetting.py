"""What notify no longer keeps of alerts of long ago; without it the table has a row for every alert there ever was.

Age goes by the arrivals of the alerts themselves, not by the clock: the same records leave the same rows, whenever they
are read. A row goes KEPT behind the newest alert of its partition, when that begins another day. From then on an alert
as old as that is one that was told: read again after lost offsets (the topic keeps the last state of each alert for
ever), it is no news.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import orjson
from pydantic import AwareDatetime

from schemas.message import Word
from schemas.outcomes import Arrival, Write

TABLE = "delivered"

KEPT = timedelta(days=100)
"""No topic before this stage keeps a record for more than 90 days after it arrived, so no alert comes first when it is
older; 10 days for a stage that stands still meanwhile. What else needs the row is over long before: the ledger corrects
and cancels for 46 days (the longest life of a figure and a day), deliver tries for 76 hours. A row is 0.2 to 0.9 kB:
of 1,000 alerts a day they take 90 MB at most."""

_MARK = "#"
"""How the key of a partition's mark begins; those of alerts begin with "alr-"."""


class Mark(Word):
    """The latest arrival of any alert of a partition."""

    newest: AwareDatetime


def is_of_long_ago(rows: Mapping[str, bytes], arrival: Arrival) -> bool:
    """Whether an alert that has no row was told, and its row has gone."""
    mark = _mark(rows, arrival.partition)
    return mark is not None and arrival.at < mark.newest - KEPT


def noted(rows: Mapping[str, bytes], told: str, arrival: Arrival) -> list[Write]:
    """The partition's mark after an arrival of the alert `told`, and before it the rows that go: stored in this order,
    what a kill cuts off is done again with the record."""
    mark = _mark(rows, arrival.partition)
    newest = arrival.at if mark is None else max(mark.newest, arrival.at)
    gone = []
    if mark is None or mark.newest.date() < newest.date():
        gone = [key for key, row in rows.items() if _goes(key, row, arrival.partition, newest - KEPT)]
    body = Mark(newest=newest).model_dump_json().encode()
    return [*(Write(TABLE, key, None) for key in gone if key != told), Write(TABLE, _key(arrival.partition), body)]


def _goes(key: str, row: bytes, partition: int, before: datetime) -> bool:
    """A row of before rows had a time, or of another partition, stays."""
    if key.startswith(_MARK):
        return False
    found = orjson.loads(row)
    return found.get("partition") == partition and datetime.fromisoformat(found["last"]) < before


def _key(partition: int) -> str:
    return f"{_MARK}{partition}"


def _mark(rows: Mapping[str, bytes], partition: int) -> Mark | None:
    row = rows.get(_key(partition))
    return None if row is None else Mark.model_validate_json(row)
