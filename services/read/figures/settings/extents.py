"""Where a phrase of place ends: behind its nouns and names, and those that "of", "and" or a comma adds to them."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.settings.calendar_days import is_year
from services.read.figures.settings.place_kinds import Kinds
from services.read.figures.settings.place_names import PlaceNames, is_verb
from services.read.text import Sentence, Token
from services.read.wordlists import word_list

LONGEST = 14
"""Tokens of a phrase; "on the border between Belarus and the European Union's member Poland" has 12."""

COMPOUND = 2
"""Small words between a name and its place word: "Soma coal mine", "Shuaib refugee camp", "Hama military airport"."""

_DATELINE = 3
"""Letters above which a place in capitals in the middle of small letters is a dateline; below, an abbreviation."""


SEVERAL = frozenset(
    "regions provinces districts counties prefectures departments states governorates oblasts municipalities towns "
    "villages cities communes localities neighborhoods neighbourhoods areas islands".split()
)
"""Kinds of places behind which commas list names, known or not."""

_COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())


def is_broken(tokens: list[Token], i: int) -> bool:
    """Whether a new line or paragraph begins at token `i`, in texts that have spaces for their line ends."""
    return tokens[i].start - tokens[i - 1].end > 1


class Extents:
    """Follows phrases of place to their ends, in one text."""

    def __init__(self, clauses: Clauses, names: PlaceNames, kinds: Kinds) -> None:
        self._clauses = clauses
        self._names = names
        self._kinds = kinds
        self._tokens = clauses.tokens
        self._classes = clauses.classes
        self._places, self._strange, self._sited = names.places, names.strange, kinds.at
        self._listed = False  # whether the phrase that is followed lists names: "in the regions of"

    def end(self, start: int, sentence: Sentence) -> int:
        """The token behind the phrase: nouns and names, "of" and "with" before a name, "and" inside "between"."""
        classes, tokens = self._classes, self._tokens
        ceiling = min(sentence.last, start + LONGEST)
        scoped = named = False
        between = start > 0 and tokens[start - 1].lower == "between"
        self._listed = False
        i = start
        times = word_list("time_words")
        while i < ceiling:
            plain = classes[i] == NAME and tokens[i].lower not in times
            plain = plain or (i > start and self._names.is_one(i))  # "TO THE UNITED | STATES"
            if not plain and not self._continues(i, start, ceiling, scoped=scoped, named=named, between=between):
                break
            scoped = scoped or i in self._sited
            self._listed = self._listed or (i in self._sited and tokens[i].lower in SEVERAL)
            described = i in self._clauses.peoples or self._names.owns(i)
            named = named or (not described and (i in self._places or i in self._strange))
            between = between or tokens[i].lower == "between"
            i += 1
            if i < ceiling and (self._another_begins(i) or is_broken(self._tokens, i)):
                break
        while i > start and classes[i - 1] in ("of", "in", "and", "det", JOIN, OTHER, FIGURE, COMMA):
            if i - 1 in self._sited or (i - 1 in self._places and classes[i - 1] == JOIN):
                break  # "in the U.S."
            i -= 1
        return i

    def name_end(self, i: int, sentence: Sentence) -> int:
        """Behind a name that begins at `i`, its place word, and the names that "and" or a comma adds to it."""
        classes = self._classes
        ceiling = min(sentence.last, i + LONGEST)
        end = i + 1
        while end < ceiling:
            joined = classes[end] == JOIN and end + 1 < ceiling
            if end in self._places or end in self._sited or joined or self._compound(end, ceiling):
                end += 1
            elif self._is_joined(end, ceiling) and not self._names.owns(end - 1):
                end += 2
            else:
                break
        while end > i + 1 and classes[end - 1] == JOIN and end - 1 not in self._places:
            end -= 1
        return end

    def _is_joined(self, i: int, ceiling: int) -> bool:
        """Whether a comma or "and" adds the name of a place to another: "Soma, Turkey", "Foua and Kafarya"."""
        if self._tokens[i].text not in (",", "and") or i + 1 >= ceiling:
            return False
        names = self._names
        if self._kinds.scope_at(i - 1) and names.is_place(i + 1):
            return True  # "in the capital, Honiara"
        if not (names.is_place(i - 1) or i - 1 in self._strange):
            return False
        if self._tokens[i].text == "and":
            return names.is_place(i + 1) or i + 1 in self._strange or self._is_called(i + 1, ceiling)
        behind = i + 1
        while behind < ceiling and names.is_place(behind):
            behind += 1
        if behind == i + 1 and self._listed and i + 1 in self._strange:
            return True  # "in the regions of Kiwa, | Arno, Tarnel"
        describes = behind < ceiling and self._classes[behind] in (NAME, NOUN, OTHER)
        describes = describes and behind not in self._sited and not is_verb(self._clauses, behind)
        return behind > i + 1 and not describes  # "in Syria, | US officials said"

    def _is_called(self, i: int, ceiling: int) -> bool:
        """Whether a name like a person's is of a kind of place: "and | Abu Kiwa dam"."""
        last = i
        while last < min(ceiling, i + COMPOUND + 1) and self._classes[last] in (NAME, JOIN) and last not in self._sited:
            last += 1
        return i < last < ceiling and last in self._sited and self._tokens[last].text[0].islower()

    def _compound(self, i: int, ceiling: int) -> bool:
        """Whether one or two small words lead to a place word: "Soma | coal mine"."""
        classes, tokens = self._classes, self._tokens
        for j in range(i, min(ceiling, i + COMPOUND + 1)):
            if j > i and j in self._sited:
                return True
            if classes[j] not in (OTHER, NOUN) or not tokens[j].text[0].islower() or is_verb(self._clauses, j):
                return False
        return False

    def _continues(  # noqa: PLR0911 - one answer for each class of words
        self, i: int, start: int, ceiling: int, *, scoped: bool, named: bool, between: bool
    ) -> bool:
        """Whether token `i` belongs to the phrase begun at `start`."""
        classes, tokens = self._classes, self._tokens
        kind, word = classes[i], tokens[i].lower
        if kind in (NAME, JOIN):
            return word not in word_list("time_words") or i in self._clauses.inside
        if kind == FIGURE:  # "in 17 prefectures"
            reach = 1 if tokens[start - 1].lower == "of" else COMPOUND + 1  # "in 1,600 relief camps"
            behind = range(i + 1, min(ceiling, i + 1 + reach))
            return i == start and not is_year(tokens[i].text) and not self._sited.isdisjoint(behind)
        if kind == "det":
            return i == start or classes[i - 1] in ("of", "in", "and", "det") or self._names.owns(i - 1)
        if kind in (NOUN, OTHER):
            if i in self._sited or self._compound(i, ceiling):
                return True
            acts = kind == OTHER and i > start + 2 and classes[i - 1] != JOIN and is_verb(self._clauses, i)
            return self._is_particle(i) or not (scoped or named or acts)
        parts = word_list("part_words")
        if kind == "and" and tokens[i - 1].lower in parts and i + 1 < ceiling and tokens[i + 1].lower in parts:
            return True  # "in Western and Northern provinces"
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
        if self._tokens[i].lower in _COMPASS and self._tokens[i + 1 : i + 2] and self._tokens[i + 1].lower == "of":
            return self._classes[i - 1] == NAME  # "of the Democratic Forces | south of the city"
        if self._classes[i] != NAME or i in self._sited:
            return False
        before, token = self._tokens[i - 1], self._tokens[i]
        if len(token.text) > _DATELINE and token.text.isupper() and not before.text.isupper():
            return True  # "in Hama Province | WASHINGTON"
        if i in self._places or self._names.owns(i - 1) or before.lower in word_list("name_particles"):
            return False
        if i - 1 in self._clauses.place_ends:
            return not (i in self._strange and i > 2 and self._tokens[i - 2].lower == "of" and i - 3 in self._sited)
        return before.text[0].islower() and self._kinds.scope_at(i - 1) is not None and i not in self._strange
