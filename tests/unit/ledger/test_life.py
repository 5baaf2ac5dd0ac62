"""The life of a conflict: every step with its cause, its time and its evidence, under one id from birth to end."""

from __future__ import annotations

from schemas.figure import Conflict
from services.ledger.rows.record import MAX_STEPS
from tests.unit.ledger.making import Ledger, claim, hours, ledger, toll

TORVIA = claim("2,000", article="first", speaker="Torvia")
ULMIA = claim("9,000", article="second", speaker="Ulmia")


def conflict(book: Ledger, at: int = -1) -> Conflict:
    (found,) = [c for c in book.figures[at].conflicts if c.id == book.alerts[0].fingerprint]
    return found


def life(book: Ledger) -> list[tuple[str, str]]:
    return [(step.what, step.cause) for step in conflict(book).steps]


def test_it_is_born_with_its_claims_its_time_and_its_alert() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    (step,) = conflict(book).steps
    assert (step.what, step.cause, step.at) == ("opened", "disjoint", hours(1 / 60))
    assert set(step.claims) == {TORVIA.id, ULMIA.id}
    assert step.alert == book.alerts[0].id


def test_it_widens_narrows_and_ends_when_the_numbers_meet() -> None:
    wider = claim("14,000", article="third", speaker="Ulmia", hour=5)
    nearer = claim("5,000", article="fourth", speaker="Ulmia", hour=10)
    met = claim("2,100", article="fifth", speaker="Ulmia", hour=20)
    apart = claim("7,000", article="sixth", speaker="Ulmia", hour=30)
    book = ledger([[TORVIA], [ULMIA], [wider], [nearer], [met]])
    assert life(book) == [
        ("opened", "disjoint"),
        ("widened", "ratio_moved"),
        ("narrowed", "severity_changed"),
        ("resolved", "intervals_met"),
    ]
    assert conflict(book).state == "resolved"
    assert set(conflict(book).steps[-1].claims) == {TORVIA.id, met.id}
    book.take(apart)
    assert life(book)[-1] == ("reopened", "reopened")
    assert (conflict(book).state, conflict(book).id) == ("open", book.alerts[0].fingerprint)


def test_a_voice_that_takes_a_side_joins_it_once() -> None:
    joins = claim("9,000", article="third", speaker="Rhovia", hour=0.5)
    more = claim("9,100", article="fourth", speaker="Rhovia", hour=0.6)
    book = ledger([[TORVIA], [ULMIA], [joins], [more]])
    assert [step for step in life(book) if step[0] == "joined"] == [("joined", "new_speaker")]
    assert next(step.claims for step in conflict(book).steps if step.what == "joined") == (joins.id,)


def test_a_running_total_that_moves_on_ends_the_conflict() -> None:
    book = ledger([
        [toll("60", article="one", speaker="the mayor")],
        [toll("20", article="two", speaker="the army", hour=0.2)],
        [toll("90", article="three", speaker="the army", hour=6)],
    ])  # fmt: skip
    assert life(book)[:2] == [("opened", "disjoint"), ("resolved", "moved_on")]
    assert conflict(book).state == "resolved"


def test_its_sides_are_the_last_words_and_its_end_is_seen_when_one_goes_stale() -> None:
    later = claim("9,100", article="third", speaker="Ulmia", hour=100)
    book = ledger([[TORVIA], [ULMIA], [later]])
    assert {conflict(book).one, conflict(book).other} == {TORVIA.id, later.id}
    book.take(claim("9,200", article="fourth", speaker="Ulmia", hour=24 * 8))
    assert life(book)[-1] == ("resolved", "stale")


def test_a_long_life_keeps_its_birth_and_its_latest_steps() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    for turn in range(30):
        words = f"{9_000 + 2_000 * (turn + 1):,}"
        book.take(claim("2,000", article=f"t{turn}", speaker="Torvia", hour=5 * turn + 4))
        book.take(claim(words, article=f"u{turn}", speaker="Ulmia", hour=5 * turn + 5))
    found = conflict(book)
    assert len(found.steps) == MAX_STEPS
    assert found.steps[0].what == "opened"
    assert found.dropped > 0
    assert [step.at for step in found.steps] == sorted(step.at for step in found.steps)
