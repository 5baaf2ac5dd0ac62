"""ledger: the claims of one article in one block -> verdicts, alerts and the state of each series they touch.

Theory of operation. A series holds what was said of one count (series.py). Each new claim is held against the live
ones of its series (partners.py); how two claims stand to each other is worked out (relation.py) and the rules judge
them (compare.py). A verdict that is an alert is told once for each pair of voices, and again when it moved
(dispute.py). A record that comes again is answered with the alerts sent for it (outbox.py).

Three kinds of records come in, of which nothing says the order:
- ClaimsMade: judged here. Of a revision, what the earlier text said in the same block is taken back (revision.py).
- ArticleRevised: the same for the blocks in which the new text says nothing (revised.py).
- ReviewDecided: a held verdict is released or dismissed (decision.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schemas.claim import Claim, ClaimsMade
from schemas.figure import FigureStated
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from services.ledger import outbox
from services.ledger.articles import ArticleRecord, Revised, load_article, noted
from services.ledger.collision import remember
from services.ledger.decision import decide
from services.ledger.record import MAX_APPLIED, TABLE, Applied, BlockRecord, SeriesRecord, load, stated
from services.ledger.review import Review, Setting
from services.ledger.revised import withdraw_elsewhere
from services.ledger.revision import Revision
from services.ledger.said import Said
from services.ledger.series import row_of, series_of


def step(message: ClaimsMade | ArticleRevised | ReviewDecided, tables: Tables, arrival: Arrival) -> Outcome:
    """Apply one record. Emits verdicts, then alerts, then the state of each series touched."""
    match message:
        case ClaimsMade():
            return _judge(message, tables[TABLE], arrival)
        case ArticleRevised():
            return withdraw_elsewhere(message, tables[TABLE], arrival)
        case ReviewDecided():
            return decide(message, tables[TABLE], arrival)


def _judge(message: ClaimsMade, rows: Mapping[str, bytes], arrival: Arrival) -> Outcome:
    """A record is known by what it holds, not by its offset alone: a claims topic that was deleted and made anew counts
    from 0 again, and none of its records was seen before."""
    block = load(BlockRecord, rows, message.block) or BlockRecord(block=message.block)
    key = _key(message)
    record = f"{arrival.offset}/{key}"
    before = next((applied for applied in block.applied if applied.key == key), None)
    if before is not None and before.offset != arrival.offset:
        return Duplicate(of=message.record_id())
    own, old = _articles(message, rows, arrival)
    if before is not None:
        sent = [] if before.slot is None else outbox.sent_before(rows, message.block, before.slot, record)
        return Processed(emit=(*sent, *_states(message, old, rows)))
    numbers = remember(block.numbers, message.claims)
    said = Said(arrival)
    setting = Setting(rows, arrival.partition, arrival.at, numbers, _revision(message, old))
    # A newer text of the article was read already: what this one says no longer holds.
    claims = () if own is not None and own.revised is not None else message.claims
    for name, found in _by_row(claims, old, rows, message.block).items():
        series = load(SeriesRecord, rows, name)
        series = series or SeriesRecord(series=name, block=message.block, updated=arrival.at)
        said.take(series, found, Review(series, setting))
    slot = block.alerting % outbox.SLOTS
    # Stored by halves before a crash: the series know the claims already, so the outbox tells what was sent for them.
    alerts = outbox.sent_before(rows, message.block, slot, record) or said.alerts
    block = BlockRecord(
        block=message.block,
        alerting=block.alerting + bool(alerts),
        applied=(*block.applied, Applied(offset=arrival.offset, key=key, slot=slot if alerts else None))[-MAX_APPLIED:],
        numbers=numbers,
        partition=arrival.partition,
        updated=arrival.at,
    )
    articles = [record for record in (own, old) if record is not None]
    return Processed(
        emit=(*said.verdicts, *alerts, *said.figures),
        # The order matters: outbox.py says why.
        store=said.store(
            first=outbox.rows(message.block, slot, record, alerts),
            articles=articles,
            alerts=alerts,
            last=(message.block, block.encode()),
        ),
    )


def _articles(
    message: ClaimsMade, rows: Mapping[str, bytes], arrival: Arrival
) -> tuple[ArticleRecord | None, ArticleRecord | None]:
    """The rows of the article and of the one it revises, as they are after this record; None where nothing is to be
    noted."""
    own = load_article(rows, message.article_id, arrival.partition)
    if own is None:
        claims = noted(message.claims)
        own = ArticleRecord(
            article_id=message.article_id, partition=arrival.partition, claims=claims, updated=arrival.at
        )
    else:
        own = own.with_claims(message.claims, arrival.at)
    if message.revises is None:
        return (own if own.claims or own.revised else None), None
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
    found: list[FigureStated] = []
    for name, claims in _by_row(message.claims, old, rows, message.block).items():
        series = load(SeriesRecord, rows, name)
        names = {series_of(claim) or "" for claim in claims} or None
        found += [] if series is None else stated(series, names)
    return found


def _by_row(
    claims: Iterable[Claim], old: ArticleRecord | None, rows: Mapping[str, bytes], block: str
) -> dict[str, list[Claim]]:
    """The claims by the row they go into, and the rows of this block from which the revised text's are to go."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        row = row_of(claim)
        if row is not None:
            found[row].append(claim)
    for name in old.rows() if old is not None else ():
        series = load(SeriesRecord, rows, name) if name not in found else None
        if series is not None and series.block == block:
            found[name] = []
    return dict(sorted(found.items()))


def _key(message: ClaimsMade) -> str:
    """One reading of one article: read again by newer rules it is another."""
    return f"{message.article_id}/{message.claims[0].reader}"
