"""The day a text says it was written: "Published September 25 2016", "AFP Friday 6 Mar 2014", "MINSK, Nov 12 (Agency)".

Publication dates lie (the same text is sent months apart), and "on Thursday" is a Thursday before the text, not before
it was sent.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from services.read.figures.settings.calendar_days import Date, date_at
from services.read.text import NUMBER, WORD, Document
from services.read.wordlists import word_list, word_table

_HEADER = 40
"""Tokens in which a header's date stands: a headline of twenty words before "AFP Friday 23 Sep 2014" is not rare."""

_DATELINE_AGE = timedelta(days=10)
"""A dateline has no year: farther than this before publication it may be another year's."""

_POSTED = frozenset({"published", "posted", "updated", "publication", "issued", "date", "released", "modified"})
"""Words before which "on" or "of" still leads to the text's own date."""


class Header(NamedTuple):
    """Noon of the day a text says it was written, and the token behind that date: the news begins there."""

    noon: datetime
    last: int


def written(document: Document, published: datetime) -> Header | None:
    """The header's date, up to a day after `published` (aware); None where a text names none."""
    published = published.astimezone(UTC)
    tokens = document.tokens
    ceiling = min(len(tokens), _HEADER)
    for i in range(ceiling):
        begins = tokens[i].kind == NUMBER or (tokens[i].kind == WORD and tokens[i].lower in word_table("months"))
        if not begins or not _stands_alone(document, i):
            continue
        try:
            date = _end(document, date_at(tokens, i, ceiling, published), ceiling, published)
            noon = date.noon() if date is not None and date.day is not None else None
        except (ValueError, OverflowError):  # 31 February
            noon = None
        if date is None or noon is None or noon > published + timedelta(days=1):
            continue
        if _has_year(document, i, date) or published - noon <= _DATELINE_AGE:
            return Header(noon, date.last)
    return None


def _end(document: Document, date: Date | None, ceiling: int, published: datetime) -> Date | None:
    """The date, or the later one of a span: "Period covered: 25 April 2013 – 31 October 2013"."""
    tokens = document.tokens
    if date is None or date.last + 1 >= ceiling or tokens[date.last].lower not in ("-", "–", "—", "to"):
        return date
    later = date_at(tokens, date.last + 1, ceiling, published)
    return later if later is not None and later.day is not None else date


def _stands_alone(document: Document, i: int) -> bool:
    """Whether nothing makes the date at `i` a part of a sentence: "on 6 March", "the 25 January revolution"."""
    tokens = document.tokens
    j = i - 1
    while j >= 0 and (tokens[j].lower in word_table("weekdays") or tokens[j].text in (",", ".")):
        j -= 1
    if j < 0:
        return True
    before = tokens[j]
    if before.lower in ("on", "of", "at") and j > 0:
        return tokens[j - 1].lower in _POSTED
    return before.kind != WORD or before.lower in _POSTED or _is_capital(before.text)


def _is_capital(word: str) -> bool:
    small = word.lower()
    return word[0].isupper() and small not in word_list("phrase_ends") and small not in word_table("months")


def _has_year(document: Document, first: int, date: Date) -> bool:
    """Whether the year stands in the words of the date."""
    return any(str(date.year) in token.text for token in document.tokens[first : date.last])
