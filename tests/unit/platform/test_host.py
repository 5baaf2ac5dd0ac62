"""Stages in real processes on a real broker."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import urllib.request
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiokafka import AIOKafkaProducer

from schemas.article import ArticleAdmitted, ArticlePublished
from schemas.dead_letter import ArticleRejected
from schemas.errors import BadSetting, BrokerUnavailable
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Processed, Tables
from schemas.topics import ADMITTED, PUBLISHED, REJECTED, TABLES
from services.platform.clients import producer, read, read_record
from services.platform.connection import connection
from services.platform.host import Host
from services.platform.lenient_records import MAX_EXPANDED
from services.platform.settings import Settings
from services.platform.spec import StageSpec
from services.platform.topic_admin import Wanted, check_topics, create_topics, wanted_topics
from tests.unit.platform import toy
from tests.unit.platform.conftest import Bench, article

POISON = {
    None: "tombstone",
    b"{broken": "bad_json",
    b"\xff\xfe": "bad_encoding",
    b"x" * 3_000_000: "too_large",
    b"y" * 50_000_000: "too_large",
    article("p", "raise an error"): "stage_failed",
    article("p", "fat row"): "stage_failed",
    article("p", "refuse it"): "toy_refusal",
}


async def test_poison_does_not_hold_up_the_good_record_behind_it(bench: Bench) -> None:
    await bench.publish([*POISON, article("good")])
    async with Host([toy.spec()], bench.settings) as host:
        await host.ready()
        (admitted,) = await bench.messages(ADMITTED, 1)
    assert isinstance(admitted, ArticleAdmitted)
    assert admitted.article == "good"
    letters = [letter for letter in await bench.all(REJECTED) if isinstance(letter, ArticleRejected)]
    assert {letter.origin.offset: letter.reason for letter in letters} == dict(enumerate(POISON.values()))
    original = await read_record(bench.settings, PUBLISHED.name, 0, 4)
    assert original is not None
    assert original.value == b"y" * 50_000_000


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
async def test_a_compressed_record_passes(bench: Bench, codec: str) -> None:
    async with AIOKafkaProducer(**connection(bench.settings), compression_type=codec) as client:
        await client.send_and_wait(PUBLISHED.name, article(codec))
    async with Host([toy.spec()], bench.settings):
        (admitted,) = await bench.messages(ADMITTED, 1)
    assert isinstance(admitted, ArticleAdmitted)
    assert admitted.article == codec


_BAD_HEADER = """
import asyncio, sys
from aiokafka import AIOKafkaProducer
class Name(str):
    def encode(self, *_): return b"\\xff\\xfe"
async def main():
    async with AIOKafkaProducer(bootstrap_servers=sys.argv[1]) as client:
        await client.send_and_wait(sys.argv[2], b"{}", partition=0, headers=[(Name("n"), b"v")])
