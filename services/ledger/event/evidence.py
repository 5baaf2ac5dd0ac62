"""What a claim's own words, the sentence before them and the first of the text say of the event it is of.

The sentence comes first: only what it leaves out ("The attack left 12 dead") is taken from before it. So a background
sentence with its own place and weapon is not drowned by the news around it.
"""

from __future__ import annotations

import math
import re
from functools import cached_property

from schemas.claim import Claim
from services.ledger.event.event_words import (
    ATTACK,
    agents,
    clause_at,
    event_words,
    holders,
    is_country,
    is_elsewhere,
    is_everyday,
    is_headlines,
    is_loosely_dated,
    is_sum,
    is_treated,
    kinds,
    looks_back,
    named,
    peaceful_kinds,
    targets,
    telling_words,
    weapons,
    without_speaker,
)
from services.ledger.event.peace import is_at_peace
from services.ledger.event.place_words import Places, add, cities, no_places, place_words, shared_places, unlisted
from services.ledger.event.spelling import fold
from services.ledger.kept import by_claim

_NUMBER = re.compile(r"(?<![\d.,:/-])(?!(?:19|20)\d\d\b)[1-9]\d{1,4}(?![\d.,:/-]*\d)")
"""Two digits or more, and no year, clock or date: "31 lorries" is no coincidence, "six" is."""
_NAME = re.compile(r"(?<![.!?\"] )(?<!^)\b(?:[Aa]l-|[Ee]l-)?[A-Z][\w'’-]{2,}")
_CAPITAL = re.compile(r"\b[A-Z][a-z]+")
_THE_TOWN = re.compile(r"\bthe (?:town|village|hamlet)\b", re.IGNORECASE)
_SITE = re.compile(r"\b((?!The |A |An |At )(?:[A-Z][\w'’-]+ ){1,4})(?:University|College)\b")
""" "Columbia" of "Columbia University". Hospitals have several names: "al-Ahli Hospital" is "the Baptist Hospital"."""
_ATTACK = frozenset({ATTACK})
_PART = re.compile(r"\b(?:north|south|east|west|central)(?:[- ]?(?:east|west))?(?:ern)?\b", re.IGNORECASE)
_BEGINNING = 4
"""Letters by which a country and its people are one word: Turkey and Turkish, Russia and Russian."""


