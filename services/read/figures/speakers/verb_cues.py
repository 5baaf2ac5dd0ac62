"""Cues made of finite verbs: "the ministry said", ", said Rahman", "reported by the ministry"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cue_side import TOLD, is_quoted, rest_of, side_of
from services.read.figures.speakers.deeds import is_deed
from services.read.figures.speakers.main_subject import main_subject
from services.read.figures.speakers.object_relatives import fronted, narrowed
from services.read.figures.speakers.requests import asks_for, is_revising, revises_toll, voices
from services.read.figures.speakers.sources import (
    Span,
    is_document,
    is_participle,
    is_source_like,
    is_time,
    phrase_after,
)
from services.read.figures.speakers.statements import (
    accuses_of,
    before_count,
    before_statement,
    behind_quote,
    beside_quote,
    fits,
    gives,
    is_clause,
    is_noun,
    is_stated,
    puts_at,
)
from services.read.figures.speakers.subject import skip_back, subject_before
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

_POLLED_WITHIN = 12
"""Tokens from a poll to its verb: "A poll of likely voters out on Friday has her …" needs 8."""


def verb_cue(clauses: Clauses, sentence: Sentence, i: int, kind: str, earlier: list[Cue]) -> Cue | None:
    """The cue of a reporting verb at token `i`; `kind` is its class in `reporting_verbs`."""
    if kind == "poll" and gives(clauses, sentence, i):
        kind = "puts"
    if not _is_likely(clauses, sentence, i, kind):
        return None
    kind = "that" if kind == "manner" else kind
    said = i + 2 < sentence.last and clauses.tokens[i + 1].lower in ("that", "so")
    idle = said and clauses.tokens[i + 2].text in ",." and not _is_parted(clauses, sentence, i + 3)
    example = clauses.tokens[i].lower == "say" and clauses.classes[i - 1 : i + 2 : 2] == [COMMA, COMMA]
    if idle or example:
        return None  # "people say that, because", ", say, five years"
    if (
        kind == "document"
        and i + 1 < sentence.last
        and (clauses.tokens[i + 1].lower == "that" or is_clause(clauses, sentence, i + 1))
    ):
        kind = "source"  # "investigators found that", not "investigators found 12 bodies"
    told = kind not in ("asks", "voices") and not is_revising(clauses, i)  # "12 were urged by", "money raised by"
    by = _participle(clauses, sentence, i) if told else None
    numbered = kind not in ("counts", "sees") or before_count(clauses, sentence, i)
    if clauses.tokens[i].lower.startswith("sp") and kind == "counts":
        numbered = numbered and clauses.tokens[i + 1].lower == "of"  # "spoke of 90", not "spoke for 20 minutes"
        kind = "source"  # "Moscow spoke of 90", which counts nobody itself
    if by is not None or kind == "by" or not numbered or _is_done_by(clauses, sentence, i):
        return by or (_issues(clauses, sentence, i) if kind == "by" else None)
    if clauses.tokens[i].lower in ("counted", "documented", "verified"):
        kind = "source"  # a doctor counts the wounded, no player his goals
    before = skip_back(clauses, i, sentence.first) - 1
    link = clauses.classes[before] if before >= sentence.first else ""
    passive = link == "be" or (link == "and" and kind == "poll")  # "20 were reported killed" names nobody
    deed = kind == "puts" and is_revising(clauses, i)  # "spent more and reduced handouts"
    deed = deed and not (revises_toll(clauses, sentence, i) or voices(clauses, sentence, i))
    if deed or passive or is_noun(clauses, sentence, i) or is_deed(clauses, sentence, i):
        return None
    if link == "and":
        source = earlier[-1].source if earlier else main_subject(clauses, sentence, i)
        return Cue(i, i + 1, source, "after") if source is not None and fits(clauses, source, kind) else None
    headline = kind == "source" and clauses.tokens[i].text.istitle()  # "Fund Claims Loss of 12 Trucks"
    inverted = None
    if kind in ("says", "source", "that") and not headline:
        inverted = _inverted(clauses, sentence, i, before)
    return inverted or _after_subject(clauses, sentence, i, kind)


def opening_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'Added Moreno, speaking on the radio: "…"', a verb with a capital that opens its sentence."""
    source = phrase_after(clauses, i + 1, sentence.last)
    if source is None or clauses.classes[source[0]] != NAME or QUOTE not in clauses.classes[source[1] : sentence.last]:
        return None
    return Cue(i, i + 1, source, "after")


