"""The second look: single words that are a surname or abbreviation the text introduced, or that a cue makes a name."""

from __future__ import annotations

import re

from services.read.entities.document import Document, Found, Leftover
from services.read.entities.gazetteer import Entry, gazetteer
from services.read.entities.name_keys import minted, same_surname, surname_key, surname_of
from services.read.entities.organisations import place_type
from services.read.entities.word_lists import FUNCTION_WORDS, NO_NAME, NO_ORGANISATION, PLACE_HEADS, TITLES

_SHORTEST_VARIANT = 6
"""Letters from which a surname may stand for a leader's under another spelling: Lukashenka, but not Mask for Musk."""

_PLACE = re.compile(r" ([a-z]+)\b")
_OUTLET = re.compile(r" (?:TV|Television|television|channel|news|agency|radio|newspaper|magazine|reported|reports)\b")
_PLACE_OF = re.compile(r"\b(city|town|village|province|district|suburb|region) of $")
_GOES_ON = re.compile(r" [a-z]|['’]s\b")
_WINDOW = 16
"""Characters looked at to either side for "TV", "agency" or "village of"; longer than any such word."""

_LONGEST_ABBREVIATION = 5
"""Letters of one in capitals (half and double: 471 / 166)."""


def claim_leftovers(document: Document) -> None:
    """Claim what is left, in order; then let surnames mean the person this text speaks of."""
    for left in document.left:
        entry = _meaning(document, left)
        if entry is not None:
            document.found.append(Found(left.start, left.end, entry))
    for i, found in enumerate(document.found):
        # "Trump" beside a Melania Trump is the president still; a lesser leader gives way to whom the text names.
        if found.entry.short and not found.entry.entity.startswith("Q"):
            entry = _person(document, document.text[found.start : found.end], found.start) or found.entry
            document.found[i] = found._replace(entry=entry)


def _meaning(document: Document, left: Leftover) -> Entry | None:
    text = document.text[left.start : left.end]
    lower = text.lower()
    if lower in FUNCTION_WORDS:
        return None
    known = introduced(document, text, left.start)
    if known is not None:
        return known
    if left.titled:
        entry = Entry(minted(text), text, "PER")
        document.introduce(text, left.start, entry)
        return entry
    if lower in NO_NAME or lower in TITLES:
        return None
    if text.isupper() and text.isalpha() and 2 <= len(text) <= _LONGEST_ABBREVIATION:
        return _abbreviation(document, left, text)
    return _place(document, left, text)


def introduced(document: Document, text: str, start: int) -> Entry | None:
    """The organisation, person or leader a word stands for."""
    if text in document.abbreviations:
        return document.abbreviations[text]
    key = surname_key(text)
    person = _person(document, text, start) if key in document.people else None
    return person or (_leader(text) if key in gazetteer().people else None)


def _person(document: Document, surname: str, start: int) -> Entry | None:
    """The person of this text with that surname: the one named last before it, else the first one named after it."""
    namesakes = document.people.get(surname_key(surname))
    if namesakes is None:
        return None
    bare = surname_of(surname)
    found = None
    for person in namesakes:
        if bare == person.surname or (not bare.isupper() and same_surname(bare, person.surname)):
            if person.start > start and found is not None:
                break
            found = person
    return found.entry if found else None


def _leader(surname: str) -> Entry | None:
    """Somebody of the gazetteer whose surname alone is enough, under another spelling."""
    if len(surname) < _SHORTEST_VARIANT or surname.isupper():
        return None
    matches = {
        entry.entity: entry
        for _, other, entry in gazetteer().people.get(surname_key(surname), ())
        if entry.short and same_surname(surname, other)
    }
    return next(iter(matches.values()))._replace(short=False) if len(matches) == 1 else None


def _abbreviation(document: Document, left: Leftover, text: str) -> Entry | None:
    lower = text.lower()
    if lower in NO_ORGANISATION or (len(text) < 3 and not _OUTLET.match(document.text, left.end)):
        return None
    if document.begins_sentence(left.start) and not _GOES_ON.match(document.text, left.end):  # CLOSE, TWEET: buttons
        return None
    around = document.text[max(0, left.start - _WINDOW) : left.end + _WINDOW]
    if sum(c.isupper() for c in around) > sum(c.islower() for c in around):  # a line in capitals
        return None
    entry = Entry(minted(text), text, "ORG")
    document.abbreviations[text] = entry
    return entry


def _place(document: Document, left: Leftover, text: str) -> Entry | None:
    """ "Kuznitsa checkpoint", "the village of Kuznitsa"."""
    after = _PLACE.match(document.text, left.end)
    head = after.group(1) if after else ""
    if head not in PLACE_HEADS:
        head = ""
    if not head and document.text.endswith(" of ", 0, left.start):
        before = _PLACE_OF.search(document.text, max(0, left.start - _WINDOW), left.start)
        head = before.group(1) if before else ""
    if not head or document.begins_sentence(left.start):
        return None
    kind = place_type(head)
    # "Kuznitsa airport" names a place, not the airport, when the place word is no part of the name.
    return Entry(minted(text), text, "LOC" if kind == "FAC" else kind)
