"""The stretches of capitals in a text, which its names are looked up in."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, NOUN, Clauses
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list

_LONGEST_NAME = 10
"""Tokens of a name; "Office of the United Nations High Commissioner for Refugees" has 9."""


def name_runs(clauses: Clauses) -> list[Span]:
    """Stretches of capitals, with 'of' and 'for the' between two of them and particles inside."""
    classes, tokens = clauses.classes, clauses.tokens
    particles, times = word_list("name_particles"), word_list("time_words")
    runs: list[Span] = []
    first = -1
    last = 0
    for i, kind in enumerate(classes):
        if first < 0 and kind not in (NAME, NOUN):
            continue
        token = tokens[i]
        if kind == NAME or (kind == NOUN and token.text[0].isupper()):
            cut = i in clauses.peoples and i - 1 in clauses.place_ends  # "in Latakia | Russian forces"
            if first >= 0 and cut:
                runs.append((first, last))
                first = -1
            if (token.lower in times and i not in clauses.inside) or (first >= 0 and i - first >= _LONGEST_NAME):
                if first >= 0:
                    runs.append((first, last))
                first = -1
                continue
            if first < 0:
                first = i
            last = i + 1
        elif (
            first >= 0
            and ((kind in ("of", JOIN) and token.text != "'") or token.lower == "the" or token.lower in particles)
            and i - last < 2
        ):
            continue
        elif first >= 0:
            runs.append((first, last))
            first = -1
    if first >= 0:
        runs.append((first, last))
    return runs
