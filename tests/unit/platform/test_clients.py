"""Reading topics without a consumer group."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticlePublished
from schemas.topics import PUBLISHED, RAISED
from services.platform.clients import arrival_time, batches, read, read_record
from tests.unit.platform.conftest import Bench, article


async def test_reading_ends_where_the_topic_ended_and_leaves_out_what_is_unreadable(bench: Bench) -> None:
    for partition in range(PUBLISHED.partitions):
        await bench.publish([article(f"a{partition}"), None, b"{", article(f"b{partition}")], partition)
    found = [message async for _, message in read(bench.settings, PUBLISHED)]
    assert {message.id for message in found} == {f"{letter}{number}" for letter in "ab" for number in range(4)}


async def test_an_empty_topic_ends_at_once(bench: Bench) -> None:
    async with asyncio.timeout(5):
        assert await bench.all(RAISED) == []


async def test_a_follower_goes_on_from_where_it_was(bench: Bench) -> None:
    await bench.publish([article("old"), article("new")])
    async for batch in batches(bench.settings, [PUBLISHED], follow=True, start={(PUBLISHED.name, 0): 1}):
        ((record, message),) = batch
        assert isinstance(message, ArticlePublished)
        assert (record.arrival.offset, message.id) == (1, "new")
        break


async def test_a_record_that_is_not_there_is_none(bench: Bench) -> None:
    assert await read_record(bench.settings, PUBLISHED.name, 0, 5) is None


@given(st.one_of(st.none(), st.floats(allow_nan=False)))
def test_any_timestamp_of_a_stranger_is_a_time(seconds: float | None) -> None:
    at = arrival_time(seconds)
    assert datetime(1970, 1, 1, tzinfo=UTC) <= at < datetime(2100, 1, 1, tzinfo=UTC)
