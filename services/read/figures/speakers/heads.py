"""Subjects that a clause or small words part from their verb: "A fund that helps us said", "Aid to the North said"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.sources import Span, is_participle, only_speaks
from services.read.wordlists import word_list, word_table

_CLAUSE = 22
"""Tokens from "who" to the verb behind its clause: "who spoke to the news agency on condition of anonymity" has 9."""

_DESCRIBED = 50
"""Tokens of a person with all that describes them; the longest seen has 31."""

_PERSON = 5
"""Tokens of a person's name; "Ada van der Moreno Lund" has 5."""

_LONGEST_NAME = 9
"""Tokens of a name with small words inside: "Aid to the Church in the North of Veronia" has 9."""

_PARTIES = frozenset({"D", "R", "I", "L", "DFL", "Ind"})
"""Letters of parties before a state: "D-Calif."."""

_RELATIVES = frozenset({"who", "which", "that"})

_PARTING = frozenset({"to", "without", "against", "the", "on", "in"})
"""Small words inside a name in capitals: "Doctors Without Borders", "Aid to the North"."""


def relative_of(clauses: Clauses, last: int, floor: int) -> int | None:
    """The "who" or "that" whose clause ends before token `last`, where its head is the subject of what follows.

    "The fund, that helps villages and people in the north | said": a relative clause has its own verb right behind its
    pronoun, so the next verb is the head's.
    """
    tokens, classes = clauses.tokens, clauses.classes
    lowest = max(floor, last - _CLAUSE)
    between = classes[lowest + 1 : last - 1]  # a look that costs next to nothing: most subjects have no clause
    if "relative" not in between and BREAK not in between:
        return None
    for i in range(last - 2, lowest, -1):
        if classes[i] in (COMMA, QUOTE) or tokens[i].text in ";:" or only_speaks(clauses, i):
            return None
        if tokens[i].lower == "whose":  # "the clerks whose posts were cut | say"
            stated = any(kind in ("verb", "be", "aux") for kind in classes[i + 2 : last])
            return i if stated and classes[i - 1] in (NAME, NOUN) else None
        if tokens[i].lower not in _RELATIVES:
            if classes[i] == BREAK:
                return None
            continue
        head = clauses.classes[i - 1] in (NAME, NOUN) or tokens[i - 1].lower in word_list("document_nouns")
        verb = i + 2 if classes[i + 1] == "adverb" else i + 1  # "which closely monitors"
        return i if head and _is_verb(clauses, verb) else None
    return None


def _is_verb(clauses: Clauses, i: int) -> bool:
    """Whether a finite verb stands at token `i`, behind a relative pronoun; "told" and "said" are cues themselves."""
    token = clauses.tokens[i]
    if clauses.classes[i] in ("verb", "be", "aux"):
        return True
    if clauses.classes[i] == NOUN and token.lower.endswith("s"):
        bare = clauses.classes[i + 1] == OTHER and clauses.tokens[i - 1].lower == "which"
        if clauses.classes[i + 1] in ("det", "adverb") or (bare and not only_speaks(clauses, i + 1)):
            return True  # "which monitors the war", "which monitors violence"
    if clauses.classes[i] != OTHER or not token.text[0].islower():
        return False
    if word_table("reporting_verbs").get(token.lower) in ("says", "source", "that"):
        return False
    return token.lower in word_list("finite_verbs") or token.lower.endswith(("ed", "s"))


def opening_name(clauses: Clauses, last: int, floor: int) -> Span | None:
    """The name with small words inside that is all that stands before token `last`: "Aid to the North | said"."""
    tokens, classes = clauses.tokens, clauses.classes
    first = floor + 1 if tokens[floor].text == "The" else floor
    if not 3 <= last - first <= _LONGEST_NAME or tokens[first].lower.endswith("ing"):
        return None
    if classes[last - 1] != NAME or classes[first] not in (NAME, NOUN, OTHER) or first in clauses.place_ends:
        return None
    parted = False
    for i in range(first + 1, last):
        small = tokens[i].lower in _PARTING
        parted = parted or tokens[i].lower in ("to", "without", "against")
        if not small and not tokens[i].text[0].isupper() and classes[i] not in (JOIN, "of"):
            return None
    return (first, last) if parted else None


def opening_person(clauses: Clauses, comma: int, floor: int) -> Span | None:
    """The person at the head of "Ada Moreno, the treasurer and member for East Osmia, Northern District, | said".

    Nothing but what describes somebody may stand between: no verb, no word that opens another clause, no quotation.
    """
    tokens, classes = clauses.tokens, clauses.classes
    first = floor
    for i in range(comma - 1, max(floor, comma - _DESCRIBED), -1):
        if classes[i] == QUOTE:  # '"It was dark," Ada Moreno, 67, a retired clerk, | said'
            first = i + 1
            break
    if comma - first > _DESCRIBED:
        return None
    while first < comma and classes[first] in ("and", "adverb", QUOTE, BREAK):
        first += 1
    end = next((i for i in range(first, comma) if classes[i] == COMMA), comma)
    if end == comma or not is_person(clauses, first, end):
        return None
    after = tokens[end + 1]
    office = after.lower in word_list("role_words") and after.text[0].islower()
    told = office or classes[end + 1] == FIGURE or is_party(clauses, end + 1)
    if not told and after.lower not in ("a", "an", "the", "who", "also", "his", "her"):
        return None
    relative = after.lower == "who"
    for i in range(end + 1, comma):
        if classes[i] in (QUOTE, "first") or tokens[i].text in ";:" or only_speaks(clauses, i):
            return None
        if not relative and (classes[i] in ("verb", "be", "aux", "pronoun") or is_participle(clauses, i, end)):
            return None
    return first, end


def is_party(clauses: Clauses, i: int) -> bool:
    """Whether a senator's party and state begin at a token: "Ada Moreno, | D-Calif., said"."""
    tokens = clauses.tokens
    return i + 2 < len(tokens) and tokens[i].text in _PARTIES and tokens[i + 1].text == "-"


def person_start(clauses: Clauses, first: int, last: int) -> int | None:
    """Where the person whose name ends before token `last` begins, office and all; None behind "of", "for", "and"."""
    start = max(first, last - _PERSON)
    while start < last and not (start in clauses.persons and clauses.names[start] == last):
        start += 1
    if start == last:
        return None
    roles = word_list("role_words")
    while start > first and (clauses.tokens[start - 1].lower in roles or clauses.classes[start - 1] == NOUN):
        start -= 1
    if start > first and clauses.classes[start - 1] == "det":
        return start - 1
    before = clauses.classes[start - 1] if start > first else ""
    return start if before in (OTHER, FIGURE) else None


def is_person(clauses: Clauses, first: int, end: int) -> bool:
    """Whether tokens [first, end) are offices and one name: "Mr Ada Moreno", "Police chief Ada Moreno"."""
    if end - first < 2 or clauses.classes[end - 1] != NAME or end - 1 in clauses.place_ends:
        return False
    named = any(i in clauses.persons and clauses.names.get(i) == end for i in range(first, end))
    return named and all(
        clauses.classes[i] in (NAME, NOUN, JOIN, "det", "of") or clauses.tokens[i].lower in word_list("role_words")
        for i in range(first, end)
    )
