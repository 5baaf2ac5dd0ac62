"""Places that only tell whose somebody is: the home of a person named, the state of a politician's party, where the
shots came from."""

from __future__ import annotations

from services.read.figures.clauses import NAME, Clauses
from services.read.figures.settings.named_place import Place
from services.read.figures.settings.place_names import PlaceNames
from services.read.text import NUMBER, Sentence

_PARTIES = frozenset({"D", "R", "I"})
"""Before a hyphen and a state these are a party: "(D-Calif.)", "R-Texas"."""

_OLDEST = 115
"""Years up to which a number between commas is somebody's age (half and double: 0 / 0)."""

_NAME = 4
"""Tokens of the town between "of" and its state: "37, of Kiwa, Ohio"."""

_FIRED = frozenset("fired launched lobbed hurled shelled bombarded shelling firing launching rockets shells".split())
_POSITIONED = frozenset({"positioned", "entrenched", "stationed", "holed", "based"})
_FIRED_WITHIN = 8
"""Tokens between "launched" and where those who did it are: "launched by rebels positioned in"."""


def is_party(clauses: Clauses, place: Place) -> bool:
    """Whether a state stands behind a party's letter: "Rep. Ada Moreno (D-Calif.)"."""
    tokens, first = clauses.tokens, place.first
    return first > 1 and tokens[first - 1].text == "-" and tokens[first - 2].text in _PARTIES


def is_home(clauses: Clauses, names: PlaceNames, place: Place) -> bool:
    """Whether a place is where somebody with a name and an age is of: "Ada Moreno, 47, from Arno, Ohio"."""
    tokens, opens = clauses.tokens, place.first
    if place.how == "bare":
        opens = _town_before(clauses, place.first)
    if opens < 3 or tokens[opens].lower not in ("of", "from") or tokens[opens - 1].text != ",":
        return False
    age = tokens[opens - 2]
    if age.kind == NUMBER:
        return tokens[opens - 3].text == "," and age.text.isdigit() and int(age.text) <= _OLDEST
    person = names.mention_at(opens - 2)
    return person is not None and person.type == "PER"


def _town_before(clauses: Clauses, first: int) -> int:
    """The "of" of ", 37, | of Kiwa, Ohio" for the token its state begins at; 0 where there is none."""
    tokens, i = clauses.tokens, first - 1
    if i < 0 or tokens[i].text != ",":
        return 0
    while i > max(0, first - 1 - _NAME) and clauses.classes[i - 1] == NAME:
        i -= 1
    return max(0, i - 1)


def is_fired_from(clauses: Clauses, place: Place, sentence: Sentence) -> bool:
    """Whether those who shot are there: "shells launched by rebels positioned in Kiwa"."""
    tokens, before = clauses.tokens, place.first - 1
    if place.how != "at" or before <= sentence.first or tokens[before].lower not in _POSITIONED:
        return False
    near = tokens[max(sentence.first, before - _FIRED_WITHIN) : before]
    return not _FIRED.isdisjoint(token.lower for token in near)
