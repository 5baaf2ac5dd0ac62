"""The days on which the event of a toll may have happened, as far as its text says, and how two such spans lie.

A day that a text names is the day of the event. One that names none is of its own day or the day before: papers come
out in the morning. "Over the weekend", "in early April" and "days after a bombing killed 120" name a span.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from schemas.claim import Claim
from services.ledger.event.event_words import clause_at, is_loosely_dated, looks_back
from services.ledger.event.risen import is_put_at, is_risen_to
from services.ledger.kept import by_claim

How = Literal["stated", "dateline", "published", "loose", "back"]
Days = Literal["same", "today", "near", "dateline", "open", "counted", "apart"]

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_GUESSED = timedelta(days=14)
""" "Last month" may be as far from the day that was made of it."""
_REMEMBERED = timedelta(days=30)
"""So long one that a whole country knows is in it: the gas attack on Ghouta of 21 August 2013 was counted anew by
capitals until October."""
_LATELY = timedelta(days=3)
"""So long a paper calls a day by the name of its weekday beside its own date."""
_AFTERMATH = timedelta(days=10)
""" "Days after" is less than two weeks."""
_PARTS = {"early": (1, 10), "mid": (10, 20), "late": (20, 31)}
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SATURDAY = 5
_PART_OF_MONTH = re.compile(rf"\bin (early|mid|late)[- ]({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_IN_MONTH = re.compile(rf"\bin ({'|'.join(_MONTHS)})\b(?! \d\d?\b)", re.IGNORECASE)
_MIDDLE = 15
"""The day that the reader gives to a month without one."""
_WEEKEND = re.compile(r"\b(?:over|at|during|on|last|this) (?:the )?weekend\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})(['’]?s)?\b(?! [a-z]{{3,9}} \d)(?![ ,]*\d)", re.IGNORECASE)
_DAYS_AFTER = re.compile(r"\bdays after\b", re.IGNORECASE)
_LOOSE_WORDS = ("in early", "in mid", "in late", "weekend", "days after")
"""One of which each of the three loose ways of dating has."""


class Span(NamedTuple):
    """From the first to the last day, and how that is known."""

    first: date
    last: date
    how: How


@by_claim
def span(claim: Claim) -> Span:
    """The days on which the claim's event may have happened. `back`: before the news, nobody says when."""
    sentence, at, published = claim.sentence, claim.start - claim.sentence_start, claim.published.date()
    stated = claim.as_of.date() if claim.as_of_from == "text" else None
    loose = _loose(sentence, at, published)
    if loose is not None:
        return loose
    if stated is not None:
        of_count = is_risen_to(claim) or is_put_at(claim)  # and the event of no day that is told
        return Span(stated - _DAY, stated, "published") if of_count else _dated(sentence, at, stated, published)
    weekdays = _WEEKDAY.finditer(sentence) if "day" in sentence.lower() else ()
    of_a_day = next((found[1].lower() for found in weekdays if found[2]), None)  # "Saturday's attack", "Saturdays"
    if of_a_day is not None:
        day = _last(of_a_day, published)
        return Span(day, day, "stated")
    if "last week" in sentence.lower():
        monday = published - timedelta(days=published.weekday())
        return Span(monday - _WEEK, monday - _DAY, "loose")
    if looks_back(sentence):
        return Span(published - _REMEMBERED, published - _DAY, "back")
    return Span(published - _DAY, published, "published")


def _dated(sentence: str, at: int, stated: date, published: date) -> Span:
    """The days of an event of which the sentence names one."""
    month = _IN_MONTH.search(sentence) if stated.day == _MIDDLE else None
    if month is not None and _MONTHS.index(month[1].lower()) + 1 == stated.month:
        first, next_month = stated.replace(day=1), (stated.replace(day=1) + _REMEMBERED + _DAY * 2).replace(day=1)
        return Span(first, min(next_month - _DAY, published), "loose")
    if is_loosely_dated(sentence):
        return Span(stated - _GUESSED, min(published, stated + _GUESSED), "loose")
    if stated != published:
        return Span(stated, stated, "stated")
    # "Homs buried its dead on Thursday | after a bombing killed 54": only beside the figure it is the event's day.
    clause = clause_at(sentence, at)
    day = _last_named(clause, published)
    if day is None and "today" in clause.lower():
        day = stated
    return Span(stated - _DAY, stated, "dateline") if day is None else Span(day, day, "stated")


