"""Subjects that run on from the clause before them without a comma: "hours | military sources", "terrorists | NNA"."""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, NAME, NOUN, OTHER, Clauses
from services.read.wordlists import word_list, word_table

_SEVERAL = frozenset({"media", "police", "people", "staff"})
"""Nouns of several who speak that have no -s."""


def behind_plural(clauses: Clauses, first: int, last: int) -> int:
    """Where the several who speak begin behind a plural that is no part of them: "hurt 12 terrorists | local media".

    Two plurals side by side are two phrases, but for the few that describe ("arms", "news"); a time "of" something is
    no source either: "several days of relative calm | local residents".
    """
    tokens, classes = clauses.tokens, clauses.classes
    head = tokens[last - 1].lower
    if classes[last - 1] != NOUN or not (head.endswith("s") or head in _SEVERAL) or last - first < 2:
        return first
    start = last - 1
    while start > first and is_kind(clauses, start - 1):
        start -= 1
    if start == first or classes[start - 1] not in (OTHER, NOUN) or not tokens[start - 1].text.islower():
        return first
    before = tokens[start - 1].lower
    plural = before.endswith("s") and not before.endswith(("ss", "us", "'s", "’s", "s'", "s’"))
    plural = plural and before not in word_list("attributive_plurals")
    units = word_table("time_units")
    timed = any(tokens[i].lower in units and tokens[i + 1].lower == "of" for i in range(first, start - 1))
    return start if plural or timed else first


def is_kind(clauses: Clauses, i: int) -> bool:
    """Whether a token tells what kind of source the next one is: "Syrian", "local", "US"."""
    token = clauses.tokens[i]
    short = token.text.isupper() and len(token.text) <= _ACRONYM and not clauses.tokens[i + 1].text.isupper()
    return i in clauses.peoples or token.lower in word_list("source_kinds") or short


_ACRONYM = 3
"""Letters of "US", "UN", "AFP" before "officials"."""


def is_nobody(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a phrase in small letters has no word for one that speaks: "average lunch", "humanitarian pauses"."""
    tokens, classes = clauses.tokens, clauses.classes
    if last - first == 1:
        return tokens[first].text in word_list("part_words")  # "a hospital in the rebel-held | east told"
    if any(classes[i] in (NAME, FIGURE, "pronoun", "first") for i in range(first, last)):
        return False
    words = {tokens[i].lower for i in range(first, last)}
    if any(classes[i] == NOUN for i in range(first, last)) or any(word.endswith(_PERSONS) for word in words):
        return False
    return all(words.isdisjoint(word_list(name)) for name in _SPEAKING)


_PERSONS = ("ist", "ists", "er", "ers", "or", "ors", "ian", "ians", "ee", "ees", "men", "man", "woman", "women", "ant")
"""Endings of those who do something."""
_SPEAKING = ("polls", "persons", "role_words", "spoken_nouns", "media_nouns", "respondents", "speaking_things")
