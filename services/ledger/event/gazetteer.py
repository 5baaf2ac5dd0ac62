"""What the reader's gazetteer knows of countries, peoples and places, as the words that events are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

from services.ledger.event.spelling import place_key
from services.ledger.listed import listed

_READER = "services.read.entities"
_CITY = 4
"""Letters of a city's name from which its consonants are looked for in other spellings: Raqqa is Raqa."""
_PARTS = ("name", "also", "people")


def cities() -> frozenset[str]:
    """Lower-cased names of cities and provinces: what is no small place."""
    names = [*_listed("cities.yaml"), *_listed("places.yaml")]
    for line in _text("cities.txt").splitlines():
        names += [] if line.startswith("#") else line.partition("=")[2].split("|")
    return frozenset(name.strip("?=").lower() for name in names if name)


def provinces() -> frozenset[str]:
    """Lower-cased names of provinces and world regions."""
    return frozenset(name.lower() for name in _listed("places.yaml"))


def by_key(names: Iterable[str]) -> dict[str, list[str]]:
    """Names of one word by their consonants (spelling.py)."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        if " " not in name and len(name) >= _CITY:
            found.setdefault(place_key(name), []).append(name)
    return found


def country_words() -> frozenset[str]:
    """Lower-cased words of the names of countries and their peoples."""
    return frozenset(word for entry in _countries() for part in _PARTS for word in _words(entry, part))


def nationals() -> dict[str, frozenset[str]]:
    """Lower-cased words of the names of peoples → Wikidata ids of their countries: "american", "americans"."""
    found: dict[str, frozenset[str]] = {}
    for entry in _countries():
        for word in _words(entry, "people"):
            found[word] = found.get(word, frozenset()) | {entry["id"]}
    return found


def _words(entry: dict[str, Any], part: str) -> Iterable[str]:
    names = [entry["name"]] if part == "name" else entry.get(part, ())
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name.lower())}
    return words | {word + "s" for word in words}


def _countries() -> Iterable[dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = listed(_READER, "data/countries.yaml")
    return entries.values()


def _listed(file: str) -> list[str]:
    entries: dict[str, dict[str, Any]] = listed(_READER, f"data/{file}")
    return [name for known, entry in entries.items() for name in (known, *(entry or {}).get("also", ()))]


def _text(file: str) -> str:
    return resources.files(_READER).joinpath("data", file).read_text("utf-8")
