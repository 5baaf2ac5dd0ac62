"""One host for any set of stages in one process: one Faust app per stage, all in our own event loop.

Design decision 10: one stage, one consumer group, so that a stage scales, lags and restarts alone. Which stages share a
process is deployment's choice. Faust's own command line is not used: it binds 0.0.0.0:6066 whatever it is told.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog

from schemas.errors import CounterclaimError
from services.platform import log as logs
from services.platform.collector import settle
from services.platform.health import HealthServer
from services.platform.settings import Settings
from services.platform.shared_producer import SharedProducer
from services.platform.signals import stop_signal
from services.platform.spec import StageSpec
from services.platform.stage_app import StageApp
from services.platform.topic_admin import check_topic_settings, check_topics, wanted_topics
from services.platform.watchdog import Signs, Watchdog

log = structlog.get_logger(__name__)


class StageFailed(CounterclaimError):
    """A stage cannot go on. The process must end with 1 and be started again; nothing unfinished was committed."""


class Host:
    """`async with Host(specs, settings) as host:` runs the stages from the body's start to its end.

    Entering checks the topics (BadSetting, BrokerUnavailable) and begins to start; `await host.ready()` waits until
    every stage has its partitions and tables; `await host.failed()` returns only by raising StageFailed.
    """

    def __init__(self, specs: Iterable[StageSpec[Any]], settings: Settings) -> None:
        self._settings = settings
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        shared = SharedProducer()
        self._stages = [StageApp(spec, settings, self._fail, self._lag, shared) for spec in specs]
        self._health = HealthServer({stage.spec.name: stage.health for stage in self._stages}, settings)
        self._watchdog = Watchdog([stage.spec for stage in self._stages], self._signs, settings, self._fail)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """Where /metrics, /healthz and /readyz are."""
        return self._health.url

    async def __aenter__(self) -> Host:
        topics = wanted_topics(stage.spec.name for stage in self._stages)
        await check_topics(self._settings, topics)
        await check_topic_settings(self._settings, topics)
        await self._health.__aenter__()
        self._tasks = [asyncio.create_task(self._run(stage)) for stage in self._stages]
        self._watching = asyncio.create_task(self._watch())
        return self

    async def ready(self) -> None:
        """Returns when every stage is assigned and recovered. Raises StageFailed."""
        began = time.monotonic()
        while not all(stage.ready for stage in self._stages):
            if self._failure.done():
                self._failure.result()
            await asyncio.sleep(0.02)
        log.info(
            "ready", stages=[stage.spec.name for stage in self._stages], seconds=round(time.monotonic() - began, 2)
        )

    async def failed(self) -> None:
        """Waits for the first failure and raises it as StageFailed."""
        await asyncio.shield(self._failure)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finishes the records in hand, commits, leaves the groups: within `stop_timeout`, or raises StageFailed."""
        self._watching.cancel()  # first: what stops stands still
        try:
            async with asyncio.timeout(self._settings.stop_timeout):
                await asyncio.gather(*(stage.stop() for stage in self._stages))
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, self._watching, return_exceptions=True)
                await self._health.__aexit__(kind, error, trace)
        except TimeoutError:
            raise StageFailed(
                f"not stopped within {self._settings.stop_timeout:g} s; what was not committed is read again"
            ) from error
        if self._failure.done() and not isinstance(error, StageFailed):
            self._failure.result()
        log.info("stopped", stages=[stage.spec.name for stage in self._stages])

    def _lag(self) -> int:
        """Records that wait for any stage here. Stages take turns on one core: what waits for a slow one stands, for
        the most part, before the stages that feed it."""
        return sum(stage.health.lag() for stage in self._stages)

    async def _run(self, stage: StageApp) -> None:
        try:
            await stage.run()
        except Exception as error:  # whatever ends a stage ends the process
            self._fail(stage.spec.name, error)

    async def _watch(self) -> None:
        try:
            await self._watchdog.run()
        except Exception as error:  # nobody would watch any more
            self._fail("watchdog", error)

    def _signs(self) -> dict[str, Signs]:
        return {stage.spec.name: stage.signs() for stage in self._stages}

    def _fail(self, stage: str, error: BaseException) -> None:
        if not self._failure.done():
            log.error("a stage failed; this process ends", stage=stage, error=repr(error))
            self._failure.set_exception(StageFailed(f"{stage}: {error!r}"))
            self._failure.exception()  # looked at: no complaint at the end if nobody awaits it


async def run(specs: Iterable[StageSpec[Any]], settings: Settings) -> None:
    """Runs the stages until SIGTERM or SIGINT. Raises StageFailed, BadSetting, BrokerUnavailable."""
    stop = stop_signal()
    async with Host(specs, settings) as host:
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(_ready_then_failed(host))]
        done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in pending:
            wait.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for wait in done:
            wait.result()


def main(specs: Iterable[StageSpec[Any]], settings: Settings) -> int:
    """A whole worker process: logs, stages, signals. Exit code 0 after a signal; a failure ends the process with 1."""
    logs.configure(settings)
    asyncio.run(_run_or_end(specs, settings))
    return 0


def end_process() -> None:
    """Ends now with 1, after a StageFailed. The usual end would wait: Faust's consumer threads are no daemons and its
    tasks swallow cancellation, so after a stop that timed out the process would stay."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(1)


async def _run_or_end(specs: Iterable[StageSpec[Any]], settings: Settings) -> None:
    try:
        await run(specs, settings)
    except CounterclaimError as error:
        log.error("worker ends", error=str(error), fault=error.fault)  # noqa: TRY400  # it says what to do; no traceback
        end_process()
    except Exception:
        log.exception("worker ends by a fault of its own")
        end_process()


async def _ready_then_failed(host: Host) -> None:
    await host.ready()
    settle()
    await host.failed()
