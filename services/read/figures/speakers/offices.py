"""Who holds an office in a text: "the president" of "President Ada Moreno", "Ada Moreno, the governor of Osmia"."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list, word_table

_TITLE = 4
"""Tokens of a title before a name: "Deputy Prime Minister | Ada Moreno" has 3."""

_APPOSITION = 5
"""Tokens behind a name's comma in which its office stands: ", the newly elected governor of Osmia" needs 4."""

_IN_FULL = dict(
    pair.split(":")
    for pair in "pres:president gov:governor sen:senator gen:general prof:professor dr:doctor amb:ambassador "
    "cmdr:commander dir:director".split()
)
"""Titles as they are written before names."""

_PAST = frozenset({"former", "ex", "late", "then", "acting", "deputy", "vice"})
"""Who is one of these is not the one whom "the president" means."""

_TOPICS = frozenset(
    "health finance justice information affairs foreign interior defence defense state high special".split()
)
"""Words of offices that are words of bodies' names as well: "Osmia Health System"."""


def holders(clauses: Clauses) -> dict[str, list[Span]]:
    """By each office that can stand for a person, the names beside which it is written, in their order. Linear."""
    tokens, found = clauses.tokens, dict[str, list[Span]]()
    for first in sorted(clauses.persons):
        last = clauses.names[first]
        beside = [i for i in range(first, last - 1) if tokens[i].text[0].isupper()]  # a title can be part of a mention
        i = first - 1
        while i >= max(0, first - _TITLE) and clauses.classes[i] in (NAME, NOUN, JOIN):
            beside.append(i)
            i -= 1
        if last < len(tokens) and clauses.classes[last] == COMMA:
            for i in range(last + 1, min(last + 1 + _APPOSITION, len(tokens))):
                if clauses.classes[i] not in (OTHER, NOUN, NAME, JOIN, "det", "adverb"):
                    break
                beside.append(i)
        words = {_IN_FULL.get(tokens[i].lower, tokens[i].lower) for i in beside}
        if words.isdisjoint(_PAST):
            for word in words & word_list("role_words") & word_table("stand_ins").keys():
                found.setdefault(word, []).append((first, last))
    return found


def is_rank(word: str) -> bool:
    """Whether a word is an office by itself: "commander", no "health" and no "justice"."""
    return word in word_list("role_words") and word not in _TOPICS


def is_office(clauses: Clauses, first: int, last: int) -> bool:
    """Whether the word before a name ends an office: the "minister" of "health minister", no lone "Health"."""
    tokens = clauses.tokens
    if tokens[last - 1].lower not in word_list("role_words"):
        return False
    return any(is_rank(tokens[i].lower) for i in range(first, last))
