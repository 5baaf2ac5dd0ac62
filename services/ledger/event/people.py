"""Who is counted: people of any kind, or fighters, soldiers, children, Germans."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.claim import Claim
from services.ledger.event.event_words import clause_at, event_words, is_people, is_people_of, targets
from services.ledger.kept import TEXTS, by_claim

_LETTERS = re.compile(r"[A-Za-z][a-z-]{2,}")
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_PEOPLE = re.compile(r"\b(?:people|persons?|civilians?|residents?|lives|others?|citizens?)\b", re.IGNORECASE)
_MEMBERS = re.compile(r"\bmembers\b", re.IGNORECASE)
_ORGANISED = frozenset({"fighters", "soldiers", "police", "helpers"})
"""Of which one is a member: "eight members of the White Helmets" are eight rescuers."""
_MOSTLY = re.compile(r"\b(?:mostly|mainly|largely|predominantly|chiefly) \w+$")
""" "More than 120 mostly women and children": some of the 120 are, and the noun that counts them all is left out."""
_DOERS = frozenset({"men", "women"})
"""Nouns that a text also has for who did it: as those counted they stand in their number or behind it."""
_MEN_OF_AN_ARMY = re.compile(
    r"\b(?:lost|lose|loses|losing) (?:[a-z]+ ){0,4}[\d,.]+ (?:thousand )?men\b"
    r"|\b(?:his|its|their)(?: own)? men\b"
)
""" "The group has lost 10,000 men", "20,000 of his men": whoever fights for it."""
_CIVILIANS = re.compile(r"\bcivilians?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozens of) (?:[A-Za-z-]+ )??([A-Za-z]+s)\b"
)
FIGHTERS = "fighters"
"""The group of those who are of no army."""
_BEGINNING = 4
"""Letters by which a country and its people are one word: "Syria", "Syrians". On 461 war reports 2 and 8 give the same
verdicts."""
_BESIDE = 60
"""Characters: "killing three Iraqi militants and 13 civilians"."""


@by_claim
def group(claim: Claim) -> str | None:
    """Who is counted where it is not simply people: fighters, children, … None for people of any kind."""
    if _MOSTLY.search(claim.words):
        return None
    table = event_words()
    words, counted = claim.words, claim.counted or ""
    if is_of_an_army(claim):
        return None
    if counted.lower() in _DOERS and counted.lower() not in _LETTERS.findall(claim.sentence[_at(claim) :].lower()):
        counted = ""  # "two men before their bombs wounded more than 160": those counted are not the men
    listed = (found for word in _LETTERS.findall(f"{words} {counted}") for found in table.groups.of(word.lower()))
    named = (word for word in _NAME.findall(counted) if is_people(word.lower()))  # "Germans"; not "Leaders Killed"
    region, countries = (claim.region or "").lower(), set(claim.block.partition("/")[2].split("+"))
    named = (word for word in named if word[:_BEGINNING].lower() not in region)  # Syrians in Syria are anybody
    peoples = [word for word in named if not is_people_of(word.lower(), countries)]  # and the French in France
    theirs = {claim.whose_id or ""}  # "Kurds" of Syria are "Syrian Kurds"
    narrower = (word for word in peoples if not is_people_of(word.lower(), theirs))
    return next(listed, None) or next(narrower, None) or next(iter(peoples), None)


@by_claim
def is_of_an_army(claim: Claim) -> bool:
    """Whether the men counted are those a force has lost, by whatever name the other text calls them."""
    if (claim.counted or "").lower() != "men":
        return False
    begin = _at(claim)
    return any(
        found.start() < begin + len(claim.words) and found.end() > begin
        for found in _MEN_OF_AN_ARMY.finditer(claim.sentence)
    )


@by_claim
def counts_the_nation(claim: Claim) -> bool:
    """Whether the people of the country of its block are counted: "130,000 Americans" of the United States."""
    home = set(claim.block.partition("/")[2].split("+"))
    return any(is_people_of(word.lower(), home) for word in _NAME.findall(claim.counted or ""))


def same_people(one: Claim, other: Claim) -> bool:
    """Whether the same kind of people is counted. Civilians are just people, unless fighters are counted beside them:
    of "31 jihadists and eight civilians" the eight are no total."""
    first, second = group(one), group(other)
    if first != second:
        if {first, second} == {"prisoners", None}:  # whom a riot in a prison kills are its prisoners
            return all("prison" in targets(claim.sentence) for claim in (one, other))
        return _leaves_open(one, second) or _leaves_open(other, first)
    return _are_civilians(one) == _are_civilians(other) or not (_are_among_fighters(one) or _are_among_fighters(other))


def _at(claim: Claim) -> int:
    """Where in its sentence the figure begins."""
    return claim.start - claim.sentence_start


@by_claim
def _are_civilians(claim: Claim) -> bool:
    return _CIVILIANS.search(f"{claim.words} {claim.counted or ''}") is not None


@by_claim
def _are_among_fighters(claim: Claim) -> bool:
    """Whether civilians are counted right beside fighters."""
    return _are_civilians(claim) and _beside_fighters(claim.sentence, claim.start - claim.sentence_start)


def _leaves_open(claim: Claim, others: str | None) -> bool:
    """Whether a claim without a noun may count `others`, which its part of the sentence names: "the coalition bombed
    Syrian troops, killing more than 60" are soldiers."""
    return others is not None and group(claim) is None and others in _open_to(claim)


@by_claim
def _open_to(claim: Claim) -> frozenset[str]:
    """The groups that a claim without a noun may count."""
    words = f"{claim.words} {claim.counted or ''}"
    if _PEOPLE.search(words):
        return frozenset()
    named = _named(clause_at(claim.sentence, claim.start - claim.sentence_start))
    if is_of_an_army(claim):
        return named | _ORGANISED
    return named | _ORGANISED if _MEMBERS.search(words) else named


@lru_cache(maxsize=TEXTS)
def _named(clause: str) -> frozenset[str]:
    """Groups of people that the words of a clause name."""
    return frozenset(name for word in _LETTERS.findall(clause) for name in event_words().groups.of(word.lower()))


@lru_cache(maxsize=TEXTS)
def _beside_fighters(sentence: str, at: int) -> bool:
    """Whether a sentence counts fighters right beside the figure."""
    around = (*_COUNTED.finditer(sentence, max(0, at - _BESIDE), at), *_COUNTED.finditer(sentence, at, at + _BESIDE))
    return any(event_words().groups.of(found[1].lower())[:1] == (FIGHTERS,) for found in around)
