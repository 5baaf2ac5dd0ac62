"""Which places a phrase means: the ids it names, both countries of a border, what "the village" was before."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from schemas.entity import Mention
from services.read.entities import name_of, neighbours
from services.read.figures.clauses import JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.settings.captions import captions
from services.read.figures.settings.joined import BESIDE, DIRECTIONS, Joined
from services.read.figures.settings.named_place import Place, bare, is_wide, lies_in
from services.read.figures.settings.place_names import PLACE_TYPES, PlaceNames, is_verb
from services.read.figures.settings.place_phrases import MISSIONS, WARS, Phrase, Phrases
from services.read.text import Sentence
from services.read.wordlists import word_list

_LEAD, _LEAD_TOKENS = 2, 200
"""Sentences of a news story's lead, which names the place of the whole, and the tokens read of them."""

_OPENING = 4
"""Sentences in which a place behind a figure may be its own: a headline and a caption stand before the news."""

_ANTECEDENT = 4
"""Sentences before a figure's in which "the village" may have been named."""

_DOMINANT = 3
"""Names of one country from which an article is about it (half and double: 0 / 15)."""

_DATELINE = 16
"""Tokens within which a dateline's dash must come: "GULU, Uganda, January 6 (UNHCR) -" has 10."""

_SMALL = frozenset({"village", "town", "city"})
"""Scopes so small that the place named last is meant even if it was not called so."""

_SETTLED = frozenset({"village", "town", "city", "province"})
"""Scopes with which a name nobody knows is found on a map."""

_OF_A_NAME = frozenset({"village", "town", "city", "district", "province", "region"})
"""Scopes that always are of one place with a name: "in the village" is the village named last."""

_BEFALLEN = frozenset("hit stricken held struck prone torn lying risk".split())
"""With participles in -ed these tell an area from others: "in flood-hit areas", "in low-lying parts"."""

_NATION = frozenset({"country", "nation"})

_LONG_AGO = 60
"""Tokens after which "the city" is no longer the last that was called one, but the place named last."""


