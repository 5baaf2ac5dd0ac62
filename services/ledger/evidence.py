"""What a claim's own words, the sentence before them and the first of the text say of the event it is of.

The sentence comes first: only what it leaves out ("The attack left 12 dead") is taken from before it. So a background
sentence with its own place and weapon is not drowned by the news around it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.claim import Claim
from services.ledger.event_words import event_words, is_sum, kinds, looks_back, targets, telling_words
from services.ledger.spelling import fold, place_key, same_place_word

_RUN = re.compile(r"(?:[ae]l-)?[A-Z][\w'’-]*(?: (?:al-|el-|al |el |az |ez )?[A-Z][\w'’-]*)*")
_NAME_WORD = re.compile(r"(?:[Aa]l-|[Ee]l-)?[A-Z][\w'’]+")
_NUMBER = re.compile(r"(?<![\d.,:/-])(?!(?:19|20)\d\d\b)[1-9]\d{1,4}(?![\d.,:/-]*\d)")
"""Two digits or more, and no year, clock or date: "31 lorries" is no coincidence, "six" is."""
_LAST_WORDS = re.compile(r"([\w'-]+)? ?([\w'-]+)? $")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_BEFORE_A_PLACE = frozenset(
    "in at near on to from outside inside around across between of and with northern southern eastern western central "
    "north south east west northwest northeast southwest southeast rebel-held government-held opposition-held".split()
)
_AFTER_A_PLACE = frozenset(["province", "city", "region", "governorate", "countryside", "airport", "airbase"])

Places = dict[str, tuple[str, bool]]
"""Key of a place word → the word as written, and whether it is of a small place (a town, a village, a district)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`own` is of the sentence; `nearby` of the one before, or of the first of the text, where the sentence names none.
    Kinds and targets likewise."""

    own: Places
    nearby: Places
    own_kinds: frozenset[str]
    kinds: frozenset[str]
    own_targets: frozenset[str]
    targets: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    is_sum: bool
    looks_back: bool


def evidence(claim: Claim) -> Evidence:
    """The evidence of one claim; cached, because a live claim is met by every new one."""
    return _evidence(claim.sentence, (claim.before, claim.opening), claim.place, claim.place_names, claim.region)


@lru_cache(maxsize=16_384)
def _evidence(
    sentence: str, around: tuple[str, str], place: str | None, names: tuple[str, ...], region: str | None
) -> Evidence:
    before, opening = around
    skipped = _no_places(region or "")
    own = _places(sentence, skipped)
    for name in names:
        _add(own, name, False, skipped)
    for key, (word, small) in _places(place or "", skipped).items():
        own[key] = (word, small or own.get(key, ("", False))[1])
    own_kinds, own_targets = kinds(sentence), targets(sentence)
    return Evidence(
        own=own,
        nearby=own or _places(before, skipped) or _places(opening, skipped),
        own_kinds=own_kinds,
        kinds=own_kinds or kinds(before) or kinds(opening),
        own_targets=own_targets,
        targets=own_targets or targets(before),
        words=telling_words(sentence),
        numbers=frozenset(_NUMBER.findall(f"{before} {sentence}")),
        is_sum=is_sum(sentence),
        looks_back=looks_back(sentence),
    )


@lru_cache(maxsize=1_024)
def _no_places(region: str) -> frozenset[str]:
    """Words that are no particular place in a region: its own names, and those of events.yaml."""
    return event_words().not_places | {fold(word) for word in re.findall(r"\w+", region)}


def shared_places(one: Places, other: Places) -> frozenset[str]:
    """Keys of the place words that both name, in whatever spelling."""
    return frozenset(key for key in one.keys() & other.keys() if same_place_word(one[key][0], other[key][0]))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of telling words two sentences have in common, 0 to 1 (cosine)."""
    return len(one & other) / math.sqrt((len(one) or 1) * (len(other) or 1))


def _places(text: str, skipped: frozenset[str]) -> Places:
    found: Places = {}
    small_words = event_words().small_place_words
    for run in _RUN.finditer(text):
        last = _LAST_WORDS.search(text, max(0, run.start() - 40), run.start())
        before = [word.lower() for word in last.groups() if word] if last else []
        after = _NEXT_WORD.match(text, run.end())
        following = after[1] if after else ""
        small = following in small_words or _is_small(before, small_words)
        if small or following in _AFTER_A_PLACE or _leads_to_a_place(before):
            _add(found, run[0], small, skipped)
    return found


def _leads_to_a_place(before: list[str]) -> bool:
    """ "In Rankus", "in the Rankus …"."""
    words = before[:-1] if before[-1:] == ["the"] else before
    return bool(words) and words[-1] in _BEFORE_A_PLACE


def _is_small(before: list[str], small_words: frozenset[str]) -> bool:
    """ "Town of Rankus" and "crossing Bab al-Salama", but not "a town in Idlib"."""
    if not before:
        return False
    return before[-1] in small_words or (len(before) > 1 and before[-1] == "of" and before[-2] in small_words)


def _add(found: Places, name: str, small: bool, skipped: frozenset[str]) -> None:
    for word in _NAME_WORD.findall(name):
        plain = fold(word)
        if plain in event_words().titles or word.isupper():
            return  # "in Syria President So-and-so", "in Homs AFP": the place is over
        if len(plain) > 2 and plain not in skipped and plain.rstrip("s") not in skipped:
            key = place_key(word)
            found[key] = (plain, small or found.get(key, ("", False))[1])
