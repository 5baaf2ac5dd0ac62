"""events.yaml: what the words of a sentence say of what happened, to whom, and to what."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Literal

from services.ledger.event.gazetteer import by_key, cities, country_words, nationals, provinces
from services.ledger.event.spelling import fold, place_key, same_place_word
from services.ledger.kept import TEXTS
from services.ledger.listed import listed

Rate = Literal["rare", "seasonal", "told", "weekly", "daily"]

ATTACK = "attack, at peace"
"""The kind of "the attack in Kiwa", where no war is and nothing else is said of it."""
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_SHORTEST = 2
"""Letters of the shortest stem and of the shortest word looked up: the stems that begin with them are tried."""
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
        self._stems: dict[str, list[tuple[str, str]]] = {}
        for word, name in entries:
            if word.endswith("*"):
                self._stems.setdefault(word[:_SHORTEST], []).append((word[:-1], name))
        # A sentence is met by every claim of its series, and its words by every sentence: 0.9 of 3.2 s went here.
        self.of = lru_cache(maxsize=65_536)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        """The groups of a lower-cased word, the whole word before stems; mostly none."""
        near = self._stems.get(word[:_SHORTEST], ())
        return self._whole.get(word) or tuple(name for stem, name in near if word.startswith(stem))


class Phrases:
    """Phrases to be found as whole words. A sentence mostly holds none, and to see that without a pattern is three
    times as fast."""

    def __init__(self, phrases: list[str]) -> None:
        self._phrases = tuple(phrases)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")

    def are_in(self, text: str) -> bool:
        """Whether a lower-cased text has one of them."""
        for phrase in self._phrases:  # any() takes twice as long
            if phrase in text:
                return self._pattern.search(text) is not None
        return False

    def out_of(self, text: str) -> str:
        """The text without them."""
        return self._pattern.sub("", text)


@dataclass(frozen=True, slots=True)
class EventWords:
    """The lists of events.yaml, each explained there."""

    kinds: Lookup
    kind_phrases: dict[str, Phrases]
    rates: dict[str, Rate]
    attacks: frozenset[str]
    unrest: frozenset[str]
    weather: frozenset[str]
    bombardments: frozenset[str]
    vehicles: frozenset[str]
    wrecks: frozenset[str]
    city_states: frozenset[str]
    disasters: frozenset[str]
    diseases: Lookup
    sums: Phrases
    wars: Phrases
    no_wars: Phrases
    background: Phrases
    elsewhere: Phrases
    loosely_dated: Phrases
    nameless: frozenset[str]
    bare_groups: frozenset[str]
    bare_fronts: frozenset[str]
    targets: Lookup
    weapons: Lookup
    groups: Lookup
    parts: frozenset[str]
    peoples: Lookup
    belonging: frozenset[str]
    small_place_words: frozenset[str]
    not_places: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]
    holders: Lookup
    agents: Lookup
    deeds: Lookup
    treated: Phrases
    rare_targets: frozenset[str]
    widespread: frozenset[str]
    turns: re.Pattern[str]
    countries: frozenset[str]
    nationals: dict[str, frozenset[str]]
    cities: frozenset[str]
    provinces: frozenset[str]
    city_keys: dict[str, list[str]]


@cache
def event_words() -> EventWords:
    """The table, read once."""
    given: dict[str, Any] = listed("services.ledger.event", "events.yaml")
    places, not_places = cities(), frozenset(given["not_places"]) | country_words()
    return EventWords(
        kinds=Lookup({kind: entry["words"] for kind, entry in given["kinds"].items()}),
        kind_phrases={kind: Phrases(e["phrases"]) for kind, e in given["kinds"].items() if "phrases" in e},
        rates=_rates(given["kinds"]),
        attacks=frozenset(map(at_peace, given["attacks"])),
        unrest=frozenset(map(at_peace, given["unrest"])),
        weather=frozenset(given["weather"]),
        bombardments=frozenset(name for kind in given["bombardments"] for name in (kind, at_peace(kind))),
        vehicles=frozenset(given["vehicles"]),
        wrecks=frozenset({at_peace("crash")}),
        city_states=frozenset(given["city_states"]),
        disasters=frozenset(name for kind in given["disasters"] for name in (kind, at_peace(kind))),
        diseases=Lookup(given["diseases"]),
        sums=Phrases(given["sums"]),
        wars=Phrases(given["wars"]),
        no_wars=Phrases(given["no_wars"]),
        background=Phrases(given["background"]),
        elsewhere=Phrases(given["elsewhere"]),
        loosely_dated=Phrases(given["loosely_dated"]),
        nameless=frozenset(given["nameless"]),
        bare_groups=frozenset(given["bare_groups"]),
        bare_fronts=frozenset(given["bare_fronts"]),
        targets=Lookup(given["targets"]),
        weapons=Lookup(given["weapons"]),
        groups=Lookup(given["groups"]),
        parts=frozenset(given["parts"]),
        peoples=Lookup({"people": given["peoples"]}),
        belonging=frozenset(given["belonging_units"]),
        small_place_words=frozenset(given["small_place_words"]),
        not_places=not_places.union(map(fold, not_places)),  # "Nations" is asked for as "nation"
        titles=frozenset(given["titles"]),
        common=frozenset(given["common"]),
        holders=Lookup(given["holders"]),
        agents=Lookup(given["agents"]),
        deeds=Lookup({"deed": given["deeds"]}),
        treated=Phrases(given["treated"]),
        rare_targets=frozenset(given["rare_targets"]),
        widespread=frozenset(given["widespread"]),
        turns=re.compile(rf"\b(?i:{'|'.join(map(re.escape, given['turns']))})\b|(?<=\b(?:19|20)\d\d )(?=[A-Z])"),
        countries=country_words(),
        nationals=nationals(),
        cities=places,
        provinces=provinces(),
        city_keys=by_key(places),
    )


def _rates(given: dict[str, dict[str, Any]]) -> dict[str, Rate]:
    """How often each kind happens, and each kind at peace under its name there."""
    rates = {kind: entry["rate"] for kind, entry in given.items()}
    return (
        rates | {at_peace(kind): entry["peace"] for kind, entry in given.items() if "peace" in entry} | {ATTACK: "told"}
    )


def at_peace(kind: str) -> str:
    """What a kind that has another rate without a war is called there."""
    return f"{kind}, at peace"


_MARCH = re.compile(r"(?<!to )\bmarch(?:es)?\b(?! on )")
"""No month, and none who march on a city: "a pro-Torvian march in the capital"."""


_FIREFIGHTERS = re.compile(
    r"\bfire(?: and rescue)? (?:brigades?|departments?|services?|chiefs?|officials?|officers?|crews?|engines?)\b"
)
"""They come to every disaster, and speak of it."""


@lru_cache(maxsize=TEXTS)
def kinds(sentence: str) -> frozenset[str]:
    """What kinds of event the words of a sentence name. A word of two kinds ("strike", "bombardment") decides only
    where no other does: "rocket attacks … in the second heavy bombardment" are shelling."""
    lookup = event_words().kinds
    found: list[tuple[str, ...]] = []
    rest = _FIREFIGHTERS.sub(" ", sentence.lower())
    for kind, phrases in event_words().kind_phrases.items():
        if phrases.are_in(rest):
            found.append((kind,))
            rest = phrases.out_of(rest)
    if _MARCH.search(sentence):
        found.append(("protest",))
    found += filter(None, map(lookup.of, _words(rest)))
    plain = frozenset(names[0] for names in found if len(names) == 1)
    return plain or frozenset(name for names in found for name in names)


@lru_cache(maxsize=TEXTS)
def peaceful_kinds(sentence: str) -> frozenset[str]:
    """The same where there is no war."""
    rates = event_words().rates
    return frozenset(at_peace(kind) if at_peace(kind) in rates else kind for kind in kinds(sentence))


_STORM = re.compile(r"\b(?i:hurricane|typhoon|cyclone|storm) ([A-Z][a-z]{2,})\b")


@lru_cache(maxsize=TEXTS)
def named(text: str) -> frozenset[str]:
    """Storms and diseases that a text calls by a name: "Typhoon Haiyan", "Covid-19"."""
    storms = (word.lower() for word in _STORM.findall(text))
    return _named(text, event_words().diseases).union(word for word in storms if word not in event_words().not_places)


@lru_cache(maxsize=TEXTS)
def targets(sentence: str) -> frozenset[str]:
    """What was struck, as far as the words of a sentence name it; not who speaks: "police said", "hospital officials
    said"."""
    return _named(_SPEAKING.sub(" ", sentence), event_words().targets)


