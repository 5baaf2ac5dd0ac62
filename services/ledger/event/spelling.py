"""When two spellings are one place: Khan Shaykhun and Khan Sheikhoun, Jarabulus and Jarablus, Urum and Orum.

A key for look-up, a distance for the last word. Looser than the keys of people's names (read/entities/name_keys.py): a
place here is one piece of evidence among several, and no id is made of it.
"""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

ALIKE = 0.78
"""Jaro-Winkler similarity from which words of one key are one place: Urum and Orum have .83, Zita and Zeita .95."""

_ROMANISED = (
    ("kh", "k"), ("gh", "g"), ("sh", "s"), ("th", "s"), ("dh", "d"), ("dj", "j"), ("ts", "s"), ("tz", "s"),
    ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"), ("h", ""),
)  # fmt: skip
_VOWELS = str.maketrans("", "", "aeiouy")
_SHORTEST = 2
"""Consonants a key needs; of "Rio" and "Ain" one letter would be left, and they are compared as they stand."""


@lru_cache(maxsize=65_536)
def place_key(word: str) -> str:
    """The consonants of one word in one romanisation, doubled ones once. Never empty for a word with a letter."""
    folded = fold(word)
    key = folded
    for written, sound in _ROMANISED:
        key = key.replace(written, sound)
    key = key.translate(_VOWELS)
    key = "".join(letter for at, letter in enumerate(key) if at == 0 or key[at - 1] != letter)
    return key if len(key) >= _SHORTEST else folded


@lru_cache(maxsize=65_536)
def same_place_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one place."""
    if one == other:
        return True
    return place_key(one) == place_key(other) and float(JaroWinkler.similarity(fold(one), fold(other))) >= ALIKE


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower-case ASCII letters, without an Arabic article and the s of a possessive that lost its apostrophe."""
    plain = anyascii(word).lower().replace("'", "")
    for article in ("al-", "el-", "ad-", "as-", "ar-", "ash-"):
        plain = plain.removeprefix(article)
    return plain[:-1] if plain.endswith("s") and len(plain) > _LONG else plain


_LONG = 5
"""Letters from which a last s may be a possessive: Aleppos is Aleppo, Paris stays Paris."""
