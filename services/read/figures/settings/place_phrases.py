"""The extents of phrases of place: "in the camp", "on the border with Poland", "west of Homs", "Dalia's north"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from services.read.figures.clauses import COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.settings.place_names import PlaceNames, is_verb
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_LONGEST = 14
"""Tokens of a phrase; "on the border between Belarus and the European Union's member Poland" has 12."""

_COMPOUND = 2
"""Small words between a name and its place word: "Soma coal mine", "Shuaib refugee camp", "Hama military airport"."""

_BESIDE = frozenset({"near", "outside", "north", "south", "east", "west"})
"""Words by which a comma goes on with the same place: "in Wingima, near the Porgera gold mine"."""

_OUTSIDERS = frozenset({"based", "led", "backed", "born", "run", "funded", "trained", "bound", "educated", "made"})
"""Behind a name and a hyphen these say whose somebody is: "the London-based Observatory"."""

_DATELINE = 3
"""Letters above which a place in capitals in the middle of small letters is a dateline; below, an abbreviation."""

_IDIOMS = frozenset("particular least most general addition terms case light fact charge part order".split())
"""Behind a preposition these begin no place: "in particular", "at least", "in addition"."""

_AWAY = frozenset({"far", "away", "km", "kilometers", "kilometres", "miles", "metres", "meters", "mile"})
"""Before "from" these say how near: "not far from Damascus"."""

_CALLED_AFTER = frozenset({"district", "village", "town", "city", "province", "street", "square"})
"""Scopes that bear the names of people: "Salah Eddin neighborhood"."""

_SOME_COUNTRIES = frozenset({"countries", "nations", "states"})
"""Without a name these are many: "one of the most disaster-prone countries"."""

_PARTS = frozenset({"part", "parts", "rest", "mainland", "corner"})
_COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())


class Phrase(NamedTuple):
    """Tokens [first, last) and how the place stands to what happened: at, on, to, from, of (place_prepositions.txt),
    about ("numbers on Balochistan"), or bare, where no preposition opens it."""

    first: int
    last: int
    how: str


class Phrases:
    """Finds the phrases that may be a place, sentence by sentence."""

    def __init__(self, clauses: Clauses, names: PlaceNames, read: Iterable[Sentence]) -> None:
        """`read` are the sentences that will be asked for."""
        self._clauses = clauses
        self._names = names
        self._tokens = clauses.tokens
        self._classes = clauses.classes
        self._scopes, self._sites = word_table("scope_words"), word_table("site_nouns")
        self._scope_at: dict[int, str | None] = {}
        self._places, self._strange = names.places, names.strange
        marks, found = _marks(), list[int]()
        for sentence in read:
            words = map(itemgetter(3), self._tokens[sentence.first : sentence.last])
            found += compress(range(sentence.first, sentence.last), map(marks.__contains__, words))
        lower = [self._tokens[i].lower for i in found]
        self._sited = set(compress(found, map(self._sites.__contains__, lower)))
        self._sited |= {i for i in compress(found, map(self._scopes.__contains__, lower)) if self.scope_at(i)}
        self._telling = self._places | self._sited | self._strange
        self._found = sorted({*found, *names.places})

    def of(self, sentence: Sentence) -> Iterator[Phrase]:
        """Those of one sentence, in order, without overlaps."""
        openers, found = _openers(), self._found
        behind = sentence.first
        for i in found[bisect_left(found, sentence.first) : bisect_left(found, sentence.last)]:
            if i < behind:
                continue
            opens = openers.get(self._tokens[i].lower)
            if opens == "compass":
                phrase = self._beyond(i, sentence)
            elif opens is not None and opens != "scope":
                phrase = self._after(i, sentence, opens)
            elif opens == "scope" or i in self._places:
                phrase = self._around(i, sentence, behind)
            else:
                continue
            if phrase is not None:
                yield phrase
                behind = phrase.last

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
        if self._sited.isdisjoint(range(first, last)):
            return None
        return next((scope for j in range(first, last) if (scope := self.scope_at(j))), None)

    def _scope(self, i: int, scope: str) -> str | None:
        tokens = self._tokens
        following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        # "border guards", "state-run", "hospital source", "school children": no place but somebody
        if following == "-" or following in word_list("source_nouns") or following in word_list("persons"):
            return None
        mention = self._names.mention_at(i)
        if mention is not None and (mention.type == "PER" or tokens[i].lower == "states"):
            return None  # the United States
        return scope if tokens[i].lower not in ("state", "department") or self._is_province(i) else None

    def _is_province(self, i: int) -> bool:
        """Whether a "state" is one: "Rakhine state", "the state of Sarawak", "in the state"; not Islamic State."""
        tokens, classes = self._tokens, self._classes
        if i + 2 < len(tokens) and tokens[i + 1].lower == "of":
            return classes[i + 2] == NAME and not self._names.is_somebody(i + 2)
        if i > 1 and tokens[i - 1].lower == "the":
            return tokens[i - 2].lower in ("in", "across", "throughout", "around")
        return i > 0 and classes[i - 1] == NAME and not self._names.is_somebody(i - 1)

    def is_site(self, i: int) -> bool:
        """Whether a token is a noun of a kind of place, with a scope or without."""
        return i in self._sited

    def _places_alone(self, i: int, how: str) -> bool:
        """Whether a token is a place without a name: "in the mine", "on the border", "of the village"."""
        alone = word_table("site_nouns").get(self._tokens[i].lower, "named") != "named"
        return self.scope_at(i) is not None or (alone and how in ("at", "to"))

    def _after(self, i: int, sentence: Sentence, how: str) -> Phrase | None:
        """The phrase a preposition opens."""
        tokens = self._tokens
        if not self._may_open(i, sentence, how):
            return None
        end = self._end(i + 1, sentence)
        if (i > sentence.first and tokens[i - 1].lower == "according") or self._is_outside(end, sentence):
            return None
        before = tokens[i - 1].lower if i > sentence.first else ""
        if (how == "to" and before in ("close", "next", "adjacent")) or (how == "from" and before in _AWAY):
            how = "at"
        if end <= i + 1:
            return None
        place = not self._places.isdisjoint(range(i + 1, end))
        if not place and not self._is_unnamed(i, end, how):
            return None
        if tokens[i].lower == "between" and not place and not any(self.scope_at(j) == "border" for j in range(i, end)):
            return None
        if how == "on" and self._sited.isdisjoint(range(i + 1, end)):
            happens = any(t.lower in word_list("event_nouns") for t in tokens[max(sentence.first, i - 4) : i])
            how = "on" if happens else "about"  # "raids on Zabadani", "numbers on Balochistan"
        return None if self._describes(i, end, sentence) else Phrase(i, end, how)

    def _may_open(self, i: int, sentence: Sentence, how: str) -> bool:
        """Whether a preposition may open a place, by the word behind it alone."""
        if i + 1 >= sentence.last or self._telling.isdisjoint(range(i + 1, i + 1 + _LONGEST)):
            return False
        kind = self._classes[i + 1]
        goes = how != "to" or kind in ("det", NAME) or (kind == NOUN and i + 1 in self._sited)
        return goes and kind != "of" and self._tokens[i + 1].lower not in _IDIOMS  # "to assist Poland" goes nowhere

    def _is_unnamed(self, i: int, end: int, how: str) -> bool:
        """Whether a phrase without a known name is a place: "in the mine", "on Aqareb hill", "in La Pintada"."""
        inside = range(i + 1, end)
        if any(self._tokens[j].lower in _SOME_COUNTRIES for j in inside):
            return False
        called = not self._strange.isdisjoint(inside) and not self._sited.isdisjoint(inside)
        sited = any(self._places_alone(j, how) for j in inside)
        return sited or called or (how == "at" and self._is_unknown(i + 1, end))

    def _is_outside(self, end: int, sentence: Sentence) -> bool:
        """Whether "-based" or the like follows: that is whose somebody is."""
        tokens = self._tokens
        return end + 1 < sentence.last and tokens[end].text == "-" and tokens[end + 1].lower in _OUTSIDERS

    def _is_unknown(self, first: int, end: int) -> bool:
        """Whether tokens [first, end) are a name nobody knows, with an article or "flood-hit" before it at most."""
        classes = self._classes
        small = word_list("name_particles") | word_list("part_words")  # "La Pintada", "East Kalimantan"
        plain = ("det", JOIN, NAME)
        name = next((j for j in range(first, end) if j in self._strange), end)
        for j in range(first, name):
            if classes[j] == NAME and self._tokens[j].lower not in small:
                return False
            if classes[j] not in plain and JOIN not in classes[j - 1 : j + 2] and self._tokens[j].lower not in small:
                return False
        described = any(classes[j] == "of" for j in range(first, end))
        return name < end and not described

    def _describes(self, i: int, end: int, sentence: Sentence) -> bool:
        """Whether the phrase only describes the noun behind it: "in a US | airstrike", "in Trump's | speech"."""
        classes, tokens = self._classes, self._tokens
        if end - 1 in self._sited:
            return False
        owners = [j for j in range(i + 1, end) if j in self._places]
        if owners and owners[-1] < end - 1 and self._names.owns(owners[-1]):
            noun = end < sentence.last and classes[end] in (OTHER, NOUN) and not is_verb(self._clauses, end)
            return noun or end - 1 not in self._strange  # "of India's LGBTQ community"
        if end >= sentence.last or classes[end] not in (OTHER, NOUN):
            return False
        if self._names.owns(end - 1) or tokens[end].lower in word_list("event_nouns"):
            return True
        the_name = tokens[i + 1].lower == "the" and i + 2 == end - 1  # "in the Philippines rose"
        noun = tokens[end].text.islower() and not is_verb(self._clauses, end)
        return classes[i + 1] == "det" and not the_name and noun

    def _beyond(self, i: int, sentence: Sentence) -> Phrase | None:
        """ "west of Kirkuk", "south-east of the city of Homs"; else "east China"."""
        tokens = self._tokens
        if tokens[i].lower not in _COMPASS and tokens[i].lower not in _PARTS:
            return self._around(i, sentence, i)
        j = i + 1
        while j + 1 < sentence.last and (tokens[j].text == "-" or tokens[j].lower in _COMPASS):
            j += 1
        if j + 1 >= sentence.last or tokens[j].lower not in ("of", "from"):
            return self._around(i, sentence, i)
        end = self._end(j + 1, sentence)
        placed = any(k in self._places or self.scope_at(k) for k in range(j + 1, end))
        return Phrase(i, end, "at") if placed or (end > j + 1 and j + 1 in self._strange) else None

    def _around(self, i: int, sentence: Sentence, floor: int) -> Phrase | None:
        """The phrase about a name or a scope word that no preposition opens: "the Polish-Belarusian border"."""
        classes = self._classes
        parts = word_list("part_words")
        if self._tokens[i].lower in parts:
            j = i + 1
            while j < sentence.last and (classes[j] == JOIN or self._tokens[j].lower in parts):
                j += 1
            if j >= sentence.last or j not in self._places:
                return None
            return Phrase(i, self._name_end(j, sentence), "bare")
        if i in self._places:
            end = self._name_end(i, sentence)
            return None if self._is_outside(end, sentence) else Phrase(i, end, "bare")
        if self._tokens[i].lower in ("nationwide", "countrywide"):
            return Phrase(i, i + 1, "at")
        if self.scope_at(i) in (None, "country") or self._names.is_somebody(i):
            return None  # "the country" does many things; only "in the country" is a place
        first = i
        while first > floor and i - first < _LONGEST and classes[first - 1] in (NAME, JOIN):
            somebody = self._names.is_somebody(first - 1) and first - 1 not in self._clauses.peoples
            namesake = self._names.mention_at(first - 1) is self._names.mention_at(i - 1)
            if somebody and not (namesake and self.scope_at(i) in _CALLED_AFTER):
                break
            first -= 1
        if first > floor and first < i and self._tokens[first - 1].lower in word_list("name_particles"):
            first -= 1  # "al-Zahraa town"
        if first > floor and classes[first - 1] == "det":
            first -= 1
        counted = first > sentence.first and classes[first - 1] == FIGURE and self._tokens[i].lower.endswith("s")
        counted = counted and not (i + 1 < sentence.last and classes[i + 1] == NAME)  # "5 refugee camps"
        linked = i + 1 < sentence.last and self._tokens[i + 1].lower in ("of", "with", "between")
        end = self._end(i, sentence) if linked else i + 1
        called = first < i and self._names.is_somebody(i - 1) and i - 1 not in self._clauses.peoples
        named = called or self.scope_at(i) == "border" or not self._strange.isdisjoint(range(first, end))
        named = named or not self._places.isdisjoint(range(first, end))
        named = named or self._tokens[first].lower == "the"  # of those "the county" may mean one named before
        return Phrase(first, end, "bare") if first < i and named and not counted else None

    def _name_end(self, i: int, sentence: Sentence) -> int:
        """Behind a name that begins at `i`, its place word, and the names that "and" or a comma adds to it."""
        classes = self._classes
        ceiling = min(sentence.last, i + _LONGEST)
        end = i + 1
        while end < ceiling:
            joined = classes[end] == JOIN and end + 1 < ceiling
            if end in self._places or end in self._sited or joined or self._compound(end, ceiling):
                end += 1
            elif self._is_joined(end, ceiling) and not self._names.owns(end - 1):
                end += 2
            else:
                break
        while end > i + 1 and classes[end - 1] == JOIN:
            end -= 1
        return end

    def _is_joined(self, i: int, ceiling: int) -> bool:
        """Whether a comma or "and" adds the name of a place to another: "Soma, Turkey", "Foua and Kafarya"."""
        if self._tokens[i].text not in (",", "and") or i + 1 >= ceiling:
            return False
        names = self._names
        if self.scope_at(i - 1) and names.is_place(i + 1):
            return True  # "in the capital, Honiara"
        if not (names.is_place(i - 1) or i - 1 in self._strange):
            return False
        if self._tokens[i].text == "and":
            return names.is_place(i + 1) or i + 1 in self._strange
        behind = i + 1
        while behind < ceiling and names.is_place(behind):
            behind += 1
        describes = behind < ceiling and self._classes[behind] in (NAME, NOUN, OTHER)
        describes = describes and behind not in self._sited and not is_verb(self._clauses, behind)
        return behind > i + 1 and not describes  # "in Syria, | US officials said"

    def _compound(self, i: int, ceiling: int) -> bool:
        """Whether one or two small words lead to a place word: "Soma | coal mine"."""
        classes, tokens = self._classes, self._tokens
        for j in range(i, min(ceiling, i + _COMPOUND + 1)):
            if j > i and j in self._sited:
                return True
            if classes[j] not in (OTHER, NOUN) or not tokens[j].text[0].islower() or is_verb(self._clauses, j):
                return False
        return False

    def _end(self, start: int, sentence: Sentence) -> int:
        """The token behind the phrase: nouns and names, "of" and "with" before a name, "and" inside "between"."""
        classes, tokens = self._classes, self._tokens
        ceiling = min(sentence.last, start + _LONGEST)
        scoped = named = False
        between = start > 0 and tokens[start - 1].lower == "between"
        i = start
        times = word_list("time_words")
        while i < ceiling:
            plain = classes[i] == NAME and tokens[i].lower not in times
            if not plain and not self._continues(i, start, ceiling, scoped=scoped, named=named, between=between):
                break
            scoped = scoped or i in self._sited
            described = i in self._clauses.peoples or self._names.owns(i)
            named = named or (not described and (i in self._places or i in self._strange))
            between = between or tokens[i].lower == "between"
            i += 1
            if i < ceiling and self._another_begins(i):
                break
        while i > start and classes[i - 1] in ("of", "in", "and", "det", JOIN, OTHER, FIGURE, COMMA):
            if i - 1 in self._sited:
                break
            i -= 1
        return i

    def _continues(  # noqa: PLR0911 - one answer for each class of words
        self, i: int, start: int, ceiling: int, *, scoped: bool, named: bool, between: bool
    ) -> bool:
        """Whether token `i` belongs to the phrase begun at `start`."""
        classes, tokens = self._classes, self._tokens
        kind, word = classes[i], tokens[i].lower
        if kind in (NAME, JOIN):
            return word not in word_list("time_words") or i in self._clauses.inside
        if kind == FIGURE:  # "in 17 prefectures"
            return i == start and i + 1 < ceiling and i + 1 in self._sited
        if kind == "det":
            return i == start or classes[i - 1] in ("of", "in", "and", "det") or self._names.owns(i - 1)
        if kind in (NOUN, OTHER):
            if i in self._sited or self._compound(i, ceiling):
                return True
            acts = kind == OTHER and i > start + 2 and classes[i - 1] != JOIN and is_verb(self._clauses, i)
            return self._is_particle(i) or not (scoped or named or acts)
        hyphened = kind in ("verb", "adverb") and JOIN in classes[i - 1 : i + 2]  # "in the flood-hit state"
        if hyphened or ((named or scoped) and self._is_joined(i, ceiling)):
            return True
        opens = i + 1 < len(tokens) and (classes[i + 1] in (NAME, "det") or self._is_particle(i + 1))
        return opens and (word == "of" or (word in ("with", "between") and scoped) or (kind == "and" and between))

    def _is_particle(self, i: int) -> bool:
        """Whether a small word is of a name: "al" of al-Duweh, "del" of Costa del Sol."""
        classes, tokens = self._classes, self._tokens
        goes_on = i + 1 < len(tokens) and classes[i + 1] in (NAME, JOIN)
        return goes_on and tokens[i].lower in word_list("name_particles")

    def _another_begins(self, i: int) -> bool:
        """Whether a new phrase begins at a name without a comma: "in Syria | Air strikes", "the city | Syrian TV"."""
        if self._classes[i] != NAME or i in self._sited:
            return False
        before, token = self._tokens[i - 1], self._tokens[i]
        if len(token.text) > _DATELINE and token.text.isupper() and not before.text.isupper():
            return True  # "in Hama Province | WASHINGTON"
        if i in self._places or self._names.owns(i - 1):
            return False
        if i - 1 in self._clauses.place_ends:
            return True
        return before.text[0].islower() and self.scope_at(i - 1) is not None and i not in self._strange


@cache
def _marks() -> frozenset[str]:
    """All words a phrase of place may begin with or be told by."""
    return frozenset(_openers()) | frozenset(word_table("site_nouns"))


@cache
def _openers() -> dict[str, str]:
    """Words a phrase of place is found by: its preposition, a direction, else its scope word."""
    found = dict.fromkeys(word_table("scope_words"), "scope")
    found |= dict.fromkeys(word_list("part_words"), "compass")
    return found | word_table("place_prepositions")
