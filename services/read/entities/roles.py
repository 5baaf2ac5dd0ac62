"""The office a text gives a person beside what is known: "Foreign Secretary of the US, Liz Truss" (known: the UK).

The text keeps what it says; a doubt is a note on the name. Noted only where data/offices.yaml has the person in the
same kind of office, so ambassadors, visitors and namesakes raise none, and only in forms that cannot be read otherwise:
"after meeting the president of Russia, Emmanuel Macron said" names two people. A former office counts like a present
one: nobody listed changed countries. Organisations are not checked, and a name must be written in full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from schemas.entity import Mention, Name, RoleDoubt
from services.read.entities.data_files import entries, words
from services.read.entities.lookup import countries_of, name_of
from services.read.entities.name_keys import minted

_WINDOW = 80
"""Characters looked at on one side of a name; "the former minister of foreign affairs of the" has 46."""

_TAKEN_AS_PLACE = re.compile(
    r"-$|\bin $"
    r"|\b(?:in|from|to|of|at|near|into|within|across|outside|around|left|leaving|visited|visiting) the $",
    re.IGNORECASE,
)
"""Before a country in short: "in the US President Macron said" puts him there, and Russian-US is two countries."""

_NOT_ITS_OWN = re.compile(
    r"\b(?:and|or|with|without|alongside|beside|besides|after|before|like|unlike|to|for|from|than) $", re.I
)
"""Before a person: with these "Macron, the Russian president, said" may be two people."""

_INTRODUCES = re.compile(r"(?:^|[.!?:\n•\"“”] ?|\b(?:said|says) (?:the )?|\bThe )$")
"""Before an office: what follows "office of country," is then who holds it. "The" with a capital begins a sentence."""

_CLOSES = re.compile(r"[.;)]|$|,(?! (?:and|or|nor|the|[A-ZÀ-Þ]))")
"""Behind an apposition; anything else goes on as a list of people does, or begins the sentence proper."""


class _Offices(NamedTuple):
    """What offices.yaml has, and the forms in which a text writes an office."""

    kinds: dict[str, str]
    """Kind by title."""
    held: dict[str, frozenset[str]]
    """Kinds by person's id."""
    after_country: re.Pattern[str]
    before_country: re.Pattern[str]
    after_person: re.Pattern[str]
    before_attribute: re.Pattern[str]


class _Given(NamedTuple):
    """text[start:end] gives the office `title` of the country a mention names."""

    start: int
    end: int
    title: str
    country: Mention


def with_doubts(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The same mentions, with a doubt on each person to whom the text gives an office known of another country."""
    held = _offices().held
    noted = list(mentions)
    for i, person in enumerate(mentions):
        if person.entity in held and person.type == "PER" and " " in person.text:
            doubt = _doubt(text, mentions, i)
            if doubt is not None:
                noted[i] = person.model_copy(update={"doubt": doubt})
    return tuple(noted)


def _doubt(text: str, mentions: Sequence[Mention], i: int) -> RoleDoubt | None:
    person = mentions[i]
    known = countries_of(person.entity)
    before = mentions[i - 1] if i else None
    after = mentions[i + 1] if i + 1 < len(mentions) else None
    given = (before and _in_front(text, before, person)) or (after and _behind(text, person, after))
    if not given or not known or countries_of(given.country.entity) != (given.country.entity,):
        return None
    kind = _offices().kinds[given.title]
    if kind not in _offices().held[person.entity] or given.country.entity in known:
        return None
    return RoleDoubt(
        start=given.start,
        end=given.end,
        words=text[given.start : given.end],
        office=kind,
        says=_named(given.country.entity),
        known=tuple(_named(country) for country in known),
    )


def _in_front(text: str, country: Mention, person: Mention) -> _Given | None:
    """US Foreign Secretary Liz Truss; Britain's prime minister Liz Truss; President of Poland, Liz Truss,"""
    between = text[country.end : person.start] if person.start - country.end <= _WINDOW else ""
    office = _offices().after_country.match(between)
    if office is not None and between[office.end() :] == " " and _is_attribute(text, country, between):
        return _Given(country.start, country.end + office.end(), office["title"].lower(), country)
    if between not in (" ", ", ") or country.type != "GPE":
        return None
    window = text[max(0, country.start - _WINDOW) : country.start]
    office = _offices().before_country.search(window)
    if office is None:
        return None
    if between == ", " and not (_INTRODUCES.search(window, 0, office.start()) and _CLOSES.match(text, person.end)):
        return None
    return _Given(country.start - len(window) + office.start(), country.end, office["title"].lower(), country)


def _behind(text: str, person: Mention, country: Mention) -> _Given | None:
    """Liz Truss, the US foreign secretary, / Liz Truss, foreign secretary of the US,"""
    between = text[person.end : country.start] if country.start - person.end <= _WINDOW else ""
    if _NOT_ITS_OWN.search(text, max(0, person.start - _WINDOW), person.start):
        return None
    if _offices().before_attribute.fullmatch(between):
        following = text[country.end : country.end + _WINDOW]
        office = _offices().after_country.match(following)
        if office is None or not _is_attribute(text, country, following):
            return None
        start, end = country.start, country.end + office.end()
    else:
        office = _offices().after_person.fullmatch(between)
        if office is None or country.type != "GPE":
            return None
        start, end = person.end + office.start("office"), country.end
    return _Given(start, end, office["title"].lower(), country) if _CLOSES.match(text, end) else None


def _is_attribute(text: str, country: Mention, following: str) -> bool:
    """Whether the country's name belongs to the office behind it: Polish, Poland's, US, but not "in the US"."""
    if country.type == "NORP" or following.startswith(("'s ", "’s ")):
        return not text.endswith("-", 0, country.start)
    return country.text.isupper() and not _TAKEN_AS_PLACE.search(text, max(0, country.start - _WINDOW), country.start)


def _named(country: str) -> Name:
    return Name(entity=country, name=name_of(country) or country)


@cache
def _offices() -> _Offices:
    kinds: dict[str, str] = {}
    held: dict[str, set[str]] = {}
    people = entries("people")
    for kind, facts in entries("offices").items():
        kinds |= dict.fromkeys(facts["titles"], kind)
        for name in facts["held"]:
            held.setdefault(people[name].get("id", minted(name)), set()).add(kind)
    title = rf"(?P<title>{'|'.join(sorted(map(re.escape, kinds), key=len, reverse=True))})"
    modifiers = rf"(?:(?:{'|'.join(sorted(words('office_modifiers')))})[ -]){{0,2}}"
    no_lesser = r"(?<![\w-])(?<!vice )(?<!deputy )(?<!shadow )(?<!assistant )"
    return _Offices(
        kinds,
        {person: frozenset(offices) for person, offices in held.items()},
        after_country=re.compile(rf"(?:['’]s)? {modifiers}{title}\b", re.IGNORECASE),
        before_country=re.compile(rf"{no_lesser}{modifiers}{title} of (?:the )?$", re.IGNORECASE),
        after_person=re.compile(rf", (?:the )?(?P<office>{modifiers}{title} of )(?:the )?", re.IGNORECASE),
        before_attribute=re.compile(rf", (?:the )?{modifiers}", re.IGNORECASE),
    )
