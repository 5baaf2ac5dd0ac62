"""`counterclaim desk`: the board over the topics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from schemas.errors import BadSetting
from schemas.message import Message
from schemas.topics import CLAIMS, RAISED, REJECTED, STATED, TALLIED, TRACED, VERDICTS
from services.desk.app import create_app
from services.desk.read_store import ReadStore
from services.desk.server import DeskServer
from services.platform import log as logs
from services.platform.clients import batches
from services.platform.settings import Settings
from services.platform.signals import stop_signal
from services.platform.topic_admin import check_topics

SHOWN = (TRACED, CLAIMS, VERDICTS, STATED, RAISED, TALLIED, REJECTED)

log = structlog.get_logger(__name__)


async def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises BadSetting, BrokerUnavailable."""
    logs.configure(settings)
    await check_topics(settings)
    stop = stop_signal()
    async with board(settings, host, port) as url:
        log.info("board", url=url)
        await stop.wait()


@asynccontextmanager
async def board(settings: Settings, host: str, port: int) -> AsyncIterator[str]:
    """The board, served inside the body of `async with`; gives its address. Raises BadSetting for the address."""
    try:
        server = DeskServer(create_app(ReadStore(), _feed(settings)), host, port)
    except (ValueError, OSError) as error:
        raise BadSetting(f"--host {host} --port {port}: {error}; --port 0 takes a free one") from None
    serving = asyncio.create_task(server.serve())
    try:
        yield server.url
    finally:
        server.stop()
        await serving


async def _feed(settings: Settings) -> AsyncIterator[Message]:
    async for batch in batches(settings, SHOWN, follow=True):
        for _, message in batch:
            yield message
