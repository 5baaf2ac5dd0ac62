"""What is known of one text while it is read: names claimed, words left over, people it introduced."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

from services.read.entities.gazetteer import Entry
from services.read.entities.name_keys import surname_key, surname_of
from services.read.entities.runs import Word
from services.read.entities.word_lists import FUNCTION_WORDS, NO_NAME, SHOUTED_WORDS, TITLES

_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|outside|around|at|to|of|towards?|into|between)\s$")
_PLACE_AFTER = re.compile(r",\s[A-Z]")
_SHOUTED_BEFORE = re.compile(r"[A-Z]{2,}[,;:]?\s$")
_SHOUTED_AFTER = re.compile(r"\s[A-Z]{2,}\b")
_MOST_NAMESAKES = 30
"""People of one surname remembered in a text; real articles have up to eight."""

_WINDOW = 24
"""Characters looked at before a name for the word that decides; longer than any such word."""


class Found(NamedTuple):
    """text[start:end] names this entry."""

    start: int
    end: int
    entry: Entry


_NO_MORE = Found(sys.maxsize, sys.maxsize, Entry("", "", "PER"))


class Person(NamedTuple):
    """Somebody the text named in full at `start`, or with a title only (then `given` is "")."""

    given: str
    surname: str
    start: int
    entry: Entry


class Leftover(NamedTuple):
    """A capitalised word nothing has claimed; `titled`: a title stands before it, so it is a person."""

    start: int
    end: int
    titled: bool


class Document:
    """One text being read from left to right."""

    def __init__(self, text: str, known: list[Found]) -> None:
        """`known`: the gazetteer's names in the text, in order."""
        self.text = text
        self.found: list[Found] = []
        self.left: list[Leftover] = []
        self.people: dict[str, list[Person]] = {}
        self.abbreviations: dict[str, Entry] = {}
        self.claimed_until = 0
        self._known = [*known, _NO_MORE]
        self._next = 0

    @property
    def next_known(self) -> int:
        """Where the next name of the gazetteer begins that was not asked for yet."""
        return self._known[self._next].start

    def known_before(self, start: int) -> list[Found]:
        """The gazetteer's names that begin before `start` and were not asked for yet (names in lower case)."""
        first = self._next
        while self._known[self._next].start < start:
            self._next += 1
        return self._known[first : self._next]

    def peek(self) -> Found:
        """The next name of the gazetteer, not asked for yet; one beyond the text when there is none."""
        return self._known[self._next]

    def claim(self, found: Found) -> None:
        """Keep a name; it must not overlap another, which the caller knows."""
        self.found.append(found)
        self.claimed_until = max(self.claimed_until, found.end)

    def leave(self, start: int, end: int, titled: bool = False) -> None:
        """Keep a word for the second look."""
        self.left.append(Leftover(start, end, titled))

    def introduce(self, name: str, start: int, entry: Entry) -> None:
        """Remember a person by surname."""
        given, surname = name.rpartition(" ")[0], surname_of(name)
        namesakes = self.people.setdefault(surname_key(surname), [])
        if len(namesakes) < _MOST_NAMESAKES and (not namesakes or namesakes[-1].entry.entity != entry.entity):
            namesakes.append(Person(given, surname, start, entry))

    def stands(self, hit: Found, before: str = "", after: str = "") -> bool:
        """Whether a known name means what it says here; `before` and `after` are its neighbours in the run."""
        entry = hit.entry
        if entry.guard:
            return not after and (not before or before in FUNCTION_WORDS) and self._has_place_word(hit)
        if entry.lone and not _alone(before, after):
            return False
        if entry.short and not (_alone(before, after) or before in NO_NAME):
            return False
        if entry.lone and entry.short and self.begins_sentence(hit.start):
            return False
        return not self._is_shouted(hit)

    def _has_place_word(self, hit: Found) -> bool:
        before = _PLACE_BEFORE.search(self.text, max(0, hit.start - _WINDOW), hit.start)
        return bool(before or _PLACE_AFTER.match(self.text, hit.end))

    def _is_shouted(self, hit: Found) -> bool:
        """Whether a short name is just a word in a line of capitals: "SENT US HOME"."""
        if self.text[hit.start : hit.end].lower() not in SHOUTED_WORDS:
            return False
        before = _SHOUTED_BEFORE.search(self.text, max(0, hit.start - _WINDOW), hit.start)
        return bool(before or _SHOUTED_AFTER.match(self.text, hit.end))

    def begins_sentence(self, start: int) -> bool:
        """Whether only quotes and spaces stand between `start` and the end of the sentence before."""
        before = self.text[max(0, start - 6) : start].rstrip(" \"'“‘«(\u00a0")
        return start == 0 or not before or before[-1] in ".!?:\n•-–—”’"


def _alone(before: str, after: str) -> bool:
    """Whether the capitalised words beside a name are no part of one."""
    return (not after or after in NO_NAME or after in TITLES) and (
        not before or before in FUNCTION_WORDS or before in TITLES
    )


def is_free(run: Sequence[Word], free: Sequence[bool], start: int, end: int) -> bool:
    """Whether nobody has claimed a word of the run that [start, end) touches."""
    return all(free[i] for i, word in enumerate(run) if word.start < end and start < word.end)


def take(run: Sequence[Word], free: list[bool], start: int, end: int) -> None:
    """Mark the words of the run that [start, end) touches as claimed."""
    for i, word in enumerate(run):
        if word.start < end and start < word.end:
            free[i] = False
