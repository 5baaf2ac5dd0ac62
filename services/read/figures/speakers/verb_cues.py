"""Cues made of verbs: "the ministry said", ", said Rahman", "adding that", "TASS quotes the ministry"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, NAME, NOUN, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cue_side import TOLD, rest_of, side_of
from services.read.figures.speakers.sources import (
    Span,
    is_document,
    is_source_like,
    is_time,
    phrase_after,
)
from services.read.figures.speakers.subject import skip_back, subject_before
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

_OPENING = 40
"""Tokens in which a sentence's main subject is looked for."""

_CLAIMED_WITHIN = 7
"""Tokens to the lives claimed: "claimed hundreds of civilian lives" needs 4."""

_RUBRIC = 7
"""Tokens before the colon of a heading that the sentence itself follows."""

_PUT = frozenset({"toll", "tolls", "number", "figure", "count", "total", "estimate", "cost", "it", "losses", "dead"})
"""What is put at a number."""


def verb_cue(clauses: Clauses, sentence: Sentence, i: int, kind: str, earlier: list[Cue]) -> Cue | None:
    """The cue of a reporting verb at token `i`; `kind` is its class in `reporting_verbs`."""
    if kind == "that" and not _before_statement(clauses, sentence, i):
        return None
    if kind == "document" and i + 1 < sentence.last and clauses.tokens[i + 1].lower == "that":
        kind = "source"  # "investigators found that", not "investigators found 12 bodies"
    by = _participle(clauses, sentence, i)
    if by is not None or kind == "by":
        return by
    if _is_noun(clauses, sentence, i) or _is_deed(clauses, sentence, i):
        return None
    before = skip_back(clauses, i, sentence.first) - 1
    link = clauses.classes[before] if before >= sentence.first else ""
    if link == "be":
        return None  # "20 were reported killed" names nobody
    if link == "and":
        source = earlier[-1].source if earlier else _main_subject(clauses, sentence, i)
        return Cue(i, i + 1, source, "after") if source is not None and _fits(clauses, source, kind) else None
    inverted = _inverted(clauses, sentence, i, before) if kind in ("says", "source", "that") else None
    return inverted or _after_subject(clauses, sentence, i, kind)


