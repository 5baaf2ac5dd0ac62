"""Whatever order the records of an hour come in, however often, and wherever a worker is killed: the same conflicts are
open and the same alerts were told under the same ids; and an old word never takes the place of a newer one."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.claim import Claim
from services.ledger.rows.record import ROW_BYTES, TABLE, SeriesRecord
from services.ledger.rules.moment import told_at
from tests.unit.ledger.making import Ledger, Record, claim, ledger, message, revised, toll

VOICES = ("Torvia", "Ulmia", "Rhovia", None)
HISTORY = [
    [claim("2,000", article="h1", speaker="Torvia", hour=-20)],
    [claim("9,000", article="h2", speaker="Ulmia", hour=-20)],
]
HOUR = st.lists(
    st.tuples(
        st.sampled_from(["2,000", "2,300", "900", "at least 4,000", "dozens", "9,000", "about 5,000", "14,000"]),
        st.sampled_from(VOICES),
        st.sampled_from(["camp", "border"]),
        st.integers(0, 59),
    ),
    min_size=2,
    max_size=7,
)


def articles(news: list[tuple[str, str | None, str, int]]) -> list[list[Claim]]:
    return [
        [claim(words, article=f"n{at}", speaker=speaker, scope=scope, hour=minute / 60)]
        for at, (words, speaker, scope, minute) in enumerate(news)
    ]


def open_conflicts(book: Ledger) -> set[str]:
    """Of all rows as they stand."""
    rows = [SeriesRecord.model_validate_json(row) for key, row in book.tables[TABLE].items() if key.startswith("ser-")]
    return {d.id for row in rows for d in row.disputes if d.verdict == "conflict" and d.state == "open"}


@given(HOUR, st.randoms(use_true_random=False))
def test_the_order_of_an_hour_changes_neither_alerts_nor_open_conflicts(
    news: list[tuple[str, str | None, str, int]], shuffler: random.Random
) -> None:
    hour = articles(news)
    shuffled = list(hour)
    shuffler.shuffle(shuffled)
    one, other = ledger(hour), ledger(shuffled)
    assert {alert.id for alert in one.alerts} == {alert.id for alert in other.alerts}
    assert open_conflicts(one) == open_conflicts(other)


@given(HOUR, st.randoms(use_true_random=False))
def test_the_order_of_an_hour_changes_no_open_conflict_that_is_older(
    news: list[tuple[str, str | None, str, int]], shuffler: random.Random
) -> None:
    """Whether a word still met the old word of somebody who moved on within the hour hangs on the order: what was
    told then was right then; so does whether one voice's two numbers are a change or a slip. What stays open between
    two voices does not."""
    hour = articles(news)
    shuffled = list(hour)
    shuffler.shuffle(shuffled)
    one, other = (ledger([*HISTORY, *order]) for order in (hour, shuffled))
    assert between_two(one) == between_two(other)


def between_two(book: Ledger) -> set[str]:
    """The open conflicts of two voices."""
    voice = {found.id: found.voice for found in live(book)}
    rows = [SeriesRecord.model_validate_json(row) for key, row in book.tables[TABLE].items() if key.startswith("ser-")]
    disputes = [dispute for row in rows for dispute in row.disputes if dispute.id in open_conflicts(book)]
    return {dispute.id for dispute in disputes if voice[dispute.one] != voice[dispute.other]}


PLACES = (("Q77",), ("Q78",), ("Q77", "Q78"))
"""Of one event: a village, its province, both. Three series, which are compared."""
RECORDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("claims"),
            st.sampled_from(["20", "at least 30", "45", "dozens", "200", "12"]),
            st.sampled_from(["the mayor", "the army", None]),
            st.integers(0, 100),
            st.sampled_from(PLACES),
        ),
        st.tuples(
            st.just("revision"),
            st.sampled_from(["30", "60"]),
            st.integers(0, 8),
            st.booleans(),
            st.sampled_from(PLACES),
        ),
        st.tuples(st.just("withdrawal"), st.just(""), st.integers(0, 8), st.booleans(), st.none()),
    ),
    min_size=1,
    max_size=9,
)


def records(chosen: list[tuple[Any, ...]]) -> list[Record]:
    """Claims, and revisions of articles that came before or will come after."""
    made: list[Record] = []
    for at, (kind, words, third, fourth, places) in enumerate(chosen):
        if kind == "claims":
            made.append(message(toll(words, article=f"n{at}", speaker=third, hour=float(fourth), places=places)))
        elif kind == "revision":
            name = f"n{third}-v{at}"
            new = toll(words, article=name, publisher=f"Daily n{third}", speaker="the mayor", hour=50.0, places=places)
            made.append(message(new, revises=f"art-n{third}", correction=fourth))
        else:
            made.append(revised(f"art-n{third}", f"art-n{third}-v{at}", correction=fourth))
    return made


@given(RECORDS, st.integers(0, 8), st.integers(0, 12), st.integers(1, 4))
@example([("claims", "20", "the army", 0, ("Q78",)), ("withdrawal", "", 0, False, None)], 1, 1, 1)  # a row goes
@example(  # a revision of which one row changes
    [("claims", "20", "the mayor", 12, ("Q77",)), ("revision", "30", 0, False, ("Q77",))], 1, 4, 1
)
def test_a_kill_anywhere_changes_no_alert_and_no_row(
    chosen: list[tuple[Any, ...]], killed_at: int, stored: int, back: int
) -> None:
    made = records(chosen)
    killed_at = min(killed_at, len(made) - 1)
    calm, killed = Ledger(), Ledger()
    for offset, record in enumerate(made):
        calm.apply(record, offset)
    for offset, record in enumerate(made[:killed_at]):
        killed.apply(record, offset)
    killed.apply(made[killed_at], killed_at, stored=stored)
    # Read again from the last commit: what was stored of the records before the killed one stays stored.
    for offset in range(max(0, killed_at - back + 1), len(made)):
        killed.apply(made[offset], offset)
    assert {alert.id: alert for alert in killed.alerts} == {alert.id: alert for alert in calm.alerts}
    assert len({alert.id for alert in calm.alerts}) == len(calm.alerts), "an id names one alert"
    assert killed.tables == calm.tables


@given(RECORDS)
def test_a_record_that_comes_again_says_the_same_and_writes_nothing(chosen: list[tuple[Any, ...]]) -> None:
    made = records(chosen)
    book = Ledger()
    for offset, record in enumerate(made):
        alerts = len(book.alerts)
        book.apply(record, offset)
        first = book.alerts[alerts:]
        rows = {name: dict(kept) for name, kept in book.tables.items()}
        alerts = len(book.alerts)
        book.apply(record, offset)
        assert book.alerts[alerts:] == first
        assert book.tables == rows


@given(HOUR, st.integers(2, 40))
def test_a_late_old_word_takes_the_place_of_no_newer_one(
    news: list[tuple[str, str | None, str, int]], hours_ago: int
) -> None:
    fresh = ledger(articles(news))
    late = ledger(articles(news))
    old = [
        claim(words, article=f"late{at}", speaker=speaker, scope=scope, hour=minute / 60 - hours_ago)
        for at, (words, speaker, scope, minute) in enumerate(news)
    ]
    for found in old:
        late.take(found)
    assert live_words(late) >= live_words(fresh)
    newest = {(c.voice, c.scope): told_at(c) for c in live(fresh)}
    for found in live(late):
        if (found.voice, found.scope) in newest and found.article.startswith("late"):
            raise AssertionError(f"{found.words} of {found.voice} is {hours_ago} hours old")


def live(book: Ledger) -> list[Claim]:
    rows = [SeriesRecord.model_validate_json(row) for key, row in book.tables[TABLE].items() if key.startswith("ser-")]
    return [entry.claim for row in rows for entry in row.entries]


def live_words(book: Ledger) -> set[str]:
    return {claim.id for claim in live(book)}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_no_row_is_too_long_whatever_is_said(chance: random.Random) -> None:
    """`Ledger.apply` asserts it of every row it stores."""
    book = Ledger()
    for at in range(60):
        book.take(
            *(
                claim(
                    f"{chance.randrange(100, 90_000):,}", article=f"n{at}", at=1500 * n, sentence_index=n,
                    speaker=f"voice {chance.randrange(30)}", hour=at / 2, before="They came from everywhere, " * 22,
                )
                for n in range(chance.randrange(1, 6))
            )
        )  # fmt: skip
    assert max(len(row) for row in book.tables[TABLE].values()) <= ROW_BYTES
