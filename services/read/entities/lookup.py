"""What is known of an entity id besides its mentions: its name and the countries it belongs to."""

from __future__ import annotations

from functools import lru_cache

from services.read.entities.gazetteer import gazetteer

_LONGEST_COUNTRY_NAME = 4
"""Words tried for a country inside a minted id: "bosnia and herzegovina" has three."""


@lru_cache(maxsize=65_536)
def countries_of(entity_id: str) -> tuple[str, ...]:
    """Entity ids of the countries a place, people, government or agency belongs to; a country belongs to itself.

    Minsk gives Belarus, the Kremlin gives Russia, Kashmir gives two. () where none is known. A minted id is searched
    for a country's name or people, so "x-belarusian-foreign-ministry" gives Belarus.
    """
    g = gazetteer()
    known = g.countries.get(entity_id)
    if known is not None:
        return known
    if not entity_id.startswith("x-"):
        return ()
    words = entity_id[2:].split("-")
    if len(words) == 1:
        return ()  # were it a country's name it would not be minted: "x-ind" is Jindo, whose key India has as well
    found = []
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_COUNTRY_NAME), first, -1):
            country = g.country_keys.get("-".join(words[first:last]))
            if country is not None:
                found.append(country)
                break
    return tuple(dict.fromkeys(found))


def tells_its_country(entity_id: str) -> bool:
    """Whether the name of a city or province alone tells in which country it lies: Mecca, but not Birmingham."""
    return entity_id in gazetteer().sure


def name_of(entity_id: str) -> str | None:
    """The canonical name of an entity of the gazetteer; None for others: their mentions carry the name."""
    return gazetteer().names.get(entity_id)
