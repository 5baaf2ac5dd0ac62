"""The record of an act: what `news.desk.acted` carries."""

from __future__ import annotations

from schemas.desk_act import DeskActed
from services.desk.access.people import Person
from services.desk.acting.wanted import Wanted


def acted(who: Person, what: Wanted) -> DeskActed:
    """Who did what, why and when. All there is of a silence, a flag or a use. Raises ValueError for a reader."""
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
    )
