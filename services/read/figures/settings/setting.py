"""Where and when each figure holds: the place and time words nearest to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from schemas.entity import Mention
from services.read.figures.clauses import COMMA, Clauses, classify
from services.read.figures.figure import Quantity, Setting
from services.read.figures.settings.place import Place, Places
from services.read.figures.settings.when import Expression, expressions_in
from services.read.text import Document, Sentence

_OPENING = 4
"""Tokens from a sentence's head within which a time holds for all its clauses: "On the night of Monday, …"."""

_BACKWARD = 4
"""Tokens a word of place or time before a figure is held farther off than one behind it: English puts them behind."""


_RATE_WITHIN = 5
"""Tokens between a figure and its "per day": "50 people were killed every day"."""


def settings(
    document: Document,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    published: datetime,
    clauses: Clauses | None = None,
) -> list[Setting]:
    """One setting for each quantity, in their order. Never raises.

    `clauses` is `classify(document, mentions)` where the caller has it already.
    """
    if not quantities or not document.sentences:
        return [Setting()] * len(quantities)
    clauses = clauses or classify(document, mentions)
    places = Places(clauses, mentions)
    times: dict[int, list[Expression]] = {}
    found = []
    for quantity in quantities:
        sentence = document.sentence_at(quantity.start)
        if sentence.number not in times:
            times[sentence.number] = expressions_in(document.tokens, sentence, published)
        clause = _clause(clauses, sentence, quantity)
        place = _place(document, places, sentence, clause, quantity)
        window, as_of = _time(times[sentence.number], sentence, clause, quantity)
        found.append(
            Setting(
                place=place.words if place else None,
                places=place.ids if place else (),
                scope=place.scope if place else None,
                window=window,
                as_of=as_of,
            )
        )
    return found


_REACH = 60
"""Tokens a clause is followed on each side of its figure; a text without stops stays linear by it."""


def _clause(clauses: Clauses, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Tokens of the figure's clause: cut at ';', at ', and', ', but', at 'while'."""
    first, last = max(sentence.first, quantity.first - _REACH), min(sentence.last, quantity.last + _REACH)
    for i in range(quantity.first - 1, first, -1):
        if _cuts(clauses, i):
            first = i
            break
    for i in range(quantity.last, last):
        if _cuts(clauses, i):
            last = i
            break
    return first, last


def _cuts(clauses: Clauses, i: int) -> bool:
    word = clauses.tokens[i].lower
    if word in (";", "while", "whereas"):
        return True
    return word in ("and", "but") and i > 0 and clauses.classes[i - 1] == COMMA


def _distance(first: int, last: int, quantity: Quantity) -> int:
    return first - quantity.last if first >= quantity.first else quantity.first - last + _BACKWARD


def _place(
    document: Document, places: Places, sentence: Sentence, clause: tuple[int, int], quantity: Quantity
) -> Place | None:
    """The nearest in the clause, else the sentence, else the paragraph's sentence before, the dateline, the lead."""
    wider = max(sentence.first, quantity.first - 2 * _REACH), min(sentence.last, quantity.last + 2 * _REACH)
    for first, last in (clause, wider):
        near = [p for p in places.within(first, last) if not (p.first < quantity.last and quantity.first < p.last)]
        if near:
            return min(near, key=lambda p: _distance(p.first, p.last, quantity))
    if sentence.number and document.sentences[sentence.number - 1].paragraph == sentence.paragraph:
        before = document.sentences[sentence.number - 1]
        near = places.within(max(before.first, before.last - _REACH), before.last)
        if near:
            return near[-1]
    if places.dateline is not None:
        return places.dateline
    return places.lead


def _time(
    times: list[Expression], sentence: Sentence, clause: tuple[int, int], quantity: Quantity
) -> tuple[str | None, datetime | None]:
    """The nearest window and the nearest date of the clause; what opens the sentence holds for all of it."""
    from_clause = bisect_left(times, clause[0], key=lambda t: t.first)
    to_clause = bisect_left(times, clause[1], key=lambda t: t.first)
    opening = [t for t in times[:1] if t.first <= sentence.first + _OPENING and from_clause > 0]
    near = sorted(opening + times[from_clause:to_clause], key=lambda t: _distance(t.first, t.last, quantity))
    window = next(
        (
            t.window
            for t in near
            if t.window and (not t.window.startswith("per ") or 0 <= t.first - quantity.last <= _RATE_WITHIN)
        ),
        None,
    )
    as_of = next((t.as_of for t in near if t.as_of), None)
    return window, as_of
