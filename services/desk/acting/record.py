"""The record of an act: what `news.desk.acted` carries."""

from __future__ import annotations

from schemas.desk_act import DeskActed
from schemas.topics import ACTED
from schemas.verdict import Severity
from services.desk.access.people import Person
from services.desk.acting.wanted import Wanted


def acted(who: Person, what: Wanted, severity: Severity = "warning") -> DeskActed:
    """Who did what, why and when. All there is of a silence, a flag or a use. `severity`: how severe what is silenced
    is now. Raises ValueError for a reader."""
    if who.role == "reader":
        raise ValueError("a reader does nothing: ask `require` first")
    return DeskActed(
        act=what.act,
        kind=what.kind,
        target=what.target,
        by=who.name,
        role=who.role,
        why=what.why,
        at=what.at,
        until=what.until,
        severity=severity,
    )


def on_its_partitions(silence: DeskActed) -> tuple[DeskActed, ...]:
    """What to send of a silence set or taken back: a figure's goes to every partition, since its alerts are on all, and
    notify reads each partition with the alerts on it. It stays one act: the record's id is the same."""
    if silence.kind != "figure":
        return (silence,)
    return tuple(silence.model_copy(update={"partition": number}) for number in range(ACTED.partitions))
