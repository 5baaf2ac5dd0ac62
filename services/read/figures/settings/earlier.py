"""What the sentences before a figure's say of its place: where its neighbours were, else where something happened."""

from __future__ import annotations

from services.read.figures.clauses import NAME, Clauses
from services.read.figures.settings.datelines import late_dateline
from services.read.figures.settings.named_place import FARTHER, Place
from services.read.figures.settings.place import Places
from services.read.figures.settings.standing import Standing
from services.read.text import Sentence
from services.read.wordlists import word_list

_REACH = 120
"""Tokens of a sentence's end that are looked at; a text without stops stays linear by it."""

_SENTENCES_BACK = 3
"""Sentences looked back for a place before the lead's is taken (half and double: 348 / 161)."""

_WIDE = 8
"""How much a country or a border of the sentence before stands behind its towns (half and double: 3 / 0)."""


class Earlier:
    """The places that a text's sentences leave for the figures behind them. One for a document."""

    def __init__(self, clauses: Clauses, places: Places, standing: Standing) -> None:
        self._clauses = clauses
        self._places = places
        self._standing = standing
        self._given: dict[int, list[Place]] = {}
        self._kept: tuple[int, Place | None] = (-1, None)

    def give(self, sentence: Sentence, place: Place) -> None:
        """Notes where a figure of a sentence was."""
        self._given.setdefault(sentence.number, []).append(place)

    def keep(self, sentence: Sentence, place: Place | None) -> None:
        """Notes what place from before a figure of a sentence was given: its other figures have the same."""
        self._kept = sentence.number, place

    def of(self, sentence: Sentence) -> Place | None:
        """The place of the sentences before, else the lead's, else the dateline's."""
        if self._kept[0] == sentence.number and self._kept[1] is not None:
            return self._kept[1]
        for before, near in self._back(sentence):
            given = self._given.get(before.number, [])
            same = given[:1] if all(place.ids == given[0].ids for place in given) else []
            if same and same[0].how in ("at", "on") and not same[0].wide:
                return same[0]  # where the figures of the sentence before were
            said = [p for p in near if self._carries(p, before)] or [p for p in same if not self._opens_list(p)]
            if said:
                best, main = min(said, key=self._particular), self._places.main
                return main if main is not None and best.wide and best.scope is None else best  # met "in Europe"
        return self._places.lead or self._places.dateline or late_dateline(self._clauses, self._places)

    def named(self, sentence: Sentence) -> Place | None:
        """Where nothing else tells: the place named last, whatever it did there."""
        for before, near in self._back(sentence):
            told = [p for p in near if p.named and not p.wide and p.how not in ("to", "about")]
            told = [p for p in told if self._stays(p, before)]
            if told:
                return min(told, key=self._particular)
        return None

    def _back(self, sentence: Sentence) -> list[tuple[Sentence, list[Place]]]:
        sentences = self._clauses.document.sentences
        numbers = range(sentence.number - 1, max(-1, sentence.number - 1 - _SENTENCES_BACK), -1)
        back = (sentences[number] for number in numbers if number not in self._places.captions)
        return [(before, self._places.within(max(before.first, before.last - _REACH), before.last)) for before in back]

    def _stays(self, place: Place, sentence: Sentence) -> bool:
        """Whether a place is neither where it was said nor somebody's: "in Kiwa", "eastern Kiwa", not "Kiwa" alone."""
        if place.how == "from" or self._standing.is_told(place, sentence):
            return False
        if place.how in ("at", "on"):
            return True
        opens = self._clauses.tokens[place.first + (place.how == "of")]
        sided = opens.text in word_list("part_words")  # not "North Ruritania"
        return (sided or place.scope is not None) and self._standing.may_hold(place, sentence)

    def _carries(self, place: Place, sentence: Sentence) -> bool:
        """Whether the figures of the sentences behind may be of this place."""
        if not place.named or place.how in ("to", "about") or self._standing.is_told(place, sentence):
            return False
        if place.how == "bare":
            particular = not place.wide and (
                place.first <= sentence.first + 1 or place.scope is not None or self._standing.is_struck(place)
            )
            particular = particular and not self._standing.is_only_described(place, sentence)
            return particular and not self._is_listed(place) and self._standing.may_hold(place, sentence)
        if place.how in ("of", "from"):
            # "residents of Kobani", "the siege of Homs", but not "the Senate of Iowa"
            before = self._clauses.tokens[place.first - 1].lower if place.first else ""
            happens = before in word_list("event_nouns") or before in word_list("persons")
            return not place.wide and (place.scope is not None or happens)
        return True

    def _opens_list(self, place: Place) -> bool:
        """Whether a name is the first of several nobody knows: "four areas – Kiwa, Arno and Tarnel"."""
        tokens, classes = self._clauses.tokens, self._clauses.classes
        more = place.last + 1 < len(tokens) and tokens[place.last].text == "," and classes[place.last + 1] == NAME
        return place.how == "bare" and more

    def _is_listed(self, place: Place) -> bool:
        """Whether a name is the last of several: what follows "Kiwa, Arno and | the Tarnel region" is of them all."""
        tokens = self._clauses.tokens
        mark = place.first - 1
        mark -= mark > 0 and tokens[mark].lower == "the"
        if mark < 1 or tokens[mark].text not in (",", "and"):
            return False
        names = self._places.within(max(0, place.first - _LIST), place.first)
        return bool(names) and names[-1].how == "bare" and names[-1].last >= mark - 1

    def _particular(self, place: Place) -> tuple[int, int]:
        """Order of a sentence's places for the figures of the next: where it happened, most particular, first."""
        how = "on" if self._standing.is_struck(place) else place.how  # "planes bombed Kiwa" is "raids on Kiwa"
        return FARTHER[how] + (_WIDE if place.wide or place.scope == "border" else 0), place.first


_LIST = 14
"""Tokens before the last of several names in which the others stand (half and double: 0 / 0)."""
