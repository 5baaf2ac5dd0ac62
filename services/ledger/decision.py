"""A person's decision on a held verdict: its alert goes out under its normal id, or it is not asked again."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.claim import Claim
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected, Write
from schemas.review import ReviewDecided
from services.ledger.closing import close
from services.ledger.review import Review, Setting
from services.ledger.rows import outbox
from services.ledger.rows.articles import load_article
from services.ledger.rows.gathered import Gathered, gather
from services.ledger.rows.held import NEVER_LEAVES, Held, as_decided, decided, key_of
from services.ledger.rows.record import TABLE, load
from services.ledger.rules.series import index_of, series_of
from services.ledger.said import Said


def decide(message: ReviewDecided, rows: Mapping[str, bytes], arrival: Arrival) -> Outcome:
    """Apply a decision. The first word on a held verdict stands; a decision on one not known yet waits for it."""
    key = key_of(message.id, arrival.partition)
    held = load(Held, rows, key)
    record = f"{arrival.offset}/{message.decision}"
    if held is not None and held.decided is not None:
        if held.decided.offset != arrival.offset:
            return Duplicate(of=message.record_id())
        sent = outbox.sent_before(rows, key, 0, record) if held.decided.alerted else []
        return Processed(emit=(*sent, *_states(held, rows)))
    problem = _problem(message, held, rows, arrival)
    if problem is not None:
        return problem
    held = decided(held, message, arrival.partition, arrival.offset)
    said = Said(rows, arrival)
    if held.pair is not None:
        review = Review(_gathered(held, rows), Setting(rows, arrival.partition, arrival.at))
        said.note(_released(review, held), review)
    alerts = outbox.sent_before(rows, key, 0, record) or said.alerts
    assert held.decided is not None  # noqa: S101  # decided() put it there
    held = held.model_copy(update={"decided": held.decided.model_copy(update={"alerted": bool(alerts)})})
    return Processed(
        emit=(*said.verdicts, *alerts, *said.figures),
        store=said.store(
            first=outbox.rows(key, 0, record, alerts),
            articles=(),
            alerts=alerts,
            last=[Write(TABLE, key, held.__pydantic_serializer__.to_json(held))],
        ),
    )


def _released(review: Review, held: Held) -> Gathered:
    """Tell what was held, as a person decided; answers the series as they are now."""
    if held.pair is not None and held.verdict is not None and held.decided is not None:
        verdict = as_decided(held.verdict, held.decided)
        review.say(*held.pair, verdict, decision=held.decided.decision)
        if verdict.alert and not _was_released(review, held.pair):
            review.note(*held.pair, verdict, forced="released")
    return close(review, set())


def _was_released(review: Review, pair: tuple[Claim, Claim]) -> bool:
    """Whether the series knows already, because a worker was killed before it wrote the decision down."""
    names = {claim.id for claim in pair}
    steps = (step for dispute in review.disputes.values() for step in dispute.steps)
    return any(step.cause == "released" and set(step.claims) == names for step in steps)


def _gathered(held: Held | None, rows: Mapping[str, bytes]) -> Gathered:
    """The series of the two claims, none where the verdict is not known yet."""
    one, other = (held.pair if held is not None else None) or (None, None)
    if held is None or one is None or other is None:
        return gather(rows, ())
    own = {series for claim in (one, other) if (series := series_of(claim)) is not None}
    return gather(rows, own, block=held.block, index=index_of(one) or "")


def _states(held: Held | None, rows: Mapping[str, bytes]) -> list[FigureStated]:
    gathered = _gathered(held, rows)
    return gathered.figures(gathered.own)


def _problem(message: ReviewDecided, held: Held | None, rows: Mapping[str, bytes], arrival: Arrival) -> Rejected | None:
    """Why a verdict may not be released, or None."""
    if message.decision == "dismissed" or held is None or held.pair is None or held.verdict is None:
        return None
    if held.verdict.reason == NEVER_LEAVES:
        return Rejected(
            "never_leaves", f"{held.id} rests on words that are not in the text cited", "dismiss it", field="decision"
        )
    for claim in held.pair:
        article = load_article(rows, claim.article_id, arrival.partition)
        if article is not None and article.revised is not None:
            problem = f"article {claim.article} was revised since: {claim.words!r} may no longer stand"
            return Rejected("revised_since", problem, "dismiss it; the new text is judged by itself", field="decision")
    return None
