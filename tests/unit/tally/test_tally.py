"""The rolling table of an entity, against a plain count over all that was ever told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.entity import EntitiesMentioned, EntityTallied, EntityType, Window
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLE_VALUE_BYTES
from services.tally.stored import TABLE
from tests.unit.tally.telling import START, Rows, article, numbered, plain_count, run, small, tell, toll

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


def test_the_trend_is_told_against_the_window_before() -> None:
    rows: Rows = {TABLE: {}}
    for i in range(3):
        tell(rows, article(i, START - timedelta(days=8, minutes=i)))
    (table,) = tell(rows, article(9, START))
    assert table.windows["7d"].articles == 1
    assert table.windows["7d"].before == 3
    assert table.windows["24h"].before == 0


@pytest.mark.parametrize("kinds", [("NORP", "GPE"), ("GPE", "NORP")])
def test_a_country_and_its_people_are_a_row_of_the_country(kinds: tuple[EntityType, ...]) -> None:
    rows: Rows = {TABLE: {}}
    for number, kind in enumerate(kinds):
        told = article(number, START)
        (table,) = tell(
            rows, told.model_copy(update={"entities": (told.entities[0].model_copy(update={"type": kind}),)})
        )
    assert table.type == "GPE"


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
