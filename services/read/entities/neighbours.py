"""Which countries have a border by land: "the border with Osmia" is of a neighbour, and not of whoever speaks of it."""

from __future__ import annotations

from functools import cache

from services.read.entities.data_files import entries, table


def neighbours(country: str) -> frozenset[str]:
    """Wikidata ids of the countries that have a land border with one, by its id; none for islands and the unknown."""
    return _borders().get(country, frozenset())


@cache
def _borders() -> dict[str, frozenset[str]]:
    ids = {code: entry["id"] for code, entry in entries("countries").items()}
    return {
        ids[code]: frozenset(ids[other] for other in others.split() if other in ids)
        for code, others in table("borders").items()
        if code in ids
    }
