"""Where and when each figure holds: the place and time words nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from schemas.entity import Mention
from services.read.figures.clauses import COMMA, Clauses, classify
from services.read.figures.figure import Quantity, Setting
from services.read.figures.place import Place, Places
from services.read.figures.when import Expression, expressions_in
from services.read.text import Document, Sentence

_LEAD = 2
"""Sentences of a news story's lead, which names the place of the whole."""

_BACKWARD = 4
"""Tokens a word of place or time before a figure is held farther off than one behind it: English puts them behind."""


_RATE_WITHIN = 5
"""Tokens between a figure and its "per day": "50 people were killed every day"."""


def settings(
    document: Document, quantities: Sequence[Quantity], mentions: Sequence[Mention], published: datetime
) -> list[Setting]:
    """One setting for each quantity, in their order. Never raises."""
    if not quantities or not document.sentences:
        return [Setting()] * len(quantities)
    clauses = classify(document, mentions)
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


def _clause(clauses: Clauses, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Tokens of the figure's clause: cut at ';', at ', and', ', but', at 'while'."""
    first, last = sentence.first, sentence.last
    for i in range(quantity.first - 1, sentence.first, -1):
        if _cuts(clauses, i):
            first = i
            break
    for i in range(quantity.last, sentence.last):
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
    for first, last in (clause, (sentence.first, sentence.last)):
        near = [p for p in places.within(first, last) if not (p.first < quantity.last and quantity.first < p.last)]
        if near:
            return min(near, key=lambda p: _distance(p.first, p.last, quantity))
    if sentence.number and document.sentences[sentence.number - 1].paragraph == sentence.paragraph:
        before = document.sentences[sentence.number - 1]
        near = places.within(before.first, before.last)
        if near:
            return near[-1]
    if places.dateline is not None:
        return places.dateline
    lead = places.within(0, document.sentences[min(_LEAD, len(document.sentences)) - 1].last)
    return lead[0] if lead else None


def _time(
    times: list[Expression], sentence: Sentence, clause: tuple[int, int], quantity: Quantity
) -> tuple[str | None, datetime | None]:
    """The nearest window and the nearest date of the clause; what opens the sentence holds for all of it."""
    opening = sentence.first + 4
    near = sorted(
        (t for t in times if clause[0] <= t.first < clause[1] or t.first <= opening),
        key=lambda t: _distance(t.first, t.last, quantity),
    )
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
