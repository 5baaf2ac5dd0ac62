"""The noun phrase behind a cue, "officials in the city" of "according to …", and which phrases can speak."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.wordlists import word_list, word_table

Span = tuple[int, int]
"""Token indexes [first, last)."""

LONGEST = 30
"""Tokens; the longest name of an office with its holder seen before a reporting verb has 24."""

_SHOWS = frozenset({"show", "shows", "showed", "indicate", "indicates", "indicated", "found", "put", "puts"})
"""Verbs of documents that are no nouns: "figures compiled by the ministry | show"."""

_PAPERS = frozenset({"statement", "bulletin", "report", "communique", "announcement", "statements", "reports"})
"""Documents that no noun follows in a phrase: no "survey results", no "poll numbers"."""

_OCCASIONS = frozenset("interview statement briefing speech address email tweet letter telegram meeting".split())
"""On what occasion somebody spoke: "said Ada Moreno | in an interview"."""

INSIDE = frozenset({NAME, NOUN, OTHER, FIGURE, JOIN, "det", "of", "in", "and", "pronoun"})
"""Classes of tokens a noun phrase is made of."""


def phrase_after(clauses: Clauses, start: int, ceiling: int) -> Span | None:
    """The noun phrase that begins at token `start`: stops at a mark, a verb, or a phrase of time."""
    classes = clauses.classes
    ceiling = min(ceiling, start + LONGEST)
    if start < ceiling and classes[start] == "pronoun":
        return start, start + 1
    i = start
    while i < ceiling:
        given = classes[i] == "verb" and i > start and i + 1 < ceiling and clauses.tokens[i + 1].lower == "by"
        hyphened = classes[i] == "adverb" and i + 1 < ceiling and classes[i + 1] == JOIN  # "a just-released poll"
        newly = i > start and classes[i - 1] == "det" and classes[i] == "adverb" and i + 2 < ceiling
        if newly and clauses.tokens[i].lower.endswith("ly") and is_participle(clauses, i + 1, start):
            i += 2  # "a newly released report"
            continue
        if not given and not hyphened and (classes[i] not in INSIDE or _ends_phrase(clauses, i, start, ceiling)):
            break
        i += 1
    while i > start and classes[i - 1] in ("in", "of", "and", JOIN, "det"):
        i -= 1
    return (start, i) if i > start and may_speak(clauses, start, i) else None


def _ends_phrase(clauses: Clauses, i: int, start: int, ceiling: int) -> bool:
    """Whether token `i` belongs to what follows the phrase begun at `start`."""
    classes, tokens = clauses.classes, clauses.tokens
    kind = classes[i]
    following = classes[i + 1] if i + 1 < ceiling else BREAK
    if kind == "in":
        dated = i + 1 < ceiling and (is_time(clauses, i + 1) or tokens[i + 1].lower in ("least", "most"))
        dated = dated or (i + 2 < ceiling and tokens[i + 2].lower in _OCCASIONS and following == "det")
        dated = dated or (tokens[i].lower in _HEDGES and _is_counted(clauses, i + 1, ceiling))
        parted = tokens[i].lower == "with" and i > start and classes[i - 1] == NAME  # "the Fund with two others absent"
        return i == start or not opens_phrase(following) or dated or parted
    if kind == "and":
        return tokens[i].text != "&" and not opens_phrase(following)
    ended = i > start and (_is_person_end(clauses, i, start) or _is_document_end(clauses, i))
    ended = ended or (kind == "of" and i + 2 < ceiling and _is_deed(clauses, i))
    ended = ended or (i > start and kind == OTHER and _goes_on(clauses, i))
    # "according to the Northern Fund | more than 20 people"
    ended = ended or (i > start and kind == OTHER and i + 1 < ceiling and tokens[i + 1].lower == "than")
    if ended or i == start or kind == "det":  # "according to a source in Veronia | the army lost"
        return ended or (i > start and classes[i - 1] in (NAME, NOUN, OTHER))
    if kind == OTHER and is_participle(clauses, i, start):
        return i + 1 >= ceiling or tokens[i + 1].lower != "by"  # "figures compiled by the ministry" is one source
    counted = kind == FIGURE and classes[i - 1] not in (NAME, JOIN, "det", "of")
    # "according to Reuters | eight people"
    counted = counted or (tokens[i].lower in word_table("numbers") and classes[i - 1] in (NAME, NOUN, OTHER))
    if counted:
        return following != JOIN
    dated = is_time(clauses, i) and classes[i - 1] not in ("of", "det", JOIN)  # "an early-May poll"
    return only_speaks(clauses, i) or kind == "pronoun" or dated


_HEDGES = frozenset({"over", "about", "around", "under", "near", "between"})
"""Prepositions that are hedges before a number: "according to Reuters | over a dozen raids"."""


def _is_counted(clauses: Clauses, i: int, ceiling: int) -> bool:
    """Whether "40", "forty" or "a dozen" begins at a token."""
    i += i + 1 < ceiling and clauses.tokens[i].lower == "a"
    if i >= ceiling:
        return False
    word = clauses.tokens[i].lower
    return clauses.classes[i] == FIGURE or word in word_table("numbers") or word in word_table("scales")


def _is_deed(clauses: Clauses, i: int) -> bool:
    """Whether the deed of an accusation begins at "of": "accused by the government | of attempting a coup"."""
    word = clauses.tokens[i + 1].text
    return word.islower() and word.endswith("ing") and clauses.classes[i + 1 : i + 3] == [OTHER, "det"]


def _goes_on(clauses: Clauses, i: int) -> bool:
    """Whether what a source says or whom it quotes begins at a token: "the agency | citing", "the source | adding"."""
    word = clauses.tokens[i].lower
    hyphened = clauses.classes[i - 1] == JOIN
    return word.endswith("ing") and not hyphened and word_table("reporting_verbs").get(word) in ("gerund", "quotes")


def _is_person_end(clauses: Clauses, i: int, start: int) -> bool:
    """Whether a person's name ends before token `i` and no office follows: "according to Moreno | residents fled"."""
    kind, word = clauses.classes[i], clauses.tokens[i].lower
    if kind not in (NAME, OTHER, NOUN, "det") or not any(
        clauses.names.get(j) == i for j in range(max(start, i - 4), i) if j in clauses.persons
    ):
        return False
    body = kind == NOUN and not word.endswith("s")  # "the Moreno administration"
    return not body and word not in word_list("role_words")


