"""The small words a clause is cut by: one class for each token, so that who speaks can be read without a parser."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, count
from operator import itemgetter

from schemas.entity import Mention
from services.read.text import MARK, NUMBER, WORD, Document, Token, folded
from services.read.wordlists import word_list, word_table

NAME, NOUN, OTHER, FIGURE = "name", "noun", "other", "figure"
QUOTE, BREAK, JOIN, COMMA = "quote", "break", "join", "comma"

_MARKS = dict.fromkeys('"“”„«»', QUOTE) | {",": COMMA} | dict.fromkeys("-–/&.'’‘+", JOIN)
"""Marks not listed cut a clause. A stop inside a sentence belongs to an abbreviation ("Gen. Smith")."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A document with the class of each token."""

    document: Document
    classes: list[str]
    peoples: frozenset[int] = frozenset()  # tokens of "Syrian", "Kurds": they describe the noun that follows
    place_ends: frozenset[int] = frozenset()  # last tokens of names of places, where another name may begin
    names: Mapping[int, int] = field(default_factory=dict)  # first token of each name of a person or body -> behind it
    persons: frozenset[int] = frozenset()  # first tokens of names of persons
    surnames: frozenset[str] = frozenset()  # last words of names of persons, lower-cased
    inside: frozenset[int] = frozenset()  # tokens of names of two words or more: no verb, no month stands there
    tokens: list[Token] = field(init=False, repr=False)  # the document's, kept here because they are asked for so often

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", self.document.tokens)

    def classed(self, *kinds: str) -> Iterator[int]:
        """The tokens of these classes, by number."""
        return compress(count(), map(frozenset(kinds).__contains__, self.classes))


def classify(document: Document, mentions: Sequence[Mention] = ()) -> Clauses:
    """One class for each token, from `clause_words`, its capital, or its mark. Linear.

    A word is looked up once, however often the texts have it; only joints and capitals depend on what is around them.
    """
    tokens = document.tokens
    _, texts, lowers, kinds = document.columns
    met = frozenset(texts)
    alone = list(map(_ALONE.__getitem__, texts))
    classes = list(map(itemgetter(0), alone))
    firsts = {s.first for s in document.sentences}
    lasts = {s.last - 1 for s in document.sentences}
    for i in compress(count(), map(itemgetter(1), alone)):
        if kinds[i] == MARK:
            classes[i] = BREAK if i in lasts and texts[i] not in "'’" else _join(tokens, i)
        else:
            # "Floods" at a sentence's head is no name if "floods" is met elsewhere; "May" in the middle is one.
            opens = i in firsts or (i - 1 in firsts and classes[i - 1] == QUOTE)
            classes[i] = _capital(tokens, i, classes[i], opens=opens, met=lowers[i] in met)
    return _mentioned(Clauses(document, classes), mentions)


_KEPT = 30_000
_SHORT = 30
"""Words kept with their classes and their most characters, some 4 MB; all are dropped when there are more."""


class _Alone(dict[str, tuple[str, bool]]):
    """The class of a token by itself, and whether it hangs on what is around it: a joint, a word with a capital."""

    def __missing__(self, text: str) -> tuple[str, bool]:
        _, _, lower, kind = folded(text)
        found = _alone(text, lower, kind)
        hangs = found == JOIN or (text[0].isupper() and kind == WORD and text != lower)
        if len(text) <= _SHORT:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = found, hangs
        return found, hangs


_ALONE = _Alone()


def _alone(text: str, lower: str, kind: str) -> str:
    """The class of a token as far as it tells by itself."""
    if kind == MARK:
        return _MARKS.get(text, BREAK)
    if kind == NUMBER:
        return FIGURE
    return _known().get(lower) or ("adverb" if text.endswith("ly") and text.islower() else OTHER)


def _capital(tokens: list[Token], i: int, found: str, *, opens: bool, met: bool) -> str:
    """The class of a word with a capital; `found` is that of the small word, `met` whether the text has that too."""
    text, lower = tokens[i].text, tokens[i].lower
    common = found in (OTHER, NOUN, "verb")
    if len(text) > 1 and text.isupper():
        near = [t.text for t in tokens[max(0, i - 3) : i + 4] if t.kind == WORD and t is not tokens[i]]
        if 2 * sum(map(str.isupper, near)) >= len(near):  # a text ALL IN CAPITALS: they tell nothing of its verbs
            return found if found in ("verb", NOUN) or lower in word_table("reporting_verbs") or not common else NAME
        if not common:
            return NAME  # "US", "WHO", "IS" among words that are not in capitals
    if not common or (lower in word_table("numbers") and _is_small(tokens, i + 1)):
        return found  # "Six new hopefuls" in a line run together; "Six Day War" is a name
    if opens and (found != OTHER or met) and (text != "May" or met):
        return found  # "May it please …" opens no news
    return NAME


def _is_small(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text[0].islower()


def _mentioned(clauses: Clauses, mentions: Sequence[Mention]) -> Clauses:
    """The same with what the names found in the text tell of its tokens."""
    tokens = clauses.tokens
    peoples: set[int] = set()
    place_ends: set[int] = set()
    inside: set[int] = set()
    names: dict[int, int] = {}
    persons: set[int] = set()
    starts = clauses.document.columns.starts
    for mention in mentions:
        first = bisect_left(starts, mention.start)
        last = bisect_left(starts, mention.end, first)
        if last - first > 1:
            inside.update(range(first, last))
            for i in range(first + 1, last):
                if clauses.classes[i] == "adverb" and tokens[i].text[0].isupper():
                    clauses.classes[i] = NAME  # "Osmia Today", "Human Rights Now"
        if mention.type == "NORP":
            peoples.add(last - 1)
        elif mention.type in ("GPE", "LOC"):
            place_ends.add(last - 1)
        elif mention.type in ("PER", "ORG"):
            names[first] = last
            if mention.type == "PER":
                persons.add(first)
    return Clauses(
        clauses.document,
        clauses.classes,
        frozenset(peoples),
        frozenset(place_ends),
        names,
        frozenset(persons),
        frozenset(tokens[names[first] - 1].lower for first in persons if names[first] - first > 1),
        frozenset(inside),
    )


def _join(tokens: list[Token], i: int) -> str:
    """A hyphen, a stroke or a stop joins what it touches; a dash between spaces cuts, apostrophes apart quote."""
    mark = tokens[i]
    touches_left = i > 0 and tokens[i - 1].end == mark.start
    touches_right = i + 1 < len(tokens) and tokens[i + 1].start == mark.end
    if mark.text in "'’‘":
        if (touches_right and tokens[i + 1].text == mark.text) or (touches_left and tokens[i - 1].text == mark.text):
            return QUOTE  # ''two apostrophes'' are a quotation mark
        return JOIN if touches_left else QUOTE
    if mark.text in ".&":
        return JOIN
    return JOIN if touches_left and touches_right else BREAK


@cache
def _known() -> dict[str, str]:
    nouns = dict.fromkeys(word_list("source_nouns") | word_list("document_nouns"), NOUN)
    return nouns | word_table("clause_words")
