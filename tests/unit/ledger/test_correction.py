"""A publisher changes or withdraws a number: each alert that was sent with it is put right once, and says what was
wrong."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from schemas.alert import AlertRaised
from schemas.claim import Claim, ClaimsMade
from schemas.outcomes import Duplicate, Processed
from services.ledger.rows.articles import KIND
from services.ledger.rows.record import ROW_BYTES
from tests.unit.ledger.making import BLOCK, Ledger, Record, claim, message, revised, toll

TORVIA = claim("2,000", article="first", speaker="Torvia")
ULMIA = claim("9,000", article="second", speaker="Ulmia")


def again(words: str, old: Claim = ULMIA, **given: Any) -> Claim:
    """The revision of `old`'s article, with other words."""
    return claim(words, article=f"{old.article}-v2", publisher=old.publisher, speaker=old.speaker, **given)


def quarrel() -> Ledger:
    book = Ledger()
    book.take(TORVIA)
    book.take(ULMIA)
    return book


def after(*records: Record) -> tuple[Ledger, list[AlertRaised]]:
    """The ledger after a quarrel and these records, and the alerts they gave."""
    book = quarrel()
    told = len(book.alerts)
    for record in records:
        book.tell(record)
    return book, book.alerts[told:]


def test_a_number_that_is_withdrawn_cancels_the_alert_it_was_in() -> None:
    book, (cancel,) = after(revised("art-second", "art-second-v2"))
    (alert,) = book.alerts[:1]
    assert (cancel.message_type, cancel.reason) == ("cancel", "withdrawn")
    assert cancel.id == f"{alert.fingerprint}:2"
    assert cancel.references == cancel.wrong == (alert.id,)
    assert [(c.was, c.now, c.claim, c.article_id) for c in cancel.corrections] == [
        ("9,000", None, ULMIA.id, "art-second-v2")
    ]
    assert cancel.attribution == f"No longer stands: {alert.attribution}"
    (conflict,) = book.figures[-1].conflicts
    assert (conflict.state, conflict.cause, conflict.steps[-1].alert) == ("resolved", "withdrawn", cancel.id)
    assert [statement.id for statement in book.figures[-1].statements] == [TORVIA.id]


def test_a_number_that_is_corrected_and_still_contradicts_is_an_update() -> None:
    new = again("8,000")
    book, alerts = after(message(new, revises="art-second", correction=True))
    (update,) = [alert for alert in alerts if alert.verdict == "conflict"]
    assert (update.message_type, update.sequence, update.wrong) == ("update", 2, (f"{update.fingerprint}:1",))
    assert [(c.was, c.now, c.by, c.noted) for c in update.corrections] == [("9,000", "8,000", new.id, True)]
    assert "correction" in update.flags
    assert update.attribution.endswith("Ulmia says 8,000 people are in the camp")
    (conflict,) = book.figures[-1].conflicts
    assert (conflict.state, [step.what for step in conflict.steps]) == ("open", ["opened", "narrowed"])


def test_a_number_that_is_corrected_into_agreement_cancels_the_alert() -> None:
    new = again("2,100")
    book, alerts = after(message(new, revises="art-second"))
    (cancel,) = [alert for alert in alerts if alert.message_type == "cancel"]
    assert (cancel.reason, cancel.wrong) == ("corrected", (f"{cancel.fingerprint}:1",))
    assert [(c.was, c.now) for c in cancel.corrections] == [("9,000", "2,100")]
    assert "revision" in cancel.flags
    (conflict,) = book.figures[-1].conflicts
    assert (conflict.state, conflict.cause) == ("resolved", "corrected")


def test_a_revision_that_says_the_same_again_changes_no_alert() -> None:
    new = again("9,000", at=400)
    book, alerts = after(message(new, revises="art-second"), revised("art-second", "art-second-v2", BLOCK))
    assert alerts == []
    assert {statement.id for statement in book.figures[-1].statements} == {TORVIA.id, new.id}
    third = again("8,000", new, at=400)
    book.tell(message(third, revises="art-second-v2", correction=True))
    (update,) = [alert for alert in book.alerts[1:] if alert.verdict == "conflict"]
    assert update.wrong == (f"{update.fingerprint}:1",), "the first revision's words were told, and are wrong, too"


def test_a_number_that_others_carried_stays_when_one_withdraws_it() -> None:
    book = quarrel()
    other = claim("9,000", article="third", speaker="Ulmia", hour=0.2)
    book.take(other)
    told = len(book.alerts)
    book.tell(revised("art-second", "art-second-v2"))
    assert book.alerts[told:] == []
    assert book.figures[-1].conflicts[0].state == "open"


def test_an_alert_told_with_a_number_that_is_history_is_listed_as_wrong() -> None:
    book = quarrel()
    book.take(claim("14,000", article="third", speaker="Ulmia", hour=5))
    first, *_ = book.alerts
    told = len(book.alerts)
    book.tell(message(again("7,000"), revises="art-second", correction=True))
    update = next(alert for alert in book.alerts[told:] if alert.fingerprint == first.fingerprint)
    assert (update.message_type, update.wrong) == ("update", (first.id,))
    assert {claim.words for claim in update.claims} == {"2,000", "14,000"}, "what stands now"
    assert [(c.was, c.now) for c in update.corrections] == [("9,000", "7,000")]


