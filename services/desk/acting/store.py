"""What the acts ask, out of the desk's database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from schemas.dead_letter import ArticleRejected
from schemas.desk_act import DeskActed, TargetKind
from schemas.entity_join import EntityJoined
from schemas.verdict import SEVERITIES, Severity
from services.desk.access.sessions import EVERYBODY
from services.desk.queries import alerts, claims, dead_letters, entities, figures, held
from services.desk.queries.held import HeldItem
from services.desk.store.database import Database
from services.read.entities import name_of


class StoreKnown:
    """`known.Known` over `database`. `people`: the names of those who may sign in."""

    def __init__(self, database: Database, people: Callable[[], Collection[str]] = tuple) -> None:
        self._database = database
        self._people = people

    async def has(self, kind: TargetKind, target: str) -> bool:
        async with self._database.reading() as db:
            match kind:
                case "alert":
                    return await alerts.one(db, target) is not None
                case "claim":
                    return await claims.one(db, target) is not None
                case "figure":
                    return await figures.one(db, target) is not None
                case "person":
                    return target == EVERYBODY or target in self._people()
                case _:
                    return False

    async def silence(self, target: str, now: datetime) -> DeskActed | None:
        async with self._database.reading() as db:
            return (await alerts.silenced(db, now)).get(target)

    async def severity(self, kind: TargetKind, target: str) -> Severity:
        async with self._database.reading() as db:
            if kind == "alert":
                alert = await alerts.one(db, target)
                return "warning" if alert is None else alert.severity
            figure = await figures.one(db, target)
        conflicts = () if figure is None else figure.conflicts
        now: list[Severity] = [conflict.severity for conflict in conflicts if conflict.state == "open"]
        return max(["warning", *now], key=SEVERITIES.index)

    async def held(self, id_: str) -> HeldItem | None:
        async with self._database.reading() as db:
            return await held.one(db, id_)

    async def letter(self, id_: str) -> ArticleRejected | None:
        async with self._database.reading() as db:
            found = await dead_letters.one(db, id_)
        return None if found is None else found.message

    async def stands_for(self, entity: str) -> str | None:
        """Also of an id that only the gazetteer knows: it can be named before the news does."""
        async with self._database.reading() as db:
            tally = await entities.one(db, entity)
        if tally is not None:
            return tally.entity
        return entity if name_of(entity) is not None else None

    async def joins(self, entity: str) -> Sequence[EntityJoined]:
        async with self._database.reading() as db:
            return await entities.joins(db, entity)
