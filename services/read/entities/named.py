"""What a model calls a name, and whether it has the shape of one.

Models are trained on clean prose. In news as it comes they also mark addresses, handles, buttons and bits of headlines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from schemas.entity import EntityType
from services.read.entities.runs import PARTICLES
from services.read.entities.word_lists import FUNCTION_WORDS, NO_ORGANISATION, TITLES


class Named(NamedTuple):
    """A model says that text[start:end] is a name of this type."""

    start: int
    end: int
    type: EntityType


Model = Callable[[str, Sequence[tuple[int, int]]], Sequence[Named]]
"""Finds the names in these spans [start, end) of a text, in order and without overlaps; always the same ones in the
same spans of a text."""

_LONGEST = 200
_MOST_WORDS = 8
"""Words of a name at most: the longest true one in 120 articles had seven, and headlines are marked whole."""

_LONGEST_CAPITALS = 5
"""Letters of a word in capitals that may be an abbreviation; a longer one is shouted."""

_WINDOW = 16
"""Characters looked at on both sides of a name in capitals to see whether all of the line is."""

_SHAPE = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’])(?:[^\W\d_]|[.&'’ \u00a0-])*")
"""Letters and what joins the parts of names; no marks of addresses, prices and quotes, and not R-Pa. No digits: ids are
made of letters, and Interstate 5 would be the same as Interstate 84."""

_BROKEN = re.compile(r"\.[a-z]|[a-z]{4}\.[ \u00a0]")
"""An address (vox.com); the end of a sentence, which "St. Louis" does not have inside."""

_NO_NAME_BEFORE = frozenset("@#/$€£-")
_TAIL = re.compile(r"(?:['’]s|[^\w.]|(?<![A-Z])\.)+$")
"""Possessive endings and marks, but not the last stop of "U.S."."""

_WORD = re.compile(r"[^\s\u00a0]+")
_LINKS = PARTICLES | frozenset("of the and for y e".split())
"""Words in lower case that a name may have inside."""


def believable(text: str, named: Iterable[Named]) -> list[Named]:
    """The names that have the shape of one, without articles, titles and possessive endings."""
    trimmed = (_trim(text, name) for name in named if name.end - name.start <= _LONGEST)
    return [name for name in trimmed if name is not None and _has_shape(text, name)]


def _trim(text: str, name: Named) -> Named | None:
    """The name from the first capitalised word that belongs to it to the last; None where nothing is left."""
    tail = _TAIL.search(text, name.start, name.end)
    words = list(_WORD.finditer(text, name.start, tail.start() if tail else name.end))
    while words and (not words[0][0][0].isupper() or _leads(words[0][0].lower().rstrip("."), name)):
        words.pop(0)
    while words and (words[-1][0].islower() or words[-1][0] == "&"):
        words.pop()
    if not 0 < len(words) <= _MOST_WORDS or any(word[0].islower() and word[0] not in _LINKS for word in words):
        return None
    return name._replace(start=words[0].start(), end=words[-1].end())


def _leads(word: str, name: Named) -> bool:
    """Whether a word in front is no part of the name: the, Via, Historian Ken Hughes."""
    return word in FUNCTION_WORDS or (name.type == "PER" and word in TITLES)


def _has_shape(text: str, name: Named) -> bool:
    written = text[name.start : name.end]
    if _SHAPE.fullmatch(written) is None or _BROKEN.search(written):
        return False
    if text[name.start - 1 : name.start] in _NO_NAME_BEFORE or text.startswith("-", name.end):  # Ritz-Carlton
        return False
    if any(word.isupper() and _is_shouted(word) for word in _WORD.findall(written)):
        return False
    around = text[max(0, name.start - _WINDOW) : name.end + _WINDOW]
    return not written.isupper() or sum(map(str.islower, around)) > sum(map(str.isupper, around))


def _is_shouted(word: str) -> bool:
    """Whether a word in capitals is a word and no abbreviation: JUST WATCHED, Read MORE."""
    return len(word) > _LONGEST_CAPITALS or word.lower() in NO_ORGANISATION
