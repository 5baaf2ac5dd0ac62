"""When two spellings are one name: keys for look-up, distances for the last word.

Makei and Makey, Lukashenko and Lukashenka, Tikhanovskaya and Tsikhanouskaya are the same names romanised from Russian
and from Belarusian. Johnson and Johnston, Borrell and Burrell are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from schemas.ids import digest

SURNAMES_ALIKE = 0.88
"""Jaro-Winkler similarity from which surnames of one key are the same; measured on 27 true pairs, 24 of them found."""

GIVEN_NAMES_ALIKE = 0.75
"""As above for given names, which vary more: Sergei and Siarhei .79, Vladimir and Uladzimir .76."""

_SHORTEST = 3
"""Letters a key keeps at least when its last vowels go: "Mao" and "Mi" are not the same name."""

_NO_LETTER = re.compile(r"[^a-z]+")
_ROMANISED = (("kh", "h"), ("ts", "t"), ("tz", "t"), ("w", "v"), ("x", "ks"))
_OU_BEFORE_CONSONANT = re.compile(r"ou(?=[^aeiouy])")
_VOWELS_BUT_U = re.compile(r"[aeioyj]+")
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|as|ad|ash|az)-(?=\w)", re.IGNORECASE)
_NUMERALS = frozenset("ii iii iv vi vii viii ix xii xiii xiv xv xvi xvii xviii".split())
_INITIALS = re.compile(r"(?:[a-z]\.? ?)+")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Lower-case ASCII words with single spaces: "Mariusz Błaszczak" is "mariusz blaszczak"."""
    return _NO_LETTER.sub(" ", anyascii(name).replace("'", "").lower()).strip()


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The name without the differences of romanisation, vowels kept: minted ids are made of it. "" without a letter."""
    return "-".join(word if word in _NUMERALS else _plain(word) for word in fold(name).split())


@lru_cache(maxsize=65_536)
def variant_key(word: str) -> str:
    """A looser key of one word for look-up: every vowel but u is a. Only `same_surname` may then join two names.

    U stays apart because no romanisation of one name swaps it with o or e: it tells Borrell from Burrell.
    """
    return " ".join(_VOWELS_BUT_U.sub("a", _plain(part)) for part in fold(word).split())


def surname_of(name: str) -> str:
    """The last word of a name, without an Arabic article: "Bashar al-Assad" gives "Assad".

    A regnal number is no surname, "II" would be everybody's: "Alexander II" gives "Alexander II".
    """
    words = name.replace("\u00a0", " ").rsplit(" ", 2)
    if is_numeral(words[-1]):
        return " ".join(words[-2:])
    return _ARTICLE.sub("", words[-1])


def is_numeral(word: str) -> bool:
    """Whether a word is the number of a king, a pope or a namesake: "II". "I" is a pronoun, "XI" and "Vi" are names."""
    return word.isupper() and word.lower() in _NUMERALS


@lru_cache(maxsize=65_536)
def surname_key(name: str) -> str:
    """The look-up key of a name's surname."""
    return variant_key(surname_of(name))


_LONGEST_KEY = 40
"""Characters of a name in an id. Ids are keys of tables, whose rows are bounded; one of a whole run of 31 capitalised
words had 165."""


def minted(name: str) -> str:
    """A stable entity id for a name that has no Wikidata id here."""
    key = name_key(name) or "unnamed"
    return f"x-{key}" if len(key) <= _LONGEST_KEY else f"x-{key[:_LONGEST_KEY]}-{digest('name', key)[:8]}"


@lru_cache(maxsize=65_536)
def same_surname(one: str, other: str) -> bool:
    """Whether two surnames are spellings of one."""
    if one == other:
        return True
    if is_numeral(one.rpartition(" ")[2]) or is_numeral(other.rpartition(" ")[2]):
        return name_key(one) == name_key(other)
    return variant_key(one) == variant_key(other) and _alike(fold(one), fold(other)) >= SURNAMES_ALIKE


@lru_cache(maxsize=65_536)
def same_given_names(one: str, other: str) -> bool:
    """Whether two given names can be one person's. Initials are kept apart: George W. is not George H.W."""
    a, b = fold(one), fold(other)
    if a == b:
        return True
    if not a or not b:
        return False
    first_a, *more_a = a.split()
    first_b, *more_b = b.split()
    if more_a and more_b and more_a != more_b and (_INITIALS.fullmatch(" ".join((*more_a, *more_b)))):
        return False
    if len(first_a) == 1 or len(first_b) == 1:
        return first_a == first_b
    return _plain(first_a) == _plain(first_b) or _alike(first_a, first_b) >= GIVEN_NAMES_ALIKE


def _alike(one: str, other: str) -> float:
    return float(JaroWinkler.similarity(one, other))


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    for written, sound in _ROMANISED:
        word = word.replace(written, sound)
    if "ou" in word:
        word = _OU_BEFORE_CONSONANT.sub("ov", word)
    word = word.replace("ia", "ya").replace("y", "i").replace("j", "i")
    word = _DOUBLED.sub(r"\1", word)
    short = word.rstrip("aeiou")
    return short if len(short) >= _SHORTEST else word
