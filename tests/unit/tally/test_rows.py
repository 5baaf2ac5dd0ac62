"""Rows are a matter of what was told, never of who wrote them: kills, redelivery and restores leave the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.entity import EntitiesMentioned, EntityInArticle, FigureOf, Name
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Processed, Write
from services.tally.stage import Tally
from services.tally.stored import TABLE, keys

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Rows = dict[str, dict[str, bytes]]

HOT = 60
"""Articles told before, so that some entities have long rows and room runs out for none."""


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
        if write.value is None:
            rows[write.table].pop(write.key, None)
        else:
            rows[write.table][write.key] = write.value


def told(tally: Tally, rows: Rows, number: int, offset: int) -> tuple[Write, ...]:
    message = numbered(number)
    outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, offset, message.arrived))
    assert isinstance(outcome, Processed)
    return outcome.store


KILLS = st.tuples(st.integers(0, 40), st.integers(0, 6), st.integers(0, 20))
"""After so many more records, with so many rows of the last one stored, so many records back to the last commit."""


@settings(max_examples=40)
@given(st.lists(st.integers(0, 90), max_size=40), st.lists(KILLS, min_size=1, max_size=5))
def test_kills_redelivery_and_restores_leave_the_same_bytes(
    numbers: list[int], kills: list[tuple[int, int, int]]
) -> None:
    numbers = [*range(HOT), *numbers]
    undisturbed: Rows = {TABLE: {}}
    tally = Tally()
    for offset, number in enumerate(numbers):
        store(undisturbed, told(tally, undisturbed, number, offset))
    rows: Rows = {TABLE: {}}
    at = 0
    for more, stored, back in kills:
        tally = Tally()
        tally.restore(rows)
        killed = min(at + more, len(numbers) - 1)
        for offset in range(at, killed):
            store(rows, told(tally, rows, numbers[offset], offset))
        store(rows, told(tally, rows, numbers[killed], killed)[:stored])
        at = max(0, killed - back)
    tally = Tally()
    tally.restore(rows)
    for offset in range(at, len(numbers)):
        store(rows, told(tally, rows, numbers[offset], offset))
    assert rows == undisturbed


def test_a_kill_between_the_two_rows_of_a_state_leaves_the_same_bytes() -> None:
    numbers = range(130)
    rows: Rows = {TABLE: {}}
    killed: list[tuple[int, Rows]] = []
    tally = Tally()
    for offset, number in enumerate(numbers):
        writes = told(tally, rows, number, offset)
        for i, (state, since) in enumerate(pairwise(writes)):
            if keys(state.key) == (state.key, since.key):
                left: Rows = {TABLE: dict(rows[TABLE])}
                store(left, writes[: i + 1])
                killed.append((offset, left))
        store(rows, writes)
    assert len(killed) > 3
    for offset, left in killed:
        tally = Tally()
        tally.restore(left)
        for again in range(offset - 3, len(numbers)):
            store(left, told(tally, left, numbers[again], again))
        assert left == rows
