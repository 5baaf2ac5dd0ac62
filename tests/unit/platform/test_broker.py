"""The embedded broker ends with its parent, however that ends."""

from __future__ import annotations

import asyncio
import signal
import sys

import psutil
import pytest

from schemas.errors import BadSetting
from services.platform import faust_mends
from services.platform.broker import EmbeddedBroker
from services.platform.settings import load_settings
from services.platform.topic_admin import answers
from tests.unit.platform.conftest import ROOT

_PARENT = """
import asyncio, sys
from services.platform.broker import EmbeddedBroker
async def main():
    async with EmbeddedBroker(shell_guard=sys.argv[1] == "shell") as broker:
        print(broker.bootstrap, flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.parametrize(
    "guard", [pytest.param("kernel", marks=pytest.mark.skipif(sys.platform != "linux", reason="prctl")), "shell"]
)
async def test_the_broker_ends_when_its_parent_is_killed(guard: str) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, guard, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    bootstrap = ""
    while ":" not in bootstrap or " " in bootstrap:  # log lines may come first
        bootstrap = (await parent.stdout.readline()).decode().strip()
    family = psutil.Process(parent.pid).children(recursive=True)
    assert any(member.name() == "tansu" for member in family)
    parent.send_signal(signal.SIGKILL)
    await parent.communicate()
    _, alive = await asyncio.to_thread(psutil.wait_procs, family, 5)
    assert alive == []
    assert not await answers(load_settings().on_embedded_broker(bootstrap))


@pytest.mark.parametrize("shell_guard", [False, True])
async def test_a_clean_end_leaves_no_process(shell_guard: bool) -> None:
    async with EmbeddedBroker(shell_guard=shell_guard) as broker:
        family = [psutil.Process(broker.pid), *psutil.Process(broker.pid).children(recursive=True)]
        assert await answers(load_settings().on_embedded_broker(broker.bootstrap))
    _, alive = await asyncio.to_thread(psutil.wait_procs, family, 5)
    assert alive == []


def test_another_faust_is_refused_with_the_fix() -> None:
    faust_mends.check_version("0.15.3")
    with pytest.raises(BadSetting, match=r"install faust-streaming==0\.15\.3"):
        faust_mends.check_version("0.16.0")
