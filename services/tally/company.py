"""Whom an entity is named with: the articles of each day that name both, for the names met most often in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import TypedDict

MOST = 40
BEFORE_CUT = 64
"""Names kept: at 65 all but the 40 most often met give way, so the tail is an estimate. Cutting one by one at 41
ranked all of them for every article, and a newcomer lost to whoever came before it in the alphabet."""

SHOWN = 10
NAME_KEPT = 60
"""Characters of a name: a companion then takes 110 bytes of a row."""

_WEEK = 7

_COUNT = itemgetter(1)

Packed = tuple[dict[str, str], dict[str, list[int]]]
"""Names by id; of each day, as JSON keeps numbers, the articles with each id, in the order of the ids."""


class Met(TypedDict):
    """The fields of a `Companion`."""

    entity: str
    name: str
    articles: int


class Company:
    """The names met, as of the entity's latest day: what is a week older is forgotten."""

    __slots__ = ("_days", "_names", "_today", "_week")

    def __init__(self, packed: Packed | None = None) -> None:
        """`packed`: what `pack` gave."""
        names, days = packed or ({}, {})
        self._names = dict(names)
        ids = sorted(names)
        # By days since 1970, UTC.
        self._days = {int(day): Counter(dict(filter(_COUNT, zip(ids, met, strict=True)))) for day, met in days.items()}
        self._week = _sum(self._days)
        self._today = 0

    def pack(self) -> Packed:
        """What the constructor takes."""
        ids = sorted(self._names)
        return self._names, {str(day): [met.get(entity, 0) for entity in ids] for day, met in self._days.items()}

    def meet(self, entity: str, company: Mapping[str, str], day: int, today: int, articles: int) -> None:
        """Count `articles` of `day` that name `company`: names by id, `entity` itself is none of them.

        `today` is the day of the latest arrival. A name that is known stays as it was written first.
        """
        if today > self._today:
            self._forget(today)
        if day <= today - _WEEK:
            return
        names, week, met = self._names, self._week, self._days.get(day)
        if met is None:
            met = self._days[day] = Counter()
        for other, name in company.items():
            if other != entity:
                names.setdefault(other, name)
                met[other] = met.get(other, 0) + articles
                week[other] = week.get(other, 0) + articles
        if len(names) > BEFORE_CUT:
            self._cut()

    def _cut(self) -> None:
        """Forget all but the MOST names met most often; of those met equally often the first by id stay."""
        often = {entity: self._week.get(entity, 0) for entity in self._names}
        least = sorted(often.values())[-MOST]  # the numbers alone are sorted: 64 pairs take three times as long
        kept = {entity for entity, articles in often.items() if articles > least}
        kept.update(sorted(entity for entity, articles in often.items() if articles == least)[: MOST - len(kept)])
        self.leave_out(often.keys() - kept)

    def unite(self, other: Company) -> None:
        """Add the counts of `other`."""
        self._names = {**other._names, **self._names}
        for day, met in other._days.items():
            self._days.setdefault(day, Counter()).update(met)
        self._week.update(other._week)

    def leave_out(self, entities: Collection[str]) -> None:
        """Forget these names."""
        for entity in entities:
            self._names.pop(entity, None)
            for met in (self._week, *self._days.values()):
                met.pop(entity, None)

    def most(self, today: int) -> list[Met]:
        """Those met in most articles of the seven days that end with `today`, most often first."""
        week = self._week
        if today != self._today:
            week = _sum({day: met for day, met in self._days.items() if today - _WEEK < day <= today})
        if len(week) > SHOWN:  # the numbers alone are sorted first: 8 us against 16 for 64 pairs
            least = sorted(week.values())[-SHOWN]
            ranked = sorted((-articles, entity) for entity, articles in week.items() if articles >= least)[:SHOWN]
        else:
            ranked = sorted((-articles, entity) for entity, articles in week.items())
        return [{"entity": entity, "name": self._names[entity], "articles": -less} for less, entity in ranked]

    def _forget(self, today: int) -> None:
        self._today = today
        self._days = {day: met for day, met in self._days.items() if day > today - _WEEK}
        self._week = _sum(self._days)


def _sum(days: Mapping[int, Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for met in days.values():
        whole.update(met)
    return whole
