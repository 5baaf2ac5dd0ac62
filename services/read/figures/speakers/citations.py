"""Sources given behind their figures: "The source for this figure is X." and "(BODY, 21 August 2014)"."""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import is_source_like, phrase_after
from services.read.text import NUMBER, Sentence
from services.read.wordlists import word_list

_FIGURES = frozenset({"figure", "figures", "estimate", "estimates", "number", "numbers", "data", "statistics", "toll"})

_STATEMENT = 8
"""Tokens to the verb of "The sources for these two figures are"; it has 6 before it."""

_CITATION = 12
"""Tokens between the brackets of one citation: "Human Rights Watch, 21 August 2014, p. 25" has 10."""


def source_below(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue "The source for these figures is X" at its "source"."""
    tokens = clauses.tokens
    if tokens[i].lower not in ("source", "sources"):
        return _came_from(clauses, sentence, i)
    if i == sentence.first or i + 3 >= sentence.last or tokens[i - 1].text != "The" or clauses.classes[i + 1] != "of":
        return None
    for j in range(i + 2, min(i + _STATEMENT, sentence.last)):
        if clauses.classes[j] == "be" and tokens[j - 1].lower in _FIGURES:
            source = phrase_after(clauses, j + 1, sentence.last)
            return Cue(i - 1, j + 1, source, "before", backward=True) if source is not None else None
    return None


_SUBJECT = frozenset({FIGURE, NAME, NOUN, OTHER, JOIN, QUOTE, "det", "of", "no"})
"""Classes of what may stand before the figures that come from somebody: 'The "90 to 95 percent" | figure'."""


def _came_from(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue "These figures come from X" at its verb; it speaks for the sentence before, too."""
    tokens, noun = clauses.tokens, i - 1
    while noun > sentence.first and clauses.classes[noun] in ("aux", "adverb"):
        noun -= 1
    if i + 2 >= sentence.last or tokens[i + 1].lower != "from" or tokens[noun].lower not in _FIGURES:
        return None
    if any(clauses.classes[j] not in _SUBJECT for j in range(sentence.first, noun)):
        return None  # "She said the figure came from X"
    source = phrase_after(clauses, i + 2, sentence.last)
    speaks = source is not None and is_source_like(clauses, source) and clauses.classes[source[0]] != FIGURE
    placed = source is not None and source[1] - 1 in clauses.place_ends  # "Most of the numbers come from Osmia"
    return Cue(noun, i + 2, source, "before", backward=True) if speaks and not placed else None


def cited(clauses: Clauses, sentence: Sentence) -> Cue | None:
    """The one dated citation in brackets that closes a sentence: "(BODY, 21 August 2014)"; of two, nobody knows whose.

    A publisher that cites itself ("IDMC interviews") gives no source.
    """
    tokens = clauses.tokens
    close = sentence.last - 1
    while close > sentence.first and tokens[close].text in ".;":
        close -= 1
    if tokens[close].text != ")" or tokens[close - 1].kind != NUMBER:
        return None
    opens = close - 1
    while opens > max(sentence.first, close - _CITATION) and tokens[opens].text not in "();":
        opens -= 1
    if tokens[opens].text != "(":
        return None
    name = opens + 1
    while clauses.classes[name] == NAME and tokens[name].lower not in word_list("months"):
        name += 1
    if name == opens + 1 or tokens[name].text != ",":
        return None
    dated = any(t.lower in word_list("months") for t in tokens[name:close])
    return Cue(opens, close + 1, (opens + 1, name), "before") if dated else None
