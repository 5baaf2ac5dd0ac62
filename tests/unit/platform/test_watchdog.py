"""What stands still is noticed, ends the process with one clear line, and nothing else is."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from schemas.identity import identity
from schemas.topics import article_partition
from services.platform.broker import die_with_parent
from services.platform.shared_producer import SharedProducer
from services.platform.stage_app import StageApp
from services.platform.watchdog import Answered, Patience, Signs
from tests.unit.platform import toy
from tests.unit.platform.conftest import ROOT, Bench, article

HERE = ("news.article.published.v1", 2)
LIMIT, GAP = 45.0, 10.0

NAMES = [name for number in range(200) if article_partition(identity(None, None, name := f"a{number}")) == 0][:21]
"""Articles of the partition that `Bench.publish` sends to, so that admit has no reason to send them once more."""


def after(seconds: float, signs: Signs, answered: Answered | None, patience: Patience | None = None) -> str | None:
    """What is said when nothing changes for so long, with a look every five seconds."""
    patience = patience or Patience(LIMIT, GAP)
    said = None
    for now in range(0, int(seconds) + 1, 5):
        for symptom in patience.look(signs, answered, float(now)):
            said = said or symptom.said
    return said


WORKING = Signs(ready=True, reading={HERE: 50}, finished={HERE: 50}, done=50)
CAUGHT_UP = Answered(ends={HERE: 50}, committed={HERE: 50})


def test_an_idle_hour_is_no_symptom() -> None:
    assert after(3600, WORKING, CAUGHT_UP) is None


@pytest.mark.parametrize(
    ("signs", "answered", "said"),
    [
        (WORKING, replace(CAUGHT_UP, ends={HERE: 57}), "the consumer reads nothing: 7 records wait in "),
        (WORKING, replace(CAUGHT_UP, committed={HERE: 41}), "commits stopped: "),
        (WORKING, replace(CAUGHT_UP, committed={}), "commits stopped: "),
        (replace(WORKING, finished={}), replace(CAUGHT_UP, committed={HERE: 41}), "records were passed over: "),
        (replace(WORKING, in_hand=True), CAUGHT_UP, "a record is not finished, for 50 s"),
        (Signs(ready=False, recovered=7), CAUGHT_UP, "a rebalance or a table's recovery does not end, for 50 s"),
    ],
)
def test_what_stands_still_for_longer_than_the_limit_is_said(signs: Signs, answered: Answered, said: str) -> None:
    assert after(LIMIT, signs, answered) is None
    assert (after(LIMIT + 10, signs, answered) or "").startswith(said)


def test_whatever_moves_is_well_however_slow() -> None:
    patience = Patience(LIMIT, GAP)
    for step in range(100):
        moving = Signs(ready=step > 50, recovered=step, reading={HERE: step}, finished={HERE: step + 1}, done=step)
        behind = Answered(ends={HERE: 5000}, committed={HERE: step})
        assert patience.look(moving, behind, 30.0 * step) == []


def test_what_was_passed_over_is_to_be_proved() -> None:
    """A transaction's marker at the end of a partition is no record: the consumer is past it, no commit is."""
    patience = Patience(LIMIT, GAP)
    marked = replace(WORKING, reading={HERE: 51}), Answered({HERE: 51}, {HERE: 50})
    assert (after(LIMIT, *marked, patience), patience.look(*marked, 50)[0].unless_empty) == (None, (HERE, 50, 51))


def test_while_the_broker_is_away_nothing_is_held_against_a_stage() -> None:
    patience = Patience(LIMIT, GAP)
    stuck = Signs(ready=False)
    assert after(40, stuck, CAUGHT_UP, patience) is None
    assert patience.look(stuck, None, 45) == []
    assert patience.look(stuck, CAUGHT_UP, 50) == []
    assert patience.look(stuck, CAUGHT_UP, 55) == []


def test_a_process_that_did_not_run_is_given_its_time() -> None:
    patience = Patience(LIMIT, GAP)
    behind = Answered(ends={HERE: 57}, committed={HERE: 50})
    assert patience.look(WORKING, behind, 0) == []
    assert patience.look(WORKING, behind, 10_000) == []


async def test_a_stage_that_has_read_no_row_yet_has_signs(bench: Bench) -> None:
    stage = StageApp(toy.spec(), bench.settings, lambda stage, error: None, lambda: 0, SharedProducer())
    offsets: Any = stage._app.recovery.active_offsets
    offsets["a changelog"] = None
    assert stage.signs() == Signs(ready=False, recovered=0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("dead_consumer", "the consumer reads nothing: "),
        ("lossy_consumer", "records were passed over: "),
        ("silent_commits", "commits stopped: "),
        ("stuck_rebalance", "a rebalance or a table's recovery does not end"),
    ],
)
async def test_a_worker_that_stands_still_ends_with_1_and_says_why(bench: Bench, fault: str, said: str) -> None:
    first, *more, last = NAMES
    await bench.publish([article(first)])
    async with started(bench, fault) as worker:
        if fault != "stuck_rebalance":
            await bench.admitted({(first, 1)})
        await bench.publish(article(name) for name in more)
        async with asyncio.timeout(100):
            out, _ = await worker.communicate()
    assert worker.returncode == 1, out.decode()
    (line,) = [line for line in out.decode().splitlines() if "worker ends" in line]
    assert said in line
    assert "start this process again" in line

    async with started(bench, "none") as restarted:
        await bench.publish([article(last)])
        await bench.admitted({(name, 1) for name in NAMES})
        restarted.terminate()
        out, _ = await restarted.communicate()
    assert restarted.returncode == 0, out.decode()


@asynccontextmanager
async def started(bench: Bench, fault: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker of admit with a fault built in, which after 6 s has stood still for too long."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.child", fault, "worker", "admit", cwd=ROOT,
        env={**os.environ, **bench.broker.environment(), "COUNTERCLAIM_STALL_LIMIT": "8"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, preexec_fn=die_with_parent(),
    )  # fmt: skip
    try:
        yield worker
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
