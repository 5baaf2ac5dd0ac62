"""A person's decision on a held verdict: its alert goes out under its normal id, or it is not asked again."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected
from schemas.review import ReviewDecided
from services.ledger import outbox
from services.ledger.articles import load_article
from services.ledger.held import NEVER_LEAVES, Held, decided, key_of
from services.ledger.record import SeriesRecord, load, stated
from services.ledger.review import Review, Setting
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
        known = None if held.row is None else load(SeriesRecord, rows, held.row)
        return Processed(emit=(*sent, *(stated(known) if known is not None else ())))
    problem = _problem(message, held, rows, arrival)
    if problem is not None:
        return problem
    held = decided(held, message, arrival.partition, arrival.offset)
    said = Said(arrival)
    if held.row is not None:
        series = load(SeriesRecord, rows, held.row)
        series = series or SeriesRecord(series=held.row, block=held.block, updated=arrival.at)
        said.release(series, held, Review(series, Setting(rows, arrival.partition, arrival.at)))
    alerts = outbox.sent_before(rows, key, 0, record) or said.alerts
    assert held.decided is not None  # noqa: S101  # decided() put it there
    held = held.model_copy(update={"decided": held.decided.model_copy(update={"alerted": bool(alerts)})})
    return Processed(
        emit=(*said.verdicts, *alerts, *said.figures),
        store=said.store(
            first=outbox.rows(key, 0, record, alerts),
            articles=(),
            alerts=alerts,
            last=(key, held.__pydantic_serializer__.to_json(held)),
        ),
    )


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
