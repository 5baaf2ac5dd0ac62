"""What the ledger keeps when rows are full, and what a crash, or a topic made anew, may not take from a subscriber."""

from __future__ import annotations

from itertools import count

import orjson

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLE_VALUE_BYTES
from services.ledger import stage
from services.ledger.rows import outbox
from services.ledger.rows.block import Applied, Block
from services.ledger.rows.record import MAX_DISPUTES, ROW_BYTES, TABLE, SeriesRecord
from tests.unit.ledger.making import Ledger, claim, hours, ledger, message, toll

FIRST = claim("2,000", article="first", speaker="Torvia")
SECOND = claim("9,000", article="second", speaker="Ulmia")


def alerts_of(book: Ledger, claims: list[Claim], offset: int) -> list[AlertRaised]:
    """What is sent for a record, which changes nothing."""
    arrival = Arrival("news.claim.made.v1", 0, offset, hours(offset / 60))
    outcome = stage.step(message(*claims), book.tables, arrival)
    assert isinstance(outcome, Processed)
    return [sent for sent in outcome.emit if isinstance(sent, AlertRaised)]


def many_voices() -> Ledger:
    """Twelve voices, each pair of them far apart, each changing its number three times: 66 disputes, more than fit."""
    book, article = Ledger(), count()
    for turn in range(4):
        for voice in range(12):
            words = f"{1000 * 2 ** ((voice + turn) % 12):,}"
            book.take(claim(words, article=f"n{next(article)}", speaker=f"voice {voice}", hour=2 * turn + voice / 100))
    return book


def test_no_alert_id_is_used_twice_however_many_disputes_a_series_has() -> None:
    book = many_voices()
    ids = [alert.id for alert in book.alerts]
    assert len(ids) > MAX_DISPUTES
    assert len(ids) == len(set(ids))
    last: dict[str, int] = {}
    for alert in book.alerts:
        assert alert.sequence > last.get(alert.fingerprint, 0), "notify takes a lower one for delivered"
        last[alert.fingerprint] = alert.sequence
        assert set(alert.references) <= set(ids), "only what was sent is referenced"


def test_what_was_never_told_is_dropped_before_what_was() -> None:
    (row,) = (
        SeriesRecord.model_validate_json(row) for key, row in many_voices().tables[TABLE].items() if "ser-" in key
    )
    told, untold = (
        row.disputes[0].model_copy(update={"sequence": sequence, "updated": hours(hour)})
        for sequence, hour in ((7, 1), (0, 2))
    )
    over = row.model_copy(update={"forgotten": 3, "disputes": (told, untold)}).keeping(2)
    assert over.disputes == (told, untold), "by time"
    assert [d.sequence for d in over.keeping(1).disputes] == [7]
    assert over.keeping(1).forgotten == 3
    assert over.keeping(0).forgotten == 7


def test_an_update_references_the_ten_alerts_before_it() -> None:
    steps = [
        [claim("9,000" if turn % 2 else "2,000", article=f"n{turn}", speaker="Torvia", hour=6 * turn)]
        for turn in range(20)
    ]
    last = ledger(steps).alerts[-1]
    assert last.references == tuple(f"{last.fingerprint}:{last.sequence - back}" for back in range(10, 0, -1))


def test_only_the_beginning_of_one_changelog_survives_a_crash_and_still_the_alert_is_sent() -> None:
    record = message(SECOND)
    written = ledger([[FIRST], [SECOND]]).tables[TABLE].keys()
    for stored in range(len(written) + 1):
        book = ledger([[FIRST]])
        book.apply(record, 1, stored=stored)
        assert set(book.tables) == {TABLE}, "one changelog: rows of two may survive in any mixture"
        (alert,) = alerts_of(book, [SECOND], 1)
        assert alert == book.alerts[0]


def test_records_that_tell_no_alert_take_no_place_from_those_that_do() -> None:
    book = ledger([[FIRST], [SECOND]])
    (told,) = book.alerts
    for number in range(outbox.SLOTS - 1):
        book.take(claim("2,000", article=f"silent {number}", speaker="Torvia", unit=f"unit {number}"))
    book.take(claim("14,000", article="third", speaker="Ulmia", hour=5))
    assert len(book.alerts) > 1
    assert alerts_of(book, [SECOND], 1) == [told]


def test_a_claims_topic_made_anew_is_read_from_its_beginning() -> None:
    book = ledger([[FIRST], [FIRST.model_copy(update={"article_id": "art-copy"})]])
    third = claim("9,000", article="third", speaker="Ulmia", hour=3)
    book.apply(message(third), 0)
    (alert,) = book.alerts
    assert third in alert.claims


def test_long_place_names_fill_no_block() -> None:
    book = Ledger()
    for at in range(60):
        place = f"x-{at}-" + "torvia-" * 400
        book.take(*(toll(f"{1001 + 13 * at + n}", article=f"n{at}", at=900 * n, places=(place,)) for n in range(5)))
    assert len(book.tables[TABLE]["harm/Q1"]) < TABLE_VALUE_BYTES
    block = Block.load(book.tables[TABLE], "harm/Q1")
    values = [orjson.loads(line)[0] for line in block.numbers.split()]
    assert values[-1] == max(values), "the latest stay"
    assert block.applied.count(b"\n") == 60


def test_a_block_full_of_records_drops_the_oldest() -> None:
    table: dict[str, bytes] = {}
    for offset in range(100):
        applied = Applied(offset, None, f"{offset}" + "k" * 900)
        for write in Block.load(table, "b").after("b", applied, b"", partition=0, at=hours(0)):
            assert len(write.value or b"") <= ROW_BYTES
            if write.value is None:
                table.pop(write.key)
            else:
                table[write.key] = write.value
    kept = Block.load(table, "b")
    assert 40 < kept.applied.count(b"\n") < 70
    last = kept.find("99" + "k" * 900)
    assert last is not None
    assert last.offset == 99