_OFFICE = r"(?: (?:officials?|officers?|sources?|authorit(?:y|ies)|staff|workers|chief|directors?|doctors))?"
_SPEAKING = re.compile(
    rf"(?<![\w-])[\w-]++{_OFFICE} (?:said|says?|told|added)\b|\baccording to (?:the |local )?[\w-]++{_OFFICE}",
    re.IGNORECASE,
)
"""Who says it, up to the word that is said to be struck elsewhere. "The market, police said": a comma ends it."""


def without_speaker(sentence: str, speaker: str | None, cue: str | None) -> str:
    """The sentence without the speaker's name where it stands nearest to the verb that makes it the speaker's: of
    "Police said a bomb at a police station" the first."""
    if not speaker:
        return sentence
    lowered, name, verb = sentence.lower(), speaker.lower(), (cue or "").lower()
    at = max(lowered.find(verb), 0)
    found = [lowered.rfind(name, 0, at + len(name)), lowered.find(name, at)]
    nearest = min((where for where in found if where >= 0), key=lambda where: abs(where - at), default=None)
    return sentence if nearest is None else f"{sentence[:nearest]} {sentence[nearest + len(name) :]}"


def weapons(sentence: str) -> frozenset[str]:
    """With what it was done, as far as the words of a sentence name it."""
    return _named(sentence, event_words().weapons)


