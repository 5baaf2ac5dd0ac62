"""Which tokens of a text name places: those the gazetteer knows, and those the text itself uses as places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from schemas.entity import Mention
from services.read.entities import name_of
from services.read.figures.clauses import JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.settings.named_place import lies_in
from services.read.text import MARK, NUMBER, WORD, Sentence
from services.read.wordlists import word_list, word_table

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})

_RARELY = 3
"""Times a name must have its capital for each time it has none (half and double: 1 / 0)."""

_LONGEST_NAME = 4
"""Words of a name nobody knows: "Chara Panchla Badamtala" has three."""

_SHORTEST_NAME = 3
"""Letters; "IS" and "UN" are no places."""

_INTRODUCE = frozenset({"in", "near", "outside", "around", "inside", "across"})
"""Behind these a name nobody knows is taken for a place wherever the text has it."""

MEASURES = frozenset("km kilometer kilometers kilometre kilometres mile miles metres meters m".split())
"""Before "west of Homs" these say how far from it a place is."""

_CALLED = frozenset({"village", "town", "city", "island", "district", "province"})
"""Scopes that stand before their name: "the villages Harnok and Tarnel"."""

_DESCRIBED = 5
"""Tokens of ", a northern mining town"."""

_EVENT_WITHIN = 4
"""Tokens between what happened and its "on": "raids by warplanes on Zabadani" has three."""

_TITLED_FROM, _TITLED_SHARE, _SMALL_WORD = 5, 0.7, 3
"""Words of a sentence from which it may be a headline With Most Words Capitalised, how many of them then are, and the
letters up to which a word stays small in one."""

_FEW_CAPITALS = 0.35
"""Below this share of all words, small ones too, no sentence is such a headline; it tells most at the cost of none."""


class PlaceNames:
    """The names of places of one text, by token.

    `places` are the tokens of places' names, `strange` those that may be of a place nobody knows: names the gazetteer
    lacks are told only in the sentences `read`.
    """

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention], read: Iterable[Sentence]) -> None:
        self._clauses = clauses
        self._classes = clauses.classes
        self._tokens = clauses.tokens
        self._at: dict[int, Mention] = {}
        self._owners: set[int] = set()
        self._written = Counter(clauses.document.columns.texts)
        self._titled: dict[int, bool] = {}
        self._may: dict[int, bool] = {}
        self._mark(mentions)
        at = self._at
        capitals = [i for i in clauses.classed(NAME) if i not in at]
        self._mark_owners(mentions, capitals)
        learned = self._learn(capitals)
        self.places = {i for i, mention in at.items() if mention.type in PLACE_TYPES}
        spans = ((bisect_left(capitals, s.first), bisect_left(capitals, s.last)) for s in read)
        wanted = [i for first, last in spans for i in capitals[first:last] if i not in at]
        self.places.update(i for i in wanted if self._tokens[i].text in learned)
        self.strange = set(filter(self.may_name, wanted))

    def mention_at(self, i: int) -> Mention | None:
        """The name the gazetteer or its rules found over token `i`."""
        return self._at.get(i)

    def is_place(self, i: int) -> bool:
        """Whether token `i` is of a place's name."""
        return i in self.places

    def is_one(self, i: int) -> bool:
        """Whether token `i` goes on with the place's name that the token before it has."""
        return i in self.places and i in self._at and self._at[i] is self._at.get(i - 1)

    def is_somebody(self, i: int) -> bool:
        """Whether token `i` is of the name of a person, a body or a people."""
        mention = self._at.get(i)
        return mention is not None and mention.type not in PLACE_TYPES

    def owns(self, i: int) -> bool:
        """Whether token `i` is a possessive: "Spain's", and "Syrias" where the text has lost its apostrophes."""
        return i in self._owners or self._tokens[i].lower.endswith(("'s", "s'"))

    def may_name(self, i: int) -> bool:
        """Whether token `i` may be of a place nobody knows."""
        if self._classes[i] != NAME or i in self._at:
            return False
        if i not in self._may:
            self._may[i] = self._is_strange(i) and not self._is_titled(i)
        return self._may[i]

    def _is_titled(self, i: int) -> bool:
        """Whether token `i` is of a headline Written Like This, where a capital tells nothing."""
        sentence = self._clauses.document.sentence_at(self._tokens[i].start)
        if sentence.number not in self._titled:
            self._titled[sentence.number] = _titled(self._clauses, sentence)
        return self._titled[sentence.number]

    def _is_strange(self, i: int) -> bool:
        """Whether nothing tells that a capitalised word is no place."""
        token = self._tokens[i]
        if len(token.text) < _SHORTEST_NAME or (token.text.isupper() and self._is_shouted(i)):
            return False
        if self._is_numbered(i):
            return False
        lower = token.lower.removesuffix("'s")
        if token.text.isupper() and lower in _nouns():
            return False  # "IN PEACE", "IN CHURCHES"
        small = lower in self._written and self._is_often_small(token.text, lower)
        if small or lower in _no_places():
            return lower in word_table("site_nouns") and not small
        return True

    def _is_often_small(self, name: str, lower: str) -> bool:
        """Whether the text has a word small more than now and then, as tweets have names."""
        if any(lower in word_table(words) for words in ("scope_words", "site_nouns", "vague_places")):
            return True
        return _RARELY * self._written[lower] >= self._written[name]

    def _is_numbered(self, i: int) -> bool:
        """Whether a number belongs to the name: "Division 17", not "Kiwa 40 km west of Homs"."""
        tokens = self._tokens
        if i + 1 >= len(tokens) or tokens[i + 1].kind != NUMBER:
            return False
        return i + 2 >= len(tokens) or tokens[i + 2].lower not in MEASURES

    def mentions(self, first: int, last: int) -> list[Mention]:
        """The names found in tokens [first, last), in order, once each."""
        found: list[Mention] = []
        for i in range(first, last):
            mention = self._at.get(i)
            if mention is not None and (not found or found[-1] is not mention):
                found.append(mention)
        return found

    def _is_shouted(self, i: int) -> bool:
        """Whether the words around are in capitals too; "IN MULALO, YUMBO MUNICIPALITY" has two places all the same."""
        if i == 0 or not self._tokens[i - 1].text.isupper():
            return i == 0
        after = self._tokens[min(i + 1, len(self._tokens) - 1)]
        placed = self._tokens[i - 1].lower in _INTRODUCE and after.kind == MARK
        return not placed and after.lower not in word_table("scope_words")

    def _mark(self, mentions: Sequence[Mention]) -> None:
        """Notes each token's mention."""
        tokens, at = self._tokens, self._at
        for mention in mentions:
            if mention.text.lower() in word_list("name_particles"):
                continue  # the "Al" of "Al Kiwa"
            if self._clauses.document.text[mention.end : mention.end + 1] == "$":
                continue  # "US$ 5 million"
            first = self._clauses.document.token_at(mention.start)
            if first and tokens[first - 1].end > mention.start:
                first -= 1
            while first < len(tokens) and tokens[first].start < mention.end:
                at[first] = mention
                first += 1

    def _mark_owners(self, mentions: Sequence[Mention], capitals: Iterable[int]) -> None:
        """Notes possessives without apostrophe of places that the text names too: "Syrias"."""
        known = {f"{m.text}s": m for m in mentions if m.type in PLACE_TYPES}
        peoples = {m.entity: m for m in mentions if m.type == "NORP"}
        for entity, people in peoples.items():  # "Syrian … Syrias war" where the text never says "Syria"
            for country in lies_in(entity):
                name = name_of(country)
                if name is not None and f"{name}s" not in known:
                    known[f"{name}s"] = people.model_copy(update={"type": "GPE", "entity": country, "name": name})
        for i in capitals:
            owner = known.get(self._tokens[i].text)
            if owner is not None:
                self._at[i] = owner
                self._owners.add(i)

    def _learn(self, capitals: Iterable[int]) -> set[str]:
        """The words of names that stand behind "in" or "near" somewhere, or behind "villages of"."""
        classes, tokens = self._classes, self._tokens
        scopes = word_table("scope_words")
        learned = {m.text for m in self._at.values() if m.type in PLACE_TYPES and " " not in m.text}
        for i in capitals:
            if i == 0 or not (self._introduces(i - 1) or self._is_described(i + 1)) or not self.may_name(i):
                continue
            last = i
            while last < len(tokens) and last - i < _LONGEST_NAME and (self.may_name(last) or classes[last] == JOIN):
                last += 1
            modifies = last < len(tokens) and classes[last] in (OTHER, NOUN) and not is_verb(self._clauses, last)
            if modifies and tokens[last].text[0].islower() and tokens[last].lower not in scopes:
                continue  # "in Medicaid spending", "in Omaha Beach sand"
            learned.update(token.text for token in tokens[i:last] if token.text[0].isupper())
        return learned

    def _is_described(self, i: int) -> bool:
        """Whether a name before token `i` is said to be a place: "Kiwa, a northern town"."""
        if i >= len(self._tokens) or self._tokens[i].text != ",":
            return False
        tokens = self._tokens[i : i + _DESCRIBED]
        if len(tokens) < _DESCRIBED or tokens[1].lower not in ("a", "an", "the"):
            return False
        kinds = (word_table("scope_words").get(token.lower) for token in tokens[2:])
        return any(kind in _CALLED for kind in kinds) and all(t.text[0].islower() for t in tokens[1:3])

    def _introduces(self, i: int) -> bool:
        """Whether the word at `i` opens a place's name: "in", or "island of", or "villages"."""
        tokens, scopes = self._tokens, word_table("scope_words")
        word = tokens[i].lower
        if word in _INTRODUCE:
            return True
        if word == "on":  # "raids by warplanes on Zabadani"
            return any(t.lower in word_list("event_nouns") for t in tokens[max(0, i - _EVENT_WITHIN) : i])
        if word == "of" and i > 0:
            return tokens[i - 1].lower in scopes and tokens[i - 1].lower not in ("state", "states")
        small = tokens[i].text.islower()  # "the State Coordination" is an office
        return small and scopes.get(word) in _CALLED and not tokens[i + 1].text.isupper()


