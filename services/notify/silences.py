"""Silences set at the desk: which stand, by what they silence.

An alert's own silence comes on its partition, since both are keyed by its fingerprint. A figure's is sent to every
partition by the desk (`DeskActed.partition`), since the alerts of one series are spread over all. So each partition's
table has what its alerts ask for, and no second table or topic is needed.
"""

from __future__ import annotations

from datetime import datetime

from schemas.alert import AlertRaised
from schemas.desk_act import DeskActed
from schemas.message import decode, encode
from schemas.outcomes import Outcome, Processed, Tables, Write

TABLE = "silences"


def heard(act: DeskActed, tables: Tables) -> Outcome:
    """What was done at the desk: a silence is kept until it is taken back, everything else is not notify's business.

    The last word on a target counts. Read again after a crash, the same acts in the same order leave the same row.
    """
    if act.act == "silenced":
        return Processed(store=(Write(TABLE, act.target, encode(act)),))
    if act.act == "unsilenced" and act.target in tables[TABLE]:
        return Processed(store=(Write(TABLE, act.target, None),))
    return Processed()


def standing(alert: AlertRaised, tables: Tables, at: datetime) -> str | None:
    """Who keeps the alert back and until when, in words; None: nobody does at `at` (its arrival)."""
    for target in (alert.fingerprint, alert.series):
        row = tables[TABLE].get(target)
        act = None if row is None else decode(DeskActed, row)
        if act is not None and act.keeps_back(alert.severity, at):
            end = "it is taken back" if act.until is None else f"{act.until:%Y-%m-%d %H:%M}Z"
            return f"by {act.by} until {end}"
    return None
