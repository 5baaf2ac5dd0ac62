"""Cues without a verb: "according to X", "Ministry: 20 killed", "in the words of X", "in a poll", "by X's count"."""

from __future__ import annotations

from functools import cache

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cue_side import is_setting, rest_of
from services.read.figures.speakers.sources import Span, is_source_like, phrase_after
from services.read.figures.speakers.subject import subject_before
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_COUNTS = frozenset({"count", "tally", "estimate", "estimates", "reckoning"})

_VIEWS = frozenset({"view", "opinion", "words", "telling", "estimation", "account"})

AHEAD = 14
"""Tokens from a preposition to the noun that makes it a cue: "in an NNB News/Osmia Journal/Lund poll" has 10."""

_HEADING = 7
"""Tokens before a headline's colon: "Syrian Observatory for Human Rights:" has 5."""

_CREDIT = 6
"""Tokens from a headline's last colon or dash to its end: "- Gaza health ministry" has 4."""


def according_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The words "according to X": before its statement where it opens the clause, else behind it."""
    if i + 2 >= sentence.last or clauses.tokens[i + 1].lower != "to":
        return None
    source = phrase_after(clauses, i + 2, sentence.last) or _titled(clauses, sentence, i + 2)
    if source is None:
        return None
    opens = i - sentence.first < 2 or clauses.classes[i - 1] in ("and", BREAK)
    # "– most of them men – according to X."
    opens = opens and (i - sentence.first < 2 or source[1] < sentence.last - 1)
    # "Since November, according to X, the army …"
    opens = opens or (clauses.classes[i - 1] == COMMA and is_setting(clauses, sentence.first, i - 1))
    return Cue(i, i + 2, source, "after" if opens else rest_of(clauses, sentence, source[1]))


def _titled(clauses: Clauses, sentence: Sentence, mark: int) -> Span | None:
    """Who wrote what is named in quotation marks: 'according to "Osmia in Flood" by | Ada Moreno', else its title."""
    mark += clauses.classes[mark] == "det"  # "according to the "Osmia in Flood" report"
    if mark >= sentence.last or clauses.classes[mark] != QUOTE:
        return None
    for i in range(mark + 2, min(mark + _TITLE, sentence.last - 1)):
        if clauses.classes[i] == QUOTE:
            by = phrase_after(clauses, i + 2, sentence.last) if clauses.tokens[i + 1].lower in ("by", "of") else None
            return by or (mark + 1, i)
    return None


_TITLE = 20
"""Tokens of a title in quotation marks (half and double: 0 / 0)."""


def per_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue "as per X" or ", per X" at its "per"; "20 per cent", "per person" are rates."""
    tokens, classes = clauses.tokens, clauses.classes
    opens = i == sentence.first or (i - 1 == sentence.first and tokens[i - 1].lower == "as")
    if not opens and tokens[i - 1].lower != "as" and classes[i - 1] != COMMA and tokens[i - 1].text != "(":
        return None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or not is_source_like(clauses, source) or classes[source[0]] == OTHER:
        return None
    return Cue(i, i + 1, source, "after" if opens else rest_of(clauses, sentence, source[1]))


def colon_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'Ministry: 20 killed', 'John Smith: "…"' and '20 killed: officials'."""
    classes = clauses.classes
    if 0 < i - sentence.first <= _HEADING:
        source = phrase_after(clauses, sentence.first, i)
        heading = clauses.tokens[sentence.first].lower.endswith("ing")  # "Driving the news:" is a rubric
        verb = word_table("reporting_verbs").get(clauses.tokens[i - 1].lower) is not None and i - sentence.first > 1
        if source is not None and source[1] == i and _is_office(clauses, source) and not heading and not verb:
            return Cue(i, i + 1, source, "after")
    verb = word_table("reporting_verbs").get(clauses.tokens[i - 1].lower) == "source"
    spoken = verb and i - 1 > sentence.first and classes[i - 2] == NAME  # "Osmia Today reports:"
    if i > sentence.first and i + 1 < sentence.last and classes[i + 1] == QUOTE and not spoken:
        article = clauses.tokens[i - 2].lower in ("a", "an") and i - 2 >= sentence.first
        paper = article and clauses.tokens[i - 1].lower in word_list("document_nouns")
        # "issued a statement:" has its subject before
        named = (classes[i - 1] in (NAME, NOUN) and not paper) or clauses.tokens[i - 1].text == ")"
        source = subject_before(clauses, i, sentence.first) if named else None
        return Cue(i, i + 1, source, "after") if source is not None else None
    return trailing_cue(clauses, sentence, i)


def trailing_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'20 killed - officials', at the dash or colon."""
    if sentence.last - i > _CREDIT or i - sentence.first < 3 or clauses.classes[i] == JOIN:
        return None
    source = phrase_after(clauses, i + 1, sentence.last)
    last = sentence.last - (clauses.tokens[sentence.last - 1].text == ".")
    if source is None or source[1] < last or not _has_office(clauses, source):
        return None
    return Cue(i, i + 1, source, "before")


