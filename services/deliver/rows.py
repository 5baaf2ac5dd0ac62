"""The two tables of deliver: what waits, and what is known of each subscriber. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from pydantic import AwareDatetime

from schemas.message import Word

WAITING = "waiting"
"""`SUBSCRIPTION/ALERT ID` -> one delivery that is not finished, with its alert."""

SUBSCRIBERS = "subscribers"
"""Subscription -> what is finished, and whether it is disabled."""

MAX_WAITING = 10_000
"""Deliveries of one subscription that may wait. A newsroom gets some tens of alerts a day, so a receiver that is away
for the 76 hours of the schedule leaves some hundred; at 6 kB each 10,000 take 60 MB. What comes above is given up, and
the log says so."""

MAX_FINISHED = 200
"""Ends remembered for each subscription, so that an entry that comes again after a crash is known: more than it gets in
the 1 to 2 s of work that is done again. 7 kB."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One delivery. `next_at` in seconds since 1970, `alert` as its JSON bytes."""

    attempts: int
    next_at: float
    alert: bytes

    def encode(self) -> bytes:
        """A short first line, so that looking for what is due reads no alert: 1 us a row instead of 30."""
        return orjson.dumps([self.attempts, self.next_at]) + b"\n" + self.alert

    @classmethod
    def decode(cls, row: bytes) -> Waiting:
        """The delivery in a row."""
        end = row.index(b"\n")
        attempts, next_at = orjson.loads(row[:end])
        return cls(attempts, next_at, row[end + 1 :])


class Subscriber(Word):
    """`finished`: alert ids, the last ones. `disabled`: when the receiver answered 410."""

    finished: tuple[str, ...] = ()
    disabled: AwareDatetime | None = None

    @classmethod
    def load(cls, row: bytes | None) -> Subscriber:
        """What is in a row; nothing where there is none."""
        return cls() if row is None else cls.model_validate_json(row)

    def encode(self) -> bytes:
        """The row."""
        return self.__pydantic_serializer__.to_json(self)

    def with_end(self, alert_id: str, disabled: datetime | None) -> Subscriber:
        """With one more delivery finished, which disabled the subscription if a time is given."""
        finished = (*self.finished, alert_id)[-MAX_FINISHED:]
        return Subscriber(finished=finished, disabled=self.disabled or disabled)


def key(subscription: str, alert_id: str) -> str:
    """Of a row in `waiting`. Subscription ids hold no slash."""
    return f"{subscription}/{alert_id}"


def is_full(waiting: Mapping[str, bytes], subscription: str) -> bool:
    """Whether one more delivery would be too many. Counts only when there are that many in all."""
    if len(waiting) < MAX_WAITING:
        return False
    return sum(each.startswith(f"{subscription}/") for each in waiting) >= MAX_WAITING


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A delivery whose turn has come, in the order of turns."""

    next_at: float
    alert_id: str
    attempts: int


def due(waiting: Mapping[str, bytes], disabled: set[str], now: float) -> dict[str, list[Due]]:
    """By subscription, what is to be done by `now` (seconds since 1970), the longest waiting first.

    Of a disabled subscription that is everything: nothing of it waits any longer.
    """
    found: defaultdict[str, list[Due]] = defaultdict(list)
    for each, row in waiting.items():
        subscription, _, alert_id = each.partition("/")
        attempts, next_at = orjson.loads(row[: row.index(b"\n")])
        if next_at <= now or subscription in disabled:
            found[subscription].append(Due(next_at, alert_id, attempts))
    return {subscription: sorted(deliveries) for subscription, deliveries in found.items()}