def gerund_cue(clauses: Clauses, sentence: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    """', adding that 20', 'in a lawsuit alleging that 20', 'with a survey finding that 20', 'Adding: "…"'."""
    classes, tokens = clauses.classes, clauses.tokens
    if i == sentence.first or (i - sentence.first == 1 and classes[i - 1] in (QUOTE, COMMA)):
        return Cue(i, i + 1, None, "after") if tokens[i].text[0].isupper() else None
    for j in range(i - 2, max(sentence.first, i - 12), -1):
        if classes[j] in (COMMA, QUOTE, BREAK, "verb", "be"):
            break
        subject = phrase_after(clauses, j + 1, i) if tokens[j].lower == "with" else None
        if subject is not None and is_source_like(clauses, subject):
            return Cue(i, i + 1, subject, "after")
    before = i - 1
    while before > sentence.first and classes[before] == "adverb":
        before -= 1
    introduced = i + 1 < sentence.last and (tokens[i + 1].lower in ("that", ":") or classes[before] == NOUN)
    spoken = tokens[before].lower in word_table("reporting_verbs")  # "said adding that"
    told = i + 1 < sentence.last and tokens[i + 1].lower in ("that", "what", "how")
    published = told or not tokens[i].lower.startswith("show")
    documents = {t.lower for t in tokens[max(sentence.first, i - 4) : i]} & word_list("document_nouns")
    if published and documents and classes[before] not in ("be", "of"):  # "published data on Monday showing what"
        source = _main_subject(clauses, sentence, i)
        return Cue(i, i + 1, source, "after") if source is not None else None
    if spoken or classes[before] in (COMMA, QUOTE, "and") or (introduced and classes[before] != "be"):
        return Cue(i, i + 1, earlier[-1].source if earlier else _main_subject(clauses, sentence, i), "after")
    return None


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
        return Cue(i, last, subject, side_of(clauses, sentence, subject, last - 1)[0], medium) if subject else None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or not is_source_like(clauses, source):
        return None
    gerund = tokens[i].lower.endswith("ing")
    via = _main_subject(clauses, sentence, i) if gerund else subject_before(clauses, i, sentence.first)
    trailing = gerund and i > sentence.first and source[1] < sentence.last and tokens[source[1]].lower != "as"
    return Cue(i, i + 1, source, "both" if trailing else "after", via)


def _after_subject(clauses: Clauses, sentence: Sentence, i: int, kind: str) -> Cue | None:
    subject = subject_before(clauses, i, sentence.first)
    if subject is None or clauses.classes[subject[0]] == "first" or not _fits(clauses, subject, kind):
        return None
    if kind == "puts" and not (is_document(clauses, subject) or _puts(clauses, sentence, i)):
        return None
    opens = subject[0] == sentence.first or clauses.classes[subject[0] - 1] != COMMA
    if subject[1] == i - 1 and opens and clauses.classes[i - 1] == COMMA and clauses.tokens[i].lower.endswith("ed"):
        return None  # "The ban, announced late on Monday, sent …": nobody announces here
    side, last = side_of(clauses, sentence, subject, i)
    return Cue(i, last, subject, side)


def _inverted(clauses: Clauses, sentence: Sentence, verb: int, before: int) -> Cue | None:
    """', said Rami Abdel Rahman, head of …': the source stands behind the verb and the clause ends after it."""
    classes, tokens = clauses.classes, clauses.tokens
    source = phrase_after(clauses, verb + 1, sentence.last) if tokens[verb].lower not in TOLD else None
    if source is None or not (is_source_like(clauses, source) or classes[source[0]] == "det"):
        return None
    end = source[1]
    closed = end >= sentence.last or tokens[end].kind == MARK
    if not closed and classes[end] not in ("in", "adverb", "relative") and not is_time(clauses, end):
        return None
    if tokens[before].kind != MARK:  # no comma before it: only a person's name that ends the sentence
        person = classes[source[0]] == NAME == classes[end - 1]
        if not person or end < sentence.last - 1 or before - sentence.first <= 3:
            return None
    elif classes[before] == COMMA and not closed and subject_before(clauses, verb, sentence.first) is not None:
        return None  # "Rahman, head of the group, said the army in Homs": the subject stands before the comma
    return Cue(verb, verb + 1, source, rest_of(clauses, sentence, end))


def _participle(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'reported by the ministry', with or without 'was'."""
    tokens = clauses.tokens
    if not tokens[i].lower.endswith(("ed", "en", "id", "told", "put")):
        return None
    for j in range(i + 1, min(i + 4, sentence.last)):
        if tokens[j].text == "by":
            source = phrase_after(clauses, j + 1, sentence.last)
            return Cue(i, j + 1, source, "both") if source is not None and is_source_like(clauses, source) else None
        if clauses.classes[j] not in ("adverb", "in"):
            break
    return None


def _is_noun(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a form in -s is a plural or one in -ed describes: "promises of a truce", "damage estimated at $5"."""
    tokens = clauses.tokens
    if i + 2 >= sentence.last or tokens[i].lower == "says":
        return False
    following = tokens[i + 1].lower
    if tokens[i].lower in ("estimated", "projected", "put", "valued"):
        return following in ("at", "in", "between")
    plural = tokens[i].lower.endswith("s")
    return plural and (following == "of" or (following == "to" and clauses.classes[i + 2] == "det"))


def _is_deed(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether nothing is said: "claimed hundreds of lives", "claimed responsibility", "added 160 guards"."""
    if clauses.tokens[i].lower in ("added", "adds"):
        return i + 1 < sentence.last and clauses.classes[i + 1] == FIGURE
    if not clauses.tokens[i].lower.startswith("claim"):
        return False
    ahead = {t.lower for t in clauses.tokens[i + 1 : min(i + _CLAIMED_WITHIN, sentence.last)]}
    return not ahead.isdisjoint(("lives", "life", "victims", "martyrs", "responsibility"))


def _fits(clauses: Clauses, subject: Span, kind: str) -> bool:
    """Whether a subject can speak by a verb of this class."""
    if any(clauses.tokens[i].lower in word_list("respondents") for i in range(*subject)):
        return False
    if kind == "says":
        return True
    return is_document(clauses, subject) if kind == "document" else is_source_like(clauses, subject)


def _puts(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    ahead = {t.lower for t in clauses.tokens[i + 1 : min(i + 12, sentence.last)]}
    return "at" in ahead and not ahead.isdisjoint(_PUT)


def _before_statement(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether "that", a mark or a quotation follows, so that a doubtful verb is one of speech."""
    if i + 1 >= sentence.last:
        return True
    return clauses.tokens[i + 1].lower in ("that", "how", "whether", "if") or clauses.tokens[i + 1].kind == MARK


def _main_subject(clauses: Clauses, sentence: Sentence, before: int) -> Span | None:
    """The subject of the sentence's main clause: its first noun phrase that no preposition opens."""
    classes = clauses.classes
    before = min(before, sentence.first + _OPENING)
    i = sentence.first
    for rubric in range(i, min(i + _RUBRIC, before)):
        if clauses.tokens[rubric].text == ":":  # "Driving the news: The committee …"
            i = rubric + 1
    if classes[i] == "in":
        while i < before and classes[i] != COMMA:
            i += 1
        i += 1
    while i < before and classes[i] in ("and", "adverb", "break", QUOTE):
        i += 1
    phrase = phrase_after(clauses, i, before) if i < before else None
    return phrase if phrase is not None and is_source_like(clauses, phrase) else None
