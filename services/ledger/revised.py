"""A revision in the blocks in which the new text says nothing: the claims of the earlier text are withdrawn there.

Where the new text has claims, their own message does the same for its block (stage.py), so each block is put right by
exactly one record, whatever order the records of a partition come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Write
from schemas.parts import whole
from schemas.revision import ArticleRevised
from services.ledger.review import Review, Revision, Setting
from services.ledger.rows import outbox
from services.ledger.rows.articles import ArticleRecord, Revised, key_of, load_article
from services.ledger.rows.block import Block
from services.ledger.rows.gathered import Gathered, gather
from services.ledger.rows.record import TABLE, SeriesRecord, load
from services.ledger.said import Said


def withdraw_elsewhere(message: ArticleRevised, rows: Mapping[str, bytes], arrival: Arrival) -> Outcome:
    """Take the revised text's claims out of every block of this partition that is not among `message.blocks`."""
    key = key_of(message.revises, arrival.partition)
    old = load_article(rows, message.revises, arrival.partition)
    old = old or ArticleRecord(article_id=message.revises, partition=arrival.partition, updated=arrival.at)
    record = f"{arrival.offset}/{message.article_id}"
    if old.offset is not None and old.offset != arrival.offset:
        return Duplicate(of=message.record_id())
    touched = _gathered(old, rows, message.blocks)
    if old.offset is not None:
        sent = outbox.sent_before(rows, key, 0, record) if old.alerted else []
        return Processed(emit=(*sent, *_states(touched)))
    said = Said(rows, arrival)
    came = Revision(message.article_id, message.revises, message.correction, old.claims)
    for gathered in touched:
        numbers = Block.load(rows, gathered.block).numbers
        whole(said.take((), Review(gathered, Setting(rows, arrival.partition, arrival.at, numbers, came))))
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
            last=[Write(TABLE, key, old.model_copy(update=changed).encode())],
        ),
    )


def _gathered(old: ArticleRecord, rows: Mapping[str, bytes], besides: Collection[str]) -> list[Gathered]:
    """The series in which the article's claims are, by index, of the blocks that are not `besides`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in old.rows():
        record = load(SeriesRecord, rows, name)
        if record is not None and record.block not in besides:
            found[record.index or name].add(name)
    return [gather(rows, found[key]) for key in sorted(found)]


def _states(touched: Iterable[Gathered]) -> list[FigureStated]:
    return [figure for gathered in touched for figure in gathered.figures(gathered.own)]
