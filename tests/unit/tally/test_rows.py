"""Rows are a matter of what was told, never of who wrote them: kills, redelivery and restores leave the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied, FigureOf, Name
from schemas.message import Message
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Processed, Write
from schemas.topics import TABLE_VALUE_BYTES
from services.tally.ring import is_entity
from services.tally.stage import Tally
from services.tally.stored import TABLE, states

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Rows = dict[str, dict[str, bytes]]

HOT = 60
"""Articles told before, so that rings have come round."""

SLOTS, FOLD_AFTER = 24, 10


def small() -> Tally:
    return Tally(slots=SLOTS, fold_after=FOLD_AFTER)


@cache
def numbered(number: int) -> EntitiesMentioned:
    """An article whose every field hangs on its number. Many arrive in one second, late ones among them."""
    at = START + timedelta(seconds=number // 7 - 3 * (number % 5 == 0))
    figures = {"deaths": 1 + number % 4, "injured": 1} if number % 2 else {}
    return EntitiesMentioned(
        article_id=f"art-{number}",
        article=str(number),
        publisher=(None, "one", "two", "three")[number % 4],
        lineage=f"art-{number % 11}",
        arrived=at,
        partition=0,
        entities=tuple(
            EntityInArticle(
                entity=name,
                name=f"{name} {number % 3}",
                type=("GPE", "NORP")[number % 2],
                spans=tuple((10 * i, 10 * i + 7) for i in range(1 + number % 3)),
                figures=figures,
                latest=(_toll(number, at),) if number % 3 == 0 else (),
            )
            for name in ("Q184", f"x-second-{number % 2}", f"x-rare-{number % 17}")
        ),
        company=tuple(Name(entity=f"x-{number % k}-{k}", name=f"Name {number % k} {k}") for k in (2, 3, 71)),
    )


def _toll(number: int, at: datetime) -> FigureOf:
    return FigureOf(
        metric=(Metric.DEATHS, Metric.INJURED)[number % 2], words="9 people", value=9, speaker=None, publisher=None,
        claim=f"claim-{number}", article_id=f"art-{number}", start=0, end=8, as_of=at,
    )  # fmt: skip


def store(rows: Rows, writes: tuple[Write, ...]) -> None:
    for write in writes:
        write.into(rows[write.table])


def told(tally: Tally, rows: Rows, number: int, offset: int) -> tuple[Write, ...]:
    message = numbered(number)
    outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, offset, message.arrived))
    assert isinstance(outcome, Processed)
    return outcome.store


def undisturbed(numbers: Sequence[int]) -> Rows:
    rows: Rows = {TABLE: {}}
    tally = small()
    for offset, number in enumerate(numbers):
        store(rows, told(tally, rows, number, offset))
    return rows


KILLS = st.tuples(st.integers(0, 40), st.integers(0, 6), st.integers(0, 20))
"""After so many more records, with so many rows of the last one stored, so many records back to the last commit."""


@settings(max_examples=40)
@given(st.lists(st.integers(0, 90), max_size=40), st.lists(KILLS, min_size=1, max_size=5))
def test_kills_redelivery_and_restores_leave_the_same_bytes(
    numbers: list[int], kills: list[tuple[int, int, int]]
) -> None:
    numbers = [*range(HOT), *numbers]
    rows: Rows = {TABLE: {}}
    at = 0
    for more, stored, back in kills:
        tally = small()
        tally.restore(rows)
        killed = min(at + more, len(numbers) - 1)
        for offset in range(at, killed):
            store(rows, told(tally, rows, numbers[offset], offset))
        store(rows, told(tally, rows, numbers[killed], killed)[:stored])
        at = max(at, killed - back)
    tally = small()
    for offset in range(at, len(numbers)):
        store(rows, told(tally, rows, numbers[offset], offset))
    assert rows == undisturbed(numbers)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 90), max_size=40), st.integers(5, HOT + 40), st.integers(1, 20), st.integers(0, 12))
def test_rows_that_a_failed_batch_lost_come_again_with_the_same_bytes(
    numbers: list[int], killed: int, lost: int, later: int
) -> None:
    """`lost` rows do not get through, `later` ones do, and the process ends; nothing after the first lost was
    committed."""
    numbers = [*range(HOT), *numbers]
    rows: Rows = {TABLE: {}}
    tally = small()
    written: list[tuple[int, Write]] = []
    for offset, number in enumerate(numbers[:killed]):
        writes = told(tally, rows, number, offset)
        written += [(offset, write) for write in writes]
        store(rows, writes)
    first = max(0, len(written) - lost - later)
    left: Rows = {TABLE: {}}
    store(left, tuple(write for _, write in (*written[:first], *written[first + lost :])))
    tally = small()
    for offset in range(written[first][0], len(numbers)):
        store(left, told(tally, left, numbers[offset], offset))
    assert left == undisturbed(numbers)


@settings(max_examples=30)
@given(st.lists(st.booleans(), min_size=HOT, max_size=HOT))
def test_what_a_worker_could_not_store_was_not_told(storable: list[bool]) -> None:
    rows: Rows = {TABLE: {}}
    tally = small()
    for number, stored in enumerate(storable):
        writes = told(tally, rows, number, number)
        store(rows, writes if stored else ())
    others: Rows = {TABLE: {}}
    tally = small()
    for number in (number for number, stored in enumerate(storable) if stored):
        store(others, told(tally, others, number, number))
    assert rows == others


def test_a_partition_that_another_worker_had_meanwhile_goes_on_from_its_rows() -> None:
    rows: Rows = {TABLE: {}}
    one, other = small(), small()
    for number in range(90):
        store(rows, told(one if number // 7 % 2 else other, rows, number, number))
    assert rows == undisturbed(range(90))


def test_an_article_that_names_thousands_takes_several_rows_and_a_kill_between_them_loses_none() -> None:
    names = [f"x-{i}-{'n' * 60}" for i in range(800)]
    found = tuple(EntityInArticle(entity=name, name=name, type="PER", spans=((0, 5),)) for name in names)
    message = numbered(1).model_copy(update={"entities": found})
    arrival = Arrival("news.entity.mentioned.v1", 0, 0, START)
    whole = small().step(message, {TABLE: {}}, arrival)
    assert isinstance(whole, Processed)
    assert len(whole.store) > 1
    assert all(len(write.value or b"") < TABLE_VALUE_BYTES for write in whole.store)
    for stored in range(len(whole.store)):
        rows: Rows = {TABLE: {}}
        store(rows, whole.store[:stored])
        again = small().step(message, rows, arrival)
        assert isinstance(again, Processed)
        store(rows, again.store)
        assert states(rows[TABLE]).keys() == set(names)
        assert rows[TABLE] == {write.key: write.value for write in whole.store}


def test_names_that_stand_everywhere_are_rarely_written_and_the_ring_has_its_size() -> None:
    rows: Rows = {TABLE: {}}
    tally, written = small(), Counter[str]()
    for number in range(10 * FOLD_AFTER):
        writes = told(tally, rows, number, number)
        written.update(write.key for write in writes)
        store(rows, writes)
    assert written["Q184"] == 9
    assert sum(not is_entity(key) for key in rows[TABLE]) == SLOTS


def test_a_record_that_comes_again_after_the_ring_came_round_has_a_row_more_and_counts_once() -> None:
    rows: Rows = {TABLE: {}}
    tally = small()
    for number in range(2 * SLOTS):
        store(rows, told(tally, rows, number, number))
    again = told(tally, rows, 0, 0)
    assert any(not is_entity(write.key) for write in again)
    before = states(rows[TABLE])["Q184"]
    store(rows, again)
    after = states(rows[TABLE])["Q184"]
    assert after.tallied(after.last).windows == before.tallied(before.last).windows


def test_the_states_of_a_table_are_those_of_a_stage_that_was_never_killed() -> None:
    rows: Rows = {TABLE: {}}
    tally = Tally(at_once=True)
    last: dict[str, Message] = {}
    for number in range(200):
        message = numbered(number)
        outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, number, message.arrived))
        assert isinstance(outcome, Processed)
        last |= {told.entity: told for told in outcome.emit if isinstance(told, EntityTallied)}
        store(rows, outcome.store)
    assert {name: state.tallied(state.last) for name, state in states(rows[TABLE]).items()} == last
