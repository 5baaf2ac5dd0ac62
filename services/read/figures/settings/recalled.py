"""The day of an event that a sentence before names: "two explosions on Monday … The blasts killed three"."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.read.figures.figure import Quantity
from services.read.figures.settings.expression import Expression
from services.read.figures.settings.when import expressions_in
from services.read.text import Document, Sentence, Token
from services.read.wordlists import word_list

_BACK = 2
"""Sentences before a figure's own in which the day of its event is sought (half and double: 1 / 12)."""

_EVENT = 4
"""Tokens of "The devastating flood" at a sentence's head."""

_WITHIN = 16
"""Tokens on either side of a figure in which "in the shooting" says what hurt them."""

_BEFORE, _BEHIND = 14, 4
"""Tokens between what happened and its day: "exploded near the finish line on Monday", "Monday's deadly attack"."""

_LONG_PAST = timedelta(days=30)
"""Of what is longer ago any noun of an event will do: the day of the event is nearer the truth than publication."""


def recalled(document: Document, sentence: Sentence, quantity: Quantity, today: datetime) -> datetime | None:
    """The noon of the event that a figure's sentence speaks of again, without naming a day, if a sentence before names
    one and only one. Never raises; looks at three sentences."""
    tokens = document.tokens
    head = _opens_with(tokens, sentence, word_list("event_nouns"))
    again = _opens_with(tokens, sentence, word_list("sudden_events")) or _is_in_it(tokens, sentence, quantity)
    if not (head or again) or sentence.number == 0 or _is_of_another(tokens, sentence, quantity):
        return None
    for number in range(sentence.number - 1, max(-1, sentence.number - 1 - (_BACK if again else 1)), -1):
        before = document.sentences[number]
        told = [t for t in expressions_in(tokens, before, today) if t.as_of is not None and t.window is None]
        told = [t for t in told if not t.reported]
        days = {t.as_of for t in told if again and _is_of_event(tokens, before, t)} or {t.as_of for t in told}
        if not days:
            continue
        day = days.pop()
        past = day is not None and today - day > _LONG_PAST
        of_event = again and any(_is_of_event(tokens, before, t) for t in told)
        return day if not days and (of_event or (head and past and number == sentence.number - 1)) else None
    return None


def told_around(document: Document, sentence: Sentence, deed: datetime, today: datetime) -> datetime | None:
    """The noon of an event of which a sentence only dates what was done afterwards, on the day of `deed`: the one day
    within a week before it that a sentence near names beside what happened. "Police on Monday identified the man who
    killed three. He opened fire on Sunday evening"."""
    sentences = document.sentences
    for number in (sentence.number + 1, sentence.number + 2, sentence.number - 1, sentence.number - 2):
        if not 0 <= number < len(sentences):
            continue
        near = sentences[number]
        told = [t for t in expressions_in(document.tokens, near, today) if t.window is None and not t.reported]
        days = {t.as_of for t in told if t.as_of is not None and _is_of_event(document.tokens, near, t)}
        days = {day for day in days if day.date() < deed.date() and deed - day <= _WEEK}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


_WEEK = timedelta(days=7)


def _opens_with(tokens: list[Token], sentence: Sentence, nouns: frozenset[str]) -> bool:
    """Whether a sentence opens with what has been told of: "The blasts killed three"."""
    first = sentence.first
    if tokens[first].lower not in ("the", "that", "those", "this", "these", "both"):
        return False
    return not nouns.isdisjoint(t.lower for t in tokens[first + 1 : first + 1 + _EVENT])


def _is_in_it(tokens: list[Token], sentence: Sentence, quantity: Quantity) -> bool:
    """Whether those counted were hurt in what has been told of: "eight were also injured in the shooting"."""
    first, last = max(sentence.first, quantity.first - _WITHIN), min(sentence.last, quantity.last + _WITHIN)
    nouns = word_list("sudden_events")
    told = (k for k in range(first + 2, last) if tokens[k].lower in nouns)
    return any(tokens[k - 1].lower in ("the", "that", "this") and tokens[k - 2].lower in ("in", "by") for k in told)


def _is_of_another(tokens: list[Token], sentence: Sentence, quantity: Quantity) -> bool:
    """Whether another event than the known one hurt them: "the strikes were the answer to *a rocket attack* that"."""
    first = max(sentence.first, quantity.first - _OTHER_WITHIN)
    words = [token.lower for token in tokens[first : quantity.first]]
    events = word_list("sudden_events")
    return any(word in _NEW and not events.isdisjoint(words[k + 1 : k + 1 + _EVENT]) for k, word in enumerate(words))


_NEW = frozenset({"a", "an", "another", "similar", "previous", "earlier", "other"})
_OTHER_WITHIN = 24
"""Tokens before a figure in which another event is sought (half and double: 0 / 0)."""


def _is_of_event(tokens: list[Token], sentence: Sentence, time: Expression) -> bool:
    """Whether what happened stands beside a day, no mark but a comma between."""
    nouns = word_list("sudden_events")
    first, last = max(sentence.first, time.first - _BEFORE), min(sentence.last, time.last + _BEHIND)
    return any(tokens[k].lower in nouns for k in (*range(first, time.first), *range(time.last, last)))
