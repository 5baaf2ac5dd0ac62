"""Numbers of a second voice that name nothing: "against 90 according to residents", "the real toll is 90", "from an
earlier estimate of 90".

What they count was said before, by somebody else: that is why no noun stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found
from services.read.figures.dates import may_be_year
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.text import MARK
from services.read.wordlists import word_list

_AGAINST = frozenset({"against", "versus", "vs", "and", "but", "or"})
_GIVEN = frozenset("claimed reported given counted estimated announced cited suggested alleged".split())
"""Participles before "by" and who gives the number."""
_REAL = frozenset({"real", "true", "actual", "correct", "right"})
_CLOSER = frozenset({"like", "to"})
_BACK = 3
"""Tokens over which "was probably" or "is in fact" stands between "the real figure" and its number."""


def contrasted(line: Line, quantity: Quantity, found: Sequence[Found]) -> tuple[Noun, Told] | None:
    """Noun and metric of a number set against one before, in the same sentence or the one before; None: it is none."""
    last = found[-1] if found and found[-1].line is line else None
    if last is not None and _is_revised(line, quantity) and not (last.quantity.currency or last.quantity.percent):
        return replace(last.noun, how="elided"), last.told
    before = _counted_before(line, found)
    if before is None or quantity.currency or quantity.percent:
        return None
    here = before.line is line
    set_against = here and (_is_given(line, quantity) or _is_gapped(line, quantity))
    voiced = _is_real(line, quantity) or _is_spoken_of(line, quantity) or _is_said(line, quantity)
    if not (set_against or (voiced and _ends(line, quantity))):
        return None
    return replace(before.noun, how="elided"), before.told


def _counted_before(line: Line, found: Sequence[Found]) -> Found | None:
    """The last figure, where it counts what happened to people in this sentence or the one before."""
    before = found[-1] if found else None
    if before is None or before.told.metric in {Metric.OTHER, Metric.MONEY, Metric.RATIO}:
        return None
    return before if line.sentence.number - before.line.sentence.number <= 1 else None


def _ends(line: Line, quantity: Quantity) -> bool:
    """Whether nothing that could be counted follows."""
    at = quantity.last
    return at >= line.last or line.kind(at) == MARK or line.lower(at) in group("clause_joints")


def _is_given(line: Line, quantity: Quantity) -> bool:
    """ "against 90 according to residents", "and 90 claimed by the rebels"."""
    behind = line.lower(quantity.last), line.lower(quantity.last + 1)
    at = quantity.first - 1
    while line.lower(at) in {"only", "just", "some"}:
        at -= 1
    given = behind == ("according", "to") or (behind[0] in _GIVEN and behind[1] == "by")
    return given and line.lower(at) in _AGAINST


def _is_gapped(line: Line, quantity: Quantity) -> bool:
    """ "police said 52 were killed; *residents, 90*", "put the toll at 52, *residents at 90*"."""
    at = quantity.first - 1
    if line.lower(at) in {"at", ","}:
        at -= 1
    if line.lower(at) not in word_list("source_nouns") or not _ends(line, quantity):
        return False
    while line.lower(at) in word_list("source_nouns") or line.lower(at) in {"the", "local"} or line.capitalised(at):
        at -= 1
    return line.text(at) in {",", ";"} or line.lower(at) in {"and", "but", "while"}


def _is_revised(line: Line, quantity: Quantity) -> bool:
    """ "cut to 890,000 from a previous estimate of *1.1 million*"."""
    at = quantity.first - 1
    revised = line.lower(at) == "of" and line.lower(at - 1) in group("number_nouns") and _ends(line, quantity)
    return revised and line.lower(at - 2) in group("previous_words")


def _is_real(line: Line, quantity: Quantity) -> bool:
    """ "the real figure is 90", "it was more like 90", "closer to 90"."""
    at = quantity.first - 1
    if line.lower(at) in _CLOSER and line.lower(at - 1) in {"more", "closer", "nearer"}:
        return True
    nouns = group("number_nouns")
    for k in range(at, at - _BACK - 1, -1):
        if line.lower(k) in nouns:
            return k < at and line.lower(k - 1) in _REAL | {"death"} and _REAL & set(line.lowers(k - 2, k)) != set()
        if not line.is_word(k):
            return False
    return False


def _is_spoken_of(line: Line, quantity: Quantity) -> bool:
    """ "residents spoke of 90"."""
    at = quantity.first - 1
    return line.lower(at) == "of" and line.lower(at - 1) in {"spoke", "speak", "speaks", "talked", "talk"}


def _is_said(line: Line, quantity: Quantity) -> bool:
    """ "the rebels said *5*", "the organisers counted *140,000*"; no "said 5-3", no "said 2015"."""
    said = line.lower(quantity.first - 1) in _SAID and line.text(quantity.last) not in _GOES_ON
    return said and not may_be_year(line, quantity)


_SAID = frozenset("said says say counted count counts claim claims claimed reported reports".split())
_GOES_ON = frozenset({"-", "–", ":", "/", "%"})
