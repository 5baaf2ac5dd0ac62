"""Which tokens are kinds of places: "camp", "province", "oilfield", and the scope each says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

from services.read.figures.clauses import NAME, Clauses
from services.read.figures.settings.place_names import PlaceNames
from services.read.wordlists import word_list, word_table

_ACROSS = frozenset({"cross", "trans", "inter", "intra"})
"""Before a hyphen these make the kind of place an adjective of what crosses it."""

_SURNAMES = frozenset("church camp forest street ward market port square department state base school".split())
"""Scopes people are called by too: "Ada Church"; nobody is called "Arno Atoll", though Arno is a first name."""

_MIDDLE = frozenset({"center", "centre"})
"""Behind "city" these are no office."""

_OF_A_NOUN = frozenset("hall halls bill bills act subsidies lobby".split())
"""Behind a kind of place these make it a part of their name: "at a town hall meeting", "in the farm bill"."""

_OF_A_YEAR = frozenset("first second third fourth last next this previous current final each every per a".split())
"""Before "quarter" these count time or parts: "in the first quarter"."""


class Kinds:
    """The kinds of places of one text, by token. `at` are the tokens that are one, with a scope or without."""

    def __init__(self, clauses: Clauses, names: PlaceNames, candidates: Iterable[int]) -> None:
        """`candidates` are the tokens to look at."""
        self._tokens = clauses.tokens
        self._classes = clauses.classes
        self._names = names
        self._scopes = word_table("scope_words")
        self._scope_at: dict[int, str | None] = {}
        found = list(candidates)
        lower = [self._tokens[i].lower for i in found]
        sites = compress(found, map(word_table("site_nouns").__contains__, lower))
        self.at = {i for i in sites if self._tokens[min(i + 1, len(self._tokens) - 1)].lower not in _OF_A_NOUN}
        self.at.update(i for i in compress(found, map(self._scopes.__contains__, lower)) if self.scope_at(i))

    def scope_at(self, i: int) -> str | None:
        """The scope a token says: camp, border, city, …; None where the word is somebody or a part of a name."""
        word = self._tokens[i].lower
        if word not in self._scopes:
            return None
        if i not in self._scope_at:
            self._scope_at[i] = self._scope(i, self._scopes[word])
        return self._scope_at[i]

    def scope_in(self, first: int, last: int) -> str | None:
        """The first scope that tokens [first, last) say."""
        if self.at.isdisjoint(range(first, last)):
            return None
        return next((scope for j in range(first, last) if (scope := self.scope_at(j))), None)

    def is_site(self, i: int) -> bool:
        """Whether a token is a noun of a kind of place, with a scope or without."""
        return i in self.at

    def _scope(self, i: int, scope: str) -> str | None:
        tokens = self._tokens
        following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        # "border guards", "state-run", "hospital source", "school children": no place but somebody
        somebody = following in word_list("source_nouns") or following in word_list("persons")
        if following == "-" or following in _OF_A_NOUN or (somebody and following not in _MIDDLE):
            return None
        if i > 1 and tokens[i - 1].text == "-" and tokens[i - 2].lower in _ACROSS:
            return None  # "cross-border fire"
        if tokens[i].lower == "quarter" and i > 0 and tokens[i - 1].lower in _OF_A_YEAR:
            return None
        mention = self._names.mention_at(i)
        person = mention is not None and mention.type == "PER" and tokens[i].lower in _SURNAMES
        if person or (mention is not None and tokens[i].lower == "states"):
            return None  # the United States
        return scope if tokens[i].lower not in ("state", "department") or self._is_province(i) else None

    def _is_province(self, i: int) -> bool:
        """Whether a "state" is one: "Rakhine state", "the state of Sarawak", "in the state"; not Islamic State."""
        tokens, classes = self._tokens, self._classes
        if i + 2 < len(tokens) and tokens[i + 1].lower == "of":
            return classes[i + 2] == NAME and not self._names.is_somebody(i + 2)
        if tokens[i].lower == "state" and i > 1 and tokens[i - 1].lower == "the":
            return tokens[i - 2].lower in ("in", "across", "throughout", "around")
        return i > 0 and classes[i - 1] == NAME and not self._names.is_somebody(i - 1)
