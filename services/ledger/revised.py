"""A revision in the blocks in which the new text says nothing: the claims of the earlier text are withdrawn there.

Where the new text has claims, their own message does the same for its block (stage.py), so each block is put right by
exactly one record, whatever order the records of a partition come in.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemas.outcomes import Arrival, Duplicate, Outcome, Processed
from schemas.revision import ArticleRevised
from services.ledger import outbox
from services.ledger.articles import ArticleRecord, Revised, key_of, load_article
from services.ledger.record import BlockRecord, SeriesRecord, load, stated
from services.ledger.review import Review, Setting
from services.ledger.revision import Revision
from services.ledger.said import Said


def withdraw_elsewhere(message: ArticleRevised, rows: Mapping[str, bytes], arrival: Arrival) -> Outcome:
    """Take the revised text's claims out of every block of this partition that is not among `message.blocks`."""
    key = key_of(message.revises, arrival.partition)
    old = load_article(rows, message.revises, arrival.partition)
    old = old or ArticleRecord(article_id=message.revises, partition=arrival.partition, updated=arrival.at)
    record = f"{arrival.offset}/{message.article_id}"
    if old.offset is not None and old.offset != arrival.offset:
        return Duplicate(of=message.record_id())
    touched = [series for name in old.rows() if (series := load(SeriesRecord, rows, name)) is not None]
    touched = [series for series in touched if series.block not in message.blocks]
    if old.offset is not None:
        sent = outbox.sent_before(rows, key, 0, record) if old.alerted else []
        return Processed(emit=(*sent, *(figure for series in touched for figure in stated(series))))
    said = Said(arrival)
    came = Revision(message.article_id, message.revises, message.correction, old.claims)
    for series in touched:
        block = load(BlockRecord, rows, series.block)
        numbers = () if block is None else block.numbers
        review = Review(series, Setting(rows, arrival.partition, arrival.at, numbers, came))
        said.take(series, (), review)
    alerts = outbox.sent_before(rows, key, 0, record) or said.alerts
    changed = {
        "revised": Revised(by=message.article_id, noted=message.correction),
        "offset": arrival.offset,
        "alerted": bool(alerts),
        "updated": arrival.at,
    }
    return Processed(
        emit=(*said.verdicts, *alerts, *said.figures),
        store=said.store(
            first=outbox.rows(key, 0, record, alerts),
            articles=(),
            alerts=alerts,
            last=(key, old.model_copy(update=changed).encode()),
        ),
    )
