"""Whose the counted are: the Poland of "Polish soldiers", the Britain that "dispatched about ten soldiers"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from schemas.entity import Mention
from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line

_OWNERS = frozenset({"NORP", "GPE", "ORG"})


def whose_of(
    line: Line, quantity: Quantity, noun: Noun, metric: Metric, mentions: Sequence[Mention]
) -> tuple[str | None, str | None]:
    """Name and id of the entity whose they are; (None, None) where the text does not say.

    An adjective or name inside the phrase ("ten British soldiers") says it for anything; for troops also the country
    that sends them: the last one before in the sentence that no preposition governs.
    """
    if noun.head is None or not mentions:
        return None, None
    tokens = line.tokens
    if noun.first < noun.head:
        inside = _between(mentions, tokens[noun.first].start, tokens[noun.head].start)
        for mention in inside:
            if mention.type in _OWNERS:
                return mention.name, mention.entity
    if metric is Metric.TROOPS:
        for mention in reversed(_between(mentions, line.sentence.start, quantity.start)):
            if mention.type == "GPE" and _word_before(line, mention.start) not in group("owner_blockers"):
                return mention.name, mention.entity
    return None, None


def _between(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Mentions that begin in [start, end); mentions are in text order."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    return mentions[first : bisect_left(mentions, end, key=lambda m: m.start)]


def _word_before(line: Line, position: int) -> str:
    at = bisect_left(line.tokens, position, lo=line.first, hi=line.last, key=lambda t: t.start) - 1
    while line.lower(at) == "the":
        at -= 1
    return line.lower(at)
