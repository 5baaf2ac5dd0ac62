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
from services.ledger.places import particular_places
from services.ledger.thresholds import Thresholds, thresholds

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_SHARED_WORDS = 2
"""Telling words two articles must share beside the kind of event, when that kind recurs. Tried on 461 war reports."""
_NEAR_SENTENCES = 3
"""Two voices on one event stand close in an article; further apart the article has moved on."""
_SECONDS_PER_HOUR = 3600
_RARE_HOURS = 14 * 24
"""A flood or a quake is counted for weeks, and does not strike the same place twice meanwhile."""


def unfit(one: Claim, other: Claim) -> str | None:
    """A stable code of why the claims may be about two things, or None where they fit. Symmetric."""
    if one.unit in _table().belonging and (one.whose is None or other.whose is None):
        return "whose_unknown"
    limits = thresholds(one.metric.value)
    if one.article_id == other.article_id:
        return _within_article(one, other, limits)
    if one.lineage == other.lineage:
        return _across_copies(one, other, limits)
    return _across_articles(one, other, limits)


def _within_article(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if one.voice == other.voice and one.scope == other.scope:
        return "one_voice_twice"  # a writer who gives two numbers in one text is counting two things
    if not limits.event:
        return None
    if _on_other_days(one, other):
        return "other_day"
    first, second = kinds(one.sentence), kinds(other.sentence)
    if first and second and not first & second:
        return "other_event"
    if abs(one.sentence_index - other.sentence_index) > _NEAR_SENTENCES:
        return "far_in_text"
    return None


def _across_copies(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    """An outlet that still carries the first version of a text does not revise the number downwards."""
    earlier, later = sorted((one, other), key=lambda claim: (claim.as_of, claim.published, claim.value))
    fell = later.value < earlier.value and later.status != "correction"
    return "older_copy" if limits.event and fell and one.publisher != other.publisher else None


def _across_articles(one: Claim, other: Claim, limits: Thresholds) -> str | None:
    if not (_is_placed(one) and _is_placed(other)):
        return "place_unknown"
    if not limits.event or one.window is not None:
        return None
    if not particular_places(one):
        return "place_too_wide"
    return _of_one_event(one, other, limits)


def _of_one_event(one: Claim, other: Claim, limits: Thresholds) -> str | None:
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


def kinds(sentence: str) -> frozenset[str]:
    """What kinds of event the words of a sentence name."""
    table = _table()
    found = set()
    for word in _WORD.findall(sentence.lower()):
        kind = table.whole.get(word)
        if kind is not None:
            found.add(kind)
        else:
            found.update(kind for stem, kind in table.stems if word.startswith(stem))
    return frozenset(found)


def telling_words(sentence: str) -> frozenset[str]:
    """Words of four letters or more that are not in every report."""
    return frozenset(word for word in _WORD.findall(sentence.lower()) if len(word) > 3 and word not in _table().common)


def _is_placed(claim: Claim) -> bool:
    return bool(claim.places or claim.scope or claim.whose)


def _on_other_days(one: Claim, other: Claim) -> bool:
    """Whether the text gives each its own day: of a toll that is the day of the event."""
    return one.as_of_from == other.as_of_from == "text" and one.as_of.date() != other.as_of.date()


@dataclass(frozen=True, slots=True)
class _Table:
    whole: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    recurring: dict[str, bool]
    belonging: frozenset[str]
    common: frozenset[str]


@cache
def _table() -> _Table:
    file = resources.files("services.ledger").joinpath("events.yaml")
    given: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    entries = [(word, kind) for kind, entry in given["kinds"].items() for word in entry["words"]]
    return _Table(
        whole={word: kind for word, kind in entries if not word.endswith("*")},
        stems=tuple((word[:-1], kind) for word, kind in entries if word.endswith("*")),
        recurring={kind: entry["recurring"] for kind, entry in given["kinds"].items()},
        belonging=frozenset(given["belonging_units"]),
        common=frozenset(given["common"]),
    )
