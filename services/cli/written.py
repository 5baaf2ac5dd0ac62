"""A figure that stands alone, read: "at least 40", "2.000", "between 3,000 and 4,000", "tens of thousands", "none"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from schemas.claim import Bound
from schemas.interval import Interval
from services.read.figures.line import Line
from services.read.figures.numbers import ZEROS, candidates, numeral_at
from services.read.figures.quantity import quantity_at
from services.read.text import read_text
from services.read.wordlists import word_list, word_table

_LONGEST = 100
"""Characters: a figure is a few words, and what is longer is something else."""
_NOBODY = ZEROS | {"no one", "no-one", "not one", "nil"}
"""A zero has no noun to count here, by which the reader tells "no" from "no"."""
_SILENT = re.compile(
    r"\b(?:no|not|unknown|unspecified) (?:\w+ )?(?:mention(?:ed)?|stated|given|said|figure|number|count|word)\b"
    r"|^(?:n/?a|silen(?:t|ce)|unknown|unspecified|did not (?:say|mention)\b.*)$",
    re.IGNORECASE,
)
"""What a pair may write for a side that gives no number: "made no mention" is not zero (R3)."""
_MARKS = " \"“”'‘’.,;:()"
"""What may stand around a figure that was cut out of a sentence."""
_EMPTY = re.compile(
    r"(?:only|just|reportedly|anywhere|somewhere|the|all|another|an additional|a further|a total of)\s+", re.IGNORECASE
)
"""Words before a number that leave it as it is."""
_SHORT = re.compile(r"^(?:approx\.|ca?\.)\s*(?=\d)", re.IGNORECASE)
"""Short for circa, with the point that would end a sentence."""
_SO_FAR = re.compile(r"\s+(?:(?:was|were|(?:has|have) been)\s+)?reported$", re.IGNORECASE)
"""What is known so far: "no deaths reported" (R2), of which the high end is soft."""
_NOT_ROUNDED = re.compile(r"(?:exactly|precisely)\s+", re.IGNORECASE)
"""Words that take the halo from a round number: exactly 300 is 300."""
_GROUPED = re.compile(r"(?<=\d)[ '’](?=\d{3}\b)")
"""The mark between groups of three: 2'000 and, in a figure that stands alone, 2 000."""
_MILLIONS = re.compile(r"(?<=\d)\s?m$", re.IGNORECASE)
"""Of what is counted nobody writes 2.5 metres."""
_POINTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,]|[\s-]*(?:thousand|lakh|crore|[kmbt](?:l?n|illion)?\b))")
"""The 2.000 and 33.200 of most of Europe; of what is counted nobody writes three decimals, but for 1.234 million."""
_BEHIND = 5
"""Words behind a figure that may say what it counts."""
_OTHER = frozenset(
    "more fewer less fresh further new other others additional longer per each every a an and or but in"
    " which than times percent percentage years days".split()
)
"""Words behind a number by which it is another: a difference, a rate, a share, or the first of two."""
_NEEDS_NOUN = frozenset({"scores", "tens"})
"""Counts only beside what they count: "scores of people", not the scores of a match."""


@dataclass(frozen=True, slots=True)
class Written:
    """Headline number, bound, and the interval by rules.md R2."""

    value: float
    bound: Bound
    interval: Interval


def is_silence(words: str | None) -> bool:
    """Whether `words` say that a side names no number at all."""
    return words is None or (len(words) <= _LONGEST and _SILENT.search(words) is not None)


def read_value(words: str, *, counted: bool = True) -> Written:
    """Read one figure by the grammar that reads articles, also with the noun it counts behind it.

    `counted`: it is of things, not of a measure such as km or tonnes, which has decimals ("6.125").
    Raises ValueError where the words are no figure.
    """
    text = _GROUPED.sub(",", " ".join(words.split()).strip(_MARKS))
    if counted:
        text = _MILLIONS.sub(" million", text)
        text = _POINTED.sub(lambda found: found[0].replace(".", ","), text)
    text = _SHORT.sub("circa ", text)
    known = _SO_FAR.sub("", text)
    if _is_none_of(known.lower()):
        return Written(0.0, "exact", Interval(0.0, 0.0, soft_high=known != text))
    for tried in (text, _without(_EMPTY, text)):
        found = _quantity(tried)
        if found is not None:
            return found
    found = _quantity(_without(_NOT_ROUNDED, text))
    if found is not None and found.bound == "exact":
        return replace(found, interval=Interval(found.value, found.value))
    raise ValueError(f"{words[:_LONGEST]!r} is no figure")


def _without(opening: re.Pattern[str], text: str) -> str:
    """`text` behind the words that open it; "" where it opens otherwise."""
    found = opening.match(text)
    return text[found.end() :] if found else ""


def _quantity(text: str) -> Written | None:
    """The quantity that `text` is, or that opens it before a noun of people."""
    if not text:
        return None
    document = read_text(f"{text} of people" if text.lower() in _NEEDS_NOUN else text[:_LONGEST])
    for i in candidates(document):
        line = Line(document, document.sentences[0])
        numeral = numeral_at(line, i)
        quantity = quantity_at(line, numeral) if numeral else None
        if quantity is not None and quantity.start == 0 and _only_counted(text[quantity.end :]):
            ends = Interval(quantity.low, quantity.high, quantity.soft_low, quantity.soft_high)
            return Written(quantity.value, quantity.bound, ends)
    return None


def _only_counted(rest: str) -> bool:
    """Whether only what is counted stands behind a number: "", "of", "of young migrants", "people have died"."""
    words = rest.lower().split()
    if words in ([], ["of"]):
        return True
    plain = len(words) <= _BEHIND and all(word.isalpha() for word in words) and _OTHER.isdisjoint(words)
    return plain and not _counted_words().isdisjoint(words)


def _is_none_of(text: str) -> bool:
    """Whether `text` is "none", "no deaths", "no one was killed"."""
    return any(text == none or (text.startswith(f"{none} ") and _only_counted(text[len(none) :])) for none in _NOBODY)


@cache
def _counted_words() -> frozenset[str]:
    return word_list("persons") | word_table("metric_nouns").keys() | word_table("metric_verbs").keys()