class Evidence:
    """What the words around one figure say. Each thing is looked for when it is first asked for: most tolls of a block
    are of another day or place, and to know that takes a third of what there is to know."""

    def __init__(
        self,
        sentence: str,
        at: int,
        around: tuple[str, str],
        named: tuple[str | None, ...],
        said: tuple[str | None, str | None],
        *,
        peace: bool,
    ) -> None:
        """`at`: where the figure begins. `around`: the sentence before and the opening of the text. `named`: the
        place words, the region, then names of places. `said`: the speaker and the verb. `peace`: no war is there."""
        self._said = said
        self.peace = peace
        self._kinds = peaceful_kinds if peace else kinds
        self._sentence, self._at = sentence, at
        self._before, self._opening = ("", "") if is_elsewhere(sentence) else around
        self._place, self._region, *self._names = named
        self._skipped = no_places(self._region or "")

    @cached_property
    def clause(self) -> str:
        """The part of the sentence that holds the figure: "45 died in air strikes | after rebels fired rockets"."""
        return clause_at(self._sentence, self._at)

    @cached_property
    def own(self) -> Places:
        """Place words of the sentence."""
        own = place_words(self._sentence, self._skipped).copy()
        for name in filter(None, self._names):
            add(own, name, False, self._skipped)
        if self._place and self._place not in self._sentence:
            for key, (word, small) in place_words(self._place, self._skipped).items():
                own[key] = (word, small or own.get(key, ("", False))[1])
        return own

    @cached_property
    def said_here(self) -> Places:
        """Place words in the sentence itself, without a place that was read for it from further off."""
        return cities(self._sentence) | place_words(self._sentence, self._skipped)

    @cached_property
    def before(self) -> Places:
        """Place words of the sentence before."""
        return cities(self._before) | place_words(self._before, self._skipped)

    @cached_property
    def opening(self) -> Places:
        """Place words of the opening of the text."""
        return cities(self._opening) | place_words(self._opening, self._skipped)

    @cached_property
    def near(self) -> Places:
        """Place words of the sentence, else of the one before."""
        return self.own or self.before

    @cached_property
    def told(self) -> Places:
        """Those, else of the opening."""
        return self.near or self.opening

    @cached_property
    def nearby(self) -> Places:
        """All of them: where two claims share none of these, no place is shared."""
        return {**self.opening, **self.before, **self.own}

    @cached_property
    def own_kinds(self) -> frozenset[str]:
        """Kinds of event that the figure's part of the sentence names, else the sentence."""
        return self._kinds(self.clause) or self._kinds(self._sentence)

    @cached_property
    def near_kinds(self) -> frozenset[str]:
        """Those, else of the sentence before."""
        return self.own_kinds or self._kinds(self._before)

    @cached_property
    def around_kinds(self) -> frozenset[str]:
        """Those, and what the sentence before names, else the opening; of a sentence with a town and a kind of its own
        no more than that."""
        if self.own_kinds and any(small for _, small in self.own.values()):
            return self.own_kinds
        return self.own_kinds | (self._kinds(self._before) or self._opening_kinds)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Kinds of the sentence, else of the one before, else of the opening; else an attack, where there is no war."""
        return self.near_kinds or self._opening_kinds or (self._least_kinds if self.peace else frozenset())

    @property
    def _least_kinds(self) -> frozenset[str]:
        """What happened where there is no war and nothing says it: an attack, or whatever wrecks a ferry."""
        if self.is_attack:
            return _ATTACK
        return event_words().wrecks if self.near_targets & event_words().vehicles else frozenset()

    @cached_property
    def part(self) -> str | None:
        """The part of the country the figure is of: "in western Japan"."""
        found = _PART.search(self._place or "")
        return found[0].lower().removesuffix("ern") if found is not None else None

    @cached_property
    def _opening_kinds(self) -> frozenset[str]:
        """Kinds of the opening. Where there is no war, a sentence with a place of its own that the opening of places
        does not have is of other news: below the bombs of Boston a plant blew up in Texas. A storm strikes widely."""
        found = self._kinds(self._opening)
        if self.peace and self.own and self.opening and not shared_places(self.own, self.opening):
            return found & event_words().widespread
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """The storm or the disease by its name, by all the words kept."""
        return named(self._sentence) | named(self._before) | named(self._opening)

    @cached_property
    def speaks_of_the_town(self) -> bool:
        """Whether the sentence means one small place that was named before."""
        return _THE_TOWN.search(self._sentence) is not None

    @cached_property
    def is_attack(self) -> bool:
        """Whether somebody attacked, by the sentence or the one before: the least that two texts can say alike."""
        return "attack" in self._sentence.lower() or "attack" in self._before.lower()

    def kinds_with(self, other: Evidence) -> frozenset[str]:
        """The kinds that both tell of; an attack where the one says no more of it and the other what it was; a clash
        where the other has a riot, a storm where it has a flood."""
        shared, words = self.kinds & other.kinds, event_words()
        if shared:
            return shared
        if _ATTACK in (self.kinds, other.kinds):
            return _ATTACK if words.attacks & (self.kinds | other.kinds) else shared
        kin = (each for each in (words.unrest, words.weather) if self.kinds & each and other.kinds & each)
        return next(kin, shared)

    @cached_property
    def sites(self) -> frozenset[str]:
        """Universities by their names in the sentence: "Columbia" of "Columbia University"."""
        return frozenset(_SITE.findall(without_speaker(self._sentence, *self._said)))

    @cached_property
    def own_targets(self) -> frozenset[str]:
        """What was struck, by the sentence without its speaker: "police said" names no target."""
        return targets(without_speaker(self._sentence, *self._said))

    @cached_property
    def near_targets(self) -> frozenset[str]:
        """The same, else of the sentence before, where this one does not say what happened: "The attack left 12"."""
        return self.own_targets or (frozenset() if self.own_kinds else targets(self._before))

    @cached_property
    def targets(self) -> frozenset[str]:
        """The same, with the opening."""
        return self.near_targets | targets(self._opening)

    @cached_property
    def weapons(self) -> frozenset[str]:
        """With what it was done, by the sentence, else by the one before."""
        return weapons(self._sentence) or weapons(self._before)

    @cached_property
    def holders(self) -> frozenset[str]:
        """Whose side of a front the place lies on, by the sentence."""
        return holders(self._sentence) or holders(self._before)

    @cached_property
    def agents(self) -> frozenset[str]:
        """Which side did it, by the figure's part of the sentence, else by the sentence."""
        return agents(self.clause, self._home) or agents(self._sentence, self._home)

    @cached_property
    def is_headlines(self) -> bool:
        """Whether the sentence is a list of headlines."""
        return is_headlines(self._sentence)

    @cached_property
    def is_treated(self) -> bool:
        """Whether those counted are in somebody's care."""
        return is_treated(self._sentence[self._at :])

    @cached_property
    def towns(self) -> frozenset[str]:
        """Keys of small places, and of names after "in" or "near" that the gazetteer does not have: sentence, else
        before."""
        return frozenset(key for key, (_, small) in self.near.items() if small) | self._unlisted

    @cached_property
    def all_towns(self) -> frozenset[str]:
        """The same, of the whole that is kept."""
        return (
            frozenset(key for key, (_, small) in self.nearby.items() if small)
            | self.towns
            | unlisted(self._opening, self._skipped)
        )

    @cached_property
    def _unlisted(self) -> frozenset[str]:
        return unlisted(self._sentence if self.own else self._before, self._skipped)

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the telling words of the sentence."""
        return telling_words(self._sentence)

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Stems of the telling words of the sentence, the one before and the opening."""
        return self.words | telling_words(self._before) | telling_words(self._opening)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names in the sentence and the one before that are no place words of it: "Islam Army", "Mogherini"."""
        places = {word for word, _ in self.own.values()}
        found = {fold(word) for word in _NAME.findall(f"{self._before} {self._sentence}") if not word.isupper()}
        return frozenset(name for name in found - places if not is_everyday(name) and name not in self._skipped)

    @cached_property
    def abroad(self) -> frozenset[str]:
        """Other countries and their peoples in the sentence, by the beginning of the word: "Turkish bombardment"."""
        named = (word.lower() for word in _CAPITAL.findall(self._sentence))
        return frozenset(
            word[:_BEGINNING] for word in named if is_country(word) and word[:_BEGINNING] not in self._home
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers of two digits or more in the sentence and the one before."""
        return frozenset(_NUMBER.findall(f"{self._before} {self._sentence}"))

    @cached_property
    def is_sum(self) -> bool:
        """Whether the figure's part of the sentence sums many events up."""
        return is_sum(self.clause)

    @cached_property
    def looks_back(self) -> bool:
        """Whether the sentence tells of something else than the news."""
        return looks_back(self._sentence) or is_elsewhere(self._sentence)

    @cached_property
    def is_loosely_dated(self) -> bool:
        """Whether the day that was made of the sentence's words is a guess."""
        return is_loosely_dated(self._sentence)

    @cached_property
    def _home(self) -> frozenset[str]:
        """Beginnings of the region's own names."""
        return frozenset(word[:_BEGINNING] for word in re.findall(r"[a-z]{4,}", (self._region or "").lower()))


@by_claim
def evidence(claim: Claim) -> Evidence:
    """The evidence of one claim; kept with it, because a live claim is met by every new one."""
    return Evidence(
        claim.sentence,
        claim.start - claim.sentence_start,
        (claim.before, claim.opening),
        (claim.place, claim.region, *claim.place_names),
        (claim.speaker, claim.cue),
        peace=is_at_peace(claim),
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of telling words two sentences have in common, 0 to 1 (cosine)."""
    return len(one & other) / math.sqrt((len(one) or 1) * (len(other) or 1))
