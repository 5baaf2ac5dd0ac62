"""May two claims of one series be about two different events? When in doubt, yes (rules.md: worst is a false alert).

A series is a metric, a unit, an owner, a place and a window. That is enough for a camp's population, and not enough
for a death toll: the same town is bombed again next week. What is left to tell events apart are days and words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.places import particular_places
from services.ledger.ranges import softly_apart
from services.ledger.thresholds import Thresholds, thresholds

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_LETTERS = re.compile(r"[A-Za-z][a-z-]{2,}")
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_PART = re.compile(r"\bof (?:those|them|whom|the)\b")
_SHARED_WORDS = 2
"""Telling words two articles must share beside the kind of event, when that kind recurs. Tried on 461 war reports."""
_NEAR_SENTENCES = 3
"""Two voices on one event stand close in an article; further apart the article has moved on."""
_SECONDS_PER_HOUR = 3600
_RARE_HOURS = 14 * 24
"""A flood or a quake is counted for weeks, and does not strike the same place twice meanwhile."""
_WAR = "war"
_WIDE_SCOPES = frozenset({"country", "region", "world"})
_FAR_APART = 30
"""Numbers this many times apart were never of one thing in 461 war reports: a day's toll beside a war's."""


def unfit(one: Claim, other: Claim) -> str | None:
    """A stable code of why the claims may be about two things, or None where they fit. Symmetric."""
    return _other_people(one, other) or _other_thing(one, other, thresholds(one.metric.value))


def _other_people(one: Claim, other: Claim) -> str | None:
    if one.unit in _table().belonging and (one.whose is None or other.whose is None):
        return "whose_unknown"
    if group(one) != group(other):
        return "other_group"
    if one.metric is Metric.MONEY and not (one.counted and one.counted == other.counted):
        return "other_sum"  # two sums are of one thing only where the text names the thing
    if any(_PART.search(f"{claim.words} {claim.counted or ''}") for claim in (one, other)):
        return "part_of_another"
    return None


def _other_thing(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    within = one.article_id == other.article_id
    if within and one.scope == other.scope:
        if one.voice == other.voice:
            # A writer who gives two numbers in one text is counting two things, or putting one vaguely: desk's note.
            return None if softly_apart(one, other) else "one_voice_twice"
        if one.speaker is None or other.speaker is None:
            return "own_voice"  # and the writer's number and a source's are seldom of one thing
    if _are_far_apart(one.value, other.value):
        return "too_far_apart"
    if not within and one.lineage == other.lineage:
        return _across_copies(one, other, limits)
    return _elsewhere(one, other, limits) or (_other_event(one, other, limits) if limits.event else None)


def _elsewhere(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    placed = one.article_id == other.article_id or (_is_placed(one, limits) and _is_placed(other, limits))
    return None if placed else "place_unknown"


def _other_event(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if _is_sum(one):
        return None
    if one.article_id == other.article_id:
        return _other_place(one, other) or _within_article(one, other)
    return _other_place(one, other) or _across_articles(one, other, limits)


def _other_place(one: Claim, other: Claim) -> str | None:
    """Of an event; its camp and its border, its street and its town, may each have their own."""
    if one.scope != other.scope:
        return "other_place"
    if one.scope in _table().small_scopes and (not _names(one) or _names(one) != _names(other)):
        return "place_unclear"
    first, second = kinds(one.sentence), kinds(other.sentence)
    return "other_event" if (_WAR in first) != (_WAR in second) else None


def _within_article(one: Claim, other: Claim) -> str | None:
    if _on_other_days(one, other):
        return "other_day"
    apart = abs(one.sentence_index - other.sentence_index)
    if apart > _NEAR_SENTENCES:
        return "far_in_text"
    return _other_kind(one, other, apart)


def _other_kind(one: Claim, other: Claim, apart: int) -> str | None:
    """`apart`: sentences between them in one article. Neighbours may leave out what happened."""
    first, second = kinds(one.sentence), kinds(other.sentence)
    shared = first & second
    if first and second and not shared:
        return "other_event"
    if one.scope in _WIDE_SCOPES and all(_table().recurring[kind] for kind in shared):
        return "place_too_wide"  # a country has a storm, but many air strikes
    return None if shared or apart <= 1 else "event_unknown"


def _across_copies(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    """An outlet that still carries the first version of a text does not revise the number downwards."""
    earlier, later = sorted((one, other), key=lambda claim: (claim.as_of, claim.published, claim.value))
    fell = later.value < earlier.value and later.status != "correction"
    return "older_copy" if limits.event and fell and one.publisher != other.publisher else None


def _across_articles(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if not particular_places(one):
        return "place_too_wide"
    shared = kinds(one.sentence) & kinds(other.sentence)
    if not shared:
        return "event_unknown"
    apart = abs((one.as_of - other.as_of).total_seconds()) / _SECONDS_PER_HOUR
    recurring = all(_table().recurring[kind] for kind in shared)
    if apart > (limits.together_hours if recurring else _RARE_HOURS) or (recurring and _on_other_days(one, other)):
        return "other_day"
    if recurring and len(telling_words(one.sentence) & telling_words(other.sentence)) < _SHARED_WORDS:
        return "other_words"
    return None


def group(claim: Claim) -> str | None:
    """Who is counted where it is not simply people: fighters, children, … None for people of any kind."""
    table = _table()
    words = _LETTERS.findall(f"{claim.words} {claim.counted or ''}")
    listed = (found for word in words for found in table.groups.of(word.lower()))
    named = (word for word in _NAME.findall(claim.counted or "") if word.lower() not in table.anyone)  # "Germans"
    return next(listed, None) or next(named, None)


def kinds(sentence: str) -> frozenset[str]:
    """What kinds of event the words of a sentence name."""
    of = _table().kinds.of
    return frozenset(kind for word in _WORD.findall(sentence.lower()) for kind in of(word))


def telling_words(sentence: str) -> frozenset[str]:
    """Words of four letters or more that are not in every report."""
    return frozenset(word for word in _WORD.findall(sentence.lower()) if len(word) > 3 and word not in _table().common)


def _is_placed(claim: Claim, limits: Thresholds) -> bool:
    """Whether the claim says where closely enough to be the same place as another article's."""
    if particular_places(claim) or (claim.scope is not None and claim.scope not in _WIDE_SCOPES):
        return True
    return limits.wide and bool(claim.places)


