"""A new claim: held against the live ones, told where it disagrees, and kept in the place of what its voice said of the
same thing before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import product

from schemas.claim import Claim
from schemas.ids import held_id
from schemas.verdict import Verdict
from services.ledger.alerts.dispute import joined
from services.ledger.event.apart import follows
from services.ledger.partners import carrier, is_next, partners, same_figure, shortens, superseding, two_things
from services.ledger.review import Review
from services.ledger.rows.entries import carried, entry, hedge
from services.ledger.rows.held import Held, as_decided, load_held
from services.ledger.rows.record import Entry, rank
from services.ledger.rules.compare import compare
from services.ledger.rules.moment import told_at
from services.ledger.rules.statement import Relation, of_claim
from services.ledger.rules.thresholds import thresholds
from services.ledger.silence import leaped, superseded


def prepare(review: Review, claims: Iterable[Claim]) -> list[Claim]:
    """The claims of one article by time, looked at beside each other before the first of them is added."""
    taken = sorted(claims, key=rank)
    if len(taken) > 1:
        review.doubled = {claim.id for claim in taken if any(two_things(claim, other) for other in taken)}
        review.hedges |= {claim.id: hedge(by) for claim, by in product(taken, taken) if shortens(claim, by)}
    return taken


def add(review: Review, claim: Claim) -> None:
    """Hold one prepared claim against the series, and keep it. One that is live already changes nothing."""
    limits = thresholds(claim.metric)
    if review.live.find(claim.id) is not None:
        return
    near = review.live.near(claim)
    original = carrier(claim, near)
    if original is not None:
        review.say(original.claim, claim, compare(of_claim(original.claim), of_claim(claim), Relation()))
        review.live.replace(original, carried(original, _entry(review, claim), original.claim))
        return
    newer = superseding(claim, near, limits)
    if newer is not None:
        review.say(newer, claim, superseded(newer))
        return
    is_new = bool(review.disputes) and not review.live.has_voice(claim.voice)
    added = _entry(review, claim)
    review.live.add(added)
    agreeing: set[str] = set()
    opposing: set[str] = set()
    for other in partners(claim, near, limits):
        verdict = _decided(review, other, claim, review.judge(other, claim))
        if verdict.verdict == "conflict":
            opposing.add(other.id)
        elif verdict.verdict in ("same", "refinement"):
            agreeing.add(other.id)
        if is_next(other, claim, review.live, verdict):
            review.say(other, claim, verdict)
            review.note(other, claim, verdict)
        elif limits.event:
            review.say(other, claim, leaped(verdict))
    if is_new:
        _join(review, claim, agreeing, opposing)
    _replace_earlier(review, added, near)


def _entry(review: Review, claim: Claim) -> Entry:
    return entry(claim, review.setting.at, doubled=claim.id in review.doubled, hedged=review.hedges.get(claim.id))


def _decided(review: Review, one: Claim, other: Claim, verdict: Verdict) -> Verdict:
    """A verdict that is held as the person decided it, or kept for a person to look at."""
    if not verdict.hold:
        return verdict
    setting = review.setting
    known = load_held(setting.rows, one.id, other.id, setting.partition)
    if known is not None and known.decided is not None:
        return as_decided(verdict, known.decided)
    review.held.append(
        Held(
            id=held_id(one.id, other.id),
            partition=setting.partition,
            updated=setting.at,
            block=review.known.block,
            pair=(one, other),
            verdict=verdict,
        )
    )
    return verdict


def _join(review: Review, claim: Claim, agreeing: set[str], opposing: set[str]) -> None:
    """A voice's first word, on one side of what is in conflict already."""
    for name, dispute in review.disputes.items():
        sides = {dispute.one, dispute.other}
        if dispute.verdict == "conflict" and dispute.state == "open" and sides & agreeing and sides & opposing:
            review.disputes[name] = joined(dispute, claim, review.setting.at)


def _replace_earlier(review: Review, added: Entry, near: Iterable[Entry]) -> None:
    """Of the voice of a claim just added keep the last hour; one figure stands once, with all who carried it.
    `near`: the entries before it that can have to do with it."""
    claim = added.claim
    hour = timedelta(hours=thresholds(claim.metric).later_hours)
    new, voice = added, claim.voice
    for known in near:
        if known.claim.voice != voice or not follows(known.claim, claim):
            continue
        if same_figure(known.claim, claim):
            new = carried(known, new, max(known.claim, new.claim, key=rank))
        elif told_at(claim) - told_at(known.claim) >= hour:
            review.followed[known.claim.id] = claim.id
        else:
            continue
        review.live.replace(known)
    if new is not added:
        review.live.replace(added, new)