def _last_named(clause: str, published: date) -> date | None:
    """The day of the week that a clause names last, unless it is that of a date line: "Sunday 18 Sep 2016 Raids killed
    62 on Saturday" is of Saturday. None where it may be of another week."""
    named = [found[1] for found in _WEEKDAY.finditer(clause)] if "day" in clause.lower() else []
    day = _last(named[-1], published) if named else None
    return day if day is not None and published - day <= _LATELY else None


def _last(weekday: str, published: date) -> date:
    """The last such day, of the paper's or before."""
    return published - timedelta(days=(published.weekday() - _WEEKDAYS.index(weekday.lower())) % 7)


def _loose(sentence: str, at: int, published: date) -> Span | None:
    lowered = sentence.lower()
    if not any(word in lowered for word in _LOOSE_WORDS):  # as nearly all sentences: three patterns take 5 us
        return None
    part = _PART_OF_MONTH.search(sentence)
    if part is not None:
        month = _MONTHS.index(part[2].lower()) + 1
        first, last = _PARTS[part[1].lower()]
        start = date(published.year - (month > published.month), month, first)
        return Span(start, start + timedelta(days=last - first), "loose")
    if _WEEKEND.search(sentence):
        saturday = published - timedelta(days=(published.weekday() - _SATURDAY) % 7)
        return Span(saturday, saturday + _DAY, "loose")
    after = next((found for found in _DAYS_AFTER.finditer(sentence) if found.start() < at), None)
    return None if after is None else Span(published - _AFTERMATH, published - _DAY, "loose")


def days_between(one: Claim, other: Claim) -> Days:
    """How the days of the event lie.

    `same`: both texts name it. `today`: one does, and the other is of that day or the next; or both are of one day and
    name none. `near`: the days of two papers that follow each other, or a span that holds the other's day. `dateline`:
    two days that follow each other, of which the later may be no more than the date of its paper. `open`: the other
    text comes within _REMEMBERED. `counted`: both, or the later text, name a day within _REMEMBERED, which may be that
    of the count: "By Friday the floods had killed 31." `apart`: else, and where one looks back to no day at all.
    """
    first, second = span(one), span(other)
    if second < first:
        first, second = second, first
    if "back" in (first.how, second.how) or first.how == second.how == "loose":
        return "apart"
    if second.first <= first.last:
        if first.how == second.how == "stated":
            return "same"
        if "loose" in (first.how, second.how):
            # "Last week's bombing" is that of today's paper only where such bombs are told of for weeks.
            return "open" if _is_week(first) or _is_week(second) else "near"
        return "today" if "stated" in (first.how, second.how) or first.last == second.last else "near"
    if second.how == "stated" and second.first - first.last <= _DAY and second.last in _papers_of(one, other, second):
        return "dateline"
    reach = first.last if first.how != "published" else first.first
    later: dict[How, Days] = {"published": "open", "dateline": "open", "stated": "counted"}
    return later.get(second.how, "apart") if second.last - reach <= _REMEMBERED else "apart"


def _is_week(days: Span) -> bool:
    return days.how == "loose" and days.last - days.first == _WEEK - _DAY


def _papers_of(one: Claim, other: Claim, later: Span) -> set[date]:
    """Publication days of the claims whose span is `later`."""
    return {claim.published.date() for claim in (one, other) if span(claim) == later}


def gap(one: Claim, other: Claim) -> timedelta:
    """From the end of the one span to the beginning of the other; zero where they meet."""
    first, second = sorted((span(one), span(other)))
    return max(timedelta(0), second.first - first.last)
