"""Where a text hands a statement to somebody: each reporting verb or phrase, its source, and which side it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.sources import Span, is_document, is_source_like, is_time, phrase_after, skip_back, subject_before
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

_TOLD = frozenset({"told", "tells", "tell", "informed", "informs"})
"""Verbs with the hearer behind them: no source stands there, and the hearer is the medium ("told Reuters")."""

Side = Literal["after", "before", "both"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One attribution: tokens [first, last) are its cue words, `source` who speaks, `passed_on_by` who quotes them.

    `side`: whether the statement stands after the cue, before it, or on both sides ("20 people, he said, were killed").
    `source` None: the subject is not in this clause ("It was hit, adding that …"), the speaker of before goes on.
    """

    first: int
    last: int
    source: Span | None
    side: Side
    passed_on_by: Span | None = None

    @property
    def start(self) -> int:
        """First token of cue or source."""
        return min(self.first, self.source[0]) if self.source else self.first

    @property
    def end(self) -> int:
        """Token behind cue and source."""
        return max(self.last, self.source[1]) if self.source else self.last


def find_cues(clauses: Clauses) -> list[list[Cue]]:
    """The cues of each sentence, in order. Linear: every phrase beside a cue has a bounded length."""
    return [_cues_of(clauses, sentence) for sentence in clauses.document.sentences]


def _cues_of(clauses: Clauses, sentence: Sentence) -> list[Cue]:
    cues: list[Cue] = []
    verbs = word_table("reporting_verbs")
    for i in range(sentence.first, sentence.last):
        token = clauses.tokens[i]
        kind = verbs.get(token.lower)
        cue = None
        if kind is not None:
            if token.text[0].islower() or token.lower.endswith("ing") or clauses.tokens[sentence.first].text.isupper():
                cue = _verb_cue(clauses, sentence, i, kind, cues)
        elif token.lower == "according":
            cue = _according(clauses, sentence, i)
        elif token.text == ":":
            cue = _colon(clauses, sentence, i)
        elif token.lower in ("in", "from", "by") or token.text in "-–—":
            cue = _nominal(clauses, sentence, i)
        if cue is not None:
            cues.append(cue)
    return _untangled(cues)


def _verb_cue(clauses: Clauses, sentence: Sentence, i: int, kind: str, earlier: list[Cue]) -> Cue | None:
    classes, tokens = clauses.classes, clauses.tokens
    if kind == "quotes":
        return _quoting(clauses, sentence, i)
    if kind == "gerund":
        return _gerund(clauses, sentence, i, earlier)
    if kind == "that" and not _before_statement(clauses, sentence, i):
        return None
    by = _participle(clauses, sentence, i)
    if by is not None or kind == "by":
        return by
    before = skip_back(clauses, i, sentence.first) - 1
    if before >= sentence.first and classes[before] == "be":
        return None  # "20 were reported killed" names nobody
    if before >= sentence.first and classes[before] == "and":
        source = earlier[-1].source if earlier else _main_subject(clauses, sentence, i)
        return Cue(i, i + 1, source, "after") if source is not None and _fits(clauses, source, kind) else None
    if kind in ("says", "source", "that") and tokens[i].lower not in _TOLD:
        inverted = _inverted(clauses, sentence, i, before)
        if inverted is not None:
            return inverted
    subject = subject_before(clauses, i, sentence.first)
    if subject is None or classes[subject[0]] == "first" or not _fits(clauses, subject, kind):
        return None
    if kind == "puts" and not (is_document(clauses, subject) or _puts(clauses, sentence, i)):
        return None
    side, last = _side(clauses, sentence, subject, i)
    return Cue(i, max(last, _told_end(clauses, sentence, i)), subject, side)


