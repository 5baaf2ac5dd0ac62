"""Who gives a number that is set against another's: "against 90 according to residents", "organisers 92,000"."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.figure import Quantity
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list

_AGAINST = frozenset({"against", "versus", "vs", "and", "but", "or"})
_SMALL = frozenset({"only", "just", "some"})
_COUNTS = frozenset("count figure figures toll tally estimate estimates forecast projection claim claims".split())
"""What somebody gives before "of" and its number: "the government's figure of 3,000"."""
_TOLLS = frozenset({"toll", "count", "tally"})
"""What a place has, too: "Veronia's death toll of 30" is told by others."""
_PHRASE = 6
"""Tokens of who gives a number, with article: "the Northern Relief Fund 's"."""


def is_set_against(clauses: Clauses, quantity: Quantity) -> bool:
    """Whether a number is the second of a contrast: "against | 90", "and only | 90"."""
    at = quantity.first - 1
    while at > 0 and clauses.tokens[at].lower in _SMALL:
        at -= 1
    return at > 0 and clauses.tokens[at].lower in _AGAINST


def follows(clauses: Clauses, quantity: Quantity, cue: Cue) -> bool:
    """Whether a trailing cue stands right behind a number: "90 | according to residents", "90 | claimed by"."""
    return cue.side != "after" and cue.start == quantity.last


def gapped(clauses: Clauses, quantity: Quantity, floor: int) -> Span | None:
    """Who gives a number without a verb: "police said 52 were killed; | residents, | 90", ", | residents | at 90"."""
    classes, tokens = clauses.classes, clauses.tokens
    last = quantity.first
    if tokens[last - 1].lower in ("at", ","):
        last -= 1
    if last - 1 <= floor or tokens[last - 1].lower not in word_list("source_nouns"):
        return None
    first = last
    while first > max(floor, last - _PHRASE) and classes[first - 1] in (NAME, NOUN, OTHER, JOIN, "det"):
        first -= 1
    opened = classes[first - 1] == COMMA or tokens[first - 1].lower in (";", "and", "but", "while")
    ends = quantity.last >= len(tokens) or tokens[quantity.last].text in ",.;)"
    return (first, last) if opened and ends and first > floor else None


def giver(clauses: Clauses, quantity: Quantity, floor: int) -> Span | None:
    """Whose count a number is: "the government's figure of | 3,000", "the official toll of | 12"."""
    classes, tokens = clauses.classes, clauses.tokens
    last = quantity.first - 1
    if last - 2 < floor or tokens[last].lower != "of" or tokens[last - 1].lower not in _COUNTS:
        return None
    first = last - 1
    first -= tokens[first - 1].lower == "death"
    owner = first - 1
    marked = tokens[owner].text in "'’" and owner > floor  # the "'" of "analysts'" stands apart
    owner -= marked
    if owner < floor:
        return None
    word = tokens[owner].lower + "'" * marked
    plain = word.removesuffix("s").rstrip("'’") if word.endswith(("'s", "’s", "s'", "s’")) else None
    if plain is not None:
        toll = tokens[last - 1].lower in _TOLLS
        several = plain in word_list("source_nouns") or plain + "s" in word_list("source_nouns")
        body = any(clauses.names.get(k) == owner + 1 for k in range(max(floor, owner - _PHRASE), owner + 1))
        named = body if toll else classes[owner] == NAME
        speaks = several or (named and plain not in word_list("time_words"))
    else:
        speaks = word == "official" or (word in word_list("source_nouns") and classes[owner] == NOUN)
    if not speaks:
        return None
    return _start(clauses, owner, floor), last if word == "official" else owner + 1


def _start(clauses: Clauses, owner: int, floor: int) -> int:
    """Where the phrase begins that ends in a token: at its article, else with the names and bodies before it."""
    classes = clauses.classes
    lowest, plain = max(floor, owner - _PHRASE), owner
    while plain > lowest and classes[plain - 1] in (NAME, NOUN, JOIN):
        plain -= 1
    first = plain
    while first > lowest and classes[first - 1] in (NAME, NOUN, OTHER, JOIN):
        first -= 1  # "the | health ministry's"
    return first - 1 if first > lowest and classes[first - 1] == "det" else plain
