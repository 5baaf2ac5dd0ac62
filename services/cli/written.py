"""A figure that stands alone, read: "at least 40", "2.000", "between 3,000 and 4,000", "tens of thousands", "none"."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.claim import Bound
from schemas.interval import Interval
from services.read.figures.line import Line
from services.read.figures.numbers import ZEROS, candidates, numeral_at
from services.read.figures.quantity import quantity_at
from services.read.text import read_text

_LONGEST = 100
"""Characters: a figure is a few words, and what is longer is something else."""
_NOBODY = ZEROS | {"no one"}
"""A zero has no noun to count here, by which the reader tells "no" from "no"."""


@dataclass(frozen=True, slots=True)
class Written:
    """Headline number, bound, and the interval by rules.md R2."""

    value: float
    bound: Bound
    interval: Interval


def read_value(words: str) -> Written:
    """Read one figure by the grammar that reads articles. Raises ValueError where the words are no figure."""
    text = " ".join(words.split())
    if text.lower() in _NOBODY:
        return Written(0.0, "exact", Interval(0.0, 0.0))
    document = read_text(text[:_LONGEST])
    for i in candidates(document):
        line = Line(document, document.sentences[0])
        numeral = numeral_at(line, i)
        quantity = quantity_at(line, numeral) if numeral else None
        if quantity is not None and text.removesuffix(" of") == text[quantity.start : quantity.end]:
            ends = Interval(quantity.low, quantity.high, quantity.soft_low, quantity.soft_high)
            return Written(quantity.value, quantity.bound, ends)
    raise ValueError(f"{words[:_LONGEST]!r} is no figure")
