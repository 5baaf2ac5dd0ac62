"""What a name tells as it is written: whether it is one body's, a paper's, or only describes somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from services.read.wordlists import word_list, word_table


@dataclass(frozen=True, slots=True)
class Named:
    """A resolved source: the name to show, its entity id where a mention covers it, whether it is a person, a place."""

    name: str
    id: str | None
    person: bool
    place: bool = False


def is_body(name: str) -> bool:
    """Whether a name is one body's, no "Military sources" at a sentence's head."""
    last = name.rpartition(" ")[2]
    common = last.islower() or last == name
    several = common and last.endswith("s") and last.lower() in word_list("source_nouns")
    unnamed = name.lower().startswith(("a ", "an "))
    return is_named(name) and not (is_paper(name) or is_someone(name) or several or unnamed)


def is_paper(name: str) -> bool:
    """Whether a name is that of a statement or report, which "the center" never means."""
    return name.rpartition(" ")[2].lower() in word_list("document_nouns")


def is_someone(name: str) -> bool:
    """Whether a name only describes persons, whom "it" never means: "A shop owner", "a man of Osmia", "Critics"."""
    head = _head(name)
    if head[:1].isupper() and head != name:
        return False  # "Doctors for Osmia", "Osmia Chamber of Commerce"
    head = head.lower()
    several = head.endswith("s") and head.removesuffix("s") in word_list("source_nouns")
    one = name.lower().startswith(("a ", "an ")) and head in word_list("persons")
    return several or one or head in word_list("role_words")


def is_other(noun: str, named: Named) -> bool:
    """Whether "the NOUN" is not who spoke: no group is an army or a country, no committee a ministry."""
    return named.place or (noun in _PRIVATE and _is_of_state(named.name)) or _is_other_body(noun, named.name)


_STATE = frozenset(
    "army military police government ministry forces force guard guards navy parliament court cabinet junta "
    "administration authorities troops command staff department embassy presidency".split()
)
"""Nouns of a state's own bodies."""


def _is_of_state(name: str) -> bool:
    """Whether a name is that of a state's body, which "the group" never means: "Osmia's army", "Ministry of Health"."""
    return _head(name).lower() in _STATE


def _is_other_body(noun: str, name: str) -> bool:
    """Whether "the NOUN" is not the body of that name: "the committee" after "Osmia's interior ministry"."""
    words = set(name.lower().split())
    return noun in _special() and noun not in words and not words.isdisjoint(_special() | _BODIES)


@cache
def _special() -> frozenset[str]:
    """Nouns that tell one kind of body from others, as "agency" and "group" do not."""
    kinds = word_table("stand_ins")
    return frozenset(noun for noun in kinds if kinds[noun] == "body") - _LOOSE - word_list("document_nouns")


_PRIVATE = frozenset(
    "group monitor watchdog charity ngo newspaper paper daily broadcaster channel outlet network".split()
)
"""Nouns that no state's body is called by."""

_LOOSE = _PRIVATE - {"network"} | {"agency", "organization", "organisation", "source"}
"""Nouns for bodies of many kinds."""

_BODIES = frozenset("organization organisation agency group fund union nations programme program bank party".split())
"""Nouns of bodies' names besides: "the ministry" is not the World Health Organization."""


def is_named(name: str) -> bool:
    """Whether a name has a capital: "Gaza health ministry", no "hospital source", no "London-based group"."""
    return any(word[0].isupper() and not word.endswith(("-based", "-run")) for word in name.split())


def without_titles(name: str) -> str:
    """A person's name without the office before it, at least its last word: "Ada Moreno" of "Minister Ada Moreno"."""
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in word_list("role_words"):
        words = words[1:]
    return " ".join(words)


def bare(name: str) -> str:
    """A body's name without its article."""
    return name[4:] if name[:4].lower() == "the " else name


def is_several(name: str) -> bool:
    """Whether a name is of many, which "it" is not: "a dozen emails from Osmia", "Fund records"."""
    return _head(name).endswith("s")


def _head(name: str) -> str:
    for joint in (" for ", " of ", " from ", " by "):
        name = name.partition(joint)[0]
    return name.rpartition(" ")[2]
