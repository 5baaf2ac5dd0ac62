"""Figures told in the perfect: "the virus, first seen in December, *has killed* 7,800" holds now, not in December.

English never sets the perfect beside a day that is over. So such a day, where it stands ahead of the perfect and
another verb may own it, is not the figure's: 39,000 dead worldwide were dated to "last month", that of a market.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from services.read.figures.figure import Quantity
from services.read.figures.settings.expression import Expression
from services.read.text import MARK, NUMBER, Sentence, Token
from services.read.wordlists import word_list, word_table

_OVER = timedelta(days=8)
"""Younger days are kept: some papers do write "raids on Saturday have killed three"."""

_OPENING = 4
"""Tokens from a sentence's head within which a time belongs to no other verb: "In March raids have killed 20"."""

_BEHIND = 5
"""Tokens between a subject and its verb: "*93,000* Americans have now died"."""

_EVENT = 6
"""Tokens between what struck, or who said it, and its day: "the raid on the town of Kiwa on 3 June"."""

_HAVE = frozenset({"has", "have"})
_NO_PARTICIPLE = frozenset({"to", "a", "an", "the", "no", "some", "any", "its", "their", "his", "her", "more", "about"})
"""Behind "have" and adverbs: it is no auxiliary."""

_TURNS = frozenset(
    "that which who whom whose where when while whereas after before until though although because if said says".split()
)
"""Words behind which another verb than the perfect may hold the figure."""

_JOINTS = _TURNS | {"and", "but", "or", "than"}
_UP_TO = frozenset({"of", "by", "until", "till", "through", "since", "to"})
"""Directly before a day up to which was counted: "as of 31 March, 20 have died"."""


def is_told_since(
    tokens: list[Token], sentence: Sentence, time: Expression, quantity: Quantity, today: datetime
) -> bool:
    """Whether a day that is over stands ahead of the perfect in which a figure is told."""
    if time.as_of is None or today - time.as_of <= _OVER or time.last > quantity.first:
        return False
    if time.first < sentence.first + _OPENING or tokens[time.first - 1].lower in _UP_TO or _is_of_event(tokens, time):
        return False
    mark = next((k for k in range(time.last, quantity.first) if tokens[k].kind == MARK), None)
    if mark is None or _opens_clause(tokens, time) or _is_told_then(tokens, time, mark):
        return False  # "the truce collapsed in March and 900 have died": that clause goes on
    has = next((k for k in range(quantity.first - 1, mark, -1) if tokens[k].lower in _HAVE), None)
    if has is not None and _is_auxiliary(tokens, has):
        return _TURNS.isdisjoint(token.lower for token in tokens[has : quantity.first])
    return _has_perfect_behind(tokens, sentence, quantity)


def _has_perfect_behind(tokens: list[Token], sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the counted are the subject of a perfect: "*93,000* Americans have died"."""
    for k in range(quantity.last, min(quantity.last + _BEHIND, sentence.last - 1)):
        if tokens[k].lower in _HAVE:
            return _is_auxiliary(tokens, k)
        if tokens[k].kind == MARK or tokens[k].lower in _JOINTS:
            break
    return False


def _is_told_then(tokens: list[Token], time: Expression, mark: int) -> bool:
    """Whether somebody said it on that day: "as was noted in June, they have won 20"."""
    near = {token.lower for token in tokens[max(0, time.first - _EVENT) : mark + 2]} - _HAVE
    return not near.isdisjoint(word_table("reporting_verbs"))


def _opens_clause(tokens: list[Token], time: Expression) -> bool:
    """ "Many came in May, but *in June,* the flow has dropped to 104"."""
    before = tokens[time.first - 2]
    return tokens[time.last].text == "," and (before.kind == MARK or before.lower in ("and", "but"))


def _is_of_event(tokens: list[Token], time: Expression) -> bool:
    """Whether the day is that of what struck: "the raid of 3 June, one of many, has killed 20"."""
    before = tokens[max(0, time.first - _EVENT) : time.first]
    return not word_list("sudden_events").isdisjoint(token.lower for token in before)


def _is_auxiliary(tokens: list[Token], has: int) -> bool:
    """Whether a participle may follow: not "has 20 dead", "have to"."""
    after = tokens[has + 1]
    return after.kind != NUMBER and after.lower not in _NO_PARTICIPLE
