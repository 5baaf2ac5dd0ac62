"""`counterclaim desk`: the desk over the topics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from zoneinfo import ZoneInfo

import structlog

from schemas.errors import BadSetting
from services.desk.access.access import Access
from services.desk.access.configured import access_of, hosts_of
from services.desk.acting.sender import KafkaSender
from services.desk.app import Desk, create_app, utc_now
from services.desk.lag import KafkaLag
from services.desk.metrics_server import metrics_served
from services.desk.server import DeskServer
from services.desk.store.feed import open_database, topics_feed
from services.platform import log as logs
from services.platform.settings import Settings
from services.platform.signals import stop_signal
from services.platform.topic_admin import check_topics

log = structlog.get_logger(__name__)


async def serve(settings: Settings, host: str, port: int, *, without_sign_in: bool = False) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises BadSetting, BrokerUnavailable."""
    logs.configure(settings)
    access = access_of(settings, host, utc_now, without_sign_in=without_sign_in)
    await check_topics(settings)
    stop = stop_signal()
    async with board(settings, host, port, access, measured=True) as url:
        log.info("desk", url=url)
        await stop.wait()


@asynccontextmanager
async def board(
    settings: Settings, host: str, port: int, access: Access, *, measured: bool = False
) -> AsyncIterator[str]:
    """The desk, served inside the body of `async with`; gives its address. `measured`: and its /metrics beside it.

    Raises BadSetting for an address that cannot be used.
    """
    database = open_database(settings)
    await database.migrate()
    desk = Desk(
        database=database,
        access=access,
        sender=KafkaSender(settings),
        feed=topics_feed(settings),
        lag=KafkaLag(settings),
        zone=ZoneInfo(settings.desk_zone),
        hosts=hosts_of(settings),
        kept=(settings.desk_text_days, settings.desk_keep_days),
    )
    app = create_app(desk)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        try:
            server = DeskServer(app, host, port, signed_in=not access.nobody_signs_in)
        except (ValueError, OSError) as error:
            raise BadSetting(f"--host {host} --port {port}: {error}; --port 0 takes a free one") from None
        if measured:
            metrics = await stack.enter_async_context(metrics_served(app.state.metrics, database, settings))
            log.info("metrics of the desk", url=metrics)
        serving = asyncio.create_task(server.serve())
        try:
            yield server.url
        finally:
            server.stop()
            await serving
