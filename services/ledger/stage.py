"""ledger: the claims of one article in one block -> verdicts, alerts and the state of each series they touch.

Theory of operation. A series holds what was said of one count (series.py). Each new claim is held against the live
ones of its series (partners.py); how two claims stand to each other is worked out (relation.py) and the rules judge
them (compare.py). A verdict that is an alert is told once for each pair of voices, and again when it moved
(dispute.py). A record that comes again is answered with the alerts sent for it (outbox.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schemas.alert import AlertRaised
from schemas.claim import Claim, ClaimsMade
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write
from schemas.verdict import VerdictGiven
from services.ledger import outbox
from services.ledger.collision import remember
from services.ledger.record import MAX_APPLIED, TABLE, Applied, BlockRecord, SeriesRecord, load, stated
from services.ledger.review import Review
from services.ledger.series import series_of


def step(message: ClaimsMade, tables: Tables, arrival: Arrival) -> Outcome:
    """Judge the claims of one article. Emits verdicts, then alerts, then the state of each series touched.

    A record is known by what it holds, not by its offset alone: a claims topic that was deleted and made anew counts
    from 0 again, and none of its records was seen before.
    """
    rows = tables[TABLE]
    block = load(BlockRecord, rows, message.block) or BlockRecord(block=message.block)
    key = _key(message)
    record = f"{arrival.offset}/{key}"
    before = next((applied for applied in block.applied if applied.key == key), None)
    if before is not None and before.offset != arrival.offset:
        return Duplicate(of=message.record_id())
    if before is not None:
        sent = [] if before.slot is None else outbox.sent_before(rows, message.block, before.slot, record)
        return Processed(emit=(*sent, *_states(message, rows)))
    numbers = remember(block.numbers, message.claims)
    verdicts: list[VerdictGiven] = []
    alerts: list[AlertRaised] = []
    states: list[FigureStated] = []
    store: list[Write] = []
    for name, claims in _by_series(message.claims).items():
        series = load(SeriesRecord, rows, name)
        series = series or SeriesRecord(series=name, block=message.block, updated=arrival.at)
        review = Review(series, numbers, message.revises, arrival.at)
        series = review.take(claims)
        verdicts += review.verdicts
        alerts += review.alerts
        states += [figure for figure in [stated(series)] if figure is not None]
        store.append(Write(TABLE, name, series.encode()))
    slot = block.alerting % outbox.SLOTS
    # Stored by halves before a crash: the series know the claims already, so the outbox tells what was sent for them.
    alerts = outbox.sent_before(rows, message.block, slot, record) or alerts
    applied = Applied(offset=arrival.offset, key=key, slot=slot if alerts else None)
    block = BlockRecord(
        block=message.block,
        alerting=block.alerting + bool(alerts),
        applied=(*block.applied, applied)[-MAX_APPLIED:],
        numbers=numbers,
    )
    return Processed(
        emit=(*verdicts, *alerts, *states),
        # The order matters: outbox.py says why.
        store=(
            *outbox.rows(message.block, slot, record, alerts),
            *store,
            Write(TABLE, message.block, block.encode()),
        ),
    )


def _states(message: ClaimsMade, rows: Mapping[str, bytes]) -> list[FigureStated]:
    """The present state of each series of a record that comes again."""
    known = [load(SeriesRecord, rows, name) for name in _by_series(message.claims)]
    figures = [stated(series) for series in known if series is not None]
    return [figure for figure in figures if figure is not None]


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