def _after_subject(clauses: Clauses, sentence: Sentence, i: int, kind: str) -> Cue | None:
    subject = subject_before(clauses, i, sentence.first)
    if subject is None or clauses.classes[subject[0]] == "first" or not fits(clauses, subject, kind):
        return None
    inner = subject[0] > sentence.first
    lone = inner and subject[1] - subject[0] == 1 and clauses.classes[subject[0]] == OTHER
    told = lone and clauses.classes[subject[0] - 1] == "be"  # "we were scared said Moreno"
    # "a good month, with 20,000 jobs added"
    told = told or (lone and clauses.tokens[i].lower == "added" and clauses.classes[subject[0] - 1] == FIGURE)
    unsaid = inner and clauses.tokens[subject[0] - 1].lower in ("if", "unless", "whether")
    if told or unsaid or (kind == "puts" and not _is_put(clauses, sentence, subject, i)):
        return None
    waiting = _those_who_expected(clauses, subject, i)
    if waiting is not None:
        return Cue(i, i + 1, waiting, "before")
    asked = asks_for(clauses, sentence, i) if kind == "asks" else None
    if asked is not None:
        return _request(clauses, subject, i, asked)
    opens = subject[0] == sentence.first or clauses.classes[subject[0] - 1] != COMMA
    if subject[1] == i - 1 and opens and clauses.classes[i - 1] == COMMA and clauses.tokens[i].lower.endswith("ed"):
        return None  # "The ban, announced late on Monday, sent …": nobody announces here
    side, last = side_of(clauses, sentence, subject, i)
    return fronted(clauses, sentence, narrowed(clauses, sentence, Cue(i, last, subject, side)))


def _request(clauses: Clauses, subject: Span, i: int, last: int) -> Cue | None:
    """The cue of who asks; no "army offensive threatened to displace 2,000" does."""
    return Cue(i, last, subject, "after") if clauses.classes[subject[1] - 1] in (NAME, NOUN, "pronoun") else None


def _those_who_expected(clauses: Clauses, subject: Span, i: int) -> Span | None:
    """The "analysts" of "more than the 140 buses analysts expected": a number and its noun stand before them."""
    tokens = clauses.tokens
    last = subject[1] - 1
    if not tokens[i].lower.startswith(("expect", "forecast", "predict", "project", "anticipat")) or last != i - 1:
        return None
    several = tokens[last].lower.endswith("s") and tokens[last].lower in word_list("source_nouns")
    first = last
    while first > max(0, last - _COUNTED) and clauses.classes[first - 1] in (NOUN, OTHER, NAME):
        first -= 1
    counted = first < last and clauses.classes[first - 1] == FIGURE
    return (last, last + 1) if several and counted else None


_COUNTED = 4
"""Tokens of what the number counts: "140 city bus trips | analysts expected"."""


def _is_put(clauses: Clauses, sentence: Sentence, subject: Span, i: int) -> bool:
    """Whether a subject puts something at a number: a document may, others only a toll, and who revises it."""
    if not is_revising(clauses, i):
        document = clauses.tokens[i].lower.startswith("put") and is_document(clauses, subject)
        return document or puts_at(clauses, sentence, i)
    return revises_toll(clauses, sentence, i) or voices(clauses, sentence, i)


