"""ledger: the claims of one article in one block -> verdicts, alerts and the state of each series they touch.

Theory of operation. A series holds what was said of one count (series.py). Each new claim is held against the live
ones of its series (partners.py); how two claims stand to each other is worked out (relation.py) and the rules judge
them (compare.py). A verdict that is an alert is told once for each pair of voices, and again when it moved
(dispute.py). A record that comes again is answered with what was sent for it (outbox.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from schemas.claim import Claim, ClaimsMade
from schemas.message import Message
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write
from services.ledger import outbox
from services.ledger.collision import remember
from services.ledger.record import MAX_APPLIED, Applied, BlockRecord, SeriesRecord, load, stated
from services.ledger.review import Review
from services.ledger.series import series_of


def step(message: ClaimsMade, tables: Tables, arrival: Arrival) -> Outcome:
    """Judge the claims of one article. Emits verdicts, then alerts, then the state of each series touched."""
    block = load(BlockRecord, tables["blocks"], message.block) or BlockRecord(block=message.block)
    if arrival.offset <= block.offset:
        return Processed(emit=_again(message, block, tables, arrival.offset))
    key = _key(message)
    if any(applied.key == key for applied in block.applied):
        return Duplicate(of=message.record_id())
    by_series = _by_series(message.claims)
    numbers = remember(block.numbers, message.claims)
    sent: list[Message] = []
    states: list[Message] = []
    store: list[Write] = []
    for series, claims in by_series.items():
        record = load(SeriesRecord, tables["series"], series)
        record = record or SeriesRecord(series=series, block=message.block, updated=arrival.at)
        review = Review(record, numbers, message.revises, arrival.at)
        record = review.take(claims)
        sent += [*review.verdicts, *review.alerts]
        states += [figure for figure in [stated(record)] if figure is not None]
        store.append(Write("series", series, record.encode()))
    slot = block.count % outbox.SLOTS
    # Stored by halves before a crash: the series know the claims already, so the outbox tells what was sent for them.
    sent = outbox.sent_before(tables["blocks"], message.block, slot, arrival.offset) or sent
    applied = (*block.applied, Applied(offset=arrival.offset, key=key, slot=slot))[-MAX_APPLIED:]
    block = BlockRecord(
        block=message.block, offset=arrival.offset, count=block.count + 1, applied=applied, numbers=numbers
    )
    return Processed(
        emit=(*sent, *states),
        store=(
            *outbox.rows(message.block, slot, arrival.offset, sent),
            *store,
            Write("blocks", message.block, block.encode()),  # last: until it stands, the record counts as new
        ),
    )


def _again(message: ClaimsMade, block: BlockRecord, tables: Tables, offset: int) -> tuple[Message, ...]:
    """What was sent for a record that comes again, and the present state of its series.

    Nothing but the state where the record was a repeat of upstream's, or its slot was used again.
    """
    sent: list[Message] = []
    for applied in block.applied:
        if applied.offset == offset:
            sent = outbox.sent_before(tables["blocks"], message.block, applied.slot, offset)
    for series in _by_series(message.claims):
        record = load(SeriesRecord, tables["series"], series)
        if record is not None:
            figure = stated(record)
            sent += [figure] if figure is not None else []
    return tuple(sent)


def _by_series(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        series = series_of(claim)
        if series is not None:
            found[series].append(claim)
    return dict(sorted(found.items()))


def _key(message: ClaimsMade) -> str:
    """One reading of one article: read again by newer rules it is another."""
    return f"{message.article_id}/{message.claims[0].reader}"