class Places:
    """The phrases of place of one document, in order, each with the ids it means where it stands.

    Only of the opening and of the sentences up to `_ANTECEDENT` before those in `wanted` (their numbers): what stands
    farther off is no figure's place, and reading it costs as much as all else here.
    """

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention], wanted: Iterable[int]) -> None:
        self._clauses = clauses
        near = {n for number in wanted for n in range(number - _ANTECEDENT, number + 1)}
        read = [s for s in clauses.document.sentences if s.number < _OPENING or s.number in near]
        self.names = PlaceNames(clauses, mentions, read)
        self._finder = Phrases(clauses, self.names, read)
        self.captions = captions(clauses.document)
        self._joined = Joined(clauses, self.names, self._finder.kinds)
        countries: Counter[str] = Counter()
        for entity, times in Counter(m.entity for m in mentions).items():
            for country in lies_in(entity):
                countries[country] += times
        most = countries.most_common()
        self.main = self._dominant(mentions, *most[0], countries.total()) if most else None
        self._main = [country for country, _ in most]
        self._named = bool(mentions)
        seats = word_list("seats")
        main = set(self._main[:1])
        self._seats = [m for m in mentions if m.text.lower() in seats and main.intersection(lies_in(m.entity))]
        self._border: tuple[str, ...] = ()
        self._last: Place | None = None
        self._country: tuple[str, ...] = ()
        self._country_words = ""
        self._scoped: dict[str, Place] = {}
        self.phrases: list[Place] = []
        for sentence in read:
            for phrase in self._finder.of(sentence):
                self._add(phrase)
        self._firsts = [place.first for place in self.phrases]
        wide = [p for p in self.phrases if p.wide and p.how == "at" and p.scope == "country"]
        self._countries = [p for p in wide if p.words.split()[-1].lower() not in WARS]
        self.dateline = self._dateline()
        self.lead = self._lead()

    def border(self) -> tuple[str, ...]:
        """Both countries of the one border of the text; () of none and of several."""
        pairs = {place.ids for place in self.phrases if place.scope == "border" and len(place.ids) == 2}
        return pairs.pop() if len(pairs) == 1 else ()

    def _dominant(self, mentions: Sequence[Mention], country: str, times: int, names: int) -> Place | None:
        """The country an article is about: three of five of its `names` of countries, and its lead has one."""
        if times < _DOMINANT or 5 * times < 3 * names:
            return None
        lead = self._clauses.document.sentences[:_LEAD][-1].end if self._clauses.document.sentences else 0
        told = (m.text for m in mentions if m.entity == country and m.type in PLACE_TYPES and m.start < lead)
        name = next(told, None)
        return Place(0, 0, name, (country,), "country", named=True, wide=True, known=True) if name else None

    def within(self, first: int, last: int) -> list[Place]:
        """The phrases that begin in tokens [first, last)."""
        return self.phrases[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def country_before(self, first: int) -> Place | None:
        """The country where something happened that was named last before token `first`."""
        behind = bisect_left(self._countries, first, key=lambda place: place.first)
        return self._countries[behind - 1] if behind else None

    def country_named_before(self, first: int) -> Place | None:
        """The country named last before token `first`, whatever it did there: "the country" is that."""
        before = self.phrases[: bisect_left(self._firsts, first)]
        named = [p for p in reversed(before) if p.wide and p.scope == "country" and len(p.ids) == 1]
        return next((p for p in named if not self._describes(p)), named[0] if named else None)

    def last_before(self, first: int) -> Place | None:
        """The place that was named last before token `first`, if it is not wide."""
        for place in reversed(self.phrases[: bisect_left(self._firsts, first)][-_ANTECEDENT:]):
            if place.known and not place.wide and place.how in ("at", "on"):
                return place
        return None

    def _add(self, phrase: Phrase) -> None:
        place = self._meant(self._read(phrase))
        if place is None:
            return
        before = self.phrases[-1] if self.phrases else None
        if before is not None and self._joined.is_apposed(before, place):
            self.phrases[-1] = before._replace(last=place.last, ids=_with_wide(before.ids, place))
            return
        if before is not None and self._joined.goes_on(before, place):
            place = self._one(before, place)
            self.phrases.pop()
        self.phrases.append(place)
        self._remember(place)

    def _one(self, before: Place, place: Place) -> Place:
        """Two phrases that are one place, its scope the narrower: "in a camp at the border", "in Manbij in Aleppo
        province"."""
        words = self._words(before.first, place.last)
        if place.words not in words:  # the second stands for one named earlier: "in a camp in the city"
            words = _beside(before.words, place.words) if before.named else place.words
        ids = before.ids if before.named and before.ids and not before.wide else place.ids
        found = before.how == "bare" and self._joined.is_site(before)  # "seized the Kiwa oilfield east of Homs"
        return before._replace(
            last=place.last,
            words=words,
            ids=_with_wide(ids, place),
            named=True,
            how=place.how if found else before.how,
            known=before.known or place.known,
            wide=before.wide and not place.ids,
        )

    def _remember(self, place: Place) -> None:
        """Which country, which place and which of its scope was named last, for the phrases that only mean one."""
        called = bool(self._names_in(place)) or not self._country  # "in the Ruritanian war" does not rename it
        if place.named and place.scope == "country" and len(place.ids) == 1 and called and not self._describes(place):
            self._country = place.ids
            self._country_words = self._names_in(place) or place.words
        if place.named and place.how != "to":
            if not place.wide and not self._is_beside(place):
                self._last = place._replace(words=place.meant or place.words)
                if place.scope:
                    self._scoped[place.scope] = self._last
            elif self._last is None and place.ids:
                self._last = place

    def _describes(self, place: Place) -> bool:
        """Whether a country's name only describes the noun behind it: "U.S. policy" is not where "the country" is."""
        tokens = self._clauses.tokens
        if place.how != "bare" or not self._country or place.last >= len(tokens):
            return False
        noun = tokens[place.last]
        small = noun.text[0].islower() and self._clauses.classes[place.last] in (NOUN, OTHER)
        return small and not is_verb(self._clauses, place.last) and noun.lower not in word_list("country_nouns")

    def _is_beside(self, place: Place) -> bool:
        """Whether a phrase only says where the place named just before it lies: "La Pintada, a village west of X"."""
        near = self._last is not None and 0 <= place.first - self._last.last < BESIDE
        return near and self._clauses.tokens[place.first].lower in DIRECTIONS

    def label(self, first: int, last: int, *, bracket: bool) -> Place | None:
        """A place that a list names in tokens [first, last); without a bracket only what is known to be one."""
        if first == last or self._clauses.classes[first] != NAME:
            return None
        place = self._read(Phrase(first, last, "at"))
        known = any(self.names.is_place(j) or self._finder.kinds.is_site(j) for j in range(first, last))
        return place if known or (bracket and place.named) else None

    def _read(self, phrase: Phrase) -> Place:
        """The phrase with the ids that stand in it."""
        first, last = phrase.first, phrase.last
        scope = self._finder.kinds.scope_in(first, last)
        inside = self.names.mentions(first, last)
        places = [m.entity for m in inside if m.type in PLACE_TYPES]
        peoples = [c for m in inside if m.type == "NORP" for c in lies_in(m.entity)]
        unknown = not self.names.strange.isdisjoint(range(first, last))
        called = scope in _OF_A_NAME and any(m.type == "PER" for m in inside)  # "Salah Eddin neighborhood"
        some = self._clauses.tokens[min(first + 1, last - 1)].lower in ("a", "an") and bool(peoples)
        named = bool(places) or unknown or called or (some and scope in _OF_A_NAME)  # "near a Syrian village"
        mission = bool(peoples) and self._clauses.tokens[last - 1].lower in MISSIONS
        named = named or mission
        wide = bool(places) and not unknown and all(is_wide(e) for e in places)
        known = any(lies_in(e) or name_of(e) is not None for e in places)
        known = known or (bool(places) and scope in _SETTLED)
        ids = self._particular(first, last, places, [] if mission else peoples)  # an embassy is not in its country
        if phrase.how != "bare" and last == first + 3 and self._finder.is_counted(first, last):
            return Place(first, last, self._words(first, last), (), None, True, True, phrase.how, True)
        if peoples and not places and self._clauses.tokens[last - 1].lower in WARS:
            return Place(first, last, self._words(first, last), ids, "country", True, True, phrase.how, True)
        if scope == "border":
            ids, named = self._border_pair({c for e in (*places, *peoples) for c in lies_in(e)}), True
            wide = False
        elif scope is None and wide and ids and all(lies_in(e) == (e,) for e in ids):
            scope = "country"
        words = [token[3] for token in self._clauses.tokens[first:last]]
        if not word_list("part_words").isdisjoint(words):
            # "in the north of the country", "in eastern Syria": nobody can tell how wide, but not all of it
            wide, scope = False, None if scope == "country" else scope
        return Place(first, last, self._words(first, last), ids, scope, named, wide, phrase.how, known)

    def _particular(self, first: int, last: int, places: list[str], peoples: list[str]) -> tuple[str, ...]:
        """The most particular of the places named, and all it is joined to by "and"; then the countries."""
        if not places and not peoples:
            return ()
        near = list(dict.fromkeys(e for e in places if not is_wide(e)))
        wide = sorted({*(e for e in places if is_wide(e)), *peoples})
        if len(near) < 2:
            return (*near, *wide)
        joined = any(self._clauses.tokens[j].lower in ("and", "or", "between") for j in range(first, last))
        return (*(sorted(near) if joined else near[:1]), *wide)

    def _meant(self, place: Place) -> Place | None:  # noqa: PLR0911 - one answer for each kind of phrase
        """The phrase with the name it stands for: "in the village" means the village named last; None means nothing."""
        if place.scope == "country" and not place.named:
            words = self._country_words or place.words
            if self._country_words and not {"a", "an", "one"}.intersection(place.words.lower().split()):
                words = f"{place.words}, {words}"
            return place._replace(ids=self._country, named=True, wide=True, words=words)
        if not place.known and self._seats and self._is_capital(place):  # "the capital, Damascus"
            seat = self._seats[0]
            ids = place.ids if place.named and place.ids else (seat.entity,)
            return place._replace(words=f"{place.words}, {seat.text}", ids=ids, named=True, known=True)
        if place.named:
            return place
        vague = word_list("vague_places")
        tokens = self._clauses.tokens
        is_vague = any(tokens[j].lower in vague for j in range(place.first, place.last))
        earlier = self._scoped.get(place.scope or "")
        if earlier is None or (self._last is not None and place.first - earlier.first > _LONG_AGO):
            earlier = self._last
        definite = tokens[min(place.first + (place.how != "bare"), place.last - 1)].lower in ("the", "this", "that")
        if definite and earlier is not None and self._is_part(place):
            # "in the northern countryside" is of the town named last
            words = f"{place.words}, {bare(earlier.words)}"
            return place._replace(words=words, ids=earlier.ids, named=True, known=earlier.known)
        capital = any(tokens[j].lower == "capital" for j in range(place.first, place.last))  # not the town named last
        if definite and earlier is not None and not capital and (is_vague or place.scope in _OF_A_NAME):
            known = place.scope in _SMALL or is_vague or place.scope in self._scoped
            if known and not earlier.wide:
                told = earlier._replace(first=place.first, last=place.last, how=place.how, scope=place.scope)
                described = is_vague and self._is_described(place)
                if not described:
                    return told
                return told._replace(words=f"{place.words}, {bare(earlier.words)}", meant=earlier.words)
        some = is_vague and not definite and place.how in ("at", "from") and self._is_described(place)
        some = some and tokens[place.first + 1].lower not in ("a", "an", "another")
        if some and self._country and any(t.lower in _NATION for t in tokens[place.first : place.last]):
            words = f"{place.words}, {self._country_words}"  # "in besieged areas of the country"
            return place._replace(words=words, ids=self._country, named=True, known=True)
        if (is_vague and not some) or (place.how == "bare" and place.scope != "border"):
            return None
        return place._replace(ids=self._last.ids if self._last else ())

    def _is_described(self, place: Place) -> bool:
        """Whether a phrase says what befell a place: "in the affected areas", "in the rebel-held area"."""
        words = (self._clauses.tokens[j].lower for j in range(place.first + 1, place.last))
        return any(word.endswith("ed") or word in _BEFALLEN for word in words)

    def _is_part(self, place: Place) -> bool:
        """Whether a phrase names a side of something: "in the northern countryside"."""
        words = (self._clauses.tokens[j].lower for j in range(place.first, place.last))
        sided = not word_list("part_words").isdisjoint(words)
        return sided and place.scope is not None and place.how in ("at", "on")

    def _is_capital(self, place: Place) -> bool:
        """ "the capital", "of the Ruritanian capital"; not "Kiwa's provincial capital"."""
        tokens = self._clauses.tokens
        at = next((j for j in range(place.first + 1, place.last) if tokens[j].lower == "capital"), 0)
        return at > 0 and (tokens[at - 1].lower in ("the", "this") or at - 1 in self._clauses.peoples)

    def _names_in(self, place: Place) -> str:
        """The first place's name in a phrase as written; "" without one."""
        inside = (m for m in self.names.mentions(place.first, place.last) if m.type in PLACE_TYPES)
        return next((m.text for m in inside), "")

    def _border_pair(self, countries: set[str]) -> tuple[str, ...]:
        """Both countries of a border: named, else those of the last border named, else of those the article is about
        the two it names most, but beside a country only its neighbour: "Washington says that Veronia masses troops at
        the border with Osmia"."""
        if len(countries) < 2:
            if self._border and countries <= set(self._border):
                return self._border
            one = next(iter(countries or self._main), None)
            if one is None:
                return ()
            beside = [country for country in self._main if country in neighbours(one)]
            if neighbours(one):
                countries |= {one, *beside[:1]}
            else:
                countries |= {one, *[country for country in self._main if country != one][:1]}
        pair = tuple(sorted(countries))
        if len(pair) == 2:
            self._border = pair
        return pair

    def _words(self, first: int, last: int) -> str:
        tokens = self._clauses.tokens
        words = " ".join(self._clauses.document.text[tokens[first].start : tokens[last - 1].end].split())
        return words.removesuffix("'s").removesuffix("’s")

    def _lead(self) -> Place | None:
        """The place the story opens with: the first named one of its first sentences, a country last."""
        sentences = self._clauses.document.sentences
        if not sentences:
            return None
        told = [s for s in sentences[: _LEAD + len(self.captions)] if s.number not in self.captions]
        within = [p for s in told[:_LEAD] for p in self.within(s.first, min(s.last, s.first + _LEAD_TOKENS))]
        named = [p for p in within if p.named]
        happened = [p for p in named if p.how in ("at", "on")]
        particular = [p for p in happened if not p.wide]
        other = [p for p in named if p.scope and not p.wide and p.how not in ("of", "about")]
        return next(iter(particular + happened + other), None)

    def opening(self, sentence: Sentence) -> Place | None:
        """For a figure of the opening before which no place stands: the first one behind it there."""
        if sentence.number >= _OPENING:
            return None
        last = self._clauses.document.sentences[:_OPENING][-1].last
        behind = self.within(sentence.last, last)
        kinds = self._finder.kinds  # "coastal districts of Kiwa are flooded"
        of = (p.how == "of" and kinds.scope_at(p.first - 1) is not None for p in behind)
        told = (p for p, whole in zip(behind, of, strict=True) if p.how in ("at", "on") or whole)
        return next((p for p in told if p.named and p.known), None)

    def subject(self) -> Place | None:
        """The country a text opens with: "Ruritania saw heavy rain"."""
        first = self.phrases[0] if self.phrases else None
        return first if first is not None and first.first == 0 and first.wide and not self._describes(first) else None

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
        mentions = self.names.mentions(0, end)
        if end == 0 or (self._named and not any(m.type in PLACE_TYPES for m in mentions)):
            return None
        ids = tuple(dict.fromkeys(m.entity for m in mentions if m.type in PLACE_TYPES))
        return Place(0, end, self._words(0, end), ids, None, named=True)


def _beside(words: str, wider: str) -> str:
    """A place's words with those of the one it lies in, unless either has the other's."""
    if bare(wider) in words:
        return words
    return wider if bare(words) in wider else f"{words}, {bare(wider)}"


def _with_wide(ids: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Ids of a place with the country that a second phrase names, where nobody knows in which the first lies."""
    if any(lies_in(entity) for entity in ids):
        return ids
    return (*ids, *(entity for entity in place.ids if entity not in ids and is_wide(entity)))
