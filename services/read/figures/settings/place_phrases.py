"""The phrases of place of a sentence: "in the camp", "on the border with Poland", "west of Homs", "Dalia's north"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.settings.extents import COMPOUND, LONGEST, Extents
from services.read.figures.settings.place_kinds import Kinds
from services.read.figures.settings.place_names import PlaceNames, is_verb
from services.read.text import NUMBER, Sentence
from services.read.wordlists import word_list, word_table

_BESIDE = frozenset({"near", "outside", "north", "south", "east", "west"})
"""Words by which a comma goes on with the same place: "in Wingima, near the Porgera gold mine"."""

_OPERATION = "Operation"
"""Before a name, with its capital: an army's."""
_OUTSIDERS = frozenset({"led", "born", "run", "bound", "made", "held", "built", "owned", "speaking", "wide"})
"""Behind a name and a hyphen these say whose somebody is: "the London-based Observatory"."""

_IDIOMS = frozenset("particular least most general addition terms case light fact charge part order".split())
"""Behind a preposition these begin no place: "in particular", "at least", "in addition"."""

_NEXT_TO = frozenset({"close", "next", "adjacent", "entrance", "entrances", "approach", "approaches", "gateway"})
"""Before "to" these say how near, or are its edge."""

_FLOWS = frozenset({"river", "lake", "sea", "ocean", "creek", "canal", "volcano", "glacier", "front", "road", "lot"})
"""Kinds of places that do things, or are all over a country."""

MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})
"""These a people's name tells from others: "the Ruritanian embassy"."""

_WORK = frozenset("research economics strategy studies policy analysis science fellow partner operations".split())
"""What somebody does at an institute."""

_PAPERS = frozenset(
    "act bill amendment treaty agreement accord convention protocol pact code constitution resolution".split()
)
"""Ends of the names of laws."""

_WATERS = frozenset({"river", "rivers", "creek", "volcano", "glacier"})
"""Without a preposition these are what floods or erupts, not where."""

_FELL = 5
"""Tokens between "crashed" and its "to" or "into": "plunged 50 metres into"."""

_SHOT = frozenset("fire fired fires firing lob lobbed lobbing launch launched launching shot hurled rained".split())
"""Before "into" these hit the place behind it: "fired rockets from the hills into Kiwa"."""

_HELD = frozenset({"stronghold", "bastion", "heartland", "hub", "hotbed"})
"""Before "of" these are the place itself: "the rebel stronghold of Kiwa"."""

WARS = frozenset("war conflict uprising revolt insurgency".split())
"""What kills in a whole country: "in the Ruritanian civil war", though a town it has torn opens the sentence."""

_LEFT = 6
"""Tokens between a verb of leaving and its "from": "displaced at least 470 families from"."""

