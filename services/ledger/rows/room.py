"""Which statements go first where a row is full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from schemas.claim import Claim
from services.ledger.event.happened import is_long_told
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import thresholds


class Stated(Protocol):
    """What holds a claim."""

    @property
    def claim(self) -> Claim: ...


S = TypeVar("S", bound=Stated)


def kept(entries: Sequence[S], most: int) -> list[S]:
    """At most `most` of the entries, in their order: what is told of for a day goes before what is told of for weeks,
    then the oldest. A town at war has an air raid a day, and the gas attack before them is counted anew for a month.
    """
    if len(entries) <= most:
        return list(entries)
    gone = {entry.claim.id for entry in sorted(entries, key=_worth)[: len(entries) - most]}
    return [entry for entry in entries if entry.claim.id not in gone]


def _worth(entry: Stated) -> tuple[bool, datetime, str]:
    claim = entry.claim
    return thresholds(claim.metric).event and is_long_told(claim), told_at(claim), claim.id
