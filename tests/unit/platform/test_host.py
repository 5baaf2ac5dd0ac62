"""Stages in real processes on a real broker."""

from __future__ import annotations

import asyncio
import dataclasses
import signal
import time
import urllib.request

import pytest

from schemas.article import ArticleAdmitted
from schemas.dead_letter import ArticleRejected
from schemas.errors import BadSetting, BrokerUnavailable
from schemas.outcomes import Tables
from schemas.topics import ADMITTED, PUBLISHED, REJECTED, TABLES
from services.platform.clients import read_record
from services.platform.host import Host
from services.platform.settings import Settings
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


async def test_a_retriable_error_is_tried_again_and_nothing_overtakes_it(bench: Bench) -> None:
    await bench.publish([article("first", "flaky at first"), article("second")])
    async with Host([toy.spec()], bench.settings):
        admitted = await bench.messages(ADMITTED, 2)
    assert [message.article for message in admitted if isinstance(message, ArticleAdmitted)] == ["first", "second"]


async def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(bench: Bench) -> None:
    ids = [f"a{number}" for number in range(300)]
    await bench.publish(article(id_) for id_ in ids)
    async with bench.worker() as worker:
        await bench.messages(ADMITTED, 50)
        worker.send_signal(signal.SIGKILL)
        await worker.wait()
    before = len(await bench.all(ADMITTED))
    await bench.publish(article(id_, "a second revision") for id_ in ids)
    seen: list[dict[str, int]] = []

    def note(tables: Tables) -> None:
        seen.append({"rows": len(tables["identities"])})

    async with Host([dataclasses.replace(toy.spec(), restore=note)], bench.settings):
        admitted = await _until_all(bench, {(id_, 2) for id_ in ids})
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


async def test_eight_stops_under_backlog_lose_nothing(bench: Bench) -> None:
    """The races at the end of a recovery (faust_mends, 1 and 2): three tries may show nothing."""
    total, sent = 8 * 400, 0
    for _ in range(8):
        await bench.publish(article(f"a{number}") for number in range(sent, sent + 400))
        sent += 400
        known = len(await bench.all(ADMITTED))
        async with Host([toy.spec()], bench.settings):
            await bench.messages(ADMITTED, known + 20)
    async with Host([toy.spec()], bench.settings):
        admitted = await _until_all(bench, {(f"a{number}", 1) for number in range(total)})
    assert {(message.article, message.revision) for message in admitted} == {
        (f"a{number}", 1) for number in range(total)
    }


async def test_a_worker_whose_sends_fail_ends_with_1(bench: Bench) -> None:
    async with bench.worker("sweep", COUNTERCLAIM_SEND_TIMEOUT="5", COUNTERCLAIM_STOP_TIMEOUT="2") as worker:
        await bench.messages(ADMITTED, 1)
        await bench.broker.__aexit__(None, None, None)
        assert await asyncio.wait_for(worker.wait(), 60) == 1


async def test_a_sweep_sends_without_a_record(bench: Bench) -> None:
    async with Host([dataclasses.replace(toy.spec(), sweep=toy.sweep, sweep_every=0.05)], bench.settings):
        (swept,) = await bench.messages(ADMITTED, 1)
    assert isinstance(swept, ArticleAdmitted)
    assert swept.article == "swept"


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
    wrong = [dataclasses.replace(topic, partitions=1) for topic in wanted_topics(["tally"]) if "tally" in topic.name]
    assert wrong == [Wanted("counterclaim-tally-entities-changelog", 1, {"cleanup.policy": "compact"})]
    await create_topics(bench.settings, wrong)
    with pytest.raises(BadSetting, match="entities-changelog has 1 partitions and must have 4"):
        await check_topics(bench.settings, wanted_topics(["tally"]))


async def test_no_broker_is_said_as_such() -> None:
    settings = Settings(bootstrap_servers="127.0.0.1:9", broker_timeout=1)
    with pytest.raises(BrokerUnavailable, match=r"no broker answers at 127\.0\.0\.1:9"):
        await check_topics(settings)


async def _until_all(bench: Bench, wanted: set[tuple[str, int]]) -> list[ArticleAdmitted]:
    """Everything admitted, once every (article, revision) of `wanted` is there."""
    left = set(wanted)
    found: list[ArticleAdmitted] = []
    async with asyncio.timeout(60):
        while left:
            found = [message for message in await bench.all(ADMITTED) if isinstance(message, ArticleAdmitted)]
            left = wanted - {(message.article, message.revision) for message in found}
    return found


async def _get(url: str) -> str:
    def fetch() -> str:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own loopback server
            body: bytes = answer.read()
            return body.decode()

    return await asyncio.to_thread(fetch)
