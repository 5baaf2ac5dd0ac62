"""Who is the source of a number: our speaker against the hand-annotated articles of the shared attribution_train.

Every fifth article (number % 5 == 0) is set aside: rules were written without looking at it, and only it is scored.
A number counts as right when both say that somebody is the source and the two names share a word, or the annotator
wrote a bare pronoun, which we resolve to a name.
"""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

from schemas.parts import whole
from services.read.entities import find_mentions
from services.read.figures.clauses import classify
from services.read.figures.figure import Quantity
from services.read.figures.speakers.speaker import naming_speakers
from services.read.text import Document, read_text

_EMPTY = frozenset("the of a an and in at to for said by on from with".split())


def score(path: Path) -> dict[str, float]:
    """Precision, recall and F1 in percent over the set-aside fifth of the file at `path`."""
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 5 == 0:
                _count(json.loads(line), counts)
    precision = counts["right"] / max(1, counts["given"])
    recall = counts["right"] / max(1, counts["gold"])
    f1 = 2 * counts["right"] / max(1, counts["given"] + counts["gold"])
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1)}


def _count(article: dict[str, Any], counts: Counter[str]) -> None:
    document = read_text(article["text"])
    quantities = [_quantity(document, number["start"], number["end"]) for number in article["numbers"]]
    mentions = find_mentions(article["text"])
    found = whole(naming_speakers(document, quantities, mentions, classify(document, mentions)))
    for number, speaker in zip(article["numbers"], found, strict=True):
        counts["gold"] += number["attributed"]
        counts["given"] += speaker.name is not None
        if number["attributed"] and speaker.name is not None:
            source = _words(number["source"])
            counts["right"] += not source or source <= _PRONOUNS or bool(source & _words(speaker.name))


def _quantity(document: Document, start: int, end: int) -> Quantity:
    """A number of which only the place matters."""
    first = min(bisect_right(document.tokens, start, key=lambda token: token.end), len(document.tokens) - 1)
    return Quantity(
        start, end, first, first + 1, 1, 1, 1, 1, 1, soft_low=False, soft_high=False, bound="exact", modifier=None
    )


def _words(name: str | None) -> frozenset[str]:
    words = re.findall(r"[^\W_]+(?:['’]s)?", (name or "").lower())
    return frozenset(re.sub(r"(?:'s|’s|s)$", "", word) for word in words) - _EMPTY


_PRONOUNS = _words("which whom those he she it they who him her them i we us his this that")
"""Folded as the names are: "his" lost its "s" there and never counted as a pronoun."""
