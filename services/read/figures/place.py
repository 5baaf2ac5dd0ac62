"""Phrases of place: "in the camp", "on the border with Poland", "in the northern city of Hasaka", and whose ids they hold."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.entity import Mention
from services.read.entities import countries_of
from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.text import Document, Sentence
from services.read.wordlists import word_list, word_table

_LONGEST = 14
"""Tokens of a phrase; "on the border between Belarus and the European Union's member Poland" has 12."""

_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_WAYS = frozenset({"to", "into", "towards", "toward"})
"""Where somebody is going is not yet where the story is."""

_DATELINE = 16
"""Tokens within which a dateline's dash must come: "GULU, Uganda, January 6 (UNHCR) -" has 10."""


@dataclass(frozen=True, slots=True)
class Place:
    """One phrase, tokens [first, last), with its words, the entity ids it means, and its scope."""

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
        self._countries = Counter(c for m in self._mentions for c in countries_of(m.entity))
        self._border: tuple[str, ...] = ()
        self._last: tuple[str, ...] = ()
        self.phrases: list[Place] = []
        for sentence in clauses.document.sentences:
            self._read(sentence)
        self._firsts = [place.first for place in self.phrases]
        self.dateline = self._dateline()

    def within(self, first: int, last: int) -> list[Place]:
        """The phrases that begin in tokens [first, last)."""
        return self.phrases[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def _read(self, sentence: Sentence) -> None:
        tokens, classes = self._clauses.tokens, self._clauses.classes
        prepositions, scopes = word_list("place_prepositions"), word_table("scope_words")
        i = sentence.first
        while i < sentence.last:
            word = tokens[i].lower
            span = None
            if word in prepositions:
                span = self._after(i, sentence)
            elif word in scopes and classes[i] in (NOUN, OTHER, NAME):
                span = self._around(i, sentence)
            if span is None:
                i += 1
                continue
            self._add(*span)
            i = max(i + 1, span[1])

    def _after(self, i: int, sentence: Sentence) -> tuple[int, int] | None:
        """The phrase a preposition opens, if it names a place or says its scope."""
        if i + 1 >= sentence.last or (i > sentence.first and self._clauses.tokens[i - 1].lower == "according"):
            return None
        if (
            self._clauses.tokens[i].lower in ("to", "into") and self._clauses.classes[i + 1] not in ("det", NAME, NOUN)
        ):
            return None  # "to assist Poland"
        end = self._phrase_end(i + 1, sentence)
        scoped = any(self._scope_at(j) for j in range(i + 1, end))
        if end > i + 1 and (scoped or self._named(i + 1, end)):
            return i, end
        return None

    def _around(self, i: int, sentence: Sentence) -> tuple[int, int] | None:
        """The phrase about a scope word that no preposition opens: "cross the Polish-Belarusian border"."""
        if self._scope_at(i) is None:
            return None
        classes = self._clauses.classes
        first = i
        while first > sentence.first and i - first < _LONGEST and classes[first - 1] in (NAME, JOIN):
            first -= 1
        if first > sentence.first and classes[first - 1] == "det":
            first -= 1
        elif first == i:
            return None
        return first, self._phrase_end(i, sentence)

    def _phrase_end(self, i: int, sentence: Sentence) -> int:
        """The token behind the phrase: nouns and names, "of" and "with" before a name, "and" inside "between"."""
        tokens, classes = self._clauses.tokens, self._clauses.classes
        between = tokens[i - 1].lower == "between"
        scoped = named = False
        end = i
        ceiling = min(sentence.last, i + _LONGEST)
        while end < ceiling:
            kind, word = classes[end], tokens[end].lower
            if kind in (NAME, NOUN) or kind == JOIN:
                named = named or kind == NAME
            elif kind == "det":
                if end > i and classes[end - 1] not in ("of", "in", "and", "det"):
                    break
            elif kind == OTHER:
                if (scoped or named) and word not in word_table("scope_words"):
                    break
            elif word in ("of", "with", "between") and end + 1 < ceiling and classes[end + 1] in (NAME, "det"):
                if word != "of" and not scoped:
                    break
                between = between or word == "between"
            elif kind == "and" and end + 1 < ceiling and classes[end + 1] in (NAME, "det") and between:
                pass
            else:
                break
            if self._scope_at(end):
                scoped = True
                if end + 1 < ceiling and classes[end + 1] == NAME and tokens[end].text[0].islower():
                    return end + 1  # "in the city Syrian media said": no comma, another phrase
            if end in self._clauses.place_ends and end + 1 < ceiling and classes[end + 1] == NAME:
                if self._scope_at(end + 1) is None:
                    return end + 1  # "in Syria Air strikes": another name begins
            end += 1
        while end > i and classes[end - 1] in ("of", "in", "and", "det", JOIN, OTHER) and not self._scope_at(end - 1):
            end -= 1
        return end

    def _scope_at(self, i: int) -> str | None:
        token = self._clauses.tokens[i]
        scope = word_table("scope_words").get(token.lower)
        if scope is None:
            return None
        nouns = self._clauses.tokens[i + 1 : i + 2]
        # "border guards", "state TV", "hospital source", "school children": no place but somebody
        if nouns and (nouns[0].text == "-" or nouns[0].lower in word_list("source_nouns") or nouns[0].lower in word_list("persons")):
            return None
        if token.lower in ("state", "country", "nation") and scope == "province":
            return scope if i and self._clauses.classes[i - 1] == NAME else None
        return scope

    def _named(self, first: int, last: int) -> bool:
        """Whether a place is named in a phrase; without mentions any capital that is no time counts."""
        if self._mentions:
            return any(m.type in _PLACE_TYPES for m in self._inside(first, last))
        classes, tokens = self._clauses.classes, self._clauses.tokens
        times = word_list("time_words")
        return any(classes[i] == NAME and tokens[i].lower not in times for i in range(first, last)) and not any(
            classes[i] == FIGURE for i in range(first, last)
        )

    def _inside(self, first: int, last: int) -> list[Mention]:
        tokens = self._clauses.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _add(self, first: int, last: int) -> None:
        inside = self._inside(first, last)
        scope = next((s for j in range(first, last) if (s := self._scope_at(j))), None)
        ids = {m.entity for m in inside if m.type in _PLACE_TYPES}
        ids |= {c for m in inside if m.type == "NORP" for c in countries_of(m.entity)}
        if scope == "border":
            found = self._border_pair(ids)
        else:
            found = tuple(sorted(ids))
            if not found and scope is not None and scope != "country":
                found = self._last
        if scope is None and found:
            scope = "country" if all(countries_of(e) == (e,) for e in found) else None
        before = self.phrases[-1] if self.phrases else None
        if before is not None and before.last == first and before.scope and not before.named and (ids or scope == "border"):
            # "in a camp at the border", "in a village in northern Syria": one place, its scope the narrower
            self.phrases[-1] = Place(before.first, last, self._words(before.first, last), found, before.scope, True)
        else:
            self.phrases.append(Place(first, last, self._words(first, last), found, scope, bool(ids)))
        if (ids or scope == "border") and self._clauses.tokens[first].lower not in _WAYS:
            self._last = found or self._last

    def _border_pair(self, ids: set[str]) -> tuple[str, ...]:
        """Both countries of a border: named, else those of the last border named, else the two the article is about."""
        if len(ids) < 2:
            if self._border and (not ids or ids & set(self._border)):
                return self._border
            for country, _ in self._countries.most_common(2 + len(ids)):
                if len(ids) < 2:
                    ids.add(country)
        pair = tuple(sorted(ids))
        if len(pair) == 2:
            self._border = pair
        return pair

    def _words(self, first: int, last: int) -> str:
        tokens = self._clauses.tokens
        return " ".join(self._clauses.document.text[tokens[first].start : tokens[last - 1].end].split())

    def _dateline(self) -> Place | None:
        """The place before the first dash of a text that opens with a name: "GULU, Uganda, January 6 (UNHCR) -"."""
        document: Document = self._clauses.document
        if not document.sentences:
            return None
        tokens, classes = self._clauses.tokens, self._clauses.classes
        if classes[0] not in (NAME, NOUN):
            return None
        last = min(len(tokens), _DATELINE)
        if not any(tokens[i].text in "-–—" and classes[i] != JOIN for i in range(last)):
            return None
        end = 0
        times = word_list("time_words")
        while end < last and (classes[end] in (NAME, JOIN) or tokens[end].text == ",") and tokens[end].lower not in times:
            end += 1
        while end and classes[end - 1] != NAME:
            end -= 1
        if end == 0 or (self._mentions and not self._named(0, end)):
            return None
        ids = tuple(sorted({m.entity for m in self._inside(0, end) if m.type in _PLACE_TYPES}))
        return Place(0, end, self._words(0, end), ids, None)
