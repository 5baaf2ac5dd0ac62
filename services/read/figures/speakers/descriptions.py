"""Who is meant by a description: "the London-based group", "his figures", "Moreno's plan", "the report"."""

from __future__ import annotations

from functools import cache

from schemas.entity import Mention
from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.sources import Span, is_document, phrase_after
from services.read.figures.speakers.subject import subject_before
from services.read.text import MARK
from services.read.wordlists import word_list, word_table

_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}

_BACK = 4
"""Sentences back to where "the report" was first named; a longer way passes other reports."""

_SENTENCE, _CLAUSE = 120, 8
"""Tokens looked at in a sentence, and from "published" to "a report"; no real sentence has more."""

GENERIC = frozenset(
    "group monitor observatory watchdog organization organisation charity network ngo newspaper paper daily "
    "broadcaster channel outlet".split()
)
"""Nouns that adjectives only describe: "the London-based monitoring group" is a group with another name."""

_WATCH = frozenset({"observatory", "monitor", "monitoring", "watch", "watchdog", "network", "rights", "group"})
"""Words in the names of those who monitor."""

_ISSUED = frozenset(
    "submitted released published issued unveiled presented produced compiled wrote conducted commissioned carried "
    "prepared delivered posted launched".split()
)
"""What the maker of a document did to it."""


@cache
def spoken() -> frozenset[str]:
    """Nouns of what somebody says or writes."""
    return word_list("document_nouns") | word_list("spoken_nouns") | word_table("cue_nouns").keys()


def owner(clauses: Clauses, first: int, last: int) -> str | None:
    """The pronoun that owns a document: "he" for "his own figures for May"; "" for "our figures", whoever speaks."""
    word = clauses.tokens[first].lower
    if word not in _OWNERS and word not in ("our", "my"):
        return None
    for i in range(first + 1, last):
        if clauses.classes[i] not in (OTHER, NOUN):
            return None
        if clauses.tokens[i].lower in spoken():
            return _OWNERS.get(word, "")
    return None


def possessor(clauses: Clauses, first: int, last: int) -> int | None:
    """The token behind "Moreno's" of "Moreno's written statement"; None where nobody named owns what is said."""
    tokens = clauses.tokens
    for i in range(first, last - 1):
        if tokens[i].lower.endswith(("'s", "’s", "s'", "s’")):
            said = any(tokens[k].lower in spoken() for k in range(i + 1, last))
            small = all(tokens[k].text[0].islower() or tokens[k].text == "-" for k in range(i + 1, min(i + 3, last)))
            dated = tokens[i].lower[:-2] in word_list("time_words")  # "Sunday's report"
            named = clauses.classes[i] == NAME and not dated
            return i + 1 if said and small and named else None
    return None


def issuer(clauses: Clauses, first: int, last: int) -> Span | None:
    """Whose figures they are: the "SINAPRED" of "latest SINAPRED figures"; None for polls, known by their own names."""
    tokens, classes = clauses.tokens, clauses.classes
    end = last
    while end > first and tokens[end - 1].lower in word_list("document_nouns") and tokens[end - 1].text.islower():
        if tokens[end - 1].lower in OWN_NAMES:
            return None
        end -= 1
    start = end
    while (
        end < last
        and start > first
        and classes[start - 1] in (NAME, NOUN, "of")
        and tokens[start - 1].text[0].isupper()
    ):
        start -= 1
    if start == end or classes[end - 1] not in (NAME, NOUN):
        return None
    short = end - start == 1 and tokens[start].text.isupper() and len(tokens[start].text) > 1
    body = clauses.names.get(start) == end and start not in clauses.persons
    office = end - start > 1 and tokens[end - 1].lower in word_list("source_nouns")
    return (start, end) if short or body or office else None


OWN_NAMES = frozenset(
    "poll polls polling survey surveys study studies analysis research census model index average review story article "
    "footage images video transcript headline tweet".split()
)
"""Documents that readers know by their own name: "a CNN poll", "a Lancet study"."""


def kind_described(clauses: Clauses, first: int, last: int) -> str | None:
    """Of "the | London-based monitoring group" what a body is described as; None where the phrase is a name itself."""
    tokens, classes = clauses.tokens, clauses.classes
    noun = tokens[last - 1].lower
    if word_table("stand_ins").get(noun) != "body" or noun in word_list("document_nouns"):
        return None
    if last - first > 1 and noun not in GENERIC:
        return None  # one of many, each with its own name: "the health ministry", "the disaster agency"
    for i in range(first, last - 1):
        based = i + 2 < last and tokens[i + 1].text == "-" and tokens[i + 2].lower in ("based", "run")
        plain = classes[i] in (OTHER, NOUN, JOIN) and tokens[i].text[0].islower()
        if not (based or plain or classes[i] == JOIN or i in clauses.peoples):
            return None
    media = any(tokens[i].lower in word_list("media_nouns") for i in range(first, last))
    if media:
        return "medium"
    return "monitor" if noun in ("monitor", "watchdog", "observatory") else "body"


