"""The names the service knows, from the data files beside this module, as one Aho-Corasick automaton.

Every name is a key as it is written, in capitals for datelines and headlines, and without diacritics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import ahocorasick
from anyascii import anyascii

from schemas.entity import EntityType
from services.read.entities.data_files import entries, lines, table
from services.read.entities.name_keys import minted, name_key, surname_key, surname_of

_CAPITALS_FROM = 4
"""Letters of a name that is also looked for in capitals; "MALI" is one, "IS" for "Is" would not be."""

_MOST_FREQUENT = "etaoinsrhldcumfpgwybvk"
"""Letters of English by how often they are written. pyahocorasick looks through the first letters of all keys, oldest
first, for each letter of a text at which no name goes on: with these in front a search takes three quarters of the
time. Their keys have a NUL, and a name inside a word is none (mentions.py), so they are never found."""

_NO_PLURAL = ("s", "sh", "ch", "ese", "z", "men", "Swiss")
"""Ends of words for a people that take no -s: Polish, French, Chinese."""


class Entry(NamedTuple):
    """One way to name one entity. `lone`: no capitalised word may touch it ("West"). `guard`: a place word must ("in
    Reading"). `short`: a surname that stands for the whole name. `town`: only "in" and its like may stand before it."""

    entity: str
    name: str
    type: EntityType
    lone: bool = False
    guard: bool = False
    short: bool = False
    town: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Automaton values are (Entry, length of the key)."""

    automaton: ahocorasick.Automaton
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    country_keys: dict[str, str] = field(default_factory=dict)
    """Country id by the name key of its names and its people."""

    people: dict[str, list[tuple[str, str, Entry]]] = field(default_factory=dict)
    """Variant key of a surname: given names, surname and entry of everybody who has it."""

    known: set[str] = field(default_factory=set)

    namesakes: frozenset[str] = frozenset()
    """Names of cities that another country has, too."""

    sure: set[str] = field(default_factory=set)
    """Ids of cities and provinces that tell their country."""

    def add(self, written: str, entry: Entry) -> None:
        """Register one spelling; the first entity to claim it keeps it."""
        for spelling in dict.fromkeys((written, anyascii(written), written.replace("'", "’"))):
            forms = [spelling]
            if len(spelling) >= _CAPITALS_FROM and not entry.town:  # "DACA"
                forms.append(spelling.upper())
            for form in forms:
                if form not in self.known:
                    self.known.add(form)
                    self.automaton.add_word(form, (entry, len(form)))

    def describe(self, entry: Entry, countries: Iterable[str]) -> None:
        """Note the entity's canonical name and the countries it belongs to."""
        self.names.setdefault(entry.entity, entry.name)
        ids = tuple(dict.fromkeys(countries))
        if ids:
            self.countries.setdefault(entry.entity, ids)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built on first use (about .5 s)."""
    built = Gazetteer(ahocorasick.Automaton())
    for letter in _MOST_FREQUENT:
        built.automaton.add_word(f"{letter}\0", (None, 1))
    codes = _countries(built)
    kinds: tuple[tuple[str, EntityType], ...] = (
        ("places", "GPE"),
        ("organisations", "ORG"),
        ("people", "PER"),
        ("cities", "GPE"),
    )
    built.namesakes = frozenset(lines("namesakes"))
    for file, kind in kinds:
        for name, facts in entries(file).items():
            _entity(built, codes, name, facts or {}, kind)
    _cities(built, codes)
    _towns(built, codes)
    built.automaton.make_automaton()
    return built


def _countries(built: Gazetteer) -> dict[str, str]:
    """Enter the countries; their ids by ISO code."""
    codes = {}
    for code, facts in entries("countries").items():
        place = Entry(facts["id"], facts["name"], "GPE")
        codes[code] = place.entity
        built.describe(place, [place.entity])
        for name in (place.name, *facts.get("also", ())):
            built.add(name, place)
            built.country_keys.setdefault(name_key(name), place.entity)
        for word in _people(facts):
            built.add(word.lstrip("="), place._replace(type="NORP", lone=word.startswith("=")))
            built.country_keys.setdefault(name_key(word), place.entity)
    return codes


def _people(facts: dict[str, Any]) -> Iterator[str]:
    for word in facts.get("people", ()):
        yield word.removeprefix("+")
        if not word.startswith("+") and not word.endswith(_NO_PLURAL):
            yield word + "s"


def _entity(built: Gazetteer, codes: dict[str, str], key: str, facts: dict[str, Any], kind: EntityType) -> None:
    written = key.split(" (", maxsplit=1)[0]
    name = facts.get("name", written)
    countries = facts.get("in", [])
    countries = [countries] if isinstance(countries, str) else countries
    # A city that shares its name is told apart by its country: x-brest-by.
    fallback = minted(name) + (f"-{countries[0].lower()}" if kind == "GPE" and countries else "")
    entry = Entry(facts.get("id", fallback), name, facts.get("type", kind), guard=facts.get("guard", False))
    built.describe(entry, [codes[code] for code in countries])
    if kind == "GPE" and len(countries) == 1 and written == key and written not in built.namesakes:
        built.sure.add(entry.entity)
    full_names = (written, *facts.get("also", ()))
    for spelling in full_names if written == key else full_names[1:] or full_names:
        built.add(spelling.lstrip("="), entry._replace(lone=spelling.startswith("=")))
    for word in _people(facts):
        built.add(word.lstrip("="), entry._replace(type="NORP", lone=word.startswith("="), guard=False))
    if entry.type == "PER":
        shorts = facts.get("short", ())
        for short in shorts:
            built.add(short.lstrip("="), entry._replace(short=True, lone=short.startswith("=")))
        for full in full_names:
            given, surname = full.rpartition(" ")[0], surname_of(full)
            if given:
                shared = entry._replace(short=surname in map(surname_of, shorts))
                built.people.setdefault(surname_key(surname), []).append((given, surname, shared))


def _cities(built: Gazetteer, codes: dict[str, str]) -> None:
    for code, names in table("cities").items():
        for marked in names.split("|"):
            name = marked.rstrip("?")
            if name in built.known:
                continue
            entry = Entry(f"{minted(name)}-{code.lower()}", name, "GPE", guard=marked.endswith("?"))
            built.add(name, entry)
            built.describe(entry, [codes[code]] if code in codes else [])
            if name not in built.namesakes and anyascii(name) not in built.namesakes and not entry.guard:
                built.sure.add(entry.entity)


def _towns(built: Gazetteer, codes: dict[str, str]) -> None:
    """Enter the towns, and other spellings of cities that are there already."""
    for shared, towns in table("towns").items():
        countries = [codes[code] for code in shared.split("+") if code in codes]
        for town in towns.split("|"):
            name, *others = town.split("/")
            if name in built.known:
                entry: Entry = built.automaton.get(name)[0]
            else:
                entry = Entry(f"{minted(name)}-{shared.replace('+', '-').lower()}", name, "GPE")
                built.describe(entry, countries)
                built.add(name, entry._replace(town=True))
            for spelling in others:
                built.add(spelling, entry._replace(guard=False, town=True))