def _inverted(clauses: Clauses, sentence: Sentence, verb: int, before: int) -> Cue | None:
    """', said Rami Abdel Rahman, head of …': the source stands behind the verb and the clause ends after it."""
    classes, tokens = clauses.classes, clauses.tokens
    opens = tokens[verb].lower not in TOLD and not (verb + 1 < sentence.last and is_time(clauses, verb + 1))
    source = phrase_after(clauses, verb + 1, sentence.last) if opens else None
    if source is None or not (is_source_like(clauses, source) or classes[source[0]] == "det"):
        return None
    end = source[1]
    # "The nurse, who left in May, said | she learned that"
    clause = classes[source[0]] == "pronoun" and end < sentence.last and is_participle(clauses, end, verb)
    if clause or classes[source[0]] == FIGURE:
        return None  # ", said 20 people fled"
    closed = end >= sentence.last or tokens[end].kind == MARK
    described = closed or classes[end] in ("in", "adverb", "relative") or is_participle(clauses, end, verb)
    behind = tokens[end + 1].lower if end + 1 < len(tokens) else ""
    described = described or (classes[end] == "det" and behind in word_list("role_words"))
    described = described or _adds(clauses, end)
    if not described and not is_time(clauses, end):
        return None
    one = [t.lower for t in tokens[source[0] : source[0] + 3]] in (["one", "of", "the"], ["one", "of", "them"])
    if tokens[before].kind != MARK and not one:  # no comma before it: only a person's name that ends the sentence
        person = classes[source[0]] == NAME == classes[end - 1] and end >= sentence.last - 1
        known = _is_body_behind_place(clauses, source, before) or _is_body_at_end(clauses, sentence, source, before)
        if not known and (not person or before - sentence.first <= 3):
            return None
    elif _has_subject(clauses, sentence, verb, before, closed=closed):
        return None
    if end < sentence.last and classes[end] == COMMA and _is_post_of(clauses, source, end + 1):
        source = end + 1, clauses.names[end + 1]  # ", said the fund's representative in Osmia, Ada Moreno"
        end = source[1]
    said = is_quoted(clauses, sentence, verb)
    return Cue(verb, verb + 1, source, "before" if said else rest_of(clauses, sentence, end))


def _has_subject(clauses: Clauses, sentence: Sentence, verb: int, before: int, *, closed: bool) -> bool:
    """Whether the subject stands before a comma or a bracket: "Rahman, head of the group, | said the army in Homs"."""
    parted = (clauses.classes[before] == COMMA and not closed) or clauses.tokens[before].text == ")"
    return parted and subject_before(clauses, verb, sentence.first) is not None


def _is_body_behind_place(clauses: Clauses, source: Span, before: int) -> bool:
    """Whether a place stands before a verb and a known body behind it: "20 fell in Osmia | said the Northern Fund"."""
    body = source[0] in clauses.names or source[0] + 1 in clauses.names
    return body and before in clauses.place_ends and source[0] not in clauses.persons


def _is_body_at_end(clauses: Clauses, sentence: Sentence, source: Span, before: int) -> bool:
    """Whether "said the Observatory" closes a statement without its comma, and nothing before the verb can speak.

    "20 fell near an airport | said the Observatory which counts the dead.": its clause is all that may follow.
    """
    classes, tokens = clauses.classes, clauses.tokens
    first, last = source
    body = tokens[first].lower == "the" and tokens[last - 1].lower in word_list("source_nouns")
    paper = tokens[first].lower == "the" and tokens[last - 1].lower in word_list("document_nouns")
    if not (body or paper) or before - sentence.first < _STATEMENT:
        return False
    adds = last < sentence.last and _adds(clauses, last)
    if last < sentence.last - 1 and classes[last] != "relative" and not adds:
        return False
    if not adds and any(kind in ("be", COMMA) for kind in classes[last : sentence.last]):
        return False  # "Moreno said the ministry which feeds the town is poor"
    stated = any(kind in ("verb", "be", "aux") for kind in classes[sentence.first : before])
    if classes[before] == NAME:
        placed = "in" in classes[before - 3 : before] and before not in clauses.persons
        return stated and placed and before not in clauses.inside
    return stated and classes[before] == OTHER and not is_source_like(clauses, (before, before + 1))