@cache
def _no_places() -> frozenset[str]:
    """Words that are no places though they may have a capital."""
    lists = ("not_places", "time_words", "persons", "event_nouns", "part_words", "source_nouns", "document_nouns")
    return frozenset().union(*map(word_list, lists))


@cache
def _nouns() -> frozenset[str]:
    """Nouns that are no names though a text ALL IN CAPITALS has them behind "in"."""
    tables = ("scope_words", "site_nouns", "metric_nouns")
    lists = ("abstract_nouns", "concrete_nouns", "spoken_nouns", "presence_places", "homes")
    return frozenset().union(*map(word_list, lists), *map(word_table, tables))


def _titled(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence is a headline Written Like This."""
    said = clauses.document.text[sentence.start : sentence.end].split()
    if sum(map(str.istitle, said)) < _FEW_CAPITALS * len(said):
        return False
    words = [
        text
        for _, _, text, _, kind in clauses.tokens[sentence.first : sentence.last]
        if kind == WORD and len(text) > _SMALL_WORD
    ]
    needed = _TITLED_SHARE * len(words)
    if len(words) < _TITLED_FROM or len(capitals := [w for w in words if w[0].isupper()]) < needed:
        return False
    return len(capitals) - sum(map(str.isupper, capitals)) >= needed


def is_verb(clauses: Clauses, i: int) -> bool:
    """Whether a small word looks like a verb: "flooded", "killing", "said", "struck"."""
    lower = clauses.tokens[i].lower
    return (
        clauses.classes[i] in ("verb", "aux", "be")
        or lower.endswith(("ed", "ing"))
        or lower in word_list("finite_verbs")
        or lower in word_list("reporting_verbs")
        or lower in word_list("change_verbs")
    )
