"""The rolling table of an entity, against a plain count over all that was ever told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied, FigureOf, Name, Window
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLE_VALUE_BYTES, entity_partition
from services.tally.falls import SWEEP_PERIOD
from services.tally.rolling import WINDOWS
from services.tally.stage import Tally
from services.tally.stored import TABLE

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Rows = dict[str, dict[str, bytes]]


def small(*, at_once: bool = False, fold_after: int = 40) -> Tally:
    """A stage whose rings come round soon, so that a story is told partly by them and partly by rows of its own."""
    return Tally(at_once=at_once, slots=fold_after + 24, fold_after=fold_after)


def article(
    number: int,
    at: datetime,
    *,
    entity: str = "Q184",
    spans: int = 1,
    publisher: str | None = "wire",
    lineage: str | None = None,
    figures: dict[str, int] | None = None,
    company: tuple[str, ...] = (),
    latest: tuple[FigureOf, ...] = (),
) -> EntitiesMentioned:
    return EntitiesMentioned(
        article_id=f"art-{number}",
        article=str(number),
        publisher=publisher,
        lineage=lineage or f"art-{number}",
        arrived=at,
        partition=entity_partition(entity),
        entities=(
            EntityInArticle(
                entity=entity,
                name="Belarus",
                type="GPE",
                spans=tuple((10 * i, 10 * i + 7) for i in range(spans)),
                figures=figures or {},
                latest=latest,
            ),
        ),
        company=tuple(Name(entity=name, name=name.title()) for name in company),
    )


def tell(
    rows: Rows, message: EntitiesMentioned, offset: int = 0, tally: Tally | None = None
) -> tuple[EntityTallied, ...]:
    """Run the stage as the platform does, in a new process if none is said: send, then store."""
    arrival = Arrival("news.entity.mentioned.v1", 0, offset, message.arrived)
    outcome = (tally or small(at_once=True)).step(message, rows, arrival)
    assert isinstance(outcome, Processed)
    for write in outcome.store:
        assert write.value is not None
        assert len(write.value) < TABLE_VALUE_BYTES
        rows[write.table][write.key] = write.value
    return tuple(m for m in outcome.emit if isinstance(m, EntityTallied))


def plain_count(told: list[EntitiesMentioned], at: datetime) -> dict[str, Any]:
    """Every distinct article counted from scratch."""
    articles = {m.article_id: m for m in told}.values()
    windows = {}
    for name, seconds in WINDOWS.items():
        inside = [m for m in articles if at - timedelta(seconds=seconds) < m.arrived <= at]
        windows[name] = Window(
            mentions=sum(len(m.entities[0].spans) for m in inside),
            articles=len(inside),
            lineages=len({m.lineage for m in inside}),
            publishers=len({m.publisher for m in inside} - {None}),
            before=sum(
                at - timedelta(seconds=2 * seconds) < m.arrived <= at - timedelta(seconds=seconds) for m in articles
            ),
        )
    figures: Counter[str] = Counter()
    for m in articles:
        if at - timedelta(days=7) < m.arrived <= at:
            figures.update(m.entities[0].figures)
    met = Counter(name.entity for m in articles if m.arrived.toordinal() > at.toordinal() - 7 for name in {*m.company})
    tolls = [figure for m in articles for figure in m.entities[0].latest]
    return {
        "windows": windows,
        "figures": dict(figures),
        "companions": dict(met),
        "latest": max(tolls, key=lambda figure: (figure.as_of, figure.claim), default=None),
    }


def numbered(number: int) -> EntitiesMentioned:
    """An article whose every field hangs on its number: told again, it is the same. Arrivals span nine days."""
    return article(
        number,
        START + timedelta(minutes=number * 7919 % 13_000),
        spans=1 + number % 4,
        publisher=(None, "one", "two", "three")[number % 4],
        lineage=f"art-{number % 5}" if number % 2 else None,
        figures={"deaths": 1 + number % 3, "injured": 1} if number % 3 == 0 else None,
        company=tuple(f"x-friend-{divisor}-{number % divisor}" for divisor in (2, 3, 5)),
        latest=(toll(number, START + timedelta(hours=number * 31 % 17)),) if number % 3 == 0 else (),
    )


def toll(number: int, as_of: datetime) -> FigureOf:
    return FigureOf(
        metric=Metric.DEATHS,
        words=f"{number} people",
        value=number,
        speaker="the ministry",
        publisher="wire",
        claim=f"claim-{number}",
        article_id=f"art-{number}",
        start=0,
        end=9,
        as_of=as_of,
    )


messages = st.integers(0, 60).map(numbered)


@given(st.lists(messages, min_size=1, max_size=60), st.data())
def test_any_order_redelivery_and_restart_give_the_plain_count(
    told: list[EntitiesMentioned], data: st.DataObject
) -> None:
    rows: Rows = {TABLE: {}}
    for offset, message in enumerate(told):
        (tallied,) = tell(rows, message, offset)
        if data.draw(st.booleans(), label="crash: the last records come again"):
            rows = {TABLE: dict(rows[TABLE])}
            for again in told[max(0, offset - 2) : offset + 1]:
                (tallied,) = tell(rows, again, offset)
        latest = max(m.arrived for m in told[: offset + 1])
        expected = plain_count(told[: offset + 1], latest)
        assert tallied.as_of == tallied.last_seen == latest
        assert tallied.first_seen == min(m.arrived for m in told[: offset + 1])
        assert tallied.windows == expected["windows"]
        assert tallied.figures == expected["figures"]
        assert {met.entity: met.articles for met in tallied.companions} == expected["companions"]
        assert next(iter(tallied.latest), None) == expected["latest"]


def test_a_redelivered_record_sends_the_same_message_and_leaves_the_same_row() -> None:
    rows: Rows = {TABLE: {}}
    message = article(1, START, spans=3, figures={"deaths": 2})
    first = tell(rows, message)
    stored = dict(rows[TABLE])
    assert tell(rows, message) == first
    assert rows[TABLE] == stored


def test_a_replay_of_everything_from_the_start_counts_nothing_twice() -> None:
    told = [article(i, START + timedelta(minutes=i), publisher=f"p{i % 7}") for i in range(300)]
    rows: Rows = {TABLE: {}}
    for message in told:
        once = tell(rows, message)
    for message in told:
        twice = tell(rows, message)
    assert once == twice


def test_five_copies_of_one_text_are_five_articles_and_one_origin() -> None:
    rows: Rows = {TABLE: {}}
    for i in range(5):
        (tallied,) = tell(rows, article(i, START, lineage="art-0", publisher=f"paper {i}"))
    assert tallied.windows["1h"] == Window(mentions=5, articles=5, lineages=1, publishers=5, before=0)


def test_the_hottest_entity_stays_below_the_limit_and_its_estimates_within_a_fifth() -> None:
    rows: Rows = {TABLE: {}}
    tally = small(at_once=True)
    week = [timedelta(minutes=8 * i) for i in range(1_250)]
    burst = [timedelta(days=7, seconds=4 * i) for i in range(600)]
    told = [
        article(
            i,
            START + after,
            spans=1 + i % 3,
            publisher=f"p{i % 500}",
            lineage=f"art-{i // 2}",
            figures={"deaths": 1, "injured": 1, "missing": 1},
        )
        for i, after in enumerate(week + burst)
    ]
    for message in told:
        (tallied,) = tell(rows, message, tally=tally)
    expected = plain_count(told, told[-1].arrived)
    for name, window in expected["windows"].items():
        given_back = tallied.windows[name].model_dump()
        for what, number in window.model_dump().items():
            assert abs(given_back[what] - number) <= max(2, 0.2 * number), (name, what, given_back[what], number)
    deaths = expected["figures"]["deaths"]
    assert abs(tallied.figures["deaths"] - deaths) <= 0.2 * deaths


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


def run(tally: Tally, rows: Rows, message: EntitiesMentioned, at: datetime) -> tuple[EntityTallied, ...]:
    outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, 0, at))
    assert isinstance(outcome, Processed)
    for write in outcome.store:
        assert write.value is not None
        rows[write.table][write.key] = write.value
    return tuple(m for m in outcome.emit if isinstance(m, EntityTallied))


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


def test_what_a_killed_process_left_unsent_is_sent_by_the_first_sweep_of_the_next() -> None:
    rows: Rows = {TABLE: {}}
    killed = small()
    killed.sweep(rows, START)
    run(killed, rows, article(1, START), START)
    assert run(killed, rows, article(2, START), START) == ()
    (table,) = small().sweep(rows, START + timedelta(seconds=12))
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


def test_the_trend_is_told_against_the_window_before() -> None:
    rows: Rows = {TABLE: {}}
    for i in range(3):
        tell(rows, article(i, START - timedelta(days=8, minutes=i)))
    (table,) = tell(rows, article(9, START))
    assert table.windows["7d"].articles == 1
    assert table.windows["7d"].before == 3
    assert table.windows["24h"].before == 0


def test_the_latest_figure_of_a_metric_leads_to_its_sentence() -> None:
    rows: Rows = {TABLE: {}}
    tell(rows, article(2, START, latest=(toll(2, START),)))
    (table,) = tell(rows, article(1, START + timedelta(hours=1), latest=(toll(1, START - timedelta(hours=5)),)))
    (figure,) = table.latest
    assert (figure.claim, figure.words, figure.article_id, figure.start, figure.end) == (
        "claim-2", "2 people", "art-2", 0, 9,
    )  # fmt: skip


def test_the_fullest_row_a_week_can_make_stays_below_the_limit() -> None:
    rows: Rows = {TABLE: {}}
    tally = small()
    largest = 0
    for i in range(1_400):
        at = START + timedelta(minutes=13 * i)
        message = article(
            i,
            at,
            publisher=f"p{i}",
            figures={metric.value: 1 for metric in Metric},
            company=tuple(f"x-{i % 97}-{'n' * 80}-{j}" for j in range(12)),
            latest=tuple(
                toll(i, at).model_copy(update={"metric": metric, "words": "9" * 400, "speaker": "s" * 200})
                for metric in Metric
            ),
        )
        tell(rows, message, tally=tally)
        largest = max(largest, *map(len, rows[TABLE].values()))
    assert largest < TABLE_VALUE_BYTES * 7 // 8, largest


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3)), min_size=1, max_size=60))
def test_a_kill_between_the_rows_of_an_article_changes_no_count(told: list[tuple[int, int]]) -> None:
    """Each record comes with what of its rows is stored: none of them, one, two; or 3: all, and the process lives."""
    rows: Rows = {TABLE: {}}
    heard = [numbered(number) for number in range(100)]
    for message in heard:
        tell(rows, message)
    tally = small(at_once=True)
    for number, stored in told:
        message = numbered(number)
        outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, 0, START))
        assert isinstance(outcome, Processed)
        for write in outcome.store[:stored]:
            assert write.value is not None
            rows[write.table][write.key] = write.value
        heard.append(message)
        if stored < 3:
            tally = small(at_once=True)
            (tallied,) = run(tally, rows, message, START)
        else:
            (tallied,) = (m for m in outcome.emit if isinstance(m, EntityTallied))
        expected = plain_count(heard, max(m.arrived for m in heard))
        assert tallied.windows == expected["windows"]
        assert tallied.figures == expected["figures"]
        assert {met.entity: met.articles for met in tallied.companions} == expected["companions"]


def test_what_a_hot_entity_writes_for_an_article_is_a_fraction_of_its_state() -> None:
    rows: Rows = {TABLE: {}}
    tally, written = small(), 0
    for i in range(1_000):
        at = START + timedelta(minutes=i)
        outcome = tally.step(article(i, at), rows, Arrival("news.entity.mentioned.v1", 0, i, at))
        assert isinstance(outcome, Processed)
        for write in outcome.store:
            assert write.value is not None
            rows[write.table][write.key] = write.value
            written += len(write.value) if i >= 900 else 0
    assert written / 100 < len(rows[TABLE]["Q184"]) / 5
