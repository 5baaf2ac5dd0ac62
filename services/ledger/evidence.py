"""What a claim's own words, the sentence before them and the first of the text say of the event it is of.

The sentence comes first: only what it leaves out ("The attack left 12 dead") is taken from before it. So a background
sentence with its own place and weapon is not drowned by the news around it.
"""

from __future__ import annotations

import math
import re
from functools import cached_property, lru_cache

from schemas.claim import Claim
from services.ledger.event_words import event_words, is_loosely_dated, is_sum, kinds, looks_back, targets, telling_words
from services.ledger.spelling import fold, place_key, same_place_word

_RUN = re.compile(r"(?:[ae]l-)?[A-Z][\w'’-]*(?: (?:al-|el-|al |el |az |ez )?[A-Z][\w'’-]*)*")
_NAME_WORD = re.compile(r"(?:[Aa]l-|[Ee]l-)?[A-Z][\w'’]+")
_NUMBER = re.compile(r"(?<![\d.,:/-])(?!(?:19|20)\d\d\b)[1-9]\d{1,4}(?![\d.,:/-]*\d)")
"""Two digits or more, and no year, clock or date: "31 lorries" is no coincidence, "six" is."""
_LAST_WORDS = re.compile(r"([\w'-]+)? ?([\w'-]+)? $")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_BEFORE_A_PLACE = frozenset(
    "in at near on to from outside inside around across between of and with northern southern eastern western central "
    "north south east west northwest northeast southwest southeast rural "
    "rebel-held government-held opposition-held".split()
)
_AFTER_A_PLACE = frozenset(["province", "city", "region", "governorate", "countryside", "airport", "airbase"])

Places = dict[str, tuple[str, bool]]
"""Key of a place word → the word as written, and whether it is of a small place (a town, a village, a district)."""


class Evidence:
    """What the words around one figure say. Each thing is looked for when it is first asked for: most tolls of a block
    are of another day or place, and to know that takes a third of what there is to know."""

    def __init__(
        self, sentence: str, around: tuple[str, str], place: str | None, named: tuple[str | None, ...]
    ) -> None:
        """`around`: the sentence before and the first of the text. `named`: the region, then names of places."""
        self._sentence, self._place = sentence, place
        self._before, self._opening = around
        region, *self._names = named
        self._skipped = _no_places(region or "")

    @cached_property
    def own(self) -> Places:
        """Place words of the sentence."""
        own = _places(self._sentence, self._skipped)
        for name in filter(None, self._names):
            _add(own, name, False, self._skipped)
        if self._place and self._place not in self._sentence:
            for key, (word, small) in _places(self._place, self._skipped).items():
                own[key] = (word, small or own.get(key, ("", False))[1])
        return own

    @cached_property
    def nearby(self) -> Places:
        """Those, else of the sentence before, else of the first of the text."""
        return self.own or _places(self._before, self._skipped) or _places(self._opening, self._skipped)

    @cached_property
    def own_kinds(self) -> frozenset[str]:
        """Kinds of event that the sentence names."""
        return kinds(self._sentence)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Those, else as `nearby`."""
        return self.own_kinds or kinds(self._before) or kinds(self._opening)

    @cached_property
    def own_targets(self) -> frozenset[str]:
        """What was struck, by the sentence."""
        return targets(self._sentence)

    @cached_property
    def targets(self) -> frozenset[str]:
        """The same, else by the sentence before."""
        return self.own_targets or targets(self._before)

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the telling words of the sentence."""
        return telling_words(self._sentence)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers of two digits or more in the sentence and the one before."""
        return frozenset(_NUMBER.findall(f"{self._before} {self._sentence}"))

    @cached_property
    def is_sum(self) -> bool:
        """Whether the sentence sums many events up."""
        return is_sum(self._sentence)

    @cached_property
    def looks_back(self) -> bool:
        """Whether the sentence tells of something before the news."""
        return looks_back(self._sentence)

    @cached_property
    def is_loosely_dated(self) -> bool:
        """Whether the day that was made of the sentence's words is a guess."""
        return is_loosely_dated(self._sentence)


def evidence(claim: Claim) -> Evidence:
    """The evidence of one claim; kept, because a live claim is met by every new one."""
    return _evidence(claim.sentence, (claim.before, claim.opening), claim.place, (claim.region, *claim.place_names))


_evidence = lru_cache(maxsize=16_384)(Evidence)


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
        last = _LAST_WORDS.search(text, _two_words_before(text, run.start()), run.start())
        before = [word.lower() for word in last.groups() if word] if last else []
        after = _NEXT_WORD.match(text, run.end())
        following = after[1] if after else ""
        small = following in small_words or _is_small(before, small_words)
        if small or following in _AFTER_A_PLACE or _leads_to_a_place(before):
            _add(found, run[0], small, skipped)
    return found


def _two_words_before(text: str, end: int) -> int:
    """Where to look for the two words before a name: a search from further off tries every letter between."""
    start = end - 1
    for _ in range(2):
        start = max(0, text.rfind(" ", max(0, end - 40), max(0, start)))
    return start


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
