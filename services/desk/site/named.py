"""Figures of what a search names: "Qamishli", or "deaths in Qamishli", leads to who says what of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.figure import FigureStated
from services.desk.queries import entities, figures
from services.desk.queries.paging import Filter
from services.desk.store.columns import folded

LONGEST_NAME = 6
"""Words of a name looked for inside a search; "United Nations High Commissioner for Refugees" has six."""

LOOKED_UP = 40
"""Runs of words looked up in one search: each costs 0.2 ms, and ten words have 45."""

NAMES = 3
"""Names of one beginning whose figures are offered: "Qamishli" and "Qamishli City" are two to the gazetteer."""


async def figures_named(db: AsyncConnection, wanted: Filter, limit: int) -> list[FigureStated]:
    """Figures that fit `wanted`. Its words are taken as names: all of them together, else the longest runs that are."""
    if wanted.q is None:
        return list((await figures.listed(db, wanted, None, limit)).items)
    found: dict[str, FigureStated] = {}
    for entity in await _entities(db, wanted.q):
        rows = await figures.listed(db, replace(wanted, q=None, entity=entity), None, limit)
        found.update((figure.series, figure) for figure in rows.items if figure.series not in found)
    return list(found.values())[:limit]


async def _entities(db: AsyncConnection, text: str) -> list[str]:
    whole = await entities.named(db, text, NAMES)
    if whole:
        return [entity for entity, _ in whole]
    words = text.replace("?", " ").replace(",", " ").split()
    runs = (
        " ".join(words[start : start + length])
        for length in range(min(LONGEST_NAME, len(words) - 1), 0, -1)
        for start in range(len(words) - length + 1)
    )
    for run in islice(runs, LOOKED_UP):
        exact = [entity for entity, name in await entities.named(db, run, NAMES) if folded(name) == folded(run)]
        if exact:
            return exact
    return []
