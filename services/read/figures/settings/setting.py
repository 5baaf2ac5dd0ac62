"""Where and when each figure holds: the place and time words nearest to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from schemas.entity import Mention
from schemas.parts import Parts
from services.read.figures.clauses import Clauses
from services.read.figures.figure import Quantity, Setting
from services.read.figures.lexicon import group
from services.read.figures.settings.aftermath import is_aftermath
from services.read.figures.settings.expression import Expression
from services.read.figures.settings.header import written
from services.read.figures.settings.nearest import BACKWARD, Nearest
from services.read.figures.settings.perfect import is_told_since
from services.read.figures.settings.place import Places
from services.read.figures.settings.recalled import recalled, told_around
from services.read.figures.settings.when import COMPARED, expressions_in
from services.read.figures.settings.world import of_the_world
from services.read.text import MARK, NUMBER, Document, Sentence, Token
from services.read.wordlists import word_table

_OPENING = 4
"""Tokens from a sentence's head within which a time holds for all its clauses: "On the night of Monday, …"."""

_SAME_NEWS = timedelta(days=2)
"""A text sent this long after the day it names was sent again, and that day is the time of its figures."""

_RATE_WITHIN = 5
"""Tokens between a figure and its "per day": "50 people were killed every day"."""


def finding_settings(
    document: Document,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    published: datetime,
    clauses: Clauses,
) -> Parts[list[Setting]]:
    """One setting for each quantity, in their order; a part each. Never raises.

    `clauses`: `classify(document, mentions)`.
    """
    if not quantities or not document.sentences:
        return [Setting()] * len(quantities)
    published = published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    header = written(document, published)
    today = header.noon if header is not None and published - header.noon > _SAME_NEWS else published
    sentences = [document.sentence_at(quantity.start) for quantity in quantities]
    places = Places(clauses, mentions, {sentence.number for sentence in sentences})
    nearest = Nearest(clauses, places, quantities, header.last if header else 0)
    border = places.border()
    times: dict[int, list[Expression]] = {}
    worlds: Sentence | None = None
    found: list[Setting] = []
    for quantity, sentence in zip(quantities, sentences, strict=True):
        yield
        if sentence.number not in times:
            times[sentence.number] = expressions_in(document.tokens, sentence, today)
        clause = _clause(document, nearest.cuts(sentence), sentence, quantity)
        place = nearest.of(quantity, sentence)
        elsewhere = place is not None and sentence.first <= place.first
        of_world = of_the_world(document.tokens, sentence, quantity)
        if of_world is None and not elsewhere and sentence == worlds:
            of_world = found[-1]  # "4.7 million globally, and killed over 315,000"
        worlds = sentence if of_world else None
        told = [t for t in times[sentence.number] if not is_told_since(document.tokens, sentence, t, quantity, today)]
        window, as_of = _time(clauses, told, clause, quantity)
        if as_of is None and all(t.reported for t in times[sentence.number]):
            as_of = recalled(document, sentence, quantity, today)
        if as_of is None and (deed := _deed(document, sentence, times[sentence.number], quantity)) is not None:
            as_of = told_around(document, sentence, deed, today)
        if as_of is None and today != published:
            as_of = today
        where = of_world or (Setting(place.words, place.ids, place.scope) if place else Setting())
        found.append(replace(where, window=window, as_of=as_of, border=border))
    return found


def _deed(document: Document, sentence: Sentence, times: list[Expression], quantity: Quantity) -> datetime | None:
    """The day of what was done after the event that a figure is of."""
    days = (t for t in times if t.as_of is not None and not t.reported)
    return next((t.as_of for t in days if is_aftermath(document.tokens, sentence.first, t, quantity)), None)


_REACH = 60
"""Tokens a clause is followed on each side of its figure; a text without stops stays linear by it."""


