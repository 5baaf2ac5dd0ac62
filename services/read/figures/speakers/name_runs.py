"""The stretches of capitals in a text, which its names are looked up in."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, NOUN, Clauses
from services.read.figures.speakers.offices import is_rank
from services.read.figures.speakers.pasted import CREDITS
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list

_LONGEST_NAME = 10
"""Tokens of a name; "Office of the United Nations High Commissioner for Refugees" has 9."""

_AGENCY = 5
"""Letters of an agency's short name: "AFP", "Tass" in capitals, "ITAR"."""

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


def names_body(clauses: Clauses, i: int, run: Span) -> bool:
    """Whether the noun at a token is the one of the body that a stretch names: the "Fund" of "Northern Fund".

    Not "Monitor" before "NNB", not the one of an office ("Osmia Police Commander Ada Moreno"), nor of a page's headline
    ("Police Say Enlarge").
    """
    tokens, behind = clauses.tokens, range(i + 1, run[1])
    if any(k in clauses.persons or is_rank(tokens[k].lower) for k in behind):
        return False
    if not behind:
        return True
    agency = i + 1 in clauses.names and tokens[i + 1].text.isupper()
    said = i == run[0] and clauses.classes[i + 1] in (NAME, NOUN)
    return not (said or tokens[i + 1].lower in CREDITS) and (not agency or len(tokens[i + 1].text) > _AGENCY)


def _links(clauses: Clauses, i: int, particles: frozenset[str]) -> bool:
    """Whether a small word may stand inside a name: "of", "for the", "al-", "van"."""
    token, kind = clauses.tokens[i], clauses.classes[i]
    return (kind in ("of", JOIN) and token.text != "'") or token.lower == "the" or token.lower in particles
