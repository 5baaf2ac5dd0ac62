"""Which places a phrase means: the ids it names, both countries of a border, what "the camp" was said to be before."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.entity import Mention
from services.read.entities import countries_of
from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, Clauses
from services.read.figures.settings.place_phrases import WAYS, place_phrases, scope_at
from services.read.wordlists import word_list

_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})

_LEAD, _LEAD_TOKENS = 2, 200
"""Sentences of a news story's lead, which names the place of the whole, and the tokens read of them."""

_DATELINE = 16
"""Tokens within which a dateline's dash must come: "GULU, Uganda, January 6 (UNHCR) -" has 10."""


@dataclass(frozen=True, slots=True)
class Place:
    """One phrase, tokens [first, last), with its words, the entity ids it means, and its scope.

    `named`: the ids stand in the phrase itself; else they come from what was said before.
    """

    first: int
    last: int
    words: str
    ids: tuple[str, ...]
    scope: str | None
    named: bool = False


class Places:
    """The phrases of place of one document, in order, each with the ids it means where it stands."""

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention]) -> None:
        self._clauses = clauses
        self._mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]
        countries = Counter(c for m in self._mentions for c in countries_of(m.entity))
        self._main = [country for country, _ in countries.most_common(3)]
        self._border: tuple[str, ...] = ()
        self._last: tuple[str, ...] = ()
        self.phrases: list[Place] = []
        sentences = clauses.document.sentences
        for sentence in sentences:
            for (first, last), scoped in place_phrases(clauses, sentence):
                if scoped or self._is_named(first, last):
                    self._add(first, last)
        self._firsts = [place.first for place in self.phrases]
        self.dateline = self._dateline()
        lead = sentences[:_LEAD]
        self.lead = next(iter(self.within(0, min(lead[-1].last, _LEAD_TOKENS))), None) if lead else None

    def within(self, first: int, last: int) -> list[Place]:
        """The phrases that begin in tokens [first, last)."""
        return self.phrases[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def _is_named(self, first: int, last: int) -> bool:
        """Whether a place is named in a phrase; without mentions any capital that is no time counts."""
        if self._mentions:
            return any(m.type in _PLACE_TYPES for m in self._inside(first, last))
        classes, tokens = self._clauses.classes, self._clauses.tokens
        times = word_list("time_words")
        if any(classes[i] == FIGURE for i in range(first, last)):
            return False
        return any(classes[i] == NAME and tokens[i].lower not in times for i in range(first, last))

    def _inside(self, first: int, last: int) -> list[Mention]:
        tokens = self._clauses.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _add(self, first: int, last: int) -> None:
        inside = self._inside(first, last)
        scope = next((s for j in range(first, last) if (s := scope_at(self._clauses, j))), None)
        ids = {m.entity for m in inside if m.type in _PLACE_TYPES}
        ids |= {c for m in inside if m.type == "NORP" for c in countries_of(m.entity)}
        if scope == "border":
            found = self._border_pair({c for e in ids for c in countries_of(e)})
        elif ids or scope in (None, "country"):
            found = tuple(sorted(ids))
        else:
            found = self._last  # "the camp", "in the city": the place named last
        if scope is None and found and all(countries_of(e) == (e,) for e in found):
            scope = "country"
        if scope == "country" and any(t.lower in word_list("part_words") for t in self._clauses.tokens[first:last]):
            scope = None  # "in the north of the country", "in eastern Syria": nobody can tell how wide
        named = bool(ids) or scope == "border"
        before = self.phrases[-1] if self.phrases else None
        if before is not None and before.last == first and before.scope and not before.named and named:
            # "in a camp at the border", "in a village in northern Syria": one place, its scope the narrower
            self.phrases[-1] = Place(before.first, last, self._words(before.first, last), found, before.scope, named)
        else:
            self.phrases.append(Place(first, last, self._words(first, last), found, scope, named))
        if named and self._clauses.tokens[first].lower not in WAYS:
            self._last = found or self._last

    def _border_pair(self, countries: set[str]) -> tuple[str, ...]:
        """Both countries of a border: named, else those of the last border named, else the two the article is about."""
        if len(countries) < 2:
            if self._border and countries <= set(self._border):
                return self._border
            others = [country for country in self._main if country not in countries]
            countries |= set(others[: 2 - len(countries)])
        pair = tuple(sorted(countries))
        if len(pair) == 2:
            self._border = pair
        return pair

    def _words(self, first: int, last: int) -> str:
        tokens = self._clauses.tokens
        return " ".join(self._clauses.document.text[tokens[first].start : tokens[last - 1].end].split())

    def _dateline(self) -> Place | None:
        """The place before the first dash of a text that opens with a name: "GULU, Uganda, January 6 (UNHCR) -"."""
        tokens, classes = self._clauses.tokens, self._clauses.classes
        last = min(len(tokens), _DATELINE)
        dashed = any(tokens[i].text in "-–—" and classes[i] != JOIN for i in range(last))
        if not dashed or classes[0] not in (NAME, NOUN):
            return None
        times = word_list("time_words")
        end = 0
        named = (NAME, JOIN)
        while end < last and tokens[end].lower not in times and (classes[end] in named or tokens[end].text == ","):
            end += 1
        while end and classes[end - 1] != NAME:
            end -= 1
        if end == 0 or (self._mentions and not self._is_named(0, end)):
            return None
        ids = tuple(sorted({m.entity for m in self._inside(0, end) if m.type in _PLACE_TYPES}))
        return Place(0, end, self._words(0, end), ids, None, bool(ids))
