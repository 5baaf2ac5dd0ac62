"""Following and rebuilding: nothing is lost by a kill, and both ways give the same rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.desk.queries.counts import counts
from services.desk.store.ahead import AHEAD, BATCH, BATCH_BYTES, Taken
from services.desk.store.database import Database
from services.desk.store.projection import offsets
from services.desk.store.projector import Projector
from services.desk.store.rebuild import rebuild
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import logged, without
from tests.unit.desk.store import world

LOG = world.log_of(world.everything())


class Killed(Exception):
    """Ends a projector where a SIGKILL would: what was committed stays, the rest never was."""


class Topics:
    """The log as a broker gives it: from any offset, some of each partition at a time. Fails after so many batches."""

    def __init__(self, fails_after: int | None = None, size: int = 2) -> None:
        self.fails_after = fails_after
        self.size = size
        self.asked: list[Mapping[tuple[str, int], int]] = []

    async def feed(self, start: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        self.asked.append(start)
        given = 0
        for partition, messages in LOG.items():
            for batch in world.in_batches(messages[start.get(partition, 0) :], self.size):
                if given == self.fails_after:
                    raise Killed
                given += 1
                yield batch
                await asyncio.sleep(0)


async def test_a_projector_goes_on_where_the_last_one_ended(database: Database) -> None:
    whole = Projector(database, Topics().feed)
    await whole.run()
    expected = await world.rows(database)
    assert (whole.state, whole.messages) == ("ended", sum(map(len, LOG.values())))
    await world.empty(database)
    for fails_after in (1, 5, 2, 0, 9):
        cut = Projector(database, Topics(fails_after).feed)
        await cut.run()
        assert (cut.state, cut.problem) == ("failed", "Killed")
    topics = Topics()
    async with database.reading() as db:
        reached = await offsets(db)
    last = Projector(database, topics.feed)
    await last.run()
    assert topics.asked == [reached]
    assert last.messages == whole.messages - sum(reached.values())
    assert await world.rows(database) == expected


async def test_a_transaction_that_fails_moves_no_offset(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: frozenset[str]) -> None:
        raise Killed

    monkeypatch.setattr("services.desk.store.ahead.BATCH", 3)
    projector = Projector(database, Topics(size=50).feed, fails)
    with pytest.raises(Killed):  # of `changed`, when it is told that the feed failed
        await projector.run()
    async with database.reading() as db:
        assert sum((await offsets(db)).values()) == 3


async def test_a_database_that_fails_is_waited_for_and_nothing_is_lost(database: Database) -> None:
    states: list[tuple[str, str | None]] = []
    projector = Projector(database, Topics(size=50).feed, lambda _: states.append((projector.state, projector.problem)))
    with logged("taking in what comes failed") as failed:
        async with without(database, "articles"):
            running = asyncio.create_task(projector.run())
            await asyncio.wait_for(failed.wait(), 5)
        await running
    assert states[0][0] == "waiting"
    assert states[0][1] in ("OperationalError", "ProgrammingError")
    assert ("following", None) in states
    assert (projector.state, projector.messages) == ("ended", sum(map(len, LOG.values())))
    got = await world.rows(database)
    await world.empty(database)
    await Projector(database, Topics().feed).run()
    assert got == await world.rows(database)


async def test_a_database_whose_connections_were_cut_is_followed_and_read_at_once(on_postgresql: Database) -> None:
    store, more = on_postgresql, asyncio.Event()

    async def feed(_: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        first, second = world.arrived([d.MINISTRY]), world.arrived([d.UNION])
        yield first
        await more.wait()
        yield second

    committed = asyncio.Event()
    projector = Projector(store, feed, lambda _: committed.set())
    running = asyncio.create_task(projector.run())
    await asyncio.wait_for(committed.wait(), 5)
    async with store.reading() as db:  # its own last
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() ORDER BY "
        with suppress(DBAPIError):
            await db.execute(text(cut + "pid = pg_backend_pid()"))
    async with store.reading() as db:
        assert (await counts(db)).articles == 1
    more.set()
    await asyncio.wait_for(running, 10)
    assert (projector.state, projector.problem) == ("ended", None)
    async with store.reading() as db:
        assert (await counts(db)).articles == 2


async def test_large_messages_wait_and_are_written_by_their_bytes(database: Database) -> None:
    """Of a backlog of articles of 1 MB each, as many as fit are held, not a thousand."""
    read = 0

    async def feed(_: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        nonlocal read
        for arrival, message in world.arrived(d.article(f"Boat {n} came.") for n in range(60)):
            read += 1
            yield [(replace(arrival, size=1024 * 1024), message)]

    held: list[int] = []
    taken: list[int] = []

    def told(_: frozenset[str]) -> None:
        taken.append(projector.messages - sum(taken))
        held.append(read - projector.messages)

    projector = Projector(database, feed, told)
    await projector.run()
    most = BATCH_BYTES // (1024 * 1024)
    assert max(taken) == most
    assert max(held) <= AHEAD * most + 1
    assert projector.messages == 60


async def test_one_message_may_be_larger_than_all_that_fits(database: Database) -> None:
    async def feed(_: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        for arrival, message in world.arrived(d.article(f"Boat {n} came.") for n in range(5)):
            yield [(replace(arrival, size=10 * AHEAD * BATCH_BYTES), message)]

    projector = Projector(database, feed)
    async with asyncio.timeout(10):
        await projector.run()
    assert projector.messages == 5


async def test_whoever_watches_is_told_what_changed_after_each_commit(database: Database) -> None:
    told: list[frozenset[str]] = []
    await Projector(database, Topics().feed, told.append).run()
    assert frozenset().union(*told) == {message.TYPE for messages in LOG.values() for _, message in messages}
    assert told[-1] == frozenset()


async def test_a_backlog_is_taken_in_by_large_transactions(database: Database) -> None:
    articles = world.arrived(d.article(f"Boat {n} came.") for n in range(2 * BATCH + 1))

    async def feed(_: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        yield articles

    told: list[frozenset[str]] = []
    projector = Projector(database, feed, told.append)
    await projector.run()
    assert (projector.messages, len(told)) == (2 * BATCH + 1, 4)


async def test_a_lone_message_does_not_wait_for_others(database: Database) -> None:
    shown = asyncio.Event()

    async def feed(_: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        yield world.arrived([d.MINISTRY])
        await shown.wait()  # nothing more comes until the first is there

    async with asyncio.timeout(10):
        await Projector(database, feed, lambda _: shown.set()).run()


async def test_a_rebuild_gives_the_rows_of_the_live_desk(database: Database) -> None:
    await Projector(database, Topics().feed).run()
    live = await world.rows(database)
    await world.take(database, d.article("Of a topic that was lost."), d.entity("Nowhere"))
    counted: list[int] = []
    done = await rebuild(database, Topics(size=7).feed, counted.append)
    assert await world.rows(database) == live
    assert done == sum(counted) == sum(map(len, LOG.values()))


async def test_a_rebuild_keeps_the_states_that_compacted_topics_have_dropped(database: Database) -> None:
    earlier = d.figure(updated=d.NOON, label="earlier")
    await world.take(database, earlier)
    await rebuild(database, Topics().feed)
    rows = await world.rows(database)
    assert len(rows["figure_states"]) == 3
