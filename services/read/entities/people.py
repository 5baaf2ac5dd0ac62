"""People: full names the gazetteer has, given names and titles with what follows, names that speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase

from services.read.entities.document import Document, Found, take
from services.read.entities.gazetteer import Entry, gazetteer
from services.read.entities.name_keys import is_numeral, minted, same_given_names, same_surname, surname_key, surname_of
from services.read.entities.runs import Word
from services.read.entities.word_lists import FUNCTION_WORDS, GIVEN_NAMES, NO_NAME, ORG_HEADS, PERSON_CUES, TITLES

_LONGEST_NAME = 5
"""Words of a person's name at most: Luiz Inácio Lula da Silva has four and particles."""

_AFTER = re.compile(r",? (?:who |also |has |had |later |then )?([a-z]+)\b|, (?:aged )?\d\d?,")
_WINDOW = 24
"""Characters looked at before a name for the word that decides; longer than any such word."""


_NO_PART = NO_NAME | FUNCTION_WORDS | TITLES


def claim_people(document: Document, run: Sequence[Word], hits: Sequence[Found], free: list[bool]) -> None:
    """Claim every person of a run; single surnames behind a title are left for the second look, marked."""
    over: list[Found | None] = [None] * len(run)
    for hit in hits:
        for i, word in enumerate(run):
            if word.start < hit.end and hit.start < word.end:
                over[i] = hit
    i = 0
    while i < len(run):
        if not free[i]:
            i += 1
            continue
        known = over[i]
        if known is not None and known.entry.type == "PER" and not known.entry.short:
            document.claim(known)
            document.introduce(known.entry.name, known.start, known.entry)
            take(run, free, known.start, known.end)
            while i < len(run) and run[i].start < known.end:
                i += 1
            continue
        i = _name_at(document, run, over, free, i)


def _name_at(document: Document, run: Sequence[Word], over: list[Found | None], free: list[bool], i: int) -> int:
    """Claim a name that begins with word `i` or behind it, if one does; the index to go on with."""
    word = run[i]
    titled = i > 0 and run[i - 1].lower in TITLES
    if not titled and i == 0:
        titled = _lower_before(document, run[0].start) in TITLES
    # "bill" is a word, Bill a given name.
    begins = word.lower not in _NO_PART or (word.lower in NO_NAME and word.lower in GIVEN_NAMES)
    if not begins or not _may_begin(word, over[i]):
        return i + 1
    last = i + 1
    while last < len(run) and last - i < _LONGEST_NAME and free[last] and _goes_on(run[last], over[last]):
        last += 1
    if last == i + 1 < len(run) and free[last] and is_numeral(run[last].text) and not _is_surname(document, word):
        last += 1  # "Alexander II"; of "Robert Griffin III" the surname is Griffin
    while last > i + 1 and len(run[last - 1].lower) == 1:  # an initial at the end is a letter of something else
        last -= 1
    if last == i + 1:
        if titled and over[i] is None and len(word.text) > 2 and word.lower not in _NO_PART and not word.text.isupper():
            document.leave(word.start, word.end, titled=True)
            free[i] = False
        return last
    if over[i] is not None and last > i + 2:  # Jordan Peterson, but not "Georgia Religious Liberty"
        return i + 1
    given = word.lower.split("-")[0] in GIVEN_NAMES or _is_initial(word)
    if not (given or titled or _speaks(document, run, over, i, last)):
        return i + 1
    _claim(document, run, free, i, last)
    return last


def _is_surname(document: Document, word: Word) -> bool:
    """Whether somebody named in full has the word for a surname: "Alfred Moreno", then "Moreno IV"."""
    return any(person.given for person in document.people.get(surname_key(word.text), ()))


def _may_begin(word: Word, hit: Found | None) -> bool:
    if len(word.lower) < 2 and not _is_initial(word):
        return False
    if hit is None:
        return not word.text.isupper() or len(word.text) > 4 or _is_initial(word)
    # Paris, Jordan and Virginia are given names too; behind them only a word that is nobody else's makes a person.
    return word.lower in GIVEN_NAMES and hit.entry.type in ("GPE", "PER") and hit.end <= word.end


def _goes_on(word: Word, hit: Found | None) -> bool:
    if word.lower in _NO_PART:
        return word.lower in ("jr", "sr") or _is_initial(word)  # "John A. Miller": this "a" is no article
    if hit is None:
        return _is_initial(word) or not (word.text.isupper() and 1 < len(word.text) <= 4)
    if hit.entry.short:
        return True
    # Jack London and Michael Jordan, but not "Anna Poland": towns, and countries that are given names too.
    one_word = hit.start <= word.start and hit.end == word.end and hit.end - hit.start <= word.end - word.start
    country = gazetteer().countries.get(hit.entry.entity) == (hit.entry.entity,)
    return one_word and hit.entry.type == "GPE" and (not country or word.lower in GIVEN_NAMES)


def _is_initial(word: Word) -> bool:
    return word.text.endswith(".") and len(word.text) <= 4 and word.text[0].isupper() and word.text[1] == "."


def _lower_before(document: Document, start: int) -> str:
    """The word in front, at most with a comma and a space between; "" where there is none or it has a capital."""
    before = document.text[max(0, start - _WINDOW) : start]
    if before[-1:] != " ":
        return ""
    before = before[:-1].removesuffix(",")
    return before[len(before.rstrip(ascii_lowercase)) :]


def _speaks(document: Document, run: Sequence[Word], over: list[Found | None], first: int, last: int) -> bool:
    """Whether two or three unknown words say something, or are as old as somebody."""
    if last - first > 3 or any(over[first:last]):
        return False
    if any(word.text.isupper() or word.lower in ORG_HEADS for word in run[first:last]):
        return False
    if last == len(run):
        after = _AFTER.match(document.text, run[last - 1].end)
        if after and (after.group(1) is None or after.group(1) in PERSON_CUES):
            return True
    return first == 0 and _lower_before(document, run[0].start) in PERSON_CUES


def _claim(document: Document, run: Sequence[Word], free: list[bool], first: int, last: int) -> None:
    start, end = run[first].start, run[last - 1].end
    name = document.text[start:end].replace("\u00a0", " ")
    entry = identify(document, name)
    document.claim(Found(start, end, entry))
    document.introduce(name, start, entry)
    if last - first > 1 and is_numeral(run[last - 1].text):
        document.introduce(name.rpartition(" ")[0], start, entry)  # "Leo XIV", then "Leo said"
    take(run, free, start, end)


def identify(document: Document, name: str) -> Entry:
    """Who a full name is: somebody of the gazetteer or of this text under another spelling, else somebody new."""
    given, surname = name.rpartition(" ")[0], surname_of(name)
    key = surname_key(surname)
    known = {
        entry.entity: entry
        for theirs, other, entry in gazetteer().people.get(key, ())
        if same_surname(surname, other) and same_given_names(given, theirs)
    }
    if len(known) == 1:
        return next(iter(known.values()))._replace(short=False, lone=False)
    for person in document.people.get(key, ()):
        if same_surname(surname, person.surname) and person.given and same_given_names(given, person.given):
            return person.entry
    return Entry(minted(name), name, "PER")