def _gerund(clauses: Clauses, sentence: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    """', adding that 20', 'in a lawsuit alleging that 20', 'with a survey finding that 20'."""
    classes, tokens = clauses.classes, clauses.tokens
    if i == sentence.first or (i - sentence.first == 1 and classes[i - 1] in (QUOTE, COMMA)):
        return Cue(i, i + 1, None, "after") if tokens[i].text[0].isupper() else None
    for j in range(i - 2, max(sentence.first, i - 12), -1):
        if classes[j] in (COMMA, QUOTE, BREAK, "verb", "be"):
            break
        if tokens[j].lower == "with":
            subject = phrase_after(clauses, j + 1, i)
            if subject is not None and is_source_like(clauses, subject):
                return Cue(i, i + 1, subject, "after")
    before = i - 1
    while before > sentence.first and classes[before] == "adverb":
        before -= 1
    introduced = i + 1 < sentence.last and (tokens[i + 1].lower in ("that", ":") or classes[before] == NOUN)
    spoken = tokens[before].lower in word_table("reporting_verbs")
    if spoken or classes[before] in (COMMA, QUOTE, "and") or (introduced and classes[before] != "be"):
        return Cue(i, i + 1, earlier[-1].source if earlier else _main_subject(clauses, sentence, i), "after")
    return None


def _before_statement(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether "that", a mark or a quotation follows, so that a doubtful verb is one of speech."""
    if i + 1 >= sentence.last:
        return True
    return clauses.tokens[i + 1].lower in ("that", "how", "whether", "if") or clauses.tokens[i + 1].kind == MARK


def _told_end(clauses: Clauses, sentence: Sentence, verb: int) -> int:
    """The token behind the cue; whom somebody told belongs to it: "told a crowd of 1,300"."""
    classes, tokens = clauses.classes, clauses.tokens
    i = verb + 1
    if tokens[verb].lower not in _TOLD:
        return i
    while i < sentence.last and i - verb < 8 and (
        classes[i] in (NAME, NOUN, OTHER, "det", "of", JOIN, "pronoun") or (classes[i] == FIGURE and classes[i - 1] == "of")
    ):
        i += 1
    return i


def _fits(clauses: Clauses, subject: Span, kind: str) -> bool:
    if any(clauses.tokens[i].lower in word_list("respondents") for i in range(*subject)):
        return False
    if kind == "says":
        return True
    if kind == "document":
        return is_document(clauses, subject)
    return is_source_like(clauses, subject)


def _side(clauses: Clauses, sentence: Sentence, subject: Span, verb: int) -> tuple[Side, int]:
    """A cue with content before it and nothing but time, place and medium behind it is a trailing one.

    With the side, the token behind cue and medium: no figure of "told a crowd of 1,300" is the speaker's.
    """
    classes, tokens = clauses.classes, clauses.tokens
    if subject[0] - sentence.first < 2:
        return "after", verb + 1
    end = _adjuncts_end(clauses, sentence, verb + 1)
    before = tokens[subject[0] - 1]
    ends = end >= sentence.last - 2 or _goes_on(clauses, end)
    if not (before.kind == MARK or before.lower == "as" or ends):
        return "after", verb + 1
    if end >= sentence.last or tokens[end].text in ".!?…":
        return "before", end
    if tokens[end].kind != MARK and not _goes_on(clauses, end):
        return "after", verb + 1
    if tokens[end].text == ":":
        return "after", verb + 1
    quoted_before = classes[subject[0] - 1] == QUOTE
    if not quoted_before and end + 1 < sentence.last and classes[end + 1] == QUOTE:
        return "after", verb + 1  # 'In Kabul, the minister said, "We …"'
    if end + 1 < sentence.last and tokens[end + 1].lower in ("when", "while", "where", "who", "which", "whose"):
        return "before", end
    return "both", end


def _adjuncts_end(clauses: Clauses, sentence: Sentence, i: int) -> int:
    """The token behind what may follow a trailing verb: "told Reuters by telephone on Friday"; `i` itself where none."""
    classes, tokens = clauses.classes, clauses.tokens
    told = tokens[i - 1].lower in _TOLD
    start = i
    while i < sentence.last and i - start < 20 and classes[i] not in (COMMA, QUOTE, BREAK):
        if _goes_on(clauses, i):
            break
        if classes[i] in ("verb", "be", "aux", "relative"):
            return start
        if i == start and not told and not _is_adjunct(clauses, i):
            return start
        i += 1
    if i < sentence.last and tokens[i].lower in word_table("clause_words"):
        return start  # "said on Friday that"
    return i


def _goes_on(clauses: Clauses, i: int) -> bool:
    """Whether "adding that" or "citing officials" begins at a token."""
    return word_table("reporting_verbs").get(clauses.tokens[i].lower) in ("gerund", "quotes")


def _is_adjunct(clauses: Clauses, i: int) -> bool:
    """Whether "on", "to reporters", "Friday" or "two days after" begins at a token."""
    token = clauses.tokens[i]
    if clauses.classes[i] in ("in", "adverb", "of") or token.lower in ("to", "when") or is_time(clauses, i):
        return True
    return i + 1 < len(clauses.tokens) and clauses.tokens[i + 1].lower in ("days", "hours", "weeks", "months", "years", "minutes")


def _inverted(clauses: Clauses, sentence: Sentence, verb: int, before: int) -> Cue | None:
    """', said Rami Abdel Rahman, head of …': the source stands behind the verb and the clause ends after it."""
    classes, tokens = clauses.classes, clauses.tokens
    source = phrase_after(clauses, verb + 1, sentence.last)
    if source is None or not (is_source_like(clauses, source) or classes[source[0]] == "det"):
        return None
    end = source[1]
    if tokens[before].kind != MARK and not (
        end >= sentence.last - 1 and before - sentence.first > 3 and classes[source[0]] == NAME == classes[source[1] - 1]
    ):
        return None
    if end < sentence.last and not (
        tokens[end].kind == MARK or classes[end] in ("in", "adverb", "relative") or is_time(clauses, end)
    ):
        return None
    if classes[before] == COMMA and before - sentence.first > 1:
        apposed = subject_before(clauses, verb, sentence.first)
        if apposed is not None and end < sentence.last and classes[end] not in (COMMA, BREAK, "relative"):
            return None
    return Cue(verb, verb + 1, source, _rest(clauses, sentence, end))


def _participle(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'reported by the ministry', with or without 'was'."""
    tokens = clauses.tokens
    for j in range(i + 1, min(i + 4, sentence.last)):
        if tokens[j].text == "by" and tokens[i].lower.endswith(("ed", "en", "id", "told", "put", "given")):
            source = phrase_after(clauses, j + 1, sentence.last)
            if source is not None and is_source_like(clauses, source):
                return Cue(i, j + 1, source, "both")
        if clauses.classes[j] not in ("adverb", "time", "in"):
            break
    return None


def _quoting(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'TASS quotes the ministry as saying', ', citing officials', 'X was quoted by Y as saying'."""
    classes, tokens = clauses.classes, clauses.tokens
    before = i - 1
    while before > sentence.first and classes[before] == "adverb":
        before -= 1
    if before > sentence.first and classes[before] == "be":
        subject = subject_before(clauses, before, sentence.first)
        if subject is None:
            return None
        medium = None
        if i + 1 < sentence.last and tokens[i + 1].lower == "by":
            medium = phrase_after(clauses, i + 2, sentence.last)
        last = medium[1] if medium else i + 1
        return Cue(i, last, subject, _side(clauses, sentence, subject, last - 1)[0], medium)
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or not is_source_like(clauses, source):
        return None
    gerund = tokens[i].lower.endswith("ing")
    via = _main_subject(clauses, sentence, i) if gerund else subject_before(clauses, i, sentence.first)
    trailing = gerund and i > sentence.first and source[1] < sentence.last and tokens[source[1]].lower != "as"
    return Cue(i, i + 1, source, "both" if trailing else "after", via)


def _puts(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    ahead = [t.lower for t in clauses.tokens[i + 1 : min(i + 12, sentence.last)]]
    return "at" in ahead and any(w in ("toll", "number", "figure", "count", "total", "estimate", "cost", "it", "tolls", "losses", "dead", "odds") for w in ahead)


def _according(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    tokens = clauses.tokens
    if i + 2 >= sentence.last or tokens[i + 1].lower != "to":
        return None
    source = phrase_after(clauses, i + 2, sentence.last)
    if source is None:
        return None
    opening = i - sentence.first < 2 or clauses.classes[i - 1] in ("and", BREAK, "break")
    if opening:
        return Cue(i, i + 2, source, "after")
    return Cue(i, i + 2, source, _rest(clauses, sentence, source[1]))


def _rest(clauses: Clauses, sentence: Sentence, end: int) -> Side:
    """Whether the statement goes on behind a trailing source, or only its description does: ', 59, of', ', head of'."""
    if sentence.last - end <= 2:
        return "before"
    if clauses.classes[end] == COMMA:
        after = clauses.tokens[end + 1]
        if clauses.classes[end + 1] in ("relative", FIGURE) or after.lower in ("a", "an", "the"):
            return "before"
        if after.lower in word_list("role_words") and after.text[0].islower():
            return "before"
    return "before" if clauses.classes[end] in ("relative", "in") and clauses.tokens[end].lower == "who" else "both"


def _colon(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'Ministry: 20 killed' and '20 killed: officials'."""
    tokens = clauses.tokens
    if 0 < i - sentence.first <= 7:
        source = phrase_after(clauses, sentence.first, i)
        if source is not None and source[1] == i and any(clauses.classes[j] == NOUN or _is_office(clauses, j) for j in range(*source)):
            return Cue(i, i + 1, source, "after")
    if i + 1 < sentence.last and clauses.classes[i + 1] == QUOTE and (clauses.classes[i - 1] in (NAME, NOUN) or tokens[i - 1].text == ")"):
        source = subject_before(clauses, i, sentence.first)
        return Cue(i, i + 1, source, "after") if source is not None else None
    return _trailing_mark(clauses, sentence, i)


def _trailing_mark(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    if sentence.last - i > 6 or i - sentence.first < 3:
        return None
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or sentence.last - source[1] > 0:
        return None
    if any(clauses.classes[j] == NOUN or _is_office(clauses, j) for j in range(*source)):
        return Cue(i, i + 1, source, "before")
    return None


def _nominal(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'in the words of X', 'in a poll by X', 'by the ministry's count', and the dash before a headline's source."""
    tokens, classes = clauses.tokens, clauses.classes
    if tokens[i].text in "-–—":
        return _trailing_mark(clauses, sentence, i) if classes[i] == BREAK else None
    words = [t.lower for t in tokens[i + 1 : min(i + 4, sentence.last)]]
    if tokens[i].lower == "in" and words[:3] == ["the", "words", "of"]:
        source = phrase_after(clauses, i + 4, sentence.last)
        return Cue(i, i + 4, source, "both") if source else None
    if tokens[i].lower == "by":
        source = phrase_after(clauses, i + 1, sentence.last)
        if source is not None and tokens[source[1] - 1].lower in ("count", "tally", "estimate", "estimates", "reckoning"):
            return Cue(i, i + 1, source, "both")
        return None
    if any(word in word_list("polls") for word in words + [t.lower for t in tokens[i + 4 : i + 10]]):
        source = phrase_after(clauses, i + 1, sentence.last)
        if source is not None and any(tokens[j].lower in word_list("polls") for j in range(*source)):
            opening = i - sentence.first < 2 or classes[i - 1] in (COMMA, "break", "and")
            return Cue(i, i + 1, source, "both" if opening else "before")
    return None


def _main_subject(clauses: Clauses, sentence: Sentence, before: int) -> Span | None:
    """The subject of the sentence's main clause: its first noun phrase that no preposition opens."""
    classes = clauses.classes
    i = sentence.first
    if classes[i] == "in":
        while i < before and classes[i] != COMMA:
            i += 1
        i += 1
    while i < before and classes[i] in ("and", "adverb", "break", QUOTE):
        i += 1
    if i >= before:
        return None
    phrase = phrase_after(clauses, i, before)
    return phrase if phrase is not None and is_source_like(clauses, phrase) else None


def _untangled(cues: list[Cue]) -> list[Cue]:
    """Drops a cue that is only a part of another's source ("police reports say") and joins 'X, citing Y, said'."""
    kept: list[Cue] = []
    for i, cue in enumerate(cues):
        if any(
            other.source and other.source[0] <= cue.first < other.source[1]
            for other in cues[max(0, i - 2) : i + 3]
            if other is not cue
        ):
            continue
        if kept and cue.source and kept[-1].passed_on_by and cue.source[0] < kept[-1].first and cue.first >= kept[-1].end:
            kept[-1] = Cue(kept[-1].first, cue.last, kept[-1].source, "after", cue.source)
            continue
        kept.append(cue)
    return kept


def _is_office(clauses: Clauses, i: int) -> bool:
    return clauses.tokens[i].lower in word_list("source_nouns")
