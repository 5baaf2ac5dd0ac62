"""One phrase of place as read: its words, what it names and how wide that is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from services.read.entities import countries_of, name_of
from services.read.wordlists import word_table

FARTHER = {"at": 0, "on": 1, "of": 3, "from": 4, "bare": 6, "to": 1, "about": 10}
"""Tokens a place is held farther off by how it stands to what happened (place_prepositions.txt)."""

lies_in = lru_cache(maxsize=10_000)(countries_of)
"""Kept: an article asks for the same few entities again and again."""


class Place(NamedTuple):
    """One phrase, tokens [first, last), with its words, the entity ids it means (most particular first), and its scope.

    `named`: a name stands in the phrase or in the one it stands for; `wide`: it names countries or continents only.
    `meant` is the name "in the affected areas" stands for, which follows in its words; "" elsewhere.
    `how` is that of place_prepositions.txt, or "bare". `known`: the gazetteer has a name in it.
    """

    first: int
    last: int
    words: str
    ids: tuple[str, ...]
    scope: str | None
    named: bool = False
    wide: bool = False
    how: str = "at"
    known: bool = False
    meant: str = ""


def bare(words: str) -> str:
    """The words of a place without the preposition that opens them."""
    opens, _, rest = words.partition(" ")
    return rest if rest and opens.lower() in word_table("place_prepositions") else words


def is_wide(entity: str) -> bool:
    """Whether an entity is a country, or known and of none (a continent, a sea)."""
    within = lies_in(entity)
    return within == (entity,) or (not within and name_of(entity) is not None)
