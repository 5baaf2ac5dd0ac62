"""What nobody speaks of any more ends by the clock, its rows go, and news of it comes back."""

from __future__ import annotations

from schemas.figure import FigureStated
from services.ledger.rows.record import TABLE, SeriesRecord
from tests.unit.ledger.making import BLOCK, Ledger, claim, hours, ledger, message, revised

WEEK, MONTH = 24 * 7, 24 * 46  # longer than any statement lives (thresholds.yaml)
TORVIA = claim("2,000", article="first", speaker="Torvia")
ULMIA = claim("9,000", article="second", speaker="Ulmia")


def other_news(at: float, book: Ledger) -> None:
    """A record of the same partition that has nothing to do with it."""
    book.tell(message(claim("40", article=f"other {at}", block="people/Q9")), at=at)


def rows(book: Ledger) -> set[str]:
    """Keys by their kind."""
    return set(book.tables[TABLE])


def test_a_conflict_ends_by_the_clock_and_is_said_once() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    assert book.sweep(WEEK - 2) == []
    (figure,) = book.sweep(WEEK + 1)
    assert isinstance(figure, FigureStated)
    (conflict,) = figure.conflicts
    assert (conflict.state, conflict.cause) == ("resolved", "stale")
    assert conflict.steps[-1].at == hours(WEEK), "when it came to be, not when somebody looked"
    assert {statement.words for statement in figure.statements} == {"2,000", "9,000"}, "nothing newer replaces them"
    assert book.sweep(WEEK + 2) == []


def test_a_new_worker_says_the_same_again() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    said = book.sweep(WEEK + 1)
    book.keeper = Ledger().keeper
    assert book.sweep(WEEK + 2) == said


def test_whether_somebody_looked_changes_nothing_that_is_told_later() -> None:
    looked, unlooked = ledger([[TORVIA], [ULMIA]]), ledger([[TORVIA], [ULMIA]])
    looked.sweep(WEEK + 1)
    other_news(WEEK + 3, looked)
    other_news(WEEK + 3, unlooked)
    for book in (looked, unlooked):
        for at, (words, speaker) in enumerate((("2,000", "Torvia"), ("9,000", "Ulmia"))):
            record = message(claim(words, article=f"back{at}", speaker=speaker, hour=WEEK + 4))
            book.tell(record, at=WEEK + 4 + at / 60)
    assert [alert.id for alert in looked.alerts] == [alert.id for alert in unlooked.alerts]
    assert looked.alerts[-1].sequence == 2


def test_stale_rows_go_with_the_next_record_of_their_partition() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    book.tell(revised("art-second", "art-second-v2"))
    before = rows(book)
    assert {key.partition("-")[0] for key in before if key[3] == "-"} == {"ser", "art", "alr"}
    assert any(key.startswith(f"{BLOCK}#") for key in before)
    book.sweep(MONTH)
    assert rows(book) == before, "a sweep cannot write"
    other_news(MONTH + 2, book)
    (left,) = rows(book) & before
    record = SeriesRecord.model_validate_json(book.tables[TABLE][left])
    assert (record.entries, record.disputes, record.forgotten) == ((), (), 2), "the number of its last alert"
    assert len(book.tables[TABLE][left]) < 300


def test_news_of_a_swept_series_comes_back_under_a_number_nobody_had() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    (first,) = book.alerts
    book.sweep(MONTH)
    other_news(MONTH + 2, book)
    for at, (words, speaker) in enumerate((("2,000", "Torvia"), ("9,000", "Ulmia"))):
        record = message(claim(words, article=f"back{at}", speaker=speaker, hour=MONTH + 4))
        book.tell(record, at=MONTH + 4 + at / 60)
    again = book.alerts[-1]
    assert (again.fingerprint, again.sequence, again.message_type) == (first.fingerprint, 2, "alert")
    assert book.figures[-1].conflicts[0].state == "open"


def test_a_series_that_told_nothing_leaves_no_row() -> None:
    book = ledger([[TORVIA]])
    kept = {key for key in rows(book) if key.startswith("ser-")}
    book.sweep(MONTH)
    other_news(MONTH + 2, book)
    assert not kept & rows(book)


def test_what_is_carried_again_stays() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    copied = claim("2,000", article="copy", speaker="Torvia", lineage="art-first")
    book.tell(message(copied), at=WEEK - 1)
    book.sweep(WEEK + 1)
    other_news(WEEK + 3, book)
    (row,) = (row for key, row in book.tables[TABLE].items() if key.startswith("ser-") and b'"2,000"' in row)
    assert [entry.claim.speaker for entry in SeriesRecord.model_validate_json(row).entries] == ["Torvia"]
