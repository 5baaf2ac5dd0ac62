"""When what is summed up began: "since an uprising erupted in March 2011", "the war that broke out in 2011"."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from services.read.figures.settings.calendar_days import Date, date_at
from services.read.text import NUMBER, WORD, Token

_BEGAN = frozenset(
    "began begun started erupted broke begins flared ignited spiraled spiralled descended plunged".split()
)
"""What began then is counted since: "the war that began in 2011"."""

_BEGAN_WITHIN = 12
"""Tokens between "which began" and its date: "with the brutal repression of anti-government demonstrations in"."""

_SINCE_WITHIN = 20
"""Tokens between "since" and a date: "since an uprising against President Smith's twelve-year rule erupted in"."""

_ABOUT = frozenset({"early", "mid", "late"})
_SINCE_THEN = frozenset({"then", "with", "when", "in", "at", "by", "for", "and", "but"})
"""Behind "since" without an event: "have been denied since with an inquiry in 2014"."""

_NEXT_WITHIN = 4
"""Tokens between a date and "has since claimed": "in 2011 and has since"."""

_ASIDE = 10
"""Tokens of ", when the violence began," between two ends of a span."""


def began_on(tokens: list[Token], first: int, end: int, published: datetime) -> Date | None:
    """The date of the clause behind "since" that opens at token `first`: "the war broke out in 2011", "a 5 September
    ceasefire came into place". None where it names none before its end."""
    if first >= end or tokens[first].lower in _SINCE_THEN:
        return None
    for k in range(first + 1, min(first + _SINCE_WITHIN, end)):
        opens = tokens[k - 1].lower in ("in", "on", "of")
        day = tokens[k].kind == NUMBER and tokens[k - 1].lower in ("a", "an", "the")
        at = k
        if tokens[k].lower in _ABOUT:  # "in mid-November"
            at += 1 + (k + 1 < end and tokens[k + 1].text == "-")
        date = date_at(tokens, at, end, published) if (opens or day) and at < end else None
        if date is not None and (opens or date.day is not None):
            return date
        if tokens[k].text in ",;:" or tokens[k].lower in ("and", "but", "while"):
            return None
    return None


def is_beginning(tokens: list[Token], last: int, behind: int, end: int) -> bool:
    """Whether a date tells since when something is summed up. Token `last` stands before the date and its
    preposition, `behind` behind the date: "the war that broke out in 2011", "erupted in 2011 and has since killed"."""
    near = [token.lower for token in tokens[behind : min(end, behind + _NEXT_WITHIN)]]
    if any(one in ("has", "have") and two == "since" for one, two in pairwise(near)):
        return True
    for k in range(last, max(0, last - _BEGAN_WITHIN), -1):
        if tokens[k].kind not in (WORD, NUMBER) and tokens[k].text not in "-'’":
            return False
        if tokens[k].lower in _BEGAN:
            return tokens[k - 1].lower in ("that", "which")
    return False


def past_aside(tokens: list[Token], i: int, end: int) -> int:
    """The token behind what is told of the first day of a span: "between Tuesday*, when it began,* and Friday", and
    behind the time of that day; else `i`."""
    while i < end and tokens[i].lower in ("morning", "afternoon", "evening", "night"):
        i += 1
    if i + 1 >= end or tokens[i].text != "," or tokens[i + 1].lower not in ("when", "as"):
        return i
    return next((k + 1 for k in range(i + 2, min(i + _ASIDE, end)) if tokens[k].text == ","), i)
