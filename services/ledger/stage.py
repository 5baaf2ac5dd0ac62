"""ledger: the claims of one article in one block -> verdicts, alerts and the state of each series they touch.

Theory of operation. A series holds what was said of one count (series.py). Each new claim is held against the live
ones of its series and of those that may be of its event (index.py, gathered.py, partners.py); how two claims stand to
each other is worked out (relation.py) and the rules judge them (compare.py). A verdict that is an alert is told once
for each pair of voices, and again when it moved (dispute.py). A record that comes again is answered with the alerts
sent for it (outbox.py), and goes on where it was cut off (redo.py).

Three kinds of records come in, the first two on one topic, so that every start reads them in one order:
- ClaimsMade: judged here. Of a revision, what the earlier text said in the same block is taken back (revision.py).
- ArticleRevised: the same for the blocks in which the new text says nothing (revised.py).
- ReviewDecided: a held verdict is released or dismissed (decision.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemas.claim import Claim, ClaimsMade
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected, Tables
from schemas.parts import Parts, whole
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from services.ledger.decision import decide
from services.ledger.headline import headline_verdicts
from services.ledger.review import Review, Revision, Setting
from services.ledger.revised import withdraw_elsewhere
from services.ledger.rows import outbox, redo
from services.ledger.rows.articles import ArticleRecord, Revised, load_article
from services.ledger.rows.block import Applied, Block
from services.ledger.rows.gathered import Gathered, gather
from services.ledger.rows.record import TABLE, SeriesRecord, load
from services.ledger.rules.collision import remember
from services.ledger.rules.series import index_of, series_of
from services.ledger.said import Said


def step(message: ClaimsMade | ArticleRevised | ReviewDecided, tables: Tables, arrival: Arrival) -> Outcome:
    """`steps`, all at once."""
    return whole(steps(message, tables, arrival))


def steps(message: ClaimsMade | ArticleRevised | ReviewDecided, tables: Tables, arrival: Arrival) -> Parts[Outcome]:
    """Apply one record. Emits verdicts, then alerts, then the state of each series touched.

    A part each: a claim judged, the claims of an event written down.
    """
    rows = tables[TABLE]
    rest = redo.unfinished(rows, arrival.partition)
    if not rest:
        return (yield from _applied(message, rows, arrival))
    outcome = yield from _applied(message, redo.After(rows, rest), arrival)
    return outcome if isinstance(outcome, Rejected) else replace(outcome, store=(*rest, *outcome.store))


def _applied(
    message: ClaimsMade | ArticleRevised | ReviewDecided, rows: Mapping[str, bytes], arrival: Arrival
) -> Parts[Outcome]:
    match message:
        case ClaimsMade():
            return (yield from _judge(message, rows, arrival))
        case ArticleRevised():
            return withdraw_elsewhere(message, rows, arrival)
        case ReviewDecided():
            return decide(message, rows, arrival)


def _judge(message: ClaimsMade, rows: Mapping[str, bytes], arrival: Arrival) -> Parts[Outcome]:
    """A record is known by what it holds, not by its offset alone: a claims topic that was deleted and made anew counts
    from 0 again, and none of its records was seen before."""
    block = Block.load(rows, message.block)
    key = _key(message)
    record = f"{arrival.offset}/{key}"
    before = block.find(key)
    if before is not None and before.offset != arrival.offset:
        return Duplicate(of=message.record_id())
    own, old = _articles(message, rows, arrival)
    if before is not None:
        sent = [] if before.slot is None else outbox.sent_before(rows, message.block, before.slot, record)
        return Processed(emit=(*sent, *_states(message, old, rows)))
    numbers = remember(block.numbers, message.claims)
    said = Said(rows, arrival)
    setting = Setting(rows, arrival.partition, arrival.at, numbers, _revision(message, old))
    # A newer text of the article was read already: what this one says no longer holds.
    claims = () if own is not None and own.revised is not None else message.claims
    for found, gathered in _gathered(claims, old, rows, message.block):
        yield from said.take(found, Review(gathered, setting))
        yield
    said.verdicts += headline_verdicts(claims, arrival.at)
    slot = block.alerting % outbox.SLOTS
    # Stored by halves before a crash: its series knows the claims already, so the outbox tells what was sent for them.
    alerts = outbox.sent_before(rows, message.block, slot, record) or said.alerts
    applied = Applied(arrival.offset, slot if alerts else None, key)
    own = own.with_claims(message.claims, said.homes, arrival.at)
    articles = [record for record in (own, old) if record is not None and (record.claims or record.revised)]
    return Processed(
        emit=(*said.verdicts, *alerts, *said.figures),
        # The order matters: outbox.py says why.
        store=said.store(
            first=outbox.rows(message.block, slot, record, alerts),
            articles=articles,
            alerts=alerts,
            last=block.after(message.block, applied, numbers, partition=arrival.partition, at=arrival.at),
        ),
    )


def _articles(
    message: ClaimsMade, rows: Mapping[str, bytes], arrival: Arrival
) -> tuple[ArticleRecord, ArticleRecord | None]:
    """The row of the article as it is, and that of the one it revises, as it is after this record."""
    own = load_article(rows, message.article_id, arrival.partition)
    own = own or ArticleRecord(article_id=message.article_id, partition=arrival.partition, updated=arrival.at)
    if message.revises is None:
        return own, None
    old = load_article(rows, message.revises, arrival.partition)
    old = old or ArticleRecord(article_id=message.revises, partition=arrival.partition, updated=arrival.at)
    revised = Revised(by=message.article_id, noted=message.correction)
    return own, old.model_copy(update={"revised": revised, "updated": arrival.at})


def _revision(message: ClaimsMade, old: ArticleRecord | None) -> Revision | None:
    if message.revises is None or old is None:
        return None
    return Revision(message.article_id, message.revises, message.correction, old.claims)


def _states(message: ClaimsMade, old: ArticleRecord | None, rows: Mapping[str, bytes]) -> list[FigureStated]:
    """The present state of each series of a record that comes again."""
    return [
        figure
        for _, gathered in _gathered(message.claims, old, rows, message.block)
        for figure in gathered.figures(gathered.own)
    ]


def _gathered(
    claims: Iterable[Claim], old: ArticleRecord | None, rows: Mapping[str, bytes], block: str
) -> list[tuple[list[Claim], Gathered]]:
    """The claims that may be of one event, each time with the series they are compared with: the claims' own, and those
    of this block from which the revised text's are to go; what the index calls up; what is linked with these."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    own: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        series = series_of(claim)
        if series is not None:
            key = index_of(claim) or series
            found[key].append(claim)
            own[key].add(series)
    for name in old.rows() if old is not None else ():
        record = load(SeriesRecord, rows, name)
        if record is not None and record.block == block:
            own[record.index or name].add(name)
    return [(found[key], gather(rows, own[key], found[key], block=block, index=key)) for key in sorted(own)]


def _key(message: ClaimsMade) -> str:
    """One reading of one article: read again by newer rules it is another."""
    return f"{message.article_id}/{message.claims[0].reader}"
