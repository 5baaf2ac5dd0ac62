"""What is sent and deleted by time alone, and whatever process was killed or given the partition before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from schemas.entity import EntityTallied
from schemas.outcomes import Arrival, Processed
from schemas.topics import entity_partition
from services.tally.falls import SWEEP_PERIOD
from services.tally.stored import TABLE
from tests.unit.tally.telling import START, Rows, article, run, small, tell


def test_a_sweep_sends_an_entity_when_an_article_leaves_a_window_and_not_before() -> None:
    rows: Rows = {TABLE: {}}
    names = [f"x-name-{i}" for i in range(120)]
    for i, name in enumerate(names):
        tell(rows, article(i, START, entity=name))
    quiet = list(small().sweep(rows, START + timedelta(minutes=30)))
    assert len(quiet) < len(names) / 10  # one in sixty is refreshed
    fallen = list(small().sweep(rows, START + timedelta(hours=1)))
    assert {m.entity for m in fallen if isinstance(m, EntityTallied)} == set(names)
    assert all(isinstance(m, EntityTallied) and m.windows["1h"].articles == 0 for m in fallen)
    assert all(isinstance(m, EntityTallied) and m.windows["24h"].articles == 1 for m in fallen)


def test_every_entity_is_refreshed_within_an_hour_of_sweeps() -> None:
    rows: Rows = {TABLE: {}}
    for i in range(50):
        tell(rows, article(i, START, entity=f"x-name-{i}"))
    seen = set()
    for minute in range(60):
        at = START + timedelta(hours=5) + minute * SWEEP_PERIOD
        seen |= {m.entity for m in small().sweep(rows, at) if isinstance(m, EntityTallied)}
    assert len(seen) == 50


def test_an_entity_two_weeks_silent_is_swept_no_more() -> None:
    rows: Rows = {TABLE: {}}
    tell(rows, article(1, START))
    assert not any(list(small().sweep(rows, START + timedelta(days=15, minutes=minute))) for minute in range(60))


def test_rows_nothing_counts_in_any_more_are_deleted_with_the_next_record_of_their_partition() -> None:
    rows: Rows = {TABLE: {}}
    tally = small(fold_after=1)
    names = [f"x-name-{i}" for i in range(40)]
    for i, name in enumerate((*names, names[0])):  # the last of its partition is in the ring alone
        tell(rows, article(i, START, entity=name), tally=tally)
    later = START + timedelta(days=15)
    back = names[0]
    mine = {name for name in names if entity_partition(name) == entity_partition(back)} - {back}
    assert mine
    assert mine != set(names)

    def next_record(at: datetime) -> set[str]:
        outcome = tally.step(article(99, at, entity=back), rows, Arrival("news.entity.mentioned.v1", 0, 99, at))
        assert isinstance(outcome, Processed)
        return {write.key for write in outcome.store if write.value is None}

    assert next_record(later) == set(), "nothing is known to be forgotten before a sweep"
    tally.sweep(rows, START + timedelta(days=14, hours=1))
    assert next_record(START + timedelta(days=14, hours=1)) == set(), "not refreshed as zeros yet"
    tally.sweep(rows, later)
    assert next_record(later) == mine
    tell(rows, article(98, later, entity=min(mine)), tally=tally)
    tally.sweep(rows, later + timedelta(minutes=1))
    assert next_record(later) == mine - {min(mine)}


def test_a_hot_entity_is_sent_once_a_second_and_nothing_stays_unsent() -> None:
    rows: Rows = {TABLE: {}}
    tally = small()
    sent: list[EntityTallied] = []
    for i in range(100):
        at = START + timedelta(milliseconds=20 * i)
        sent += run(tally, rows, article(i, at), at)
        if i % 50 == 49:
            sent += [m for m in tally.sweep(rows, at) if isinstance(m, EntityTallied)]
    assert len(sent) <= 5
    assert sent[-1].windows["1h"].articles == 100


@pytest.mark.parametrize("later", [12, -3600])
def test_what_a_killed_process_left_unsent_is_sent_by_the_first_sweep_of_the_next(later: int) -> None:
    """The next may have the right clock where that of the killed one was an hour ahead."""
    rows: Rows = {TABLE: {}}
    killed = small()
    killed.sweep(rows, START)
    run(killed, rows, article(1, START), START)
    assert run(killed, rows, article(2, START), START) == ()
    (table,) = small().sweep(rows, START + timedelta(seconds=later))
    assert isinstance(table, EntityTallied)
    assert table.windows["1h"].articles == 2


def test_what_another_worker_left_unsent_is_sent_by_the_first_sweep_after_a_rebalance() -> None:
    rows: Rows = {TABLE: {}}
    own, other = small(), small()
    own.sweep(rows, START)
    for i in range(3):
        at = START + timedelta(milliseconds=20 * i)
        run(other, rows, article(i, at), at)  # the second and third stay unsent, and its partition goes to `own`
    soon = START + timedelta(seconds=2)
    assert list(own.sweep(rows, soon)) == []
    own.restore(rows)
    assert [m.windows["1h"].articles for m in own.sweep(rows, soon) if isinstance(m, EntityTallied)] == [3]


@pytest.mark.parametrize("looked_at", [1, 30, 90])
def test_a_partition_that_goes_in_the_middle_of_a_sweep_ends_no_sweep(looked_at: int) -> None:
    """Others have their turn between two entities, and a rebalance may be among them."""
    rows: Rows = {TABLE: {}}
    tally = small()
    for i in range(60):
        tell(rows, article(i, START, entity=f"x-name-{i}"), tally=tally)
    sweeping = tally.sweeping(rows, START + timedelta(hours=1))
    for _ in range(looked_at):
        next(sweeping)
    rows[TABLE].clear()
    tally.restore(rows)
    assert len([message for message in sweeping if message is not None]) <= 60
