"""A revision takes the place of an earlier text: what that text said and the new one does not is withdrawn or changed,
and each alert that used it is put right.

Of each claim of the old text:
- the new text says it again: the claim lives on, by its new words and place (`_restate`);
- others carried it, too: it stays, without this article;
- else it is gone, and so is what rested on it. An alert whose two voices still disagree, by the new words or by the
  last word of the same voice elsewhere, is told again as an update; any other is cancelled. Both list what was wrong.

A claim that was no longer live, because its voice had a later word, may have been told all the same: the article's row
still knows it (articles.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.alert import AlertRaised, Correction
from schemas.claim import Claim
from schemas.parts import Parts
from schemas.verdict import Verdict
from services.ledger.adding import add, prepare
from services.ledger.alerts import telling
from services.ledger.alerts.dispute import ended, narrowed
from services.ledger.closing import close
from services.ledger.event.apart import revises
from services.ledger.partners import same_figure
from services.ledger.review import Review, Revision
from services.ledger.rows.entries import restated, without
from services.ledger.rows.gathered import Gathered
from services.ledger.rows.record import Dispute, rank
from services.ledger.rules.compare import compare
from services.ledger.rules.statement import Relation, of_claim


@dataclass(frozen=True, slots=True)
class _Gone:
    """A claim that no longer holds, and what the new text has in its place."""

    claim: str
    was: str
    successor: Claim | None


def take(review: Review, claims: Iterable[Claim]) -> Parts[Gathered]:
    """Apply the claims of one article, which may be a revision; answers the series as they are now. A part each."""
    taken = prepare(review, claims)
    for claim in _restate(review, taken):
        add(review, claim)
        yield
    _withdraw(review, taken)
    return close(review, {claim.voice for claim in taken})


def _restate(review: Review, claims: Sequence[Claim]) -> list[Claim]:
    """Let the claims that only repeat the revised text take over its entries; answers the others."""
    came = review.setting.revision
    if came is None:
        return list(claims)
    left = []
    for claim in claims:
        old = (entry for entry in review.live.all() if entry.claim.article_id == came.revises)
        known = next((entry for entry in old if _again(entry.claim, claim)), None)
        if known is None or review.live.find(claim.id) is not None:
            left.append(claim)
            continue
        verdict = compare(of_claim(known.claim), of_claim(claim), Relation(order="one_first"))
        review.say(known.claim, claim, verdict)
        taken = restated(known, claim, review.setting.at)
        taken = taken.model_copy(update={"doubled": claim.id in review.doubled, "hedge": review.hedges.get(claim.id)})
        review.live.replace(known, taken)
    return left


def _withdraw(review: Review, claims: Sequence[Claim]) -> None:
    """Take what only the revised text said out of the series, and put right the alerts that used it."""
    came = review.setting.revision
    if came is None:
        return
    gone = _gone(review, came, claims)
    told_now = {alert.id for alert in review.alerts}
    order = {dispute.id: at for at, dispute in enumerate(review.known.disputes)}  # those opened now come last
    for dispute in sorted(review.disputes.values(), key=lambda dispute: order.get(dispute.id, len(order))):
        acknowledged = {claim for step in dispute.steps for claim in step.amends}
        told = [s for s in dispute.steps if s.alert is not None and s.alert not in told_now]
        hit = sorted({claim for step in told for claim in step.claims if claim in gone} - acknowledged)
        if not hit:
            continue
        wrong = {gone[name].claim: gone[name] for name in hit}
        amends = telling.Amends(
            claims=tuple(hit),
            corrections=tuple(_correction(found, came) for found in wrong.values()),
            wrong=tuple(str(step.alert) for step in told if not set(hit).isdisjoint(step.claims)),
        )
        _put_right(review, dispute, gone, amends)


def _gone(review: Review, came: Revision, claims: Sequence[Claim]) -> dict[str, _Gone]:
    """By claim id, the earlier ids of a statement among them."""
    found: dict[str, _Gone] = {}
    for known in review.live.all():
        old = known.claim
        if came.revises not in (known.articles or (old.article_id,)):
            continue
        others = without(known, came.revises)
        if others is not None:
            review.live.replace(known, others)
            continue
        review.live.replace(known)
        successor = _successor(old, claims)
        review.gone[old.id] = "withdrawn" if successor is None else "corrected"
        if successor is not None:
            review.followed[old.id] = successor.id
        found |= {name: _Gone(old.id, old.words, successor) for name in (old.id, *known.earlier)}
    live = review.live.names()
    for kept in came.kept:
        if kept.row not in review.known.own or kept.id in live or kept.id in found:
            continue
        same_voice = [c for c in claims if (c.voice, c.scope) == (kept.voice, kept.scope)]
        if all(claim.words != kept.words for claim in same_voice):
            found[kept.id] = _Gone(kept.id, kept.words, same_voice[0] if len(same_voice) == 1 else None)
    return found


def _put_right(review: Review, dispute: Dispute, gone: dict[str, _Gone], amends: telling.Amends) -> None:
    """One message for one dispute: the one just told, or an update, or a cancel."""
    at = next((at for at, alert in enumerate(review.alerts) if alert.fingerprint == dispute.id), None)
    if at is None:
        last = review.told_last(dispute)
        pair = None if last is None else _standing(review, last, gone)
        verdict = None if pair is None else review.judge(*sorted(pair, key=rank))
        if pair is None or verdict is None or not verdict.alert:
            _cancel(review, dispute, last, verdict, amends)
            return
        one, other = sorted(pair, key=rank)
        review.note(one, other, verdict, forced=amends.reason, known=dispute, amends=amends.claims)
        at = len(review.alerts) - 1
    else:
        *before, last_step = dispute.steps
        seen = last_step.model_copy(update={"amends": amends.claims})
        review.disputes[dispute.id] = dispute.model_copy(update={"steps": (*before, seen)})
    review.alerts[at] = telling.amended(review.alerts[at], review.disputes[dispute.id], amends)


def _cancel(
    review: Review,
    dispute: Dispute,
    last: AlertRaised | None,
    verdict: Verdict | None,
    amends: telling.Amends,
) -> None:
    """Take back the alert told last, unless that took it back already. `last` None: too old to be repeated, and nobody
    remembers what to cancel.

    A conflict that is still one, and no alert any more, stays open; any other dispute is over.
    """
    last = None if last is not None and last.message_type == "cancel" else last
    told = dispute.model_copy(update={"sequence": dispute.sequence + 1}) if last is not None else dispute
    if last is not None:
        review.alerts.append(telling.cancelled(last, told, amends, review.setting.at))
    alert = review.alerts[-1].id if last is not None else None
    if verdict is not None and verdict.verdict == dispute.verdict == "conflict":
        after = narrowed(told, verdict, amends.reason, review.setting.at, alert=alert, amends=amends.claims)
    else:
        after = ended(told, amends.reason, review.setting.at, amends.claims, alert=alert, amends=amends.claims)
    review.disputes[dispute.id] = after


def _standing(review: Review, last: AlertRaised, gone: dict[str, _Gone]) -> tuple[Claim, Claim] | None:
    """The two claims of the alert told last as they stand now; None where one side has nothing to say any more."""
    one, other = (_stands(review, claim, gone) for claim in last.claims)
    return None if one is None or other is None or one.id == other.id else (one, other)


def _stands(review: Review, claim: Claim, gone: dict[str, _Gone]) -> Claim | None:
    if claim.id not in gone:  # as the new text says it again, or else beside the new number it stands in another text
        known = review.live.find(claim.id)
        return claim if known is None else known.claim
    successor = gone[claim.id].successor
    if successor is not None:
        return successor
    elsewhere = [e.claim for e in review.live.all() if e.claim.voice == claim.voice and revises(claim, e.claim)]
    return max(elsewhere, key=rank, default=None)


def _successor(old: Claim, claims: Iterable[Claim]) -> Claim | None:
    """What the new text has in the place of `old`: the same voice on the same thing, nearest in the text."""
    same = [c for c in claims if (c.voice, c.scope) == (old.voice, old.scope) and revises(old, c)]
    return min(same, key=lambda claim: (abs(claim.sentence_index - old.sentence_index), claim.start), default=None)


def _again(old: Claim, new: Claim) -> bool:
    return (old.voice, old.scope) == (new.voice, new.scope) and same_figure(old, new) and revises(old, new)


def _correction(found: _Gone, came: Revision) -> Correction:
    return Correction(
        claim=found.claim,
        was=found.was,
        now=None if found.successor is None else found.successor.words,
        by=None if found.successor is None else found.successor.id,
        article_id=came.article_id,
        noted=came.noted,
    )