def holders(sentence: str) -> frozenset[str]:
    """Who holds the place a sentence speaks of, or on which side of it it lies."""
    return _named(sentence, event_words().holders)


def agents(sentence: str, home: frozenset[str]) -> frozenset[str]:
    """Which side of a war did it, where a sentence names it: "government air strikes", "rebels fired", "shelling by
    insurgents". `home`: beginnings of the country's own name, which stands for its government."""
    table, words = event_words(), re.findall(r"[a-z][a-z.-]+", sentence.lower())
    found = set()
    for at, word in enumerate(words):
        for side in table.agents.of(word) or (("state",) if word.startswith(tuple(home)) else ()):
            ahead, behind = words[at + 1 : at + 1 + _DEED_WITHIN], words[max(0, at - 3) : at]
            if any(table.deeds.of(deed) for deed in ahead) or "by" in behind:
                found.add(side)
    return frozenset(found)


_DEED_WITHIN = 4
"""Words: "government forces had also fired"."""


@lru_cache(maxsize=TEXTS)
def clause_at(sentence: str, at: int) -> str:
    """The part of a sentence around the character `at`, from one turn of it ("after", "while") to the next. A year
    before a capital is the end of a date line that was glued to the text."""
    turns = [turn.start() for turn in event_words().turns.finditer(sentence)]
    start = max((turn for turn in turns if turn <= at), default=0)
    end = min((turn for turn in turns if turn > at), default=len(sentence))
    return sentence[start:end]


