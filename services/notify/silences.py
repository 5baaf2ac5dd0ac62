"""Silences set at the desk: which stand, by what they silence.

An alert's own silence comes on its partition, since both are keyed by its fingerprint. A figure's is sent to every
partition by the desk (`DeskActed.partition`), since the alerts of one series are spread over all. So each partition's
table has what its alerts ask for, and no second table or topic is needed.

A worker holds the rows of all its partitions in one table, so a row's key names its partition. By its target alone a
figure had one row in memory and four in the changelogs: taken back it went out of one of them, and after a restart the
others kept its alerts from everybody, for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from schemas.alert import AlertRaised
from schemas.desk_act import DeskActed
from schemas.message import decode, encode
from schemas.outcomes import Arrival, Outcome, Processed, Tables, Write

TABLE = "silences"

OVER = timedelta(days=7)
"""How long a row outlives its silence: an alert that arrived before the end may be read for the first time long after
it, by a stage that stood still for as many days (schemas/topics.py)."""


def heard(act: DeskActed, tables: Tables, arrival: Arrival) -> Outcome:
    """What was done at the desk: a silence is kept until it is taken back, everything else is not notify's business.
    With each the rows go of those that ended by themselves.

    The last word on a target counts. Read again after a crash, the same acts in the same order leave the same row.
    """
    key = _key(arrival.partition, act.target)
    if act.act == "silenced":
        return Processed(store=(*_over(tables, key, arrival), Write(TABLE, key, encode(act))))
    if act.act == "unsilenced" and key in tables[TABLE]:
        return Processed(store=(Write(TABLE, key, None),))
    return Processed()


def standing(alert: AlertRaised, tables: Tables, arrival: Arrival) -> str | None:
    """Who keeps the alert back and until when, in words; None: nobody does at its arrival."""
    for target in (alert.fingerprint, alert.series):
        row = tables[TABLE].get(_key(arrival.partition, target))
        act = None if row is None else decode(DeskActed, row)
        if act is not None and act.keeps_back(alert.severity, arrival.at):
            end = "it is taken back" if act.until is None else f"{act.until:%Y-%m-%d %H:%M}Z"
            return f"by {act.by} until {end}"
    return None


def _key(partition: int, target: str) -> str:
    return f"{partition}/{target}"


def _over(tables: Tables, but: str, arrival: Arrival) -> Iterable[Write]:
    """Removal of the rows of this partition whose silence ended long ago: there are as many as people set."""
    for key, row in tables[TABLE].items():
        if key != but and key.startswith(_key(arrival.partition, "")):
            until = decode(DeskActed, row).until
            if until is not None and until < arrival.at - OVER:
                yield Write(TABLE, key, None)
