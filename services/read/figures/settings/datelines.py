"""Names that open a news story and say where it was written: "SANTIAGO, 15 May", "Jayapura (ANTARA News) -"."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, Clauses
from services.read.figures.settings.named_place import Place
from services.read.figures.settings.place import Places
from services.read.text import NUMBER, Sentence
from services.read.wordlists import word_list, word_table

_CAPITALS = 3
"""Letters above which a name in capitals among small letters is a dateline's (half and double: 0 / 3)."""

_HEAD = 60
"""Tokens of a text in which a dateline may stand behind its headline (half and double: 2 / 0)."""

_DATELINE = 12
"""Tokens from a sentence's head in which a dateline may stand behind a code or a date (half and double: 1 / 2)."""


def dates(clauses: Clauses, place: Place, sentence: Sentence) -> bool:
    """Whether a name is a dateline's."""
    tokens = clauses.tokens
    if place.last + 1 >= sentence.last or place.first > sentence.first + _DATELINE:
        return False
    mark, name = tokens[place.last].text, tokens[place.first].text
    if len(name) > _CAPITALS and name.isupper() and not mark.isupper():
        return True  # "Last updated BEIRUT Syrian government air strikes"
    following = tokens[place.last + 1]
    dated = following.kind == NUMBER or following.lower in word_table("months")
    return mark == "(" or (mark in "-–—" and clauses.classes[place.last] != JOIN) or (mark == "," and dated)


def late_dateline(clauses: Clauses, places: Places) -> Place | None:
    """The place of a dateline behind a code or a headline: "DEV-7 (NOSC) SAN SALVADOR, 8 FEB 89 --"."""
    tokens = clauses.tokens
    for place in places.within(0, _HEAD):
        begins = place.first == 0 or not tokens[place.first - 1].text.islower()
        sits = tokens[place.first].lower in word_list("seats")  # the reporter of "WASHINGTON -" writes of anywhere
        if not (place.known and place.how == "bare" and begins) or sits:
            continue
        if dates(clauses, place, clauses.document.sentence_at(tokens[place.first].start)):
            return place
    return None
