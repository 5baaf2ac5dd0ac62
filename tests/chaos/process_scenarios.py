"""S1, S2, S7, S10 and S11: worker processes are killed, stopped, added and taken away."""

from __future__ import annotations

import asyncio
import signal
import time

import psutil

from tests.chaos.run import Run, some

FAIL_POINTS = (
    "between_alert_and_commit",
    "between_200_and_log",
    "between_alert_and_row",
    "between_rows",
    "between_due_and_commit",
    "between_log_and_row",
)
"""Functions of child.py. Those that the issue names come first."""

SOAK_SECONDS = 180.0
"""In `make chaos`; `make soak` does it for 20 minutes."""
SOAK_KILL_EVERY = (10.0, 30.0)

FLAT = 1.2
"""The memory of a worker in the last quarter of a soak, over that of the second quarter. Tables grow with the articles
of 72 hours, Python's heap by fits and starts; a leak of a record's text per record would double it."""


async def sigkill(run: Run) -> None:
    """S1: SIGKILL at random points: a third of them at work, the others while the worker starts, joins or recovers."""
    await run.start()
    async with run.load():
        await run.back_at_work()
        for number in range(run.times(70)):
            await asyncio.sleep(some(0.5, 6))
            await run.kill()
            if number % 3:
                await run.start()
                continue
            async with run.recovery():
                await run.start()


async def sigkill_without_name(run: Run) -> None:
    """S1b: the same without static membership: the group waits for the session of the dead to end."""
    run.static = False
    await run.start()
    async with run.load():
        await run.back_at_work()
        for _ in range(run.times(6)):
            await asyncio.sleep(some(0.5, 3))
            await run.kill()
            async with run.recovery():
                await run.start()


async def sigterm(run: Run) -> None:
    """S2: SIGTERM under load: exit code 0 within 10 s, nothing done twice."""
    await run.start()
    async with run.load():
        await run.back_at_work()
        for _ in range(run.times(8)):
            await asyncio.sleep(some(0.5, 3))
            await run.stop()
            async with run.recovery():
                await run.start()


async def one_two_one(run: Run) -> None:
    """S7: a second worker comes and goes under load: each time the partitions move."""
    run.static = False  # with a name of its own a worker that is stopped keeps its partitions until its session ends
    await run.start(1)
    async with run.load():
        await run.back_at_work()
        for _ in range(run.times(10)):
            async with run.recovery():
                await run.start(2)
                await run.ready(2)
            await asyncio.sleep(some(0, 5))
            async with run.recovery():
                await run.stop(2)
            run.counts.rebalances += 2


async def fail_points(run: Run) -> None:
    """S10: the worker dies at the very points between a deed and the note of it; the next one mends what it left."""
    points = FAIL_POINTS[: run.times(len(FAIL_POINTS))]
    for point in points:
        await run.start(fault=point)
        await run.feed(60)
        code = await run.died()
        if code != -signal.SIGKILL:
            run.counts.faults.append(f"{point}: ended with {code}")
        run.counts.kills += 1
    await run.start()
    run.counts.remarks.append(f"{len(points)} points of death")


async def soak(run: Run) -> None:
    """S11: two workers; one is killed again and again, the other's memory is looked at."""
    began = time.monotonic()
    over = began + SOAK_SECONDS * run.scale
    run.static = False
    lasting = await run.start(1)
    await run.start(2)
    memory: list[tuple[float, int]] = []

    async def weigh() -> None:
        process = psutil.Process(lasting.pid)
        while True:
            memory.append((time.monotonic() - began, process.memory_info().rss))
            await asyncio.sleep(1)

    async with run.load(0.12):
        await run.back_at_work()
        weighing = asyncio.create_task(weigh())
        while time.monotonic() < over:
            await asyncio.sleep(some(*SOAK_KILL_EVERY))
            await run.kill(2)
            async with run.recovery():
                await run.start(2)
        weighing.cancel()
    second, last = _mean(memory, 0.25, 0.5), _mean(memory, 0.75, 1.0)
    run.counts.remarks.append(
        f"{(time.monotonic() - began) / 60:.0f} min, {second / 1e6:.0f} MB in the second quarter, {last / 1e6:.0f} in "
        "the last"
    )
    if last > second * FLAT:
        run.counts.faults.append(f"memory grew from {second / 1e6:.0f} to {last / 1e6:.0f} MB")


def _mean(memory: list[tuple[float, int]], start: float, end: float) -> float:
    whole = memory[-1][0]
    found = [rss for at, rss in memory if start * whole <= at <= end * whole]
    return sum(found) / len(found)
