"""Numbers a statement is not about: of a headline pasted into the text, and of what happened before a promise."""

from __future__ import annotations

from services.read.figures.clauses import Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.sources import Span
from services.read.text import WORD, Sentence
from services.read.wordlists import word_table

_SHORT = 4
"""Letters of the longest word that a headline in Capitals may leave small: "With", "from"."""

_PLAIN = 3
"""Words in Capitals, of no known name, that a headline inside a sentence needs (half and double: 20 / 8)."""

_REACH = 25
"""Tokens of a headline on each side of its number (half and double: 1 / 0)."""

_OPENING = 5
"""Tokens in which a sentence behind a headline shows a long word without a capital: "The Veronian border army"."""

_STATEMENT = 60
"""Tokens from a promise to the number behind it (half and double: 0 / 0)."""

_PROMISES = frozenset(
    "vowed vows vowing pledged pledges pledging promised promises promising assured assures reiterated reiterates "
    "reaffirmed warned warns".split()
)
"""Verbs about what is to come; verbs of the class "asks" are others."""

_PAST = frozenset({"had", "was", "were", "has", "have"})
_MODALS = frozenset({"will", "would", "could", "may", "might", "can", "should", "'ll"})
_TEMPORAL = frozenset({"after", "when", "where", "following", "since"})
_RELATIVE = frozenset({"that", "who", "which"})


def pasted_headline(clauses: Clauses, sentence: Sentence, first: int, last: int) -> Span | None:
    """The headline around the number at tokens [first, last): "… hurt. Gunmen Kill 20 Guards in Osmia The army said …".

    Pages paste the titles of other articles between their lines; nobody in the sentence says them.
    """
    tokens = clauses.tokens
    position, behind = first, last
    if not all(_is_titled(clauses, i) for i in range(first, last)):
        return None
    while behind < sentence.last and tokens[behind].lower in ("of", "more", "%", "percent"):
        behind += 1
    if behind >= sentence.last or not tokens[behind].text[0].isupper() or tokens[behind].text.isupper():
        return None
    while first > max(sentence.first, position - _REACH) and _is_titled(clauses, first - 1):
        first -= 1
    while last < min(sentence.last, position + _REACH) and _is_titled(clauses, last):
        opens = tokens[last].text == "According" or word_table("clause_words").get(tokens[last].lower) in ("det", "in")
        runs_on = any(not _is_titled(clauses, i) for i in range(last + 1, min(last + _OPENING, sentence.last)))
        if opens and runs_on and tokens[last].text[0].isupper():
            break  # the next sentence: "… across Country | The Veronian army went on"
        last += 1
    known = clauses.inside | clauses.place_ends | clauses.peoples
    long = [i for i in range(first, last) if len(tokens[i].text) > _SHORT and tokens[i].text[0].isupper()]
    plain = [i for i in long if i not in known and i not in clauses.names]
    whole = first == sentence.first and last >= sentence.last - 1  # then all of it is a headline
    return (first, last) if len(plain) >= _PLAIN and not whole else None


def _is_titled(clauses: Clauses, i: int) -> bool:
    token = clauses.tokens[i]
    if token.kind != WORD:
        return token.text not in '.!?()"“”'
    return token.text[0].isupper() or len(token.text) <= _SHORT


def is_background(clauses: Clauses, cue: Cue, position: int) -> bool:
    """Whether a number tells of the past behind a promise: "vowed to go on with a war that has left 20 dead"."""
    tokens = clauses.tokens
    word = tokens[cue.first].lower
    if cue.end > position or not (word in _PROMISES or word_table("reporting_verbs").get(word) == "asks"):
        return False
    opened = False
    for i in range(max(cue.end, position - _STATEMENT), position):
        following = tokens[i + 1].lower
        even = tokens[i].lower == "even" and following == "as"  # "pledged to stay even as 20 left"
        if even or tokens[i].lower in _TEMPORAL or (tokens[i].lower in _RELATIVE and following in _PAST):
            opened = True
        elif tokens[i].lower in _MODALS:
            opened = False
    return opened
