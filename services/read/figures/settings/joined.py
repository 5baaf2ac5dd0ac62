"""Which phrases of place are one: "in Manbij in Aleppo province", "Mount Kiwa, on the island of Arno"."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, Clauses
from services.read.figures.settings.named_place import Place
from services.read.figures.settings.place_kinds import Kinds
from services.read.figures.settings.place_names import MEASURES, PlaceNames

_LONGEST = 30
"""Tokens of phrases joined to one place (half and double: 25 / 1)."""

BESIDE = 8
"""Tokens between a place and "west of Acapulco", which tells where it lies, and those of the names a list ends in."""

_HOLDING = frozenset({"province", "region", "district"})
"""Scopes in which a list of towns or a mountain lies."""

_ARTICLE = 2
"""Tokens of ", a" before the kind of place: "Kiwa, a town in"."""

DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest near".split())

_NARROW = frozenset({"in", "of", "near", "at", "outside", "inside", "on", "along", *DIRECTIONS})
"""Words that put the place before them into the one behind them: "in Manbij in Aleppo province"."""

_CAPITALS = 3
"""Letters above which a name in capitals is no abbreviation (half and double: 0 / 0)."""


class Joined:
    """Joins phrases of one text."""

    def __init__(self, clauses: Clauses, names: PlaceNames, kinds: Kinds) -> None:
        self._clauses = clauses
        self._names = names
        self._kinds = kinds

    def is_apposed(self, before: Place, place: Place) -> bool:
        """Whether a phrase tells where the name before it lies: "Kiwa, a town on the coast", "Kiwa, 9 km west of X"."""
        tokens = self._clauses.tokens
        gap = tokens[before.last : place.first]
        if not before.named or before.wide or place.how not in ("at", "on", "of") or not 1 < len(gap) <= BESIDE:
            return False
        words = [token.lower for token in gap]
        if tokens[place.first].lower in DIRECTIONS:
            return not MEASURES.isdisjoint(words)
        article = len(words) > _ARTICLE and words[0] == "," and words[1] in ("a", "an", "the")
        return article and "," not in words[1:] and bool(self._kinds.scope_in(before.last, place.first))

    def goes_on(self, before: Place, place: Place) -> bool:
        """Whether a phrase only says closer where the one before it is."""
        if not place.named or place.how in ("to", "from"):
            return False
        if before.last != place.first:
            return self._ends_list(before, place) or self._lies_within(before, place)
        if place.last - before.first > _LONGEST or self._begins_story(before, place):
            return False
        narrows = place.how == "bare" or self._clauses.tokens[place.first].lower in _NARROW
        tells = before.scope is not None or before.named or self.is_site(before)
        whose = before.named and before.wide and before.scope not in (None, "country", "border")
        return narrows and tells and (whose or not (before.named and before.wide))  # "at two U.S. bases | in Iraq"

    def _begins_story(self, before: Place, place: Place) -> bool:
        """Whether a name in capitals behind a place is the dateline below a headline: "in Homs Province | BEIRUT"."""
        name, last = self._clauses.tokens[place.first].text, self._clauses.tokens[before.last - 1].text
        return len(name) > _CAPITALS and name.isupper() and not last.isupper()

    def _ends_list(self, before: Place, place: Place) -> bool:
        """Whether only names stand between two: "in Kiwa | Arno and Tarnel | in the north of Homs province"."""
        between = range(before.last, place.first)
        listed = before.how in ("at", "on") and before.named and not before.wide and len(between) <= BESIDE
        if not listed or place.how != "at" or place.scope not in _HOLDING or before.scope == place.scope:
            return False
        classes, tokens = self._clauses.classes, self._clauses.tokens
        strange = self._names.strange | self._names.places
        return all(i in strange or classes[i] == JOIN or tokens[i].text in ("and", "&", ",") for i in between)

    def _lies_within(self, before: Place, place: Place) -> bool:
        """Whether a phrase between commas says where the place before it lies: "Mount Kiwa, on the island of Arno,"."""
        tokens = self._clauses.tokens
        if place.first != before.last + 1 or tokens[before.last].text != "," or place.how not in ("at", "on"):
            return False
        closed = place.last >= len(tokens) or tokens[place.last].text in (",", ".", ";")
        narrow = before.named and not before.wide and before.how in ("at", "on", "bare")
        return closed and narrow and place.scope in _HOLDING and before.scope != place.scope

    def is_site(self, place: Place) -> bool:
        """Whether a phrase ends in a kind of place with a name before it: "Christmas Hill Park"."""
        last = place.last - 1
        return place.scope is None and self._kinds.is_site(last) and self._clauses.classes[last - 1] == NAME
