"""How two live claims stand to each other: everything R3, R4 and R8 ask that is not a field of one claim."""

from __future__ import annotations

from datetime import timedelta

from schemas.claim import Claim
from services.ledger.event.apart import part_exceeds, revises, unfit
from services.ledger.event.extent import is_part_that_exceeds
from services.ledger.event.happened import shown
from services.ledger.event.people import FIGHTERS, group
from services.ledger.event.running import has_risen, is_one_window
from services.ledger.event.voices import is_nameless_group, strangers
from services.ledger.rules.moment import told_at
from services.ledger.rules.places import is_one_scope, scope_relation
from services.ledger.rules.statement import Order, Relation, ScopeRelation
from services.ledger.rules.thresholds import thresholds

_NEIGHBOURS = 1
"""Sentences apart: parallel sentences follow each other, or are two halves of one."""


def relate(one: Claim, other: Claim, *, collides: bool = False, revised: bool = False) -> Relation:
    """The relation of two claims of one series.

    `collides`: R8's collision, which only the block can see. `revised`: `other` stands in a revision of one's text.
    """
    return Relation(
        scope=_scope(one, other),
        juxtaposed=juxtaposed(one, other),
        verified=is_verified(one) and is_verified(other),
        collides=collides,
        order="one_first" if revised else _order(one, other),
        shared=_shared(one, other),
        at_home=_is_at_home(one, other) or _may_be_one_sides(one, other),
        part_exceeds=_part_exceeds(one, other),
        strangers=strangers(one, other),
        risen=has_risen(one, other),
        one_window=one.window != other.window and is_one_window(one, other),
        unfit=(None if revises(one, other) else "other_passage") if revised else unfit(one, other),
    )


def juxtaposed(one: Claim, other: Claim) -> bool:
    """Whether the text sets two named voices side by side: neighbouring sentences with one attributing cue
    ("According to A … According to B …")."""
    return (
        one.article_id == other.article_id
        and abs(one.sentence_index - other.sentence_index) <= _NEIGHBOURS
        and one.speaker is not None
        and other.speaker is not None
        and one.voice != other.voice
        and one.cue is not None
        and other.cue is not None
        and _cue(one.cue) == _cue(other.cue)
    )


def _shared(one: Claim, other: Claim) -> str | None:
    """What the rules of one event found shared by two tolls of two texts, for whoever asks why."""
    if not thresholds(one.metric).event or one.lineage == other.lineage or one.block != other.block:
        return None
    return shown(one, other)


def _is_at_home(one: Claim, other: Claim) -> bool:
    """Whether two tolls are of the people of the one country of their block, as far as they say whose."""
    if not thresholds(one.metric).event:
        return False
    country = one.block.partition("/")[2]
    return all(claim.whose_id in (None, country) and (claim.whose_id or not claim.whose) for claim in (one, other))


def _may_be_one_sides(one: Claim, other: Claim) -> bool:
    """Whether two tolls count fighters, and one does not say whose: "50 fighters of the Front" and "32 rebels" of one
    ambush. Soldiers are those of an army, and two armies two counts."""
    if not thresholds(one.metric).event or bool(one.belongs_to) == bool(other.belongs_to):
        return False
    return group(one) == group(other) == FIGHTERS


def _part_exceeds(one: Claim, other: Claim) -> bool:
    """Whether one toll counts a part of the other's people, or of its places, and exceeds it."""
    if not thresholds(one.metric).event or one.article_id == other.article_id:
        return False
    return part_exceeds(one, other) or is_part_that_exceeds(one, other)


def _scope(one: Claim, other: Claim) -> ScopeRelation:
    """Of a toll the event says where: "in the town" and "in the mosque" of two articles are one place if it is one."""
    if thresholds(one.metric).event and one.article_id != other.article_id:
        return "equal"
    return "equal" if is_one_scope(one, other) else scope_relation(one.scope, other.scope)


def _order(one: Claim, other: Claim) -> Order:
    """Of one voice in two versions of one text the later version is the later word, however soon it came: unless
    another outlet, not by the same agency, puts another number into a named mouth within the hour."""
    if one.lineage != other.lineage or one.article_id == other.article_id or one.voice != other.voice:
        return "by_time"
    if told_at(one) == told_at(other) or _may_misquote(one, other):
        return "by_time"
    return "one_first" if told_at(one) < told_at(other) else "other_first"


def _may_misquote(one: Claim, other: Claim) -> bool:
    if one.publisher == other.publisher or one.speaker is None or is_nameless_group(one):
        return False
    soon = abs(told_at(one) - told_at(other)) < timedelta(hours=thresholds(one.metric).later_hours)
    return soon and not set(one.agencies) & set(other.agencies)


def is_verified(claim: Claim) -> bool:
    """R0 as far as a claim carries it: the words stand in the sentence, at the place the offsets say."""
    start = claim.start - claim.sentence_start
    return start >= 0 and claim.sentence[start : start + len(claim.words)] == claim.words


def _cue(cue: str) -> str:
    return " ".join(cue.lower().split())
