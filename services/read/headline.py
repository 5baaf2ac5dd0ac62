"""The numbers of a headline that the text below it does not tell.

A title is read as if it were the first line of the text, so that what a headline leaves out (the place, the day, who
"police" are) comes from the lead. What the text says again, in whatever words, is the text's figure and none of the
title's: an article is one voice. Of 700 figures in titles of reports on wars, floods and politics the text tells 670.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from schemas.article import ArticleTraced
from schemas.metrics import Metric
from services.read.entities import find_mentions
from services.read.figures.figure import Figure, Reading
from services.read.figures.numbers import candidates
from services.read.figures.reader import read_figures
from services.read.text import NUMBER, Document, read_text

LEAD_READ = 1_500
"""Characters of the text read below the title, some eight sentences: the lead has what a headline leaves out. Further
down "200 died" is of another year's attack, and does not tell of the headline's "at least 60"."""

MAX_FIGURES = 20
"""Figures taken of one title. The fullest of 3,765 titles has three; one of 4,096 characters could hold hundreds."""

PARTS = 4
"""Figures in a row whose sum a headline may give: "45 soldiers, nine policemen and six civilians" below "60 killed"."""

_NO_COUNTS = frozenset({"date", "clock", "age", "ordinal", "page", "page_counts", "list", "address"})
"""Why a number of the text can be no count: "30 March" does not tell of 30 dead. Any other may be the headline's."""

_TOLD_APART = frozenset({Metric.DEATHS, Metric.INJURED, Metric.MISSING})
"""Headlines say these in so many words: 60 wounded below "60 killed" is another number. Of all else the headline may
have been read wrongly, and its number anywhere in the text is the same."""


class Headline(NamedTuple):
    """Figures of a title, as spans of `document`, which begins with it; `names` of entities by id."""

    document: Document
    figures: tuple[Figure, ...]
    names: Mapping[str, str]


def untold(article: ArticleTraced, told: Reading) -> Headline | None:
    """The figures of an article's title that its text, read as `told`, does not tell; None where there are none."""
    title = article.title
    if not title or not candidates(read_text(title)):
        return None
    alone = read_figures(title, article.published, find_mentions(title))
    if not _untold(alone, told):  # nearly always, and to read the lead again costs ten times as much
        return None
    below = len(title) + 1
    junk = [(below + span.start, below + span.end) for span in article.junk if span.start < LEAD_READ]
    lines = f"{title}\n{article.text[:LEAD_READ]}"
    mentions = find_mentions(lines, junk)
    reading = read_figures(lines, article.published, mentions, junk)
    left = [figure for figure in _untold(reading, told) if figure.end < below]
    if not left:
        return None
    names = {mention.entity: mention.name for mention in mentions}
    return Headline(reading.document, tuple(left), names)


def _untold(headline: Reading, told: Reading) -> list[Figure]:
    """Of the first figures read those that the text does not tell."""
    uncounted = set(_digits(told.document, ((n.start, n.end) for n in told.rejected if n.reason not in _NO_COUNTS)))
    return [
        figure
        for figure in headline.figures[:MAX_FIGURES]
        if uncounted.isdisjoint(_digits(headline.document, [(figure.quantity.start, figure.quantity.end)]))
        and not _is_told(figure, told.figures)
    ]


def _is_told(headline: Figure, told: Sequence[Figure]) -> bool:
    """Whether the text has the headline's figure, or parts that make it."""
    metric = headline.counted.metric
    parts = [figure.quantity.value for figure in told if figure.counted.metric is metric]
    return any(_agree(headline, figure) for figure in told) or headline.quantity.value in _sums(parts)


def _agree(headline: Figure, told: Figure) -> bool:
    """Whether a figure of the text is the headline's number, or one of the lead what the headline says less exactly:
    51 dead are "dozens killed" and "more than 50". A floor of 45 tells of no 60."""
    metrics = {headline.counted.metric, told.counted.metric}
    one, other = headline.quantity, told.quantity
    if len(metrics) > 1 and metrics <= _TOLD_APART:
        return False
    if one.value in (other.value, other.stated_low, other.stated_high):
        return True
    if len(metrics) > 1 or told.start >= LEAD_READ:
        return False
    return one.low <= other.value and (one.high is None or other.value <= one.high)


def _digits(document: Document, spans: Iterable[tuple[int, int]]) -> Iterable[str]:
    """The numbers written in digits in these spans."""
    for start, end in spans:
        for token in document.tokens[document.token_at(start) : document.token_at(end)]:
            if token.kind == NUMBER:
                yield token.text


def _sums(values: Sequence[float]) -> set[float]:
    """Sums of two to PARTS values in a row."""
    return {total for at in range(len(values)) for total in list(accumulate(values[at : at + PARTS]))[1:]}
