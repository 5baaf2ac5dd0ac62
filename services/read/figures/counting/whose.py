"""Whose the counted are: the Poland of "Polish soldiers", the Britain that "dispatched about ten soldiers"; and whose
they are no longer, who fled their country."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from schemas.entity import Mention
from schemas.metrics import Metric
from services.read.entities import countries_of
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.fit import FLED
from services.read.figures.counting.happened import Told
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line

_OWNERS = frozenset({"NORP", "GPE", "ORG"})
_HAS = frozenset({"has", "had", "keeps", "kept", "maintains", "maintained", "stations", "stationed", "sent"})
_HAS_WITHIN = 6
"""Tokens from "It" to the number of "It has about 650 soldiers"."""


def whose_of(
    line: Line, quantity: Quantity, noun: Noun, metric: Metric, mentions: Sequence[Mention]
) -> tuple[str | None, str | None]:
    """Name and id of the entity whose they are; (None, None) where the text does not say.

    An adjective or name inside the phrase ("ten British soldiers") says it for anything, but not half a compound
    ("US-backed", "pro-Turkish") and not the country that rebels fight ("Syrian opposition fighters"). For troops it is
    also the country that sends them: the last one before in the sentence that no preposition governs and that is no
    part of a longer name ("Beijing Storm"); and for "12 of its soldiers" it is that one, too.
    """
    if noun.head is None or not mentions:
        return None, None
    tokens = line.tokens
    if noun.first < noun.head:
        inside = _between(mentions, tokens[noun.first].start, tokens[noun.head].start)
        for mention in inside:
            aiding = mention.type == "ORG" and tokens[noun.head].lower in group("employed")
            if mention.type in _OWNERS and not aiding and _owns(line, mention, noun.head):
                return mention.name, mention.entity
    sent = metric is Metric.TROOPS and tokens[noun.head].lower not in group("combatants")
    if sent or "its" in (token.lower for token in tokens[quantity.first : noun.head]):
        for mention in reversed(_between(mentions, line.sentence.start, quantity.start)):
            at = _token_at(line, mention.start)
            free = _word_before(line, at) not in group("owner_blockers")
            longer = line.capitalised(_token_at(line, mention.end))
            if mention.type == "GPE" and free and not longer and _owns(line, mention, line.last):
                return mention.name, mention.entity
        if (
            sent
            and line.lower(line.first) == "it"
            and line.lower(line.first + 1) in _HAS
            and quantity.first - line.first <= _HAS_WITHIN
        ):
            return _subject_before(line, mentions)
    return None, None


def _subject_before(line: Line, mentions: Sequence[Mention]) -> tuple[str | None, str | None]:
    """The country that the sentence before begins with: "Veronia will leave. *It has* about 650 soldiers there"."""
    number = line.sentence.number
    if not number:
        return None, None
    before = line.document.sentences[number - 1]
    first = before.first + (line.document.tokens[before.first].lower == "the")
    start = line.document.tokens[first].start
    inside = _between(mentions, before.start, start + 1)
    if not inside or inside[0].type != "GPE" or line.capitalised(_token_at(line, inside[0].end)):
        return None, None
    return inside[0].name, inside[0].entity


def abroad(line: Line, told: Told, mentions: Sequence[Mention]) -> Told:
    """What was told, but of those who "fled Ruritania" or "fled the country" that they are refugees: who flees a town
    may be in the next one."""
    if told.metric is not Metric.DISPLACED or told.token is None or line.lower(told.token) not in FLED:
        return told
    at = told.token + 1
    the = line.lower(at) == "the"
    if line.lower(at) in _OVER_TO and not the:
        at += 1  # "fled *into* Veronia"
        the = line.lower(at) == "the"
    if the and line.lower(at + 1) == "country" and line.lower(at + 2) not in _GOES_ON:
        return Told(Metric.REFUGEES, told.token, told.governs)
    at += the
    start = line.tokens[at].start if line.capitalised(at) else -1
    inside = _between(mentions, start, start + 1)
    if inside and inside[0].type == "GPE" and countries_of(inside[0].entity) == (inside[0].entity,):
        behind = _token_at(line, inside[0].end)
        owner = line.lower(behind - 1).endswith(("'s", "’s"))
        if not (owner or line.capitalised(behind) or line.lower(behind) in _GOES_ON):
            return Told(Metric.REFUGEES, told.token, told.governs)
    return told


_OVER_TO = frozenset({"into", "to"})
_GOES_ON = frozenset({"-", "side", "house"})
"""Behind a country these make it something else: "fled the country house"."""


def _between(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Mentions that begin in [start, end); mentions are in text order."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    return mentions[first : bisect_left(mentions, end, key=lambda m: m.start)]


def _token_at(line: Line, position: int) -> int:
    """The first token of the document at or behind a character: the phrase may stand in the sentence before."""
    return line.document.token_at(position)


def _owns(line: Line, mention: Mention, head: int) -> bool:
    """Whether a name stands for an owner: no half of a compound, and no opposition to it between it and the head."""
    first, behind = _token_at(line, mention.start), _token_at(line, mention.end)
    before = line.tokens[first - 1].lower if first else ""
    after = [token.lower for token in line.tokens[behind : min(behind + 2, head)]]
    hyphened = before in _HYPHENS or (bool(after) and after[0] in _HYPHENS)
    return not (hyphened or before in group("siding") or not group("rebelling").isdisjoint(after))


_HYPHENS = frozenset("-‑")


def _word_before(line: Line, at: int) -> str:
    at -= 1
    while line.lower(at) == "the":
        at -= 1
    return line.lower(at)