def _is_document_end(clauses: Clauses, i: int) -> bool:
    """Whether a phrase ends in the document before token `i`: "according to the bulletin | gunmen in Osmia lost"."""
    token, before = clauses.tokens[i], clauses.tokens[i - 1]
    if before.lower not in _PAPERS or before.text[0].isupper():
        return False
    return clauses.classes[i] in (NAME, OTHER) and not is_participle(clauses, i, i) and not token.lower.endswith("ing")


def is_source_like(clauses: Clauses, span: Span) -> bool:
    """Whether a phrase holds a name, a pronoun or a noun of those who speak."""
    return any(clauses.classes[i] in (NAME, NOUN, "pronoun") for i in range(*span))


def is_document(clauses: Clauses, span: Span) -> bool:
    """Whether a phrase is a poll, a report, a count; its head stands before the first 'of', 'in' or 'by'."""
    nouns = word_list("document_nouns")
    for i in range(*span):
        if clauses.classes[i] in ("of", "in", COMMA) and i > span[0]:
            if clauses.tokens[i - 1].lower in nouns or clauses.classes[i - 1] != NAME:
                return clauses.tokens[i - 1].lower in nouns
            continue  # "a University of Osmia poll"
        ends = i + 1 == span[1] or clauses.classes[i + 1] in ("of", "in", OTHER, COMMA)
        if ends and clauses.tokens[i].lower in nouns:
            return True
    return False


def is_participle(clauses: Clauses, i: int, floor: int) -> bool:
    """A small word in -ed after a noun is taken for a verb; after an article, a hyphen or an owner it describes one:
    "Veronia's armed forces said"."""
    token = clauses.tokens[i]
    if not token.lower.endswith("ed") or not token.text[0].islower():
        return False
    if i and clauses.tokens[i - 1].lower.endswith(("'s", "’s", "s'", "s’")):
        return False
    return i == floor or clauses.classes[i - 1] in (NAME, NOUN, OTHER, "pronoun", "adverb", FIGURE, COMMA)


def opens_phrase(kind: str) -> bool:
    """Whether a noun phrase may begin with a token of this class."""
    return kind in ("det", NAME, NOUN, "pronoun", OTHER, FIGURE)


def only_speaks(clauses: Clauses, i: int) -> bool:
    """Whether a token is a verb that only speech or a document has: "said", "shows"."""
    word = clauses.tokens[i].lower
    return clauses.classes[i] == OTHER and (word in _SHOWS or word_table("reporting_verbs").get(word) == "says")


def may_speak(clauses: Clauses, first: int, last: int) -> bool:
    """A phrase of time, or of small words and numbers only, is nobody."""
    return any(
        clauses.classes[i] in (NAME, NOUN, OTHER, "pronoun") and not is_time(clauses, i) for i in range(first, last)
    )


def is_time(clauses: Clauses, i: int) -> bool:
    """Whether a token says when: a weekday, a month, "last", "night"."""
    tokens = clauses.tokens
    if tokens[i].lower not in word_list("time_words") or i in clauses.inside:
        return False
    speaks = i + 1 < len(tokens) and tokens[i + 1].lower in ("said", "says", "told", "added")
    if tokens[i].text == "May" and speaks:  # the one month that speaks in the news
        return i > 0 and clauses.classes[i - 1] in ("in", "of", OTHER, FIGURE, "det")
    return True