asyncio.run(main())
"""


async def test_a_header_whose_name_is_no_utf8_does_not_hold_up_the_good_record_behind_it(bench: Bench) -> None:
    careless = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _BAD_HEADER, bench.broker.bootstrap, PUBLISHED.name,
        env={**os.environ, "AIOKAFKA_NO_EXTENSIONS": "1"},  # the compiled producer refuses such a name
    )  # fmt: skip
    assert await careless.wait() == 0
    await bench.publish([article("good")])
    async with Host([toy.spec()], bench.settings):
        (admitted,) = await bench.messages(ADMITTED, 1)
        (letter,) = await bench.messages(REJECTED, 1)
    assert isinstance(admitted, ArticleAdmitted) and isinstance(letter, ArticleRejected)
    assert (admitted.article, letter.reason, letter.body) == ("good", "unreadable_record", b"{}")
    original = await read_record(bench.settings, PUBLISHED.name, 0, 0)
    assert original is not None and original.value == b"{}"


async def test_a_batch_that_expands_without_measure_does_not_hold_up_the_good_record_behind_it(bench: Bench) -> None:
    room = {"max_request_size": 2 * MAX_EXPANDED, "max_batch_size": 2 * MAX_EXPANDED}
    async with AIOKafkaProducer(**connection(bench.settings), compression_type="zstd", **room) as client:
        await client.send_and_wait(PUBLISHED.name, bytes(MAX_EXPANDED), partition=0)
    await bench.publish([article("good")])
    async with Host([toy.spec()], bench.settings):
        (admitted,) = await bench.messages(ADMITTED, 1)
        (letter,) = await bench.messages(REJECTED, 1)
    assert isinstance(admitted, ArticleAdmitted) and isinstance(letter, ArticleRejected)
    assert (admitted.article, letter.reason) == ("good", "too_large")
    assert "becomes more than" in letter.problem and len(letter.body or b"") < 10_000


async def test_a_stranger_does_not_decide_when_its_record_came(bench: Bench) -> None:
    began = datetime.now(UTC)
    an_hour_ago = (began - timedelta(hours=1)).replace(microsecond=0)
    stamps = {
        "future": datetime(2099, 1, 1, tzinfo=UTC),
        "never": datetime(1970, 1, 2, tzinfo=UTC),
        "late": an_hour_ago,
    }
    async with producer(bench.settings) as client:
        for id_, stamp in stamps.items():
            await client.send_and_wait(
                PUBLISHED.name, article(id_), partition=0, timestamp_ms=int(stamp.timestamp() * 1000)
            )
    async with Host([toy.spec()], bench.settings):
        found = await bench.messages(ADMITTED, 3)
    arrived = {message.article: message.arrived for message in found if isinstance(message, ArticleAdmitted)}
    assert arrived["late"] == an_hour_ago
    assert began <= arrived["future"] <= datetime.now(UTC)
    assert began <= arrived["never"] <= datetime.now(UTC)


async def test_a_retriable_error_is_tried_again_and_nothing_overtakes_it(bench: Bench) -> None:
    await bench.publish([article("first", "flaky at first"), article("second")])
    async with Host([toy.spec()], bench.settings):
        admitted = await bench.messages(ADMITTED, 2)
    assert [message.article for message in admitted if isinstance(message, ArticleAdmitted)] == ["first", "second"]


async def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(bench: Bench) -> None:
    ids = [f"a{number}" for number in range(300)]
    await bench.publish(article(id_) for id_ in ids)
    async with bench.worker() as worker:
        await bench.messages(ADMITTED, 100)  # a row leaves behind its message: of the first 50 they are all there
        worker.send_signal(signal.SIGKILL)
        await worker.wait()
    before = len(await bench.all(ADMITTED))
    await bench.publish(article(id_, "a second revision") for id_ in ids)
    seen: list[dict[str, int]] = []

    def note(tables: Tables) -> None:
        seen.append({"rows": len(tables["identities"])})

    async with Host([replace(toy.spec(), restore=note)], bench.settings):
        admitted = await bench.admitted({(id_, 2) for id_ in ids})
    assert before >= 50
    assert seen[0]["rows"] >= 50, "the rows of the killed worker came back before anything was processed"
    assert {(message.article, message.revision) for message in admitted} == {
        (id_, revision) for id_ in ids for revision in (1, 2)
    }


async def test_a_terminated_worker_ends_with_0_within_10_seconds(bench: Bench) -> None:
    await bench.publish(article(f"a{number}") for number in range(2000))
    async with bench.worker() as worker:
        await bench.messages(ADMITTED, 20)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert await worker.wait() == 0
        assert time.monotonic() - began < 10


async def test_a_worker_whose_sends_fail_ends_with_1(bench: Bench) -> None:
    async with bench.worker("sweep", COUNTERCLAIM_SEND_TIMEOUT="5", COUNTERCLAIM_STOP_TIMEOUT="2") as worker:
        await bench.messages(ADMITTED, 1)
        await bench.broker.__aexit__(None, None, None)
        assert await asyncio.wait_for(worker.wait(), 60) == 1


async def test_a_sweep_sends_without_a_record(bench: Bench) -> None:
    async with Host([replace(toy.spec(), sweep=toy.sweep, sweep_every=0.05)], bench.settings):
        (swept,) = await bench.messages(ADMITTED, 1)
    assert isinstance(swept, ArticleAdmitted)
    assert swept.article == "swept"


async def test_of_two_workers_each_sweeps_its_own_rows(bench: Bench) -> None:
    """Faust's standby replicas would bring the other's rows in as well, a thousand changelog entries late."""
    wanted = {f"{partition}-{number}" for partition in range(4) for number in range(700)}
    swept: list[set[str]] = [set(), set()]
    complete = asyncio.Event()

    def noting(worker: int) -> StageSpec[ArticlePublished]:
        def sweep(tables: Tables, now: datetime) -> tuple[Message, ...]:
            swept[worker] = set(tables["identities"])
            if swept[0] | swept[1] == wanted:
                complete.set()
            return ()

        return replace(toy.spec(), sweep=sweep, sweep_every=0.25)

    # Two workers in one loop: with the bench's session of 1 s a slow machine misses heartbeats and rebalances for ever.
    settings = bench.settings.model_copy(update={"session_timeout": 4, "heartbeat_interval": 0.5})
    async with Host([noting(0)], settings) as one, Host([noting(1)], settings) as other:
        await one.ready()
        await other.ready()
        for partition in range(4):
            await bench.publish((article(f"{partition}-{number}") for number in range(700)), partition)
        await bench.admitted({(id_, 1) for id_ in wanted})
        await asyncio.wait_for(complete.wait(), 30)
        assert not swept[0] & swept[1]


async def swept(bench: Bench, rows: str) -> None:
    """Waits for a sweep that tells of so many rows."""
    async with aclosing(read(bench.settings, ADMITTED, follow=True)) as records:
        async for _, message in records:
            if isinstance(message, ArticleAdmitted) and (message.article, message.text) == ("swept", rows):
                return


async def test_a_sweep_never_has_the_last_word_over_a_newer_record(bench: Bench) -> None:
    """Each message tells how many rows there were; on one partition that may not fall."""

    def snapshot(tables: Tables, now: datetime) -> tuple[Message, ...]:
        return toy.sweep(tables, now) * 20

    def step(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
        answer = toy.step(message, tables, arrival)
        assert isinstance(answer, Processed)
        rows = f"{len(tables['identities']) + 1} rows"
        return replace(answer, emit=tuple(each.model_copy(update={"text": rows}) for each in answer.emit))

    await bench.publish(article(f"a{number}") for number in range(100))
    async with Host([replace(toy.spec(), step=step, sweep=snapshot, sweep_every=0.01)], bench.settings):
        await bench.admitted({(f"a{number}", 1) for number in range(100)})
        for number in range(100, 106):  # a fast worker is through the first hundred in five sweeps
            await bench.publish([article(f"a{number}")])
            await asyncio.wait_for(swept(bench, f"{number + 1} rows"), 60)
    found = [message for message in await bench.all(ADMITTED) if isinstance(message, ArticleAdmitted)]
    rows = [int(message.text.removesuffix(" rows")) for message in found]
    assert rows == sorted(rows)
    assert len({message.text for message in found if message.article == "swept"}) > 5


async def test_a_worker_says_that_it_is_healthy_ready_and_how_far(bench: Bench) -> None:
    await bench.publish([article("a1"), b"{"])
    async with Host([toy.spec()], bench.settings) as host:
        await host.ready()
        await bench.messages(REJECTED, 1)
        assert await _get(host.url + "/readyz") == '{"ready":true,"stages":{"admit":true}}'
        assert await _get(host.url + "/healthz") == '{"healthy":true,"stages":{"admit":null}}'
        text = await _get(host.url + "/metrics")
    assert 'counterclaim_lag_records{stage="admit"} 0.0' in text
    assert 'counterclaim_table_rows{stage="admit",table="identities"} 1.0' in text
    for stage in TABLES:
        assert f'counterclaim_records_total{{outcome="processed",stage="{stage}"}}' in text


async def test_missing_topics_stop_the_start_and_are_named(bench: Bench) -> None:
    with pytest.raises(BadSetting, match=r"counterclaim-ledger-series-changelog.*counterclaim topics --create"):
        await check_topics(bench.settings)
    assert "counterclaim-ledger-series-changelog" in await create_topics(bench.settings)
    assert await create_topics(bench.settings) == ()
    await check_topics(bench.settings)


async def test_a_wrong_partition_count_stops_the_start(bench: Bench) -> None:
    wrong = [replace(topic, partitions=1) for topic in wanted_topics(["tally"]) if "tally" in topic.name]
    assert wrong == [Wanted("counterclaim-tally-entities-changelog", 1, {"cleanup.policy": "compact"})]
    await create_topics(bench.settings, wrong)
    with pytest.raises(BadSetting, match="entities-changelog has 1 partitions and must have 4"):
        await check_topics(bench.settings, wanted_topics(["tally"]))


async def test_no_broker_is_said_as_such() -> None:
    settings = Settings(bootstrap_servers="127.0.0.1:9", broker_timeout=1)
    with pytest.raises(BrokerUnavailable, match=r"no broker answers at 127\.0\.0\.1:9"):
        await check_topics(settings)


async def _get(url: str) -> str:
    def fetch() -> str:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own loopback server
            body: bytes = answer.read()
            return body.decode()

    return await asyncio.to_thread(fetch)
