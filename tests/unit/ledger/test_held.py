"""What is held for a person: released it goes out as if nothing had been, dismissed it is never asked again."""

from __future__ import annotations

import pytest

from schemas.ids import held_id
from schemas.metrics import Metric
from schemas.outcomes import Duplicate, Processed, Rejected
from schemas.review import Decision, ReviewDecided
from services.ledger.rows.held import KIND
from tests.unit.ledger.making import Ledger, claim, hours, ledger, message, revised, toll

FIRST = toll("1,271", article="first", speaker="the mayor")
SHELTERS = toll("3,380", article="list", metric=Metric.RESCUED)
SECOND = toll("3,380", article="second", speaker="the mayor", hour=5)
NAME = held_id(FIRST.id, SECOND.id)


def held() -> Ledger:
    """A toll whose digits stand under another metric, too: held as a collision."""
    book = ledger([[FIRST], [SHELTERS], [SECOND]])
    assert book.alerts == []
    return book


def decided(decision: Decision, name: str = NAME, block: str = "harm/Q1") -> ReviewDecided:
    return ReviewDecided(
        id=name, block=block, decision=decision, by="A. Editor", why="the ministry confirmed it", at=hours(6)
    )


def test_a_released_verdict_goes_out_under_its_normal_id() -> None:
    book = held()
    book.tell(decided("released"))
    (alert,) = book.alerts
    free = ledger([[FIRST], [SECOND]]).alerts[0]
    assert (alert.id, alert.attribution, alert.message_type) == (free.id, free.attribution, "alert")
    assert "released" in alert.flags
    assert alert.because[-1] == "released by A. Editor: the ministry confirmed it"
    assert book.verdicts[-1].decision == "released"


def test_a_dismissed_verdict_is_told_to_nobody_and_not_asked_again() -> None:
    book = held()
    book.tell(decided("dismissed"))
    assert book.alerts == []
    given = book.verdicts[-1]
    assert (given.decision, given.verdict.hold) == ("dismissed", False)
    assert isinstance(book.tell(decided("released")), Duplicate), "the first word stands"
    assert book.alerts == []


@pytest.mark.parametrize("decision", ["released", "dismissed"])
def test_a_decision_that_is_read_before_its_verdict_waits_for_it(decision: Decision) -> None:
    book = Ledger()
    book.tell(decided(decision))
    for found in (FIRST, SHELTERS, SECOND):
        book.take(found)
    assert len(book.alerts) == (decision == "released")
    assert not any(given.verdict.hold for given in book.verdicts)


def test_what_is_in_no_text_never_leaves() -> None:
    one, other = claim("2,000", article="first", speaker="Torvia"), claim("9,000", article="second", speaker="Ulmia")
    forged = other.model_copy(update={"sentence": "There are 8,000 people in the camp."})
    book = ledger([[one], [forged]])
    outcome = book.tell(decided("released", held_id(one.id, other.id), one.block))
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "never_leaves"
    assert book.alerts == []


def test_what_was_revised_since_is_not_released() -> None:
    book = held()
    book.tell(revised("art-second", "art-second-v2"))
    outcome = book.tell(decided("released"))
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "revised_since"


def test_a_killed_worker_releases_once() -> None:
    calm = held()
    outcome = calm.tell(decided("released"))
    assert isinstance(outcome, Processed)
    for stored in range(len(outcome.store) + 1):
        killed = held()
        killed.apply(decided("released"), 3, stored=stored)
        killed.apply(decided("released"), 3)
        assert {a.id: a for a in killed.alerts} == {a.id: a for a in calm.alerts}
        assert killed.tables == calm.tables


def test_a_crash_while_it_is_held_keeps_it_for_review() -> None:
    calm = held()
    for stored in range(8):
        killed = ledger([[FIRST], [SHELTERS]])
        killed.apply(message(SECOND), 2, stored=stored)
        killed.apply(message(SECOND), 2)
        assert [key for key in killed.tables["series"] if key.startswith(KIND)] == [f"{NAME}@0"]
        assert killed.tables == calm.tables