def test_a_noted_correction_is_no_news_but_an_update() -> None:
    for noted, expected in ((True, "update"), (False, "alert")):
        _, alerts = after(message(again("2,100"), revises="art-second", correction=noted))
        (change,) = [alert for alert in alerts if alert.verdict == "decrease"]
        assert change.message_type == expected
        assert ("correction" in change.flags) == noted


def test_a_change_told_with_a_withdrawn_number_is_cancelled() -> None:
    book = Ledger()
    book.take(toll("20", article="one", speaker="the mayor"))
    book.take(toll("45", article="two", speaker="the mayor", hour=4))
    (alert,) = book.alerts
    assert alert.verdict == "increase"
    book.tell(revised("art-two", "art-two-v2"))
    cancel = book.alerts[-1]
    assert (cancel.message_type, cancel.id) == ("cancel", f"{alert.fingerprint}:2")


def test_whoever_was_told_that_it_is_off_is_told_at_once_that_it_is_on_again() -> None:
    book, (cancel,) = after(revised("art-second", "art-second-v2"))
    book.take(claim("9,000", article="third", speaker="Ulmia", hour=0.1))
    back = book.alerts[-1]
    assert (back.id, back.message_type) == (f"{cancel.fingerprint}:3", "update")
    assert book.figures[-1].conflicts[0].steps[-1].what == "reopened"


def test_the_claims_of_a_text_that_was_revised_already_are_not_taken() -> None:
    book = Ledger()
    book.take(TORVIA)
    book.tell(revised("art-second", "art-second-v2"))
    book.take(ULMIA)
    assert book.alerts == []
    assert all(statement.voice != "Ulmia" for figure in book.figures for statement in figure.statements)


def elsewhere(words: str, article: str, block: str, **given: Any) -> Claim:
    """A claim of another block in the same partition."""
    return claim(words, article=article, block=block, at=900 * int(block[-1]), **given)


RECORDS: tuple[Record, ...] = (
    message(again("8,000"), revises="art-second", correction=True),
    message(elsewhere("500", "second-v2", "people/Q8", speaker="Ulmia"), revises="art-second", correction=True),
    revised("art-second", "art-second-v2", BLOCK, "people/Q8", correction=True),
)


@pytest.mark.parametrize("order", list(permutations(range(len(RECORDS)))))
def test_the_records_of_a_revision_may_come_in_any_order(order: tuple[int, ...]) -> None:
    """One block is corrected, of one the number is changed into agreement, in one nothing is left."""

    def told(chosen: tuple[int, ...]) -> dict[str, tuple[Any, ...]]:
        book = quarrel()
        for block in ("people/Q8", "people/Q9"):
            book.take(elsewhere("510", "third", block, speaker="Torvia"))
            book.take(elsewhere("900", "second", block, speaker="Ulmia"))
        for at in chosen:
            book.tell(RECORDS[at])
        return {a.id: (a.message_type, a.references, a.wrong, a.corrections, a.attribution) for a in book.alerts}

    assert told(order) == told((0, 1, 2))
    kinds = [message_type for message_type, *_ in told(order).values()]
    assert sorted(kinds).count("cancel") == 2
    assert "update" in kinds


@pytest.mark.parametrize("record", [*RECORDS[:2], revised("art-second", "art-second-v2")])
def test_a_killed_worker_puts_every_alert_right_once(record: Record) -> None:
    calm = quarrel()
    calm.tell(record)
    writes = calm_writes(record)
    for stored in range(writes + 1):
        killed = quarrel()
        killed.apply(record, 2, stored=stored)
        killed.apply(record, 2)
        assert {a.id: a for a in killed.alerts} == {a.id: a for a in calm.alerts}
        assert killed.tables == calm.tables


def calm_writes(record: Record) -> int:
    outcome = quarrel().tell(record)
    assert isinstance(outcome, Processed)
    return len(outcome.store)


def test_word_of_a_revision_at_a_later_offset_says_nothing_new() -> None:
    book, _ = after(revised("art-second", "art-second-v2"))
    said = len(book.sent)
    assert isinstance(book.tell(revised("art-second", "art-second-v2")), Duplicate)
    assert len(book.sent) == said


def test_a_series_of_which_nothing_is_left_is_stated_as_empty() -> None:
    book = Ledger()
    book.take(TORVIA)
    book.tell(revised("art-first", "art-first-v2"))
    assert book.figures[-1].statements == ()


def test_the_row_of_an_article_of_a_thousand_figures_stays_small() -> None:
    claims = [claim(f"{1000 + n}", article="long", at=900 * n, unit=f"unit {n}") for n in range(1200)]
    book = Ledger()
    book.tell(ClaimsMade(block=BLOCK, article_id="art-long", revision=1, revises=None, claims=tuple(claims)))
    (row,) = (row for key, row in book.tables["series"].items() if key.startswith(KIND) and "#" not in key)
    assert 30_000 < len(row) <= ROW_BYTES
