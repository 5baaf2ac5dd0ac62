"""The partition key of a claim (design decision 7): coarse, so that all that might be compared meets in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.entity import Mention
from schemas.metrics import FAMILY, Metric
from services.read.entities import countries_of, name_of, tells_its_country
from services.read.figures.settings.world import WORLD

MOST_COUNTRIES = 2
"""A block names a country or a pair; a figure "across Syria, Iraq and Turkey" goes by the article's main country."""

_AT_BORDERS = frozenset({"camp", "border", "checkpoint"})

_PLACES = frozenset({"GPE", "LOC", "FAC"})


class Geography(NamedTuple):
    """Where an article takes place: `named` are the countries it calls by their own, their people's or a city's name,
    `dominant` where its figures without a place belong, `main` a mention of the entity most often named, `border` the
    two countries at whose border its figures are, or else those of the one border it names."""

    named: frozenset[str]
    dominant: str | None
    main: Mention | None
    border: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where a figure is: entity ids of its places, what kind of place ("camp", "border"), and the two countries of the
    one border that its text tells of."""

    ids: Sequence[str]
    scope: str | None
    border: tuple[str, ...] = ()


def geography(mentions: Sequence[Mention], placed: Iterable[Place]) -> Geography:
    """`placed`: the place of each figure. A figure without a place is where the others are, else
    where most places of the text are: the ministers of a text on a war are of other countries than its dead (of 742
    pairs of reports on one event 52 lay in two blocks by all names, 27 by these)."""
    named = frozenset(mention.entity for mention in mentions if mention.entity in countries_of(mention.entity))
    people = frozenset(c for mention in mentions if mention.type == "NORP" for c in countries_of(mention.entity))
    told = frozenset(c for m in mentions if tells_its_country(m.entity) for c in countries_of(m.entity))
    sites = _most_meant(mention.entity for mention in mentions if mention.type in _PLACES)
    sites = sites or _most_meant(mention.entity for mention in mentions)
    whole = Geography(named | people | told | ({sites} if sites else frozenset()), sites, _main_entity(mentions))
    found = [(_countries(place.ids, whole), place) for place in placed]
    counts = Counter(country for countries, _ in found for country in countries)
    borders = Counter(tuple(both) for both, at in found if at.scope == "border" and len(both) == MOST_COUNTRIES)
    borders = borders or Counter(at.border for _, at in found if at.border)  # "Kiwa, on the border with Osmia"
    border = borders.most_common(1)[0][0] if borders else ()
    return whole._replace(dominant=_first(counts) or sites, border=border)


class Block(NamedTuple):
    """A partition key, and the names of what it is of; `region` None where nothing is known."""

    key: str
    region: str | None


def block_of(metric: Metric, place: Place, whole: Geography) -> Block:
    """`FAMILY/COUNTRY`, `FAMILY/COUNTRY+COUNTRY`, else `FAMILY/ENTITY`, else `FAMILY/-`. `whole` is of the figure's
    article: people in a camp at no known place are at the border that it tells of."""
    if WORLD in place.ids:
        return Block(f"{FAMILY[metric]}/{WORLD}", "World")
    countries = _countries(place.ids, whole)
    if not countries and place.scope in _AT_BORDERS and FAMILY[metric] == "people":
        countries = [*whole.border]
    if not countries or len(countries) > MOST_COUNTRIES:
        countries = [whole.dominant] if whole.dominant else []
    if countries:
        names = sorted(name_of(country) or country for country in countries)
        return Block(f"{FAMILY[metric]}/{'+'.join(countries)}", "–".join(names))
    main = whole.main
    return Block(f"{FAMILY[metric]}/{main.entity if main else '-'}", main.name if main else None)


def _countries(places: Iterable[str], whole: Geography) -> list[str]:
    """The countries of places, as far as the text itself names them: "Salem Mosque" of a Syrian town is not in India's
    Salem."""
    return sorted({country for place in places for country in countries_of(place) if country in whole.named})


def _most_meant(entities: Iterable[str]) -> str | None:
    """The country most often meant by the names of a text; ties go to the first."""
    return _first(Counter(country for entity in entities for country in countries_of(entity)))


def _first(counts: Counter[str]) -> str | None:
    return counts.most_common(1)[0][0] if counts else None


def _main_entity(mentions: Sequence[Mention]) -> Mention | None:
    """A mention of the entity most often named; ties go to the first."""
    counts = Counter(mention.entity for mention in mentions)
    return max(mentions, key=lambda mention: counts[mention.entity], default=None)