@cache
def nominal_nouns() -> frozenset[str]:
    """The nouns one of which must follow the preposition of a nominal cue."""
    return _COUNTS | _VIEWS | word_list("polls")


def nominal_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'in the words of X', 'in a poll by X', 'by the ministry's count', at the preposition."""
    tokens = clauses.tokens
    ahead = {t.lower for t in tokens[i + 1 : min(i + 1 + AHEAD, sentence.last)]}
    if tokens[i].lower == "by":
        source = phrase_after(clauses, i + 1, sentence.last) if not ahead.isdisjoint(_COUNTS) else None
        return Cue(i, i + 1, source, "both") if source and tokens[source[1] - 1].lower in _COUNTS else None
    if "words" in ahead and [t.lower for t in tokens[i + 1 : i + 4]] == ["the", "words", "of"]:
        source = phrase_after(clauses, i + 4, sentence.last)
        return Cue(i, i + 4, source, "both") if source else None
    if not ahead.isdisjoint(_VIEWS):
        source = phrase_after(clauses, i + 1, sentence.last)
        if source and tokens[source[1] - 1].lower in _VIEWS and tokens[source[1] - 2].lower.endswith(("'s", "s'", "'")):
            return Cue(i, source[1], (source[0], source[1] - 1), "both")
    return None if ahead.isdisjoint(word_list("polls")) else _in_poll(clauses, sentence, i)


def _in_poll(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'in a poll by X'; "behind in most Osmia polls" names no poll in particular."""
    tokens, classes = clauses.tokens, clauses.classes
    if tokens[i].lower == "from":
        return None  # "up five points from a poll last month"
    source = phrase_after(clauses, i + 1, sentence.last)
    polls = [j for j in range(*source) if tokens[j].lower in word_list("polls")] if source is not None else []
    if source is None or not polls or any(tokens[j].lower == "of" for j in range(source[0], polls[0])):
        return None  # "in the wake of polls"
    opens = i - sentence.first < 2 or classes[i - 1] in (COMMA, BREAK, "and")
    behind = tokens[polls[-1] + 1].lower if polls[-1] + 1 < len(tokens) else ""
    several = tokens[polls[-1]].lower.endswith("s") and not behind.endswith(("ed", "en"))  # "in polls taken in May"
    named = behind in _BY and any(classes[j] == NAME for j in range(polls[-1] + 2, source[1]))
    if several and not opens and not named:
        return None
    listed = several and source[1] < sentence.last and classes[source[1]] == COMMA  # "ahead in polls by X, by 8 points"
    return Cue(i, i + 1, source, "both" if opens or listed else "before")


_BY = frozenset({"by", "from"})
"""What stands between polls and who made them: "in recent polls from Northpoll and Osmia Today"."""


def _is_office(clauses: Clauses, source: Span) -> bool:
    """Whether the head of a phrase is one of those who speak, or its whole a name: no "Service jobs boom"."""
    first, last = source
    head = next((i for i in range(first + 1, last) if clauses.classes[i] in ("of", "in")), last) - 1
    spoken = clauses.tokens[head].lower in word_list("source_nouns") or clauses.classes[head] == NAME
    person = clauses.names.get(first) == last and first in clauses.persons
    known = last - first == 1 and clauses.tokens[first].lower in clauses.surnames  # "Moreno: Camp To Close"
    listed = last + 1 < len(clauses.tokens) and clauses.classes[last + 1] == FIGURE  # "Moreno: 1,200" of a table
    return ((person or known) and not listed) or (spoken and _has_office(clauses, source))


def _has_office(clauses: Clauses, source: Span) -> bool:
    nouns = word_list("source_nouns")
    return any(clauses.tokens[i].lower in nouns for i in range(*source))
