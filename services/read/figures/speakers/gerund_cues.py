"""Cues made of forms in -ing, and of those who quote: ", adding that", "is reporting", "TASS quotes the ministry"."""

from __future__ import annotations

from itertools import pairwise

from services.read.figures.clauses import BREAK, COMMA, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cue_side import side_of
from services.read.figures.speakers.deeds import is_deed
from services.read.figures.speakers.descriptions import spoken
from services.read.figures.speakers.main_subject import main_subject
from services.read.figures.speakers.sources import Span, is_source_like, phrase_after
from services.read.figures.speakers.statements import before_count, fits
from services.read.figures.speakers.subject import subject_before
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_UNSAID = frozenset({"avoid", "avoided", "without", "stop", "stopped", "refrain", "from", "instead", "consider"})
"""Words before a form in -ing that nobody said yet."""

_AWAITING = frozenset({"expecting", "anticipating"})
"""Forms of those who wait for something, not always in words."""

_STATEMENT = 4
"""Tokens before "the agency quoted the ministry as saying" that are a statement."""

_CLOSING = 6
"""Tokens from "as saying" to the end of a sentence that it closes: "as saying late on Thursday."."""

_PHRASE = 8
"""Tokens of "several still unconfirmed media reports" and the like."""


def gerund_cue(clauses: Clauses, sentence: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    """', adding that 20', 'in a lawsuit alleging that 20', 'with a survey finding that 20', 'Adding: "…"'."""
    classes, tokens = clauses.classes, clauses.tokens
    if i == sentence.first or (i - sentence.first == 1 and classes[i - 1] in (QUOTE, COMMA)):
        return Cue(i, i + 1, None, "after") if tokens[i].text[0].isupper() else None
    if earlier and tokens[i].lower in _AWAITING and classes[i - 1] == "be":
        return None  # "the mayor said the camp was expecting 20": the mayor speaks
    beside = _with_subject(clauses, sentence, i) or _governed(clauses, sentence, i)
    if beside is not None or is_deed(clauses, sentence, i):  # "claiming hundreds of lives"
        return beside
    return _of_main_subject(clauses, sentence, i, earlier)


def _of_main_subject(clauses: Clauses, sentence: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    """The cue of a form in -ing whose subject is that of the clause before it."""
    classes, tokens = clauses.classes, clauses.tokens
    before = i - 1
    while before > sentence.first and classes[before] == "adverb":
        before -= 1
    if tokens[before].lower in _UNSAID or (i + 1 < sentence.last and classes[i + 1] == "be"):
        return None  # "to avoid saying that", "another finding was"
    introduced = i + 1 < sentence.last and (tokens[i + 1].lower in ("that", ":") or classes[before] == NOUN)
    said = tokens[before].lower in word_table("reporting_verbs")  # "said adding that"
    told = i + 1 < sentence.last and tokens[i + 1].lower in ("that", "what", "how")
    published = told or not tokens[i].lower.startswith("show")
    documents = {t.lower for t in tokens[max(sentence.first, i - 4) : i]} & word_list("document_nouns")
    # "published data on Monday showing what"
    if published and documents and classes[before] not in ("be", "of", BREAK, "in"):
        source = main_subject(clauses, sentence, i)
        if source is not None:
            return Cue(i, i + 1, source, "after")
        introduced = False
    if classes[before] == "be":
        return _progressive(clauses, sentence, i, before)
    joined = classes[before] in (COMMA, QUOTE, "and") or tokens[before].lower in ("while", "by")
    if said or introduced or joined:
        return Cue(i, i + 1, earlier[-1].source if earlier else main_subject(clauses, sentence, i), "after")
    return None


def _governed(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The document before a form in -ing that a preposition governs: "seeks clarity on | reports | suggesting that".

    It speaks itself; one that somebody "published", or says something "in", is theirs.
    """
    if clauses.tokens[i - 1].lower not in word_list("document_nouns"):
        return None
    first = i - 1
    while first > max(sentence.first, i - _PHRASE) and clauses.classes[first - 1] in (OTHER, NOUN, NAME, "det"):
        first -= 1
    governed = clauses.classes[first - 1] == "in" and clauses.tokens[first - 1].lower != "in"
    # "in the wake of | a new poll | showing"
    governed = governed or (clauses.classes[first - 1] == "of" and clauses.tokens[first].lower in ("a", "an"))
    return Cue(i, i + 1, (first, i), "after") if first > sentence.first and governed else None


def _with_subject(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'with a survey finding that 20'."""
    for j in range(i - 2, max(sentence.first, i - 12), -1):
        if clauses.classes[j] in (COMMA, QUOTE, BREAK, "verb", "be"):
            break
        subject = phrase_after(clauses, j + 1, i) if clauses.tokens[j].lower == "with" else None
        if subject is not None and subject[1] == i and fits(clauses, subject, "source"):
            return Cue(i, i + 1, subject, "after")
    return None


def _progressive(clauses: Clauses, sentence: Sentence, i: int, be: int) -> Cue | None:
    """'the minister is now reporting 20'; "is showing signs" and "is finding" tell nothing."""
    subject = subject_before(clauses, be, sentence.first)
    if subject is None or clauses.classes[subject[0]] == "first" or not fits(clauses, subject, "source"):
        return None
    if clauses.tokens[i].lower in ("showing", "finding"):
        return None
    side, last = side_of(clauses, sentence, subject, i)
    return Cue(i, last, subject, side)


def cites_as_saying(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether "cited" quotes somebody: "the channel cited the ministry as saying", not "cited 20 cases"."""
    if clauses.tokens[i].lower != "cited":
        return False
    ahead = [t.lower for t in clauses.tokens[i + 2 : min(i + _PHRASE + 2, sentence.last)]]
    return ("as", "saying") in pairwise(ahead)


def lists_cases(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether what is cited is a number of things, not somebody: "the report cites dozens of cases"."""
    return clauses.tokens[i].lower in ("cites", "cited") and before_count(clauses, sentence, i)


def _is_reason(clauses: Clauses, source: Span) -> bool:
    """Whether what is cited is a thing that somebody has, not what he says: "citing Veronia's efforts to"."""
    head = next((i for i in range(source[0] + 1, source[1]) if clauses.classes[i] in ("of", "in")), source[1]) - 1
    owned = any(clauses.tokens[i].lower.endswith(("'s", "’s")) for i in range(source[0], head))
    return owned and clauses.classes[head] == OTHER and clauses.tokens[head].lower not in spoken()


def quoting_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'TASS quotes the ministry as saying', ', citing officials', 'X was quoted by Y as saying'."""
    tokens = clauses.tokens
    before = i - 1
    while before > sentence.first and clauses.classes[before] == "adverb":
        before -= 1
    if before > sentence.first and clauses.classes[before] == "be":
        subject = subject_before(clauses, before, sentence.first)
        by = i + 1 < sentence.last and tokens[i + 1].lower == "by"
        medium = phrase_after(clauses, i + 2, sentence.last) if by else None
        last = medium[1] if medium else i + 1
        closes = [t.lower for t in tokens[last : last + 2]] == ["as", "saying"] and last + 2 >= sentence.last - 1
        if closes and subject is not None:
            return Cue(i, last + 2, subject, "before", medium)  # "20 died, the army was quoted as saying."
        return Cue(i, last, subject, side_of(clauses, sentence, subject, last - 1)[0], medium) if subject else None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or not is_source_like(clauses, source) or _is_reason(clauses, source):
        return None
    gerund = tokens[i].lower.endswith("ing")
    via = main_subject(clauses, sentence, i) if gerund else subject_before(clauses, i, sentence.first)
    end = source[1]
    closing = not gerund and via is not None and [t.lower for t in tokens[end : end + 2]] == ["as", "saying"]
    if closing and via is not None and via[0] - sentence.first >= _STATEMENT and sentence.last - end <= _CLOSING:
        return Cue(i, i + 1, source, "before", via)  # "20 died, the agency quoted the ministry as saying on Monday."
    trailing = gerund and i > sentence.first and source[1] < sentence.last and tokens[source[1]].lower != "as"
    return Cue(i, i + 1, source, "both" if trailing else "after", via)
