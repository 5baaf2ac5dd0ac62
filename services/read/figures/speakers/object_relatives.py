"""Cues whose clause only describes one thing: "the $1.11 a share that analysts expected", "more than X had forecast".

The content of such a cue is the thing described, never the rest of the sentence.
"""

from __future__ import annotations

from dataclasses import replace

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import is_source_like, is_time
from services.read.figures.speakers.subject import subject_before
from services.read.text import MARK, Sentence
from services.read.wordlists import word_table

_THING = 14
"""Tokens of what is described: "the 2,300 tons of wheat and other grain from abroad" has 11."""

_CLAUSE = 30
"""Tokens from a verb to the mark that ends its clause (half and double: 0 / 0)."""

_HEDGES = frozenset({"over", "about", "around", "under", "near", "between", "at"})


def narrowed(clauses: Clauses, sentence: Sentence, cue: Cue) -> Cue:
    """The cue with its content, where its clause describes one thing; else the cue as it is."""
    if cue.source is None or cue.source[0] - 1 <= sentence.first or cue.source[1] > cue.first:
        return cue
    joint = cue.source[0] - 1
    word = clauses.tokens[joint].lower
    taken = _takes_object(clauses, sentence, cue.first + 1)
    start: int | None = None
    if word in ("that", "which", "than") and not taken:
        start = _thing_before(clauses, sentence, joint - (clauses.classes[joint - 1] == COMMA))
    elif (
        clauses.classes[cue.source[0]] == "pronoun"
        and word_table("reporting_verbs").get(clauses.tokens[cue.first].lower) != "says"
    ):
        start = _thing_before(clauses, sentence, joint + 1)
        start = start if start is not None and FIGURE in clauses.classes[start:joint] else None
    if (
        start is None
        and word in ("which", "what")
        and not taken
        and not _goes_on(clauses, sentence, cue.first + 1, word)
    ):
        # "a rule, which X proposed last July, cost 20"
        return replace(cue, side="both", content=(joint, cue.first + 1))
    if start is None:
        return cue
    end = _clause_end(clauses, sentence, cue.first) if taken else cue.first + 1
    return replace(cue, side="both", content=(start, end))


def rated(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue of who puts a thing at a number: "a crowd | that police estimated at | 3,000"."""
    if clauses.tokens[i].lower not in _RATES or i + 2 >= sentence.last or clauses.tokens[i + 1].lower != "at":
        return None
    subject = subject_before(clauses, i, sentence.first)
    joint = subject[0] - 1 if subject is not None else sentence.first
    if subject is None or joint <= sentence.first or clauses.tokens[joint].lower not in ("that", "which"):
        return None
    if not is_source_like(clauses, subject):
        return None
    return Cue(i, i + 2, subject, "after", content=(i + 2, _number_end(clauses, sentence, i + 2)))


def _number_end(clauses: Clauses, sentence: Sentence, first: int) -> int:
    """The token behind the number that begins at a token: at a mark or a verb."""
    for i in range(first, min(first + _RATED, sentence.last)):
        if clauses.classes[i] in (COMMA, BREAK, "verb", "be", "aux") and clauses.tokens[i].text not in "$€£%":
            return i
    return min(first + _RATED, sentence.last)


_RATES = frozenset("estimated estimates estimate put puts placed valued".split())
"""Verbs with a thing and its number: "estimated the crowd at 3,000"."""

_RATED = 6
"""Tokens of the number behind "at": "between 12 and 15 million euros" has 6."""


def fronted(clauses: Clauses, sentence: Sentence, cue: Cue) -> Cue:
    """The cue without the main clause, where it stands in a clause before that: "After X said he won, | 20 left"."""
    i = sentence.first
    while i < cue.start and clauses.classes[i] in ("and", "adverb", QUOTE):
        i += 1
    if clauses.tokens[i].lower not in _SUBORDINATE or cue.side != "after" or cue.content is not None:
        return cue
    if any(clauses.classes[j] == COMMA for j in range(i, cue.start)):
        return cue  # "After the flood, X said"
    end = next((j for j in range(cue.end, min(cue.end + _CLAUSE, sentence.last)) if clauses.classes[j] == COMMA), None)
    return replace(cue, content=(cue.end, end)) if end is not None else cue


_SUBORDINATE = frozenset("after when while if although though because since once before until".split())
"""What opens a clause that stands before the main one; "as X said, 20 died" says all."""


def _goes_on(clauses: Clauses, sentence: Sentence, i: int, joint: str) -> bool:
    """Whether a statement follows what stands at a token, before a comma: "said | on Monday | had killed 20".

    Behind "what" it begins with "is" or "had": "what Moreno said in May | makes him unfit" tells of what he said.
    """
    for j in range(i, _clause_end(clauses, sentence, i - 1)):
        if clauses.classes[j] == "and":
            return False
        if clauses.classes[j] == "verb" and joint == "what":
            return False
        if clauses.classes[j] in ("be", "aux", "verb") or clauses.tokens[j].lower == "that":
            return True
    return False


def _takes_object(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether what a verb says stands behind it at a token: "said | 20", "said | were"; no ".", no "last July"."""
    tokens, classes = clauses.tokens, clauses.classes
    while i < sentence.last and classes[i] == "adverb":
        i += 1
    if i < sentence.last and tokens[i].text == ":":
        return True  # "Here is what he said:"
    if i >= sentence.last - 1 or is_time(clauses, i) or classes[i] == "and":
        return False
    if tokens[i].kind == MARK:
        return classes[i] == QUOTE or tokens[i].text in "$€£("
    return classes[i] != "in" or (tokens[i].lower in _HEDGES and classes[i + 1] == FIGURE)


def _thing_before(clauses: Clauses, sentence: Sentence, end: int) -> int | None:
    """Where the noun phrase begins that ends before a token; None where a verb, a mark or a time stands there."""
    tokens, classes = clauses.tokens, clauses.classes
    last = tokens[end - 1]
    if last.kind == MARK or is_time(clauses, end - 1) or word_table("reporting_verbs").get(last.lower):
        return None
    first = end
    while first > max(sentence.first, end - _THING):
        kind, word = classes[first - 1], tokens[first - 1]
        unit = kind == "det" and first - 2 >= sentence.first and classes[first - 2] == FIGURE  # "$1.11 | a share"
        if kind == "det" and not unit:
            first -= 1
            if classes[first - 1] != "of" or FIGURE in classes[first:end]:
                break  # "$57 million of | the $64 million it pledged"
            continue
        if not (unit or kind in _INSIDE or word.text in "$€£%"):
            break
        first -= 1
    return first if first < end else None


_INSIDE = frozenset({NAME, NOUN, OTHER, FIGURE, JOIN, "of"})


def _clause_end(clauses: Clauses, sentence: Sentence, verb: int) -> int:
    """The token at which the clause of a verb ends: its comma, its stop."""
    for i in range(verb + 1, min(verb + _CLAUSE, sentence.last)):
        if clauses.classes[i] == COMMA or (clauses.classes[i] == BREAK and clauses.tokens[i].text in ";.!?"):
            return i
    return min(verb + _CLAUSE, sentence.last)
