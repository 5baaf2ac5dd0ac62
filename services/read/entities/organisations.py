"""Organisations and places by their head words: "Moscow State University", "Institute of History and Politics"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.entity import EntityType
from services.read.entities.document import Document, Found, take
from services.read.entities.gazetteer import Entry
from services.read.entities.name_keys import minted
from services.read.entities.runs import RUN, Word, words_of
from services.read.entities.word_lists import FUNCTION_WORDS, GIVEN_NAMES, ORG_HEADS, PLACE_HEADS, TITLES

_OF = re.compile(r" (?:of|for|on)(?: the)? (?=[A-ZÀ-Þ])")
_AND = re.compile(r" (?:and|&) (?=[A-ZÀ-Þ])")
_ABBREVIATION = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")
_LONGEST_TAIL = 3
"""Pieces joined by of, for, on, and behind a head word: "Centre for Prevention of Crime and Treatment" has three."""

_TITLES_INSIDE = frozenset(("justice", "general", "chief", "private", "prime"))
"""Titles that are also part of organisations' names: Justice Department, General Command."""


def place_type(head: str) -> EntityType:
    """The type a place word gives: "river" LOC, "village" GPE, "airport" FAC."""
    kinds: dict[str, EntityType] = {"GPE": "GPE", "LOC": "LOC", "FAC": "FAC"}
    return kinds[PLACE_HEADS[head]]


def claim_organisations(document: Document, run: Sequence[Word], hits: Sequence[Found], free: list[bool]) -> None:
    """Claim every organisation of a run, and places named by a head word in capitals ("Hudson River")."""
    for i in range(len(run) - 1, -1, -1):
        word = run[i]
        if not free[i] or (word.lower not in ORG_HEADS and word.lower not in PLACE_HEADS):
            continue
        if any(hit.start <= word.start < hit.end for hit in hits):
            continue
        first = _first_word(run, hits, free, i)
        named = first < i
        if word.lower in PLACE_HEADS:
            if named:
                _claim_place(document, run, free, (run[first].start, word.end))
            continue
        end = _tail(document, word.end) if i == len(run) - 1 else word.end
        if end > word.end or named:
            _claim_organisation(document, run, free, (run[first].start, end))


def claim_headed(document: Document, start: int, end: int, lower: str) -> bool:
    """Claim an organisation that begins with its head word: "Ministry of Defence", "Institute of History"."""
    if lower not in ORG_HEADS:
        return False
    run = words_of(document.text, start, end)
    tail = _tail(document, end)
    if tail > end:
        _claim_organisation(document, run, [True], (start, tail))
    return tail > end


def _first_word(run: Sequence[Word], hits: Sequence[Found], free: Sequence[bool], head: int) -> int:
    """Index of the first word of the name that ends with the head word."""
    first = head
    while first:
        before = run[first - 1]
        if not free[first - 1] or before.lower in FUNCTION_WORDS:
            break
        if before.lower in TITLES and before.lower not in _TITLES_INSIDE:
            break
        if any(h.start <= before.start < h.end and h.entry.type == "PER" and not h.entry.short for h in hits):
            break
        first -= 1
    while first < head and run[first].lower in ("chief", "prime"):
        first += 1
    # Audrey Church and John Post are people, St. Mary Church and Paris Police are not.
    return head if head - first == 1 and run[first].lower in GIVEN_NAMES and not hits else first


def _tail(document: Document, end: int) -> int:
    """End of the name when "of …", "for …" or "on …" follows its head word; `end` itself when nothing does."""
    text = document.text
    for piece_number in range(_LONGEST_TAIL):
        link = _OF.match(text, end) or (_AND.match(text, end) if piece_number else None)
        run = RUN.match(text, link.end()) if link else None
        if link is None or run is None:
            break
        piece = words_of(text, run.start(), run.end())
        stop = _piece_end(piece, behind_and=link.re is _AND)
        if stop:
            end = piece[stop - 1].end
        if stop < len(piece):
            break
    return end


def _piece_end(piece: Sequence[Word], *, behind_and: bool) -> int:
    """How many words of a piece of the tail belong to the name; 0 where the piece names something of its own."""
    if piece[-1].lower in ORG_HEADS:
        return 0
    if behind_and and (piece[0].lower in GIVEN_NAMES or len(piece) > 2):
        return 0
    for i, word in enumerate(piece):
        if word.lower in TITLES or word.lower in FUNCTION_WORDS:
            return i
    return len(piece)


def _claim_organisation(document: Document, run: Sequence[Word], free: list[bool], span: tuple[int, int]) -> None:
    name = document.text[slice(*span)].replace("\u00a0", " ")
    entry = Entry(minted(name), name, "ORG")
    note_abbreviation(document, span[1], entry)
    document.claim(Found(*span, entry))
    take(run, free, *span)


def _claim_place(document: Document, run: Sequence[Word], free: list[bool], span: tuple[int, int]) -> None:
    name = document.text[slice(*span)].replace("\u00a0", " ")
    document.claim(Found(*span, Entry(minted(name), name, place_type(name.rsplit(" ", 1)[-1].lower()))))
    take(run, free, *span)


def note_abbreviation(document: Document, end: int, entry: Entry) -> None:
    """Remember the abbreviation a text gives behind a name: "Foreign Affairs Council (FAC)"."""
    given = _ABBREVIATION.match(document.text, end)
    if given is None:
        return
    initials = "".join(part[0] for part in re.split(r"[ -]", entry.name) if part)
    capitals = "".join(c for c in given.group(1) if c.isupper())
    # "EU Foreign Affairs Council (FAC)": the country or union in front often has no letter in it.
    if initials.upper().endswith(capitals) or "".join(c for c in initials if c.isupper()).endswith(capitals):
        document.abbreviations[given.group(1)] = entry
