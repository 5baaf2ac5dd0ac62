"""One event loop for all stages: long work lets the others have their turn, and loses nothing by it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from types import FrameType
from typing import Any

from schemas.article import ArticlePublished
from schemas.message import Message, decode, encode
from schemas.outcomes import Arrival, Outcome, Tables
from schemas.parts import Parts, whole
from schemas.topics import ADMITTED, CLAIMS, MENTIONED, READ, TRACED
from services.platform.clients import Record
from services.platform.host import Host
from services.platform.outcome import Shell, decide, outcome
from services.platform.spec import StageSpec
from services.platform.turns import Slices, in_turns
from services.read.agent import Reader
from tests.unit.desk.dispute import article as traced
from tests.unit.platform import toy
from tests.unit.platform.conftest import NOON, Bench, article

LONG = "The blast in Ruritania killed 12 people, the mayor of Zenda said on Monday.\n" * 900
"""13,000 words, 900 figures."""


@dataclass
class Event:
    """What `outcome` needs of Faust's event: the references by which a record is not acknowledged."""

    references: int = 1
    message: Any = field(init=False)

    def __post_init__(self) -> None:
        self.message = self

    def incref(self) -> None:
        self.references += 1

    def decref(self) -> None:
        self.references -= 1


def hops(parts: int, seen: list[int]) -> Parts[None]:
    for number in range(parts):
        seen.append(number)
        yield


async def test_another_task_has_its_turn_once_a_slice() -> None:
    seen: list[int] = []
    turns: list[int] = []

    async def other() -> None:
        while True:
            turns.append(len(seen))
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    await asyncio.sleep(0)
    ticks = count()
    await in_turns(hops(1000, seen), Slices(10, clock=lambda: next(ticks)))
    beside.cancel()
    assert len(seen) == 1000
    assert max(b - a for a, b in pairwise(turns)) <= 10


def test_no_part_of_a_long_article_is_a_sixth_of_the_work() -> None:
    """By calls, since seconds are another number on each machine. In one part it is all of it."""
    whole(Reader(None, 0).step(traced(LONG[:200]), {}, Arrival(TRACED.name, 0, 0, NOON)))  # loads the word lists
    longest, all_ = calls(Reader(None, 0).step(traced(LONG), {}, Arrival(TRACED.name, 0, 0, NOON)))
    assert all_ > 100_000
    assert longest < all_ / 6


def calls(parts: Parts[Outcome]) -> tuple[int, int]:
    """The calls of Python functions in the longest part, and in all."""
    found = [0]

    def called(_: FrameType, event: str, __: object) -> None:
        found[-1] += event == "call"

    sys.setprofile(called)
    try:
        for _ in parts:
            found += [0]
    finally:
        sys.setprofile(None)
    return max(found), sum(found)


async def test_an_article_read_in_turns_gives_what_it_gives_at_once() -> None:
    spec = StageSpec("read", source=TRACED, step=Reader(None, 0).step, emits=(READ, CLAIMS, MENTIONED))
    record = Record(Arrival(TRACED.name, 0, 7, NOON), b"k", encode(traced(LONG[:2000])), ())
    sent: list[bytes] = []

    async def send(out: Any) -> None:
        sent.append(out.value)

    event = Event()
    await outcome(event, record, Shell(spec, {}, send, lambda *_: None, failed, lambda _: None))
    assert sent == [out.value for _, out in decide(spec, {}, record).sends]
    assert (event.references, decode(READ.model, sent[0]).figures) == (1, 26)


async def test_a_record_cut_off_between_two_parts_is_not_acknowledged_and_did_nothing() -> None:
    began = asyncio.Event()

    def endless(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Parts[Outcome]:
        began.set()
        while True:
            yield

    event, done = Event(), list[Any]()

    async def send(out: Any) -> None:
        done.append(out)

    shell = Shell(replace(toy.spec(), step=endless), {}, send, lambda *_: None, failed, done.append)
    record = Record(Arrival("news.article.published.v1", 0, 7, NOON), b"k", article("a1"), ())
    working = asyncio.create_task(outcome(event, record, shell))
    await began.wait()
    working.cancel()
    await asyncio.wait([working])
    assert (event.references, done) == (2, [])


async def test_a_stop_between_two_parts_loses_nothing_and_does_nothing_twice(bench: Bench) -> None:
    names = {f"a{number}" for number in range(40)}
    half = asyncio.Event()
    taken = count()

    def slowly(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Parts[Outcome]:
        if next(taken) == len(names) // 2:
            half.set()
        for _ in range(20_000):
            yield
        return toy.step(message, tables, arrival)

    await bench.publish(article(name) for name in sorted(names))
    for wait in (half.wait, lambda: bench.admitted({(name, 1) for name in names})):
        async with Host([replace(toy.spec(), step=slowly)], bench.settings):
            await wait()
    found = [message.article for message in await bench.all(ADMITTED)]  # type: ignore[attr-defined]
    assert sorted(found) == sorted(names)
    assert next(taken) == len(names)


async def test_a_long_sweep_gives_way(bench: Bench) -> None:
    """Others run while it goes on; and what it sends is in its order."""
    turns: list[int] = []
    swept = asyncio.Event()

    def sweeping(tables: Tables, now: Any) -> Iterator[Message | None]:
        before = len(turns)
        for _ in range(200_000):
            yield None
            if len(turns) - before > 10:
                break
        else:
            return
        swept.set()

    async def other() -> None:
        while True:
            turns.append(0)
            await asyncio.sleep(0)

    async with Host([replace(toy.spec(), sweep=sweeping, sweep_every=0.01)], bench.settings) as host:
        await host.ready()
        beside = asyncio.create_task(other())
        await asyncio.wait_for(swept.wait(), 30)
        beside.cancel()


def failed(error: BaseException) -> None:
    raise AssertionError(error)
