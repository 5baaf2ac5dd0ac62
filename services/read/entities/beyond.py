"""Names that a model found beyond the rules' own: which of them are claimed, and who they are.

The rules keep what they have claimed: their ids are the gazetteer's and their types are right more often (in 60
articles the model called Trump an organisation 32 times and a place 12 times). A name of several words is claimed
before surnames are looked up, so that the text may then call its bearer by surname; a lone word only where it is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.read.entities.document import Document, Found
from services.read.entities.gazetteer import Entry
from services.read.entities.name_keys import minted, surname_key
from services.read.entities.named import Named
from services.read.entities.organisations import note_abbreviation
from services.read.entities.people import identify
from services.read.entities.runs import PARTICLES
from services.read.entities.word_lists import (
    FUNCTION_WORDS,
    GIVEN_NAMES,
    NO_NAME,
    NO_NAME_AT_THE_END,
    NO_ORGANISATION,
    ORG_HEADS,
    PLACE_HEADS,
    TITLES,
)

Known = Mapping[tuple[int, int], Entry]
"""The gazetteer's names in a text by their span, also those that the rules did not trust there."""

_NO_PERSON = NO_NAME | FUNCTION_WORDS
NO_LONE_NAME = _NO_PERSON | NO_NAME_AT_THE_END | TITLES | NO_ORGANISATION | ORG_HEADS | PLACE_HEADS.keys()
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))

_TEACHING = re.compile(r"(?:ism|ity)$")
"""Zionism and Christianity are no peoples."""

_ABBREVIATED = re.compile(r"(?<!\w)(?:\w{1,4}\.|\w+\.[,)])")
"""A state or an office in short: in Palm Beach, Fla. (D., Calif.)"""

_RUN_TOGETHER = re.compile(r"[a-z]{3}[A-Z]")
"""Two texts without a space between, which persons' names (McCain, MacDonald, LeBron) do not look like."""


def claim_full_names(document: Document, names: Sequence[Named], known: Known) -> None:
    """Claim names of several words that nobody has claimed a part of, and remember the people among them."""
    for name in _free(document, names):
        written = document.text[name.start : name.end].replace("\u00a0", " ")
        entry = (_trusted(known, name) or _full_name(document, name, written)) if " " in written else None
        if entry is None:
            continue
        document.found.append(Found(name.start, name.end, entry))
        if entry.type == "PER":
            document.introduce(written, name.start, entry)
        else:
            note_abbreviation(document, name.end, entry)
    spans = Spans(document.found)
    document.left = [left for left in document.left if not spans.touch(left.start, left.end)]
    for namesakes in document.people.values():  # "the one named last" is looked for in order
        namesakes.sort(key=lambda person: person.start)


def claim_lone_words(document: Document, names: Sequence[Named], known: Known) -> None:
    """Claim single words: what the text calls by that name elsewhere, else a place, organisation or people.

    A lone word is a person only by the surname of somebody the text or the gazetteer has, which the second look knows.
    """
    meanings = {document.text[found.start : found.end]: found.entry for found in document.found}
    lone: defaultdict[str, list[Named]] = defaultdict(list)
    for name in _free(document, names):
        written = document.text[name.start : name.end]
        if " " not in written and "\u00a0" not in written:
            lone[written].append(name)
    lower_case = {word for word in document.text.split() if word.islower()} if lone else set()
    for word, marked in lone.items():
        entry = meanings.get(word) or next(filter(None, (_trusted(known, name) for name in marked)), None)
        if entry is None and word.lower() not in lower_case:
            entry = _lone_word(document, word, marked)
        if entry is not None:
            document.found.extend(Found(name.start, name.end, entry) for name in marked)


class Spans:
    """Spans that do not overlap, asked whether another one touches them."""

    def __init__(self, found: Iterable[Found]) -> None:
        spans = sorted((f.start, f.end) for f in found)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of the spans shares a character with [start, end)."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def _free(document: Document, names: Iterable[Named]) -> Iterator[Named]:
    spans = Spans(document.found)
    return (name for name in names if not spans.touch(name.start, name.end))


def _trusted(known: Known, name: Named) -> Entry | None:
    """The gazetteer's meaning of a name the rules did not trust ("in Reading"), where the model says the same type."""
    entry = known.get((name.start, name.end))
    if entry is None or (entry.type != name.type and not {entry.type, name.type} <= _PLACES):
        return None
    return entry._replace(short=False, lone=False, guard=False)


def _full_name(document: Document, name: Named, written: str) -> Entry | None:
    parts = [part.rstrip(".").lower() for part in written.split(" ")]
    if parts[-1] in NO_NAME_AT_THE_END:
        return None
    if name.type != "PER":
        return None if all(part in NO_LONE_NAME for part in parts) else Entry(minted(written), written, name.type)
    # Bush II is no full name; a single letter at the end belongs to something else.
    if parts[-1] in _GENERATIONS or len(parts[-1]) == 1 or _RUN_TOGETHER.search(written):
        return None
    # De Blasio is none, either, but Ben Carson is.
    if parts[0] not in GIVEN_NAMES and (parts[0] in PARTICLES or not _NO_PERSON.isdisjoint(parts)):
        return None
    entry = identify(document, written)
    namesakes = document.people.get(surname_key(written), ())
    if parts[0] in GIVEN_NAMES or not namesakes or entry.entity in {person.entry.entity for person in namesakes}:
        return entry
    return None if document.begins_sentence(name.start) else entry  # "Sparing Stone, he …" beside a Roger Stone


def _lone_word(document: Document, word: str, marked: Sequence[Named]) -> Entry | None:
    """What a word means wherever the model marked it in this text: one type, that of the majority."""
    if word.lower().rstrip(".") in NO_LONE_NAME or all(_may_be_a_word(document, name) for name in marked):
        return None
    votes = Counter(name.type for name in marked)
    kind = max(votes, key=lambda kind: (votes[kind], kind != "PER"))
    if kind == "PER" or (kind == "NORP" and _TEACHING.search(word)):
        return None
    return Entry(minted(word), word, kind)


def _may_be_a_word(document: Document, name: Named) -> bool:
    return document.begins_sentence(name.start) or _ABBREVIATED.match(document.text, name.start) is not None
