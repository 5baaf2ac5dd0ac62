"""The partition key of a claim (design decision 7): coarse, so that all that might be compared meets in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.entity import Mention
from schemas.metrics import FAMILY, Metric
from services.read.entities import countries_of, name_of

MOST_COUNTRIES = 2
"""A block names a country or a pair; a figure "across Syria, Iraq and Turkey" goes by the article's main country."""


def dominant_country(mentions: Iterable[Mention]) -> str | None:
    """The country most often meant in a text, by its own names, its people's and its cities'; ties go to the first."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        counts.update(countries_of(mention.entity))
    return counts.most_common(1)[0][0] if counts else None


def main_entity(mentions: Sequence[Mention]) -> Mention | None:
    """A mention of the entity most often named; ties go to the first."""
    counts = Counter(mention.entity for mention in mentions)
    return max(mentions, key=lambda mention: counts[mention.entity], default=None)


class Block(NamedTuple):
    """A partition key, and the names of what it is of; `region` None where nothing is known."""

    key: str
    region: str | None


def block_of(metric: Metric, places: Sequence[str], dominant: str | None, main: Mention | None) -> Block:
    """`FAMILY/COUNTRY`, `FAMILY/COUNTRY+COUNTRY`, else `FAMILY/ENTITY`, else `FAMILY/-`.

    `places` are entity ids of the figure's places, `dominant` and `main` those of its article.
    """
    countries = sorted({country for place in places for country in countries_of(place)})
    if not countries or len(countries) > MOST_COUNTRIES:
        countries = [dominant] if dominant else []
    if countries:
        names = sorted(name_of(country) or country for country in countries)
        return Block(f"{FAMILY[metric]}/{'+'.join(countries)}", "–".join(names))
    return Block(f"{FAMILY[metric]}/{main.entity if main else '-'}", main.name if main else None)