def _clause(document: Document, cuts: list[int], sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Tokens of the figure's clause: cut at ';', at ', and', ', but', at 'while'."""
    first, last = max(sentence.first, quantity.first - _REACH), min(sentence.last, quantity.last + _REACH)
    before = bisect_left(cuts, quantity.first)
    behind = bisect_left(cuts, quantity.last)
    while before and _goes_on(document.tokens, cuts[before - 1]):
        before -= 1
    if before:
        first = max(first, cuts[before - 1])
    if behind < len(cuts):
        last = min(last, cuts[behind])
    return first, last


def _goes_on(tokens: list[Token], cut: int) -> bool:
    """Whether the subject goes on behind a cut: "opened fire in Kiwa on Nov. 5, and *killed* 26"."""
    word = tokens[cut + 1].lower if tokens[cut].lower == "and" and cut + 2 < len(tokens) else ""
    return "passive" in word_table("metric_verbs").get(word, "").split() and tokens[cut + 2].kind != MARK


def _distance(first: int, last: int, quantity: Quantity) -> int:
    return first - quantity.last if first >= quantity.first else quantity.first - last + BACKWARD


def _time(
    clauses: Clauses, times: list[Expression], clause: tuple[int, int], quantity: Quantity
) -> tuple[str | None, datetime | None]:
    """The nearest window and the nearest date of the clause; what opens the sentence holds for all of it."""
    sentence = clauses.document.sentence_at(quantity.start)
    from_clause = bisect_left(times, clause[0], key=lambda t: t.first)
    to_clause = bisect_left(times, clause[1], key=lambda t: t.first)
    opening = [t for t in times[:1] if t.first <= sentence.first + _OPENING and from_clause > 0]
    if any((t.window or " ")[0].isdigit() for t in times[from_clause:to_clause]):
        opening = []  # "In 2023 there were 30, and this year there have been *40*"
    near = [t for t in opening + times[from_clause:to_clause] if not _is_compared(clauses, quantity, t)]
    near.sort(key=lambda t: _distance(t.first, t.last, quantity))
    window = next(
        (t for t in near if t.window and _is_of(t, quantity) and not _is_summed_up(clauses, quantity, t)), None
    )
    # The day it was said is not the day it was so: publication is nearer to that than the Monday of "said on Monday".
    days = (t for t in near if t.as_of and not t.reported)
    day = next((t for t in days if not is_aftermath(clauses.tokens, sentence.first, t, quantity)), None)
    if window and day and window.window == f"{day.as_of:%Y-%m}" and near.index(day) < near.index(window):
        window = None  # "the second this month, after 17 were killed on October 2"
    return (window.window if window else None), (day.as_of if day else None)


def _is_of(window: Expression, quantity: Quantity) -> bool:
    """Whether a window may be a figure's: "per day" stands right behind it."""
    is_rate = (window.window or "").startswith("per ")
    return not is_rate or 0 <= window.first - quantity.last <= _RATE_WITHIN


def _is_summed_up(clauses: Clauses, quantity: Quantity, time: Expression) -> bool:
    """Whether the figure is the sum and the time that of what was added to it: "33 deaths in 24 hours, taking the total
    to *1,987*", "the toll rose to *1,987*, with 33 deaths in the past 24 hours", "*12* were killed, bringing the number
    killed in 24 hours to 45"."""
    if not (time.window or "").startswith(("last ", "per ")):
        return False
    ahead = time.last <= quantity.first
    first, last = (time.last, quantity.first) if ahead else (quantity.last, time.first)
    between = clauses.tokens[first:last]
    words = [token.lower for token in between]
    taking = next((k for k, word in enumerate(words) if word in group("taking_toll")), len(words))
    if not group("tolls").isdisjoint(words[taking:]):
        return True
    if ahead or clauses.tokens[quantity.first - 1].lower not in _REACHED:
        return False
    added = next((k for k, token in enumerate(between) if token.lower in _ADDED), len(between))
    return any(token.kind == NUMBER for token in between[added:])


_REACHED = frozenset({"to", "at", "reached", "reaching", "hit"})
_ADDED = frozenset({"with", "including", "after", "as"})
"""Between a sum and what was added to it."""


def _is_compared(clauses: Clauses, quantity: Quantity, time: Expression) -> bool:
    """Whether the figure is set against that time: "320 attacks, compared to 105 over the previous nine months"."""
    if time.ahead and time.first >= quantity.first:
        return True
    tokens = clauses.tokens
    between = tokens[quantity.last : time.first]
    told = any(tokens[k].lower in COMPARED and not _bounds_next(tokens, k) for k in range(quantity.last, time.first))
    counted = (a.lower == "from" and b.kind == NUMBER for a, b in pairwise(between))  # "8,000, from 9,000 yesterday"
    return told or any(counted)


def _bounds_next(tokens: list[Token], k: int) -> bool:
    """Whether "than" bounds what else was done: "killed three *and wounded more than* 160 on Monday"."""
    verb = word_table("metric_verbs").get(tokens[k - 2].lower, "")
    return tokens[k - 1].lower in _BOUNDS and bool(verb) and tokens[k - 3].lower in ("and", ",")


_BOUNDS = frozenset({"more", "less", "fewer"})