def fits_kind(name: str, kind: str) -> bool:
    """Whether a body's name is one of a "medium", of a "monitor", or of any other "body"."""
    words = name.lower().split()
    if kind == "monitor":
        return not _WATCH.isdisjoint(words)
    return word_list("media_nouns").isdisjoint(words) == (kind != "medium")


def tells_office(clauses: Clauses, mention: Mention, last: int) -> bool:
    """Whether what stands between a name and token `last` tells whose or what office its bearer holds."""
    i = clauses.document.token_at(mention.end)
    if i >= last:
        return False
    office = clauses.tokens[i].lower in word_list("role_words") and clauses.tokens[i].text[0].islower()
    return office or clauses.classes[i] in ("of", "in", "det")


def is_apposed(clauses: Clauses, mention: Mention) -> bool:
    """Whether a name stands right behind what it names: "spokesman X", "news agency Y", not "office of X"."""
    i = clauses.document.token_at(mention.start)
    return i > 0 and clauses.classes[i - 1] in (NAME, NOUN, OTHER, JOIN)


def maker(clauses: Clauses, i: int) -> Span | None:
    """Who made "the report" at token `i`: who submitted "a report" a few sentences before, or whom it is by."""
    document, tokens = clauses.document, clauses.tokens
    word = tokens[i].lower
    here = document.sentence_at(tokens[i].start).number
    for number in range(here - 1, max(-1, here - 1 - _BACK), -1):
        sentence = document.sentences[number]
        for j in range(max(sentence.first + 1, sentence.last - _SENTENCE), sentence.last):
            if tokens[j].lower != word or not _is_new(clauses, j, sentence.first):
                continue
            if j + 1 < sentence.last and tokens[j + 1].lower in ("by", "from"):
                return phrase_after(clauses, j + 2, sentence.last)
            for k in range(j - 1, max(sentence.first, j - _CLAUSE), -1):
                # "said on Monday in a statement that"
                if tokens[k].lower in _ISSUED or word_table("reporting_verbs").get(tokens[k].lower) == "says":
                    return subject_before(clauses, k, sentence.first)
    return None


def _is_new(clauses: Clauses, i: int, floor: int) -> bool:
    """Whether a noun is named for the first time: "a new report", "its report"."""
    for j in range(i - 1, max(floor - 1, i - 5), -1):
        if clauses.classes[j] == "det":
            return clauses.tokens[j].lower in ("a", "an", "its", "their", "his", "her", "another")
        if clauses.classes[j] not in (OTHER, NOUN, NAME, JOIN):
            return False
    return False


def is_single(clauses: Clauses, subject: Span) -> bool:
    """Whether a subject is a paper, or "the company" and the like, which "it" takes up in the next sentence."""
    first, last = subject
    stands = word_table("stand_ins").get(clauses.tokens[last - 1].lower) == "body"
    return is_document(clauses, subject) or (stands and clauses.classes[first] == "det")


_BODY = 5
"""Tokens of a body as a subject: "The Spanish coast guard"; a longer phrase has swallowed a verb."""


def is_one_body(clauses: Clauses, subject: Span) -> bool:
    """Whether a subject is one body by its noun: "the coast guard", no "the fire", no "doctors"."""
    first, last = subject
    head = clauses.tokens[last - 1].lower
    body = head in word_list("source_nouns") and not head.endswith("s") and head not in word_list("role_words")
    counted = any(
        c == FIGURE or t.lower in word_table("numbers")
        for c, t in zip(clauses.classes[first:last], clauses.tokens[first:last], strict=True)
    )
    several = head in word_list("irregular_plurals") or head == "people"
    return body and not (counted or several) and last - first <= _BODY


def ends_in_s(clauses: Clauses, first: int, last: int) -> bool:
    """Whether "'s" is part of a name that owns nothing, for its verb or a mark follows: "Moody's said"."""
    tokens, classes = clauses.tokens, clauses.classes
    if not tokens[last - 1].lower.endswith(("'s", "’s")) or any(classes[i] != NAME for i in range(first, last)):
        return False
    behind = tokens[last] if last < len(tokens) else None
    verb = word_table("reporting_verbs").get(behind.lower) if behind is not None else "says"
    spoken = verb == "says" or (verb is not None and behind is not None and behind.lower.endswith("ed"))
    return spoken or behind is None or behind.kind == MARK or classes[last] in ("aux", "adverb", "in")