def _is_sum(claim: Claim) -> bool:
    """Whether the window has a fixed beginning ("since 2021-08"): a sum of its own, whatever the sentence is about.
    "Last 24 hours" moves with the day."""
    return claim.window is not None and claim.window.startswith("since")


def _are_far_apart(one: float, other: float) -> bool:
    small, large = sorted((one, other))
    return small > 0 and large > _FAR_APART * small


def _names(claim: Claim) -> frozenset[str]:
    return frozenset(_NAME.findall(claim.place or ""))


def _on_other_days(one: Claim, other: Claim) -> bool:
    """Whether the text gives each its own day: of a toll that is the day of the event."""
    return one.as_of_from == other.as_of_from == "text" and one.as_of.date() != other.as_of.date()


class _Lookup:
    """Words to the groups they belong to, from lists in which `stem*` matches everything that begins so."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        entries = [(word, name) for name, words in lists.items() for word in words]
        self._whole = {word: name for word, name in entries if not word.endswith("*")}
        self._stems = tuple((word[:-1], name) for word, name in entries if word.endswith("*"))

    def of(self, word: str) -> tuple[str, ...]:
        """The groups of a lower-cased word, the whole word before stems; mostly none."""
        if word in self._whole:
            return (self._whole[word],)
        return tuple(name for stem, name in self._stems if word.startswith(stem))


@dataclass(frozen=True, slots=True)
class _Table:
    kinds: _Lookup
    recurring: dict[str, bool]
    groups: _Lookup
    anyone: frozenset[str]
    belonging: frozenset[str]
    small_scopes: frozenset[str]
    common: frozenset[str]


@cache
def _table() -> _Table:
    file = resources.files("services.ledger").joinpath("events.yaml")
    given: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return _Table(
        kinds=_Lookup({kind: entry["words"] for kind, entry in given["kinds"].items()}),
        recurring={kind: entry["recurring"] for kind, entry in given["kinds"].items()},
        groups=_Lookup(given["groups"]),
        anyone=frozenset(given["anyone"]),
        belonging=frozenset(given["belonging_units"]),
        small_scopes=frozenset(given["small_scopes"]),
        common=frozenset(given["common"]),
    )
