"""events.yaml: what the words of a sentence say of what happened, to whom, and to what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

Rate = Literal["rare", "weekly", "daily"]

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_STEM = 6
"""Letters by which two telling words are one: exploded and explosion, Damascus and Damascene."""


class Lookup:
    """Words to the groups they belong to, from lists in which `stem*` matches everything that begins so."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        entries = [(word, name) for name, words in lists.items() for word in words]
        self._whole: dict[str, tuple[str, ...]] = {}
        for word, name in entries:
            if not word.endswith("*"):
                self._whole[word] = (*self._whole.get(word, ()), name)
        self._stems = tuple((word[:-1], name) for word, name in entries if word.endswith("*"))
        # A sentence is met by every claim of its series, and its words by every sentence: 0.9 of 3.2 s went here.
        self.of = lru_cache(maxsize=65_536)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        """The groups of a lower-cased word, the whole word before stems; mostly none."""
        return self._whole.get(word) or tuple(name for stem, name in self._stems if word.startswith(stem))


class Phrases:
    """Phrases to be found as whole words. A sentence mostly holds none, and to see that without a pattern is three
    times as fast."""

    def __init__(self, phrases: list[str]) -> None:
        self._phrases = tuple(phrases)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")

    def are_in(self, text: str) -> bool:
        """Whether a lower-cased text has one of them."""
        return any(phrase in text for phrase in self._phrases) and self._pattern.search(text) is not None

    def out_of(self, text: str) -> str:
        """The text without them."""
        return self._pattern.sub("", text)


@dataclass(frozen=True, slots=True)
class EventWords:
    """The lists of events.yaml, each explained there."""

    kinds: Lookup
    rates: dict[str, Rate]
    sums: Phrases
    wars: Phrases
    no_wars: Phrases
    background: Phrases
    loosely_dated: Phrases
    nameless: frozenset[str]
    targets: Lookup
    groups: Lookup
    parts: frozenset[str]
    anyone: frozenset[str]
    belonging: frozenset[str]
    small_scopes: frozenset[str]
    small_place_words: frozenset[str]
    not_places: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]


@cache
def event_words() -> EventWords:
    """The table, read once."""
    file = resources.files("services.ledger").joinpath("events.yaml")
    given: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return EventWords(
        kinds=Lookup({kind: entry["words"] for kind, entry in given["kinds"].items()}),
        rates={kind: entry["rate"] for kind, entry in given["kinds"].items()},
        sums=Phrases(given["sums"]),
        wars=Phrases(given["wars"]),
        no_wars=Phrases(given["no_wars"]),
        background=Phrases(given["background"]),
        loosely_dated=Phrases(given["loosely_dated"]),
        nameless=frozenset(given["nameless"]),
        targets=Lookup(given["targets"]),
        groups=Lookup(given["groups"]),
        parts=frozenset(given["parts"]),
        anyone=frozenset(given["anyone"]),
        belonging=frozenset(given["belonging_units"]),
        small_scopes=frozenset(given["small_scopes"]),
        small_place_words=frozenset(given["small_place_words"]),
        not_places=frozenset(given["not_places"]) | _countries(),
        titles=frozenset(given["titles"]),
        common=frozenset(given["common"]),
    )


def kinds(sentence: str) -> frozenset[str]:
    """What kinds of event the words of a sentence name."""
    return _named(sentence, event_words().kinds)


def targets(sentence: str) -> frozenset[str]:
    """What was struck, as far as the words of a sentence name it."""
    return _named(sentence, event_words().targets)


def is_sum(sentence: str) -> bool:
    """Whether a sentence speaks of a whole war, of days or of many strikes: its number is the sum of many events."""
    table, lowered = event_words(), sentence.lower()
    if table.sums.are_in(lowered):
        return True
    at_war = table.wars.are_in(lowered) and table.wars.are_in(table.no_wars.out_of(lowered))
    return at_war and not any(table.rates[kind] == "rare" for kind in kinds(sentence))


def looks_back(sentence: str) -> bool:
    """Whether a sentence tells of something before the news of the day."""
    return event_words().background.are_in(sentence.lower()) or is_loosely_dated(sentence)


def is_loosely_dated(sentence: str) -> bool:
    """Whether a sentence says when by a week or a month, so that a day made of it is a guess."""
    return event_words().loosely_dated.are_in(sentence.lower())


def telling_words(sentence: str) -> frozenset[str]:
    """Stems of the words of four letters or more that are not in every report and name no kind of event."""
    table = event_words()
    return frozenset(
        word[:_STEM]
        for word in _words(sentence)
        if len(word) > 3 and word not in table.common and not table.kinds.of(word)
    )


@lru_cache(maxsize=4_096)
def _words(sentence: str) -> tuple[str, ...]:
    """Its words, lower-cased; kinds, targets and telling words are each looked for in them."""
    return tuple(_WORD.findall(sentence.lower()))


def _named(sentence: str, lookup: Lookup) -> frozenset[str]:
    return frozenset(name for word in _words(sentence) for name in lookup.of(word))


def _countries() -> frozenset[str]:
    """Lower-cased words of countries and their peoples, from the one list of them that the reader keeps too."""
    file = resources.files("services.read.entities").joinpath("data", "countries.yaml")
    entries: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    names = [name for e in entries.values() for name in (e["name"], *e.get("also", ()), *e.get("people", ()))]
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name.lower())}
    return frozenset(words | {word + "s" for word in words})
