"""Whom an entity is named with: the articles of each day that name both, for the names met most often in a week."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from schemas.entity import Companion

MOST = 40
BEFORE_CUT = 64
"""Names counted: at 65 all but the 40 most often met give way, so the tail is an estimate. Cutting one by one at 41
ranked all of them for every article, and a newcomer lost to whoever came before it in the alphabet."""

SHOWN = 10
NAME_KEPT = 60
"""Characters of a name: a companion then takes 110 bytes of a row."""

_WEEK = 7

Packed = dict[str, tuple[str, dict[str, int]]]


@dataclass(slots=True)
class _Met:
    """Articles of each day (days since 1970, UTC), and of all days kept."""

    name: str
    days: dict[int, int]
    articles: int
    shown: Companion | None = None  # as it was sent last: nine of ten are sent again as they are


class Company:
    """The names met, as of the entity's latest day: what is a week older is forgotten."""

    def __init__(self, packed: Packed | None = None) -> None:
        """`packed`: what `pack` gave."""
        self._met: dict[str, _Met] = {}
        self._today = 0
        for entity, (name, days) in (packed or {}).items():
            self._met[entity] = _Met(name, {int(day): articles for day, articles in days.items()}, sum(days.values()))

    def __contains__(self, entity: str) -> bool:
        return entity in self._met

    def pack(self) -> Packed:
        """Names and days as JSON keeps them, in one order."""
        return {
            entity: (met.name, {str(day): articles for day, articles in sorted(met.days.items())})
            for entity, met in sorted(self._met.items())
        }

    def meet(self, others: Iterable[tuple[str, str]], day: int, today: int, articles: int) -> None:
        """Count `articles` of `day` that name `others` (id, name); `today` is the day of the latest arrival."""
        if today > self._today:
            self._forget(today)
        if day <= today - _WEEK:
            return
        for entity, name in others:
            met = self._met.get(entity)
            if met is None:
                met = self._met[entity] = _Met(name[:NAME_KEPT], {}, 0)
            met.days[day] = met.days.get(day, 0) + articles
            met.articles += articles
        if len(self._met) > BEFORE_CUT:
            ranked = sorted(self._met, key=lambda entity: (-self._met[entity].articles, entity))
            self._met = {entity: self._met[entity] for entity in ranked[:MOST]}

    def unite(self, other: Company) -> None:
        """Add the counts of `other`."""
        for entity, theirs in other._met.items():
            met = self._met.setdefault(entity, _Met(theirs.name, {}, 0))
            met.articles += theirs.articles
            for day, articles in theirs.days.items():
                met.days[day] = met.days.get(day, 0) + articles

    def leave_out(self, entities: Collection[str]) -> None:
        """Forget these names."""
        self._met = {entity: met for entity, met in self._met.items() if entity not in entities}

    def most(self, today: int) -> tuple[Companion, ...]:
        """Those met in most articles of the seven days that end with `today`, most often first."""
        if today != self._today:
            counted = [
                (-sum(count for day, count in met.days.items() if today - _WEEK < day <= today), entity)
                for entity, met in self._met.items()
            ]
        else:
            counted = [(-met.articles, entity) for entity, met in self._met.items()]
        return tuple(self._shown(entity, -less) for less, entity in sorted(counted)[:SHOWN] if less)

    def _shown(self, entity: str, articles: int) -> Companion:
        met = self._met[entity]
        if met.shown is None or met.shown.articles != articles:
            met.shown = Companion(entity=entity, name=met.name, articles=articles)
        return met.shown

    def _forget(self, today: int) -> None:
        self._today = today
        for met in self._met.values():
            met.days = {day: articles for day, articles in met.days.items() if day > today - _WEEK}
            met.articles = sum(met.days.values())
        self._met = {entity: met for entity, met in self._met.items() if met.days}