def _is_parted(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a remark stands at a token between "that" and its clause: "said that, at their request, it has 22"."""
    if i >= sentence.last or not (clauses.classes[i] == "in" or clauses.tokens[i].lower in _REMARKS):
        return False
    return any(kind == COMMA for kind in clauses.classes[i : min(i + _REMARK, sentence.last)])


_REMARKS = frozenset(
    "if when while despite relative given based compared although though due because since after under as even".split()
)
_REMARK = 22
"""Tokens of a remark between commas: "on average in 2013 and 2014 (the most recent data available)" has 12."""


def _is_post_of(clauses: Clauses, source: Span, name: int) -> bool:
    """Whether a source is an office without its holder, who is named at a token behind it."""
    words = {clauses.tokens[i].lower for i in range(*source)}
    held = any(i in clauses.persons for i in range(*source))
    return name in clauses.persons and not held and not words.isdisjoint(word_list("role_words"))


def _adds(clauses: Clauses, i: int) -> bool:
    """Whether a source goes on at a token: "said the source | adding that"."""
    return word_table("reporting_verbs").get(clauses.tokens[i].lower) == "gerund"


_STATEMENT = 6
"""Tokens before a verb that are a statement for sure, comma or none (half and double: 0 / 1)."""


def _participle(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """'reported by the ministry', with or without 'was'; 'was put at 12,000 by police'."""
    tokens = clauses.tokens
    if not tokens[i].lower.endswith(("ed", "en", "id", "told", "put")):
        return None
    put_at = tokens[i].lower in ("put", "estimated") and i + 1 < sentence.last and tokens[i + 1].lower == "at"
    for j in range(i + 1, min(i + (_PUT_AT if put_at else 4), sentence.last)):
        if tokens[j].text == "by":
            source = phrase_after(clauses, j + 1, sentence.last)
            if source is None or not is_source_like(clauses, source) or not is_stated(clauses, sentence, i):
                return None
            return Cue(j, j + 1, source, "before") if put_at else Cue(i, j + 1, source, "both")
        if clauses.classes[j] not in ("adverb", "in") and not (
            put_at and (clauses.classes[j] not in _ENDS_PUT or tokens[j].lower == "than")
        ):
            break
    return None


_ENDS_PUT = frozenset({COMMA, BREAK, "verb", "be", "aux", "and", "relative"})
_PUT_AT = 8
"""Tokens from "put" to "by" in "was put at more than 12,000 by"."""


def _issues(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue of who hands out words that follow: 'Moreno | issued a statement: | "We lost 20 …"'."""
    papers = word_list("document_nouns")
    for j in range(i + 1, min(i + _ISSUED, sentence.last - 2)):
        if clauses.tokens[j].text in ",:":
            quoted = clauses.classes[j + 1] == QUOTE and any(t.lower in papers for t in clauses.tokens[i + 1 : j])
            subject = subject_before(clauses, i, sentence.first) if quoted else None
            spoken = subject is not None and is_source_like(clauses, subject)
            return Cue(i, j + 1, subject, "after") if spoken else None
    return None


_ISSUED = 10
"""Tokens from a verb to the mark behind what is issued: "issued a statement on the flood in Osmia on Monday:"."""


def _is_done_by(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a verb is a participle whose doer stands behind it: "a truce | declared by | the army", "said by phone"
    has none."""
    tokens = clauses.tokens
    done = i + 2 < sentence.last and tokens[i].lower.endswith(("ed", "en")) and tokens[i + 1].lower == "by"
    return done and tokens[i + 2].lower not in _BY_PHONE and not tokens[i + 2].lower.endswith("ing")


_BY_PHONE = frozenset("phone telephone mobile email e-mail text radio fax telex letter video satellite mail".split())
"""How something is said, not by whom; so does "by saying"."""


def _is_feared(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether somebody fears a number: "the mayor fears up to 300 dead", not "raised fears for 300"."""
    if i + 1 >= sentence.last:
        return False
    word, before, behind = clauses.tokens[i].lower, clauses.tokens[i - 1].lower, clauses.tokens[i + 1].lower
    if word not in ("fear", "fears") or before.endswith(("ed", "ing")) or behind in ("for", "of", "over", "about"):
        return False
    return before_count(clauses, sentence, i)


_BESIDES = {"accuses": accuses_of, "voices": voices, "manner": beside_quote}
"""Classes of verbs, and what must stand beside them."""


def _is_likely(clauses: Clauses, sentence: Sentence, i: int, kind: str) -> bool:
    """Whether a verb that mostly tells of deeds is worth a look: "has" behind a poll, "agreed" before "that"."""
    if kind in _BESIDES:
        return _BESIDES[kind](clauses, sentence, i)
    asked = kind == "asks" and asks_for(clauses, sentence, i) is not None
    if kind == "asks" and clauses.tokens[i].lower.startswith("call"):
        return asked  # what is "called X" is a name
    if kind in ("that", "asks"):
        voiced = asked or _is_feared(clauses, sentence, i)
        return voiced or before_statement(clauses, sentence, i) or behind_quote(clauses, sentence, i)
    if kind != "poll":
        return True
    if any(token.lower in ("margin", "credibility", "sample") for token in clauses.tokens[i + 1 : i + 4]):
        return False  # "The poll has a margin of error of 3 points": nobody was asked that
    before = clauses.tokens[max(sentence.first, i - _POLLED_WITHIN) : i]
    return any(token.lower in word_list("polls") for token in before)
