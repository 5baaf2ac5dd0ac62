"""The stretches of capitals in a text, which its names are looked up in."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, NOUN, Clauses
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list

_LONGEST_NAME = 10
"""Tokens of a name; "Office of the United Nations High Commissioner for Refugees" has 9."""


_LINKS = 2
"""Small words between two capitals of a name: "Fund | for the | North" has 2."""


def name_runs(clauses: Clauses) -> list[Span]:
    """Stretches of capitals, with 'of' and 'for the' between two of them and particles inside."""
    classes, tokens = clauses.classes, clauses.tokens
    particles, times = word_list("name_particles"), word_list("time_words")
    capitals = [i for i in clauses.classed(NAME, NOUN) if classes[i] == NAME or tokens[i].text[0].isupper()]
    runs: list[Span] = []
    first = last = -1
    for i in capitals:
        if first >= 0:
            linked = i - last <= _LINKS and all(_links(clauses, k, particles) for k in range(last, i))
            cut = i in clauses.peoples and i - 1 in clauses.place_ends  # "in Latakia | Russian forces"
            if not linked or cut:
                runs.append((first, last))
                first = -1
        timed = tokens[i].lower in times and i not in clauses.inside
        if timed or (first >= 0 and i - first >= _LONGEST_NAME):
            if first >= 0:
                runs.append((first, last))
            first = -1
            continue
        if first < 0:
            first = i
        last = i + 1
    if first >= 0:
        runs.append((first, last))
    return runs


def _links(clauses: Clauses, i: int, particles: frozenset[str]) -> bool:
    """Whether a small word may stand inside a name: "of", "for the", "al-", "van"."""
    token, kind = clauses.tokens[i], clauses.classes[i]
    return (kind in ("of", JOIN) and token.text != "'") or token.lower == "the" or token.lower in particles
