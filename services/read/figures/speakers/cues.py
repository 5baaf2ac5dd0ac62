"""Where a text hands a statement to somebody: each reporting verb or phrase, its source, and which side it covers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache

from schemas.parts import Parts
from services.read.figures.clauses import JOIN, QUOTE, Clauses
from services.read.figures.speakers.citations import source_below
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.gerund_cues import cites_as_saying, gerund_cue, lists_cases, quoting_cue
from services.read.figures.speakers.headlines import headline_end, headline_head, headline_tail, is_title
from services.read.figures.speakers.infinitives import infinitive_cue
from services.read.figures.speakers.main_subject import introduced
from services.read.figures.speakers.noun_cues import noun_cue
from services.read.figures.speakers.object_relatives import rated
from services.read.figures.speakers.partial_quotes import OPENERS, partial_quotes
from services.read.figures.speakers.phrase_cues import (
    AHEAD,
    according_cue,
    colon_cue,
    nominal_cue,
    nominal_nouns,
    per_cue,
    trailing_cue,
)
from services.read.figures.speakers.statements import GIVING
from services.read.figures.speakers.verb_cues import opening_cue, verb_cue
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table


def find_cues(clauses: Clauses, sentences: int) -> Parts[list[list[Cue]]]:
    """The cues of each sentence, in order; none behind the first `sentences`. A part each. Linear: phrases have bounded
    lengths."""
    cues: list[list[Cue]] = [[] for _ in clauses.document.sentences]
    looked = clauses.document.sentences[:sentences]
    marks = _marks(clauses, looked[-1].last if looked else 0)
    at = 0
    for sentence in looked:
        behind = bisect_left(marks, sentence.last, at)
        if behind > at or not sentence.number:
            cues[sentence.number] = _cues_of(clauses, sentence, marks[at:behind])
            yield
        at = behind
    tail = headline_tail(clauses) if cues and not cues[0] else None
    if tail is not None:
        cues[0] = [tail]
    return cues


def _marks(clauses: Clauses, last: int) -> list[int]:
    """The tokens before `last` that a cue can begin with.

    "in", "from" and "by" are the most frequent of them and hardly ever one: they are taken only near the nouns they
    need, and "has" and "had" only in a text with a poll, but for "gave a toll of 20". That is a third of the time here.
    """
    document, starts, nouns = clauses.document, _starts(), nominal_nouns()
    lowers, text = document.columns.lowers, document.text.lower()
    polled = any(word in text for word in word_list("polls"))
    marks: set[int] = set()
    for i in document.tokens_of(starts, 0, last):
        kind = starts[lowers[i]]
        if kind == "owned":
            if not _OPENS_CONTENT.isdisjoint(lowers[i + 1 : i + 2]):
                marks.add(i)
        elif kind != "noun" and (polled or kind != "poll" or lowers[i] in GIVING):
            marks.add(i)
        if lowers[i] in nouns:
            marks.update(document.tokens_of(_PREPOSITIONS, max(0, i - AHEAD), i))
    return sorted(marks)


def _cues_of(clauses: Clauses, sentence: Sentence, marks: list[int]) -> list[Cue]:
    """The cues of a sentence; `marks` are its tokens that cues can begin with."""
    tokens, starts = clauses.tokens, _starts()
    cues: list[Cue] = []
    head = headline_head(clauses, sentence)
    headline = headline_end(clauses, sentence)
    while headline is not None:
        cues.append(headline)
        sentence = sentence._replace(first=headline.last)
        headline = headline_end(clauses, sentence)
    colon = 0
    if head is not None and not cues:
        cues.append(head)
    for i in marks:
        kind = starts.get(tokens[i].lower, "nominal")
        if i < sentence.first or kind in ("mark", "owned"):
            continue  # of the headline; these only show that the sentence is worth a look
        cue = _cue_at(clauses, sentence, i, kind, cues)
        if cue is not None:
            cues.append(cue)
        elif kind == "colon" and i + 1 < sentence.last and clauses.classes[i + 1] == QUOTE:
            colon = i
    if colon and not cues:
        cue = introduced(clauses, sentence, colon)
        return [cue] if cue is not None else []
    if not cues:
        cues = partial_quotes(clauses, sentence)
    elif len(cues) > 1:
        cues = _untangled(cues)
    owned = [cue for i in marks if (cue := noun_cue(clauses, sentence, i)) is not None]
    if not owned:
        return cues
    verbs = {cue.first for cue in cues}  # of "Moreno claims that" only one of the two is left
    return sorted([*cues, *(cue for cue in owned if cue.first not in verbs)], key=lambda cue: cue.first)


_OPENS_CONTENT = frozenset("that to of for on this last earlier in late".split()) | word_list("weekdays")
"""What can follow a noun of speech with a content: its opener, or a time before that."""

_PREPOSITIONS = frozenset({"in", "from", "by"})
"""What opens "in the words of X", "from a poll by X", "by X's count"."""

_PHRASES = {
    "below": source_below,
    "according": according_cue,
    "per": per_cue,
    "colon": colon_cue,
    "nominal": nominal_cue,
    "dash": trailing_cue,
}


def _cue_at(clauses: Clauses, sentence: Sentence, i: int, kind: str, earlier: list[Cue]) -> Cue | None:
    if kind in _PHRASES:
        return _PHRASES[kind](clauses, sentence, i)
    if kind == "gerund":
        return gerund_cue(clauses, sentence, i, earlier)
    if kind in ("says", "source", "that") and clauses.tokens[i - 1].lower == "to":
        return infinitive_cue(clauses, sentence, i)
    if not _is_verb(clauses, sentence, i, kind):
        return opening_cue(clauses, sentence, i) if i == sentence.first and kind == "says" else None
    quotes = (kind == "quotes" and not lists_cases(clauses, sentence, i)) or cites_as_saying(clauses, sentence, i)
    kind = "counts" if kind == "quotes" else kind
    if quotes:
        return quoting_cue(clauses, sentence, i)
    return rated(clauses, sentence, i) or verb_cue(clauses, sentence, i, kind, earlier)


def _is_verb(clauses: Clauses, sentence: Sentence, i: int, kind: str) -> bool:
    """Whether a form is written like a verb.

    One with a capital is a part of a name, but for texts ALL IN CAPITALS, where the "STATES" of a country's name is
    one, and for headlines ("Two Held, Lawsuit Says").
    """
    text = clauses.tokens[i].text
    if i > sentence.first and clauses.classes[i - 1] == JOIN and clauses.tokens[i - 1].text in "-–":
        return False  # "six-pointed"
    if text[0].islower() or (i not in clauses.inside and clauses.tokens[sentence.first].text.isupper()):
        return True
    if text.isupper() or not is_title(clauses, sentence):
        return False
    return kind == "says" or (kind == "source" and text.endswith("s") and i - 1 in _name_ends(clauses, i))


def _name_ends(clauses: Clauses, i: int) -> set[int]:
    """The last token before `i` where a known name ends there: "Northern Fund | Claims", no "Insurance | Claims"."""
    return {i - 1} if any(clauses.names.get(j) == i for j in range(max(0, i - 6), i)) else set()


@cache
def _starts() -> dict[str, str]:
    """Every word and mark a cue can begin with, and its kind."""
    return (
        dict.fromkeys(word_table("cue_nouns"), "owned")
        | dict.fromkeys(nominal_nouns(), "noun")
        | word_table("reporting_verbs")
        | {
            "according": "according",
            "per": "per",
            ":": "colon",
            **dict.fromkeys("-–—", "dash"),
            **dict.fromkeys(OPENERS, "mark"),
            **dict.fromkeys(("source", "sources", "come", "comes", "came"), "below"),
        }
    )


def _untangled(cues: list[Cue]) -> list[Cue]:
    """Drops a cue that is only a part of another's source ("police reports say") and joins 'X, citing Y, said'."""
    kept: list[Cue] = []
    for i, cue in enumerate(cues):
        others = cues[max(0, i - 2) : i] + cues[i + 1 : i + 3]
        if any(other.source and other.source[0] <= cue.first < other.source[1] for other in others):
            continue
        before = kept[-1] if kept else None
        if before is not None and before.source and cue.source and before.source[0] < cue.source[0] < before.source[1]:
            # "according to rescuers the agency reported": without its comma the first source runs into the second
            before = kept[-1] = replace(before, source=(before.source[0], cue.source[0]))
        if before is not None and before.source and cue.passed_on_by and before.source[1] == cue.first:
            # "according to the agency citing the ministry"
            kept[-1] = replace(before, last=cue.last, source=cue.source, passed_on_by=before.source)
        elif before is not None and before.source and cue.passed_on_by and 0 <= cue.first - before.last <= 1:
            kept.append(replace(cue, passed_on_by=before.source))  # "20 died, the agency reported, | citing officials"
        elif before is not None and before.passed_on_by and cue.source and cue.source[0] < before.first:
            kept[-1] = Cue(before.first, cue.last, before.source, "after", cue.source)
        else:
            kept.append(cue)
    return kept
