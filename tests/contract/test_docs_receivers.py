"""The receivers in docs/api.md: what a stranger copies from there works as it stands."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
import sys
from pathlib import Path

from standardwebhooks import Webhook as Signer

from services.deliver.connect import CheckedConnections
from services.deliver.webhook import Webhook
from tests.collector import SECRET
from tests.unit.notify.making import alert

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
LIMIT = 30.0
"""Seconds for a Python to start and listen; on two busy cores one took 6."""


def snippets() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def listening(port: int) -> None:
    async with asyncio.timeout(LIMIT):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def test_the_webhook_receiver_takes_alerts_once_and_refuses_what_is_not_signed() -> None:
    receiver = snippets()[0]
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", receiver, env={**os.environ, "SECRET": SECRET, "PORT": str(port)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await listening(port)

        def channel(secret: str) -> Webhook:
            network = CheckedConnections(anywhere=True)
            return Webhook(f"http://127.0.0.1:{port}/", Signer(secret), network, ssl.create_default_context(), limit=15)

        stranger = "whsec_" + "b" * 32
        answers = [
            (await each).reason
            for each in (
                channel(SECRET).test("test-1"),
                channel(SECRET).send(alert()),
                channel(SECRET).send(alert()),
                channel(stranger).send(alert(sequence=2, id="alr-1:2")),
            )
        ]
    finally:
        process.terminate()
        told, _ = await process.communicate()
    assert answers == ["accepted", "accepted", "accepted", "answered_400"]
    assert told.decode().count("\n") == 1
    assert alert().attribution in told.decode()


def test_the_consumer_of_the_topic_is_python_for_our_client() -> None:
    compile(snippets()[1], str(DOCS), "exec")