_BEFALLS = frozenset("shelling bombing bombardment siege blockade liberation recapture evacuation outskirts".split())
"""Before "of" these befall a place, known or not: "the shelling of Kiwa"."""

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
    """Finds the phrases that may be a place, sentence by sentence; `kinds` are the text's kinds of places."""

    def __init__(self, clauses: Clauses, names: PlaceNames, read: Iterable[Sentence]) -> None:
        """`read` are the sentences that will be asked for."""
        self._clauses = clauses
        self._names = names
        self._tokens = clauses.tokens
        self._classes = clauses.classes
        marks, found = _marks(), list[int]()
        for sentence in read:
            found += clauses.document.tokens_of(marks, sentence.first, sentence.last)
        self.kinds = Kinds(clauses, names, found)
        self._extents = Extents(clauses, names, self.kinds)
        self._places, self._strange, self._sited = names.places, names.strange, self.kinds.at
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
                war = self._war_end(i + 1, sentence) if opens == "at" else None
                phrase = Phrase(i, war, "at") if war else self._after(i, sentence, opens)
            elif opens == "scope" or i in self._places:
                phrase = self._around(i, sentence, behind)
            elif i in self._sited:
                phrase = self._site(i, behind)
            else:
                continue
            if phrase is not None:
                yield phrase
                behind = phrase.last

    def is_counted(self, i: int, end: int) -> bool:
        """Whether a preposition's phrase is of so many countries: "across 30 countries"."""
        number = self._classes[i + 1] == FIGURE or self._tokens[i + 1].lower in word_table("numbers")
        return end == i + 3 and number and self._tokens[i + 2].lower in _SOME_COUNTRIES

    def _places_alone(self, i: int, how: str) -> bool:
        """Whether a token is a place without a name: "in the mine", "on the border", "of the village"."""
        alone = word_table("site_nouns").get(self._tokens[i].lower, "named") != "named"
        return self.kinds.scope_at(i) is not None or (alone and how in ("at", "to"))

    def _after(self, i: int, sentence: Sentence, how: str) -> Phrase | None:
        """The phrase a preposition opens."""
        tokens = self._tokens
        if not self._may_open(i, sentence, how):
            return None
        end = self._extents.end(i + 1, sentence)
        according = i > sentence.first and tokens[i - 1].lower == "according"
        if according or self._is_outside(end, sentence) or self._is_title(i + 1, end, sentence):
            return None
        if self._is_there(i, end, sentence, how):
            how = "at"
        if end <= i + 1:
            return None
        place = not self._places.isdisjoint(range(i + 1, end))
        if not place and not self._is_unnamed(i, end, how):
            return None
        if (
            tokens[i].lower == "between"
            and not place
            and not any(self.kinds.scope_at(j) == "border" for j in range(i, end))
        ):
            return None
        if how == "on" and self._sited.isdisjoint(range(i + 1, end)):
            happens = any(t.lower in word_list("event_nouns") for t in tokens[max(sentence.first, i - 4) : i])
            how = "on" if happens else "about"  # "raids on Zabadani", "numbers on Balochistan"
        return None if self._describes(i, end, sentence) else Phrase(i, end, how)

    def _war_end(self, i: int, sentence: Sentence) -> int | None:
        """Behind "the Ruritanian civil war", begun at token `i`; None where no country's war stands there."""
        tokens, peoples = self._tokens, self._clauses.peoples
        people = i + (i < sentence.last and self._classes[i] == "det")
        if people >= sentence.last or people not in peoples:
            return None
        behind = range(people + 1, min(sentence.last, people + 3))
        return next((j + 1 for j in behind if tokens[j].lower in WARS), None)

    def _is_there(self, i: int, end: int, sentence: Sentence, how: str) -> bool:
        """Whether the words around "to", "of" or "from" tell that it happened there."""
        tokens = self._tokens
        before = tokens[i - 1].lower if i > sentence.first else ""
        if how in ("to", "from", "of") and self._is_where(end, sentence):
            return True  # "of Aceh province, where a bus fell into a ravine"
        if how == "of":
            return before in _HELD
        if how == "from":
            return before in _AWAY
        if how != "to":
            return False
        # "to the west of Homs"
        beside = i + 3 < end and tokens[i + 1].lower == "the" and tokens[i + 2].lower in _COMPASS
        near = [t.lower for t in tokens[max(sentence.first, i - _FELL) : i]]
        reached = not word_list("reaching_verbs").isdisjoint(near)
        shot = tokens[i].lower == "into" and not _SHOT.isdisjoint(near)
        return beside or before in _NEXT_TO or reached or shot

    def _is_where(self, end: int, sentence: Sentence) -> bool:
        """Whether a clause with "where" follows a place that ends before token `end`."""
        if end + 1 >= sentence.last:
            return False
        return self._tokens[end + (self._tokens[end].text == ",")].lower == "where"

    def _may_open(self, i: int, sentence: Sentence, how: str) -> bool:
        """Whether a preposition may open a place, by the word behind it alone."""
        if i + 1 >= sentence.last or self._telling.isdisjoint(range(i + 1, i + 1 + LONGEST)):
            return False
        kind = self._classes[i + 1]
        goes = how != "to" or kind in ("det", NAME) or (kind == NOUN and i + 1 in self._sited)
        return goes and kind != "of" and self._tokens[i + 1].lower not in _IDIOMS  # "to assist Poland" goes nowhere

    def _is_unnamed(self, i: int, end: int, how: str) -> bool:
        """Whether a phrase without a known name is a place: "in the mine", "on Aqareb hill", "in La Pintada"."""
        inside = range(i + 1, end)
        if any(self._tokens[j].lower in _SOME_COUNTRIES for j in inside):
            return how == "at" and self.is_counted(i, end)
        called = not self._strange.isdisjoint(inside) and not self._sited.isdisjoint(inside)
        sited = any(self._places_alone(j, how) for j in inside)
        left = how == "from" and any(t.lower in word_list("leaving_verbs") for t in self._tokens[max(0, i - _LEFT) : i])
        struck = how == "of" and i > 0 and self._tokens[i - 1].lower in _BEFALLS
        within = how == "at" and not self._is_office(i)
        return sited or called or ((within or left or struck) and self._is_unknown(i + 1, end))

    def _is_office(self, i: int) -> bool:
        """Whether "at" tells where somebody works: "an analyst at Kiwa Economics"."""
        before = self._tokens[i - 1].lower if i else ""
        works = before in word_list("persons") or before in word_list("source_nouns") or before in _WORK
        return self._tokens[i].lower == "at" and works and not before.endswith("s")  # "20 civilians at Kiwa"

    def _is_title(self, first: int, end: int, sentence: Sentence) -> bool:
        """Whether a law, a lawsuit or an offensive is called so: "in the Kiwa Rivers Act", "in Arno v. Tarnel", "in
        Operation Kiwa"."""
        tokens = self._tokens
        if tokens[first].text == _OPERATION:
            return True
        against = tokens[end].lower.rstrip(".") in ("v", "vs", "versus") if end < sentence.last else False
        return against or (tokens[end - 1].lower in _PAPERS and tokens[end - 1].text[0].isupper())

    def _is_outside(self, end: int, sentence: Sentence) -> bool:
        """Whether "-based" or the like follows: that is whose somebody is; or a number: "in the Kiwa-8 offensive"."""
        tokens = self._tokens
        if end + 1 >= sentence.last or tokens[end].text != "-":
            return end < sentence.last and tokens[end].lower == "based"  # "the London Based Observatory"
        if tokens[end + 1].kind == NUMBER and tokens[end + 1].start == tokens[end].end == tokens[end - 1].end + 1:
            return True
        behind = tokens[end + 1].lower
        return behind in _OUTSIDERS or behind.endswith("ed")  # "a new US-formed group"

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
        if end - 1 in self._sited or any(classes[j] == "of" and j - 1 in self._sited for j in range(i + 1, end)):
            return False  # "in the border town of Kiwa south of the lake"
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
        end = self._extents.end(j + 1, sentence)
        placed = any(k in self._places or self.kinds.scope_at(k) for k in range(j + 1, end))
        return Phrase(i, end, "at") if placed or (end > j + 1 and j + 1 in self._strange) else None

    def _around(self, i: int, sentence: Sentence, floor: int) -> Phrase | None:
        """The phrase about a name or a scope word that no preposition opens: "the Polish-Belarusian border"."""
        word = self._tokens[i].lower
        if word in word_list("part_words"):
            return self._part(i, sentence)
        if i in self._places:
            return self._name(i, sentence)
        if word in ("nationwide", "countrywide"):
            return Phrase(i, i + 1, "at")
        return self._kind(i, sentence, floor)

    def _part(self, i: int, sentence: Sentence) -> Phrase | None:
        """ "Northern Veronia", "south-east and central Osmia": part words up to the name they are parts of."""
        parts = word_list("part_words")
        j = i + 1
        while j < sentence.last and (self._classes[j] == JOIN or self._tokens[j].lower in parts):
            j += 1
        if j >= sentence.last or j not in self._places:
            return None
        return Phrase(i, self._extents.name_end(j, sentence), "bare")

    def _name(self, i: int, sentence: Sentence) -> Phrase | None:
        """A known place by its name alone."""
        end = self._extents.name_end(i, sentence)
        flows = self._tokens[end - 1].lower in _WATERS  # "the Mekong River burst its banks"
        where = not self._tokens[i].text.isupper() and self._is_where(end, sentence)
        how = "at" if where else "bare"  # "affected Ruritania, where", not "THE CAR WHERE"
        operation = i > sentence.first and self._tokens[i - 1].text == _OPERATION
        return None if flows or operation or self._is_outside(end, sentence) else Phrase(i, end, how)

    def _kind(self, i: int, sentence: Sentence, floor: int) -> Phrase | None:
        """A scope word with the names before it: "the border town of Kiwa", "al-Zahraa town"."""
        classes, tokens = self._classes, self._tokens
        if i + 1 < sentence.last and self.kinds.scope_at(i) == "border" and self.kinds.scope_at(i + 1):
            i += 1  # "the border town of Kiwa"
        if self.kinds.scope_at(i) in (None, "country") or self._names.is_somebody(i):
            return None  # "the country" does many things; only "in the country" is a place
        first = i
        if first > floor and self.kinds.scope_at(i - 1) == "border":
            first -= 1
        while first > floor and i - first < LONGEST and classes[first - 1] in (NAME, JOIN):
            somebody = self._names.is_somebody(first - 1) and first - 1 not in self._clauses.peoples
            namesake = self._names.mention_at(first - 1) is self._names.mention_at(i - 1)
            if somebody and not (namesake and self.kinds.scope_at(i) in _CALLED_AFTER):
                break
            first -= 1
        if first > floor and first < i and self._tokens[first - 1].lower in word_list("name_particles"):
            first -= 1  # "al-Zahraa town"
        if first > floor and classes[first - 1] == "det" and tokens[first - 1].lower not in word_table("numbers"):
            first -= 1  # not the "three" of "three districts of Kiwa"
        counted = first > sentence.first and classes[first - 1] == FIGURE and self._tokens[i].lower.endswith("s")
        counted = counted and not (i + 1 < sentence.last and classes[i + 1] == NAME)  # "5 refugee camps"
        linked = i + 1 < sentence.last and self._tokens[i + 1].lower in ("of", "with", "between")
        end = self._extents.end(i, sentence) if linked else i + 1
        called = first < i and self._names.is_somebody(i - 1) and i - 1 not in self._clauses.peoples
        named = called or self.kinds.scope_at(i) == "border" or not self._strange.isdisjoint(range(first, end))
        named = named or not self._places.isdisjoint(range(first, end))
        named = named or self._tokens[first].lower == "the"  # of those "the county" may mean one named before
        return Phrase(first, end, "bare") if first < i and named and not counted else None

    def _site(self, i: int, floor: int) -> Phrase | None:
        """A kind of place with a name before it and no preposition: "seized the Kiwa oilfield"; rivers only flow."""
        first, word = i, self._tokens[i].lower
        if word in _FLOWS or word.endswith("s") or word_table("site_nouns").get(word) == "named":
            return None
        while first > floor and self._classes[first - 1] in (NAME, JOIN):
            first -= 1
            placed = first in self._strange or first in self._places or self._classes[first] == JOIN
            placed = placed or (word in MISSIONS and first in self._clauses.peoples)
            if not placed or i - first > COMPOUND + 1:
                return None
        if first == i or self._names.owns(i - 1):
            return None
        if first > floor and self._classes[first - 1] == "det":
            first -= 1
        return Phrase(first, i + 1, "bare")


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