def is_headlines(sentence: str) -> bool:
    """Whether a "sentence" is a list of headlines, such as the links under a text: long, and nearly all capitals."""
    words = re.findall(r"[^\W\d_]{2,}", sentence)
    if sentence.isupper():
        return False  # an agency's wire of the time before small letters
    return len(words) > _LIST and sum(word[0].isupper() for word in words) > _CAPITALS * len(words)


_LIST, _CAPITALS = 25, 0.6
"""Words of a list of links, and the share of capitals in it; of 5,000 sentences of prose none with more than .5."""


def is_treated(words: str) -> bool:
    """Whether those counted are the ones in somebody's care: a part of the injured. `words`: from the figure on."""
    return event_words().treated.are_in(words.lower().partition(" and ")[0])


def is_country(word: str) -> bool:
    """Whether a lower-cased word is of the name of a country or of its people ("The Gambia" has one that is not)."""
    table = event_words()
    return word in table.countries and word not in _ARTICLES


def is_people_of(word: str, countries: Set[str]) -> bool:
    """Whether a lower-cased word is of the name of the people of one of `countries` (Wikidata ids)."""
    return not countries.isdisjoint(event_words().nationals.get(word, ()))


def is_people(word: str) -> bool:
    """Whether a lower-cased word is of the name of a people or a faith, in its country or without one."""
    return word in event_words().nationals or bool(event_words().peoples.of(word))


_ARTICLES = frozenset(["the", "and", "new", "south", "north", "republic", "united", "states", "island", "islands"])


@lru_cache(maxsize=16_384)
def is_city(name: str) -> bool:
    """Whether the gazetteer knows a city of that name, in whatever spelling if it is one word."""
    table = event_words()
    if name.lower() in table.cities:
        return True
    return " " not in name and any(same_place_word(name, city) for city in table.city_keys.get(place_key(name), ()))


@lru_cache(maxsize=16_384)
def is_everyday(name: str) -> bool:
    """Whether a lower-cased name is in every other report: an office, a country, a day, a word of all texts."""
    table = event_words()
    return any(word in words for word in (name, f"{name}s") for words in (table.not_places, table.titles, table.common))


def is_sum(sentence: str) -> bool:
    """Whether a sentence speaks of a whole war, of days or of many strikes: its number is the sum of many events."""
    table, lowered = event_words(), sentence.lower()
    if table.sums.are_in(lowered):
        return True
    at_war = table.wars.are_in(lowered) and table.wars.are_in(table.no_wars.out_of(lowered))
    return at_war and not any(table.rates[kind] == "rare" for kind in kinds(sentence))


@lru_cache(maxsize=TEXTS)
def looks_back(sentence: str) -> bool:
    """Whether a sentence tells of something before the news of the day."""
    return event_words().background.are_in(sentence.lower()) or is_loosely_dated(sentence)


def is_elsewhere(sentence: str) -> bool:
    """Whether a sentence turns to another event than those around it."""
    return event_words().elsewhere.are_in(sentence.lower())


@lru_cache(maxsize=TEXTS)
def is_loosely_dated(sentence: str) -> bool:
    """Whether a sentence says when by a week or a month, so that a day made of it is a guess."""
    return event_words().loosely_dated.are_in(sentence.lower())


@lru_cache(maxsize=TEXTS)
def telling_words(sentence: str) -> frozenset[str]:
    """Stems of the words of four letters or more that are not in every report and name no kind of event."""
    table = event_words()
    return frozenset(
        word[:_STEM]
        for word in _words(sentence.lower())
        if len(word) > 3 and word not in table.common and not table.kinds.of(word)
    )


@lru_cache(maxsize=TEXTS)
def _words(lowered: str) -> tuple[str, ...]:
    """Words of a lower-cased sentence; kinds, targets and telling words are each looked for in them."""
    return tuple(_WORD.findall(lowered))


def _named(sentence: str, lookup: Lookup) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(lookup.of, _words(sentence.lower()))))
