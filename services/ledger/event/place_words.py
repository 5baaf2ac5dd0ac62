"""Which words of a text are of a place: names behind "in" or before "village", and cities of the gazetteer.

`skipped`: words that are no particular place there (`no_places`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.ledger.event.event_words import event_words, is_city, is_everyday
from services.ledger.event.spelling import fold, place_key, same_place_word
from services.ledger.kept import TEXTS

_RUN = re.compile(r"(?:[ae]l-)?[A-Z][\w'’-]*(?: (?:al-|el-|al |el |az |ez )?[A-Z][\w'’-]*)*")
_NAME_WORD = re.compile(r"(?:[Aa]l-|[Ee]l-)?[A-Z][\w'’]+")
_IN_A_PLACE = re.compile(r"\b(?:in|near|off|outside) ((?:[Aa]l-|[Ee]l-)?[A-Z][\w'’-]+(?: (?:al-|el-)?[A-Z][\w'’-]+)?)")
_ACCORDING_TO = re.compile(r"\baccording to\b", re.IGNORECASE)
"""The name behind it is who says it, and no place that one goes to."""
_SEAT = re.compile(r"\b(?:based|headquartered) in (?:[A-Z][\w'’-]*[ ,]*)+")
"""Where somebody who speaks has an office."""
_LAST_WORDS = re.compile(r"([\w'-]+)? ?([\w'-]+)? $")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_BEFORE_A_PLACE = frozenset(
    "in at near off on to from outside inside around across between of and with northern southern eastern western "
    "central north south east west northwest northeast southwest southeast rural "
    "rebel-held government-held opposition-held".split()
)
_OF_SOMEBODY = frozenset(
    "death deaths murder arrest killing assassination detention imprisonment funeral supporters followers backers fans "
    "opponents family relatives allies trial ouster overthrow resignation election body".split()
)
_WIDE = frozenset(["province", "region", "governorate", "state", "county", "countryside"])
_TOWNS = frozenset(["town", "village", "hamlet"])
_AFTER_A_PLACE = frozenset(
    "province city region governorate prefecture countryside airport airbase "
    "strike strikes airstrike raid raids attack attacks bombing blast".split()  # "the Rankus strike"
)

Places = dict[str, tuple[str, bool]]
"""Key of a place word → the word as written, and whether it is of a small place (a town, a village, a district)."""


@lru_cache(maxsize=1_024)
def no_places(region: str) -> frozenset[str]:
    """Words that are no particular place in a region: its own names, and those of events.yaml."""
    return event_words().not_places | {fold(word) for word in re.findall(r"\w+", region)}


def shared_places(one: Places, other: Places) -> frozenset[str]:
    """Keys of the place words that both name, in whatever spelling."""
    return frozenset(key for key in one.keys() & other.keys() if same_place_word(one[key][0], other[key][0]))


@lru_cache(maxsize=TEXTS)
def place_words(text: str, skipped: frozenset[str]) -> Places:
    """Place words of a text; the claims of an article share its opening, and those of a sentence the sentence."""
    found: Places = {}
    text = _SEAT.sub("", _ACCORDING_TO.sub("according by", text))
    small_words = event_words().small_place_words
    behind = -1
    for run in _RUN.finditer(text):
        last = _LAST_WORDS.search(text, _two_words_before(text, run.start()), run.start())
        before = [word.lower() for word in last.groups() if word] if last else []
        after = _NEXT_WORD.match(text, run.end())
        following = after[1] if after else ""
        small = _is_small(run[0], before, following, small_words)
        apposed = behind >= 0 and text[behind : run.start()] == ", " and is_city(run[0])  # "in Malang, East Java"
        listed = before[-1:] == ["and"] and not is_city(run[0])  # "Kelm and Rankus", but not "Moreno and Lund"
        leads = _leads_to_a_place(before) and not (listed and text[behind : run.start()] != " and ")
        if small or apposed or following in _AFTER_A_PLACE or leads:
            add(found, run[0], small, skipped)
            behind = run.end()
    return found


def unlisted(text: str, skipped: frozenset[str]) -> frozenset[str]:
    """Keys of names after "in" or "near" that the gazetteer does not have."""
    found: Places = {}
    for place in _IN_A_PLACE.finditer(text):
        following = _NEXT_WORD.match(text, place.end())
        if not is_city(place[1]) and not (following and following[1] in _WIDE):
            add(found, place[1], True, skipped)
    return frozenset(key for key, (word, _) in found.items() if not is_everyday(word) and not is_city(word))


@lru_cache(maxsize=TEXTS)
def cities(text: str) -> Places:
    """Cities of the gazetteer, wherever they stand: "the divided city, Aleppo", "Aleppo's east"."""
    return {found[0]: (found[1], False) for word in _NAME_WORD.findall(text) if (found := _city(word))}


@lru_cache(maxsize=65_536)
def _city(name: str) -> tuple[str, str] | None:
    """Key and spelling of a word where it is a city of the gazetteer."""
    word = fold(name)
    return (place_key(name), word) if is_city(word) and not is_everyday(word) else None


def _two_words_before(text: str, end: int) -> int:
    """Where to look for the two words before a name: a search from further off tries every letter between."""
    start = end - 1
    for _ in range(2):
        start = max(0, text.rfind(" ", max(0, end - 40), max(0, start)))
    return start


def _leads_to_a_place(before: list[str]) -> bool:
    """ "In Rankus", "in the Rankus …"; "the death of Ada" is somebody's."""
    words = before[:-1] if before[-1:] == ["the"] else before
    if not words or words[-1] not in _BEFORE_A_PLACE:
        return False
    return words[-1] != "of" or words[0] not in _OF_SOMEBODY


def _is_small(name: str, before: list[str], following: str, small_words: frozenset[str]) -> bool:
    """ "Town of Rankus", "Rankus village" and "crossing Bab al-Salama", but not "a town in Idlib". A city of the
    gazetteer is small only as a town of that name: "the Damascus suburb" and "a district of Aleppo" are not."""
    named = before[-2] if len(before) > 1 and before[-1] == "of" else before[-1] if before else ""
    marks = {word for word in (named, following) if word in small_words}
    return bool(marks & _TOWNS) or bool(marks and not is_city(name))


def add(found: Places, name: str, small: bool, skipped: frozenset[str]) -> None:
    """Add the words of a name, as far as they can be a place's."""
    for word in _NAME_WORD.findall(name):
        plain = fold(word)
        if plain in event_words().titles or word.isupper():
            return  # "in Syria President So-and-so", "in Homs AFP": the place is over
        if event_words().diseases.of(plain):
            continue  # "the dead of Covid-19"
        if len(plain) > 2 and plain not in skipped and plain.rstrip("s") not in skipped:
            key = place_key(word)
            found[key] = (plain, small or found.get(key, ("", False))[1])
