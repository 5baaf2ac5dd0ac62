"""Which live claims a new one is held against: its own voice's last word, and who else speaks of the same moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.event.apart import follows, may_fit, told_apart, unfit
from services.ledger.event.voices import one_voice
from services.ledger.rows.live import Live
from services.ledger.rows.record import Entry, rank
from services.ledger.rules.moment import told_at
from services.ledger.rules.places import is_one_scope, particular_places
from services.ledger.rules.ranges import firmly_apart
from services.ledger.rules.thresholds import Thresholds, thresholds
from services.ledger.rules.windows import beginning


def superseding(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> Claim | None:
    """The same voice's later word on the same scope, where `claim` arrives after it is history."""
    from_then = told_at(claim) + timedelta(hours=limits.later_hours)
    voice = claim.voice
    own = [entry.claim for entry in entries if entry.claim.voice == voice]
    newer = [other for other in own if told_at(other) >= from_then and follows(other, claim)]
    return max(newer, key=rank, default=None)


def carrier(claim: Claim, entries: Sequence[Entry]) -> Entry | None:
    """The entry of which `claim` is a mere copy: one origin, one number, one voice or nobody named. Copies add outlets,
    no voices, and need no comparing again."""
    for entry in entries:
        known = entry.claim
        if (
            known.lineage == claim.lineage
            and known.article_id != claim.article_id
            and (known.voice == claim.voice or known.speaker is claim.speaker is None)
            and known.scope == claim.scope
            and same_figure(known, claim)
        ):
            return entry
    return None


def shortens(claim: Claim, fuller: Claim) -> bool:
    """Whether `claim` leaves out what its own text goes on to say of the number: of "Raids kill 22" above "killed at
    least 22" the text's word holds, unless it is another named voice's."""
    return (
        claim.article_id == fuller.article_id
        and claim.value == fuller.value
        and claim.start < fuller.start
        and claim.bound == "exact"
        and fuller.bound in _HEDGED
        and thresholds(claim.metric).event
        and (claim.speaker is None or claim.sentence_index == 0 or claim.voice == fuller.voice)
        and not told_apart(claim, fuller)
    )


_HEDGED = frozenset({"lower", "approx"})


def partners(claim: Claim, entries: Sequence[Entry], limits: Thresholds) -> list[Claim]:
    """The claims to compare with, oldest first.

    Of the own voice: its last word and what else it said within the hour. Of others: everything within R4's 48 hours;
    only where there is neither, the last word anybody had before. Of a toll: every live word on the same event, and of
    other events only what stands in the same series, so that there is a reason why it was not compared.
    """
    if not entries:
        return []
    later, together = timedelta(hours=limits.later_hours), timedelta(hours=limits.together_hours)
    at = told_at(claim)
    apart = {entry.claim.id: abs(told_at(entry.claim) - at) for entry in entries}
    stale, voice = timedelta(hours=limits.stale_hours), claim.voice
    known = [entry.claim for entry in entries if apart[entry.claim.id] <= stale]
    same = [other for other in known if other.voice == voice]
    line = [other for other in same if follows(other, claim)]
    last = max(line, key=rank, default=None)
    found = {other.id for other in line if other is last or apart[other.id] < later}
    found |= {other.id for other in same if other.scope != claim.scope and one_voice(other, claim)}
    near = {other.id for other in known if apart[other.id] <= together and not one_voice(other, claim)}
    if limits.event:
        chosen = _of_event(claim, known, found | near)
    else:
        if not line and not near:
            before = [other for other in known if is_one_scope(other, claim) and told_at(other) < at]
            near = {max(before, key=rank).id} if before else near
        chosen = [other for other in known if other.id in found or other.id in near]
    return sorted(chosen, key=rank)


def _of_event(claim: Claim, known: Sequence[Claim], close: set[str]) -> list[Claim]:
    """Of `known` whatever others say of the claim's event, and what is `close` and in its series."""
    return [
        other
        for other in known
        if (
            may_fit(other, claim) and (other.id in close or not one_voice(other, claim)) and unfit(other, claim) is None
        )
        or (other.id in close and _shares_series(other, claim))
    ]


def _shares_series(one: Claim, other: Claim) -> bool:
    return one.places == other.places and one.window == other.window and one.belongs_to == other.belongs_to


def is_next(one: Claim, other: Claim, live: Live, verdict: Verdict) -> bool:
    """False for a change between two voices that is not between neighbours in time: of five voices on a growing toll
    the last one follows the fourth, and its own last word if it has one."""
    if "cross_source" not in verdict.flags:
        return True
    earlier, later = sorted((one, other), key=rank)
    near, at = live.near(later), told_at(later)
    before = [e.claim for e in near if told_at(e.claim) < at and not e.doubled]  # what is in doubt is told of nobody
    between = [known for known in before if _on_one_thing(known, later)]
    if any(one_voice(known, later) for known in between):
        return False
    return all(rank(known) <= rank(earlier) for known in between)


def _on_one_thing(one: Claim, other: Claim) -> bool:
    if thresholds(one.metric).event:
        return (one.voice == other.voice and follows(one, other)) or unfit(one, other) is None
    return one.scope == other.scope


def same_figure(one: Claim, other: Claim) -> bool:
    """Whether two claims state one number or one range."""
    return (one.value, one.low, one.high, one.bound) == (other.value, other.low, other.high, other.bound)


def two_things(one: Claim, other: Claim) -> bool:
    """Whether one voice gives two numbers that firmly exclude each other in one article, and nothing in the text says
    of which two things: then `one` may be of the other one's. A toll and the sum of many are no such two."""
    if one.article_id != other.article_id or one.voice != other.voice or one.scope != other.scope:
        return False
    if thresholds(one.metric).event and (beginning(one.window) is None) != (beginning(other.window) is None):
        return False
    if thresholds(one.metric).event and (_is_at_its_own_place(one, other) or _is_counted_beside(other, one)):
        return False
    return firmly_apart(one, other) and not told_apart(one, other)


def _is_at_its_own_place(claim: Claim, other: Claim) -> bool:
    """Whether another sentence puts `claim` elsewhere than the other, or at one of the other's places: the 48 "in West
    Bengal" are not the 81 in four states. In one sentence ("48 in West Bengal, 28 in Rajasthan") the place of one
    number is named beside the other one, too (evidence.py), so there both stay in doubt."""
    if claim.sentence_index == other.sentence_index:
        return False
    here, there = set(particular_places(claim)), set(particular_places(other))
    return bool(here and there) and (here.isdisjoint(there) or here < there)


_MANY_TIMES = 10
"""Twenty and one nurse; of "20 guests and 12 others" either may be what another text counts."""
_AND = re.compile(r"(?: [\w-]+){0,3},? and ")
"""The counted thing, then the list goes on."""


def _is_counted_beside(few: Claim, many: Claim) -> bool:
    """Whether a list goes on behind `many` with a few: "some twenty civilians and one nurse" leaves no doubt about the
    twenty. About the one it does."""
    if few.sentence_index != many.sentence_index or few.value * _MANY_TIMES > many.value:
        return False
    between = many.sentence[many.end - many.sentence_start : max(0, few.start - many.sentence_start)]
    return _AND.fullmatch(between) is not None
