"""`counterclaim desk-store`: the database behind the desk: how far it is, and filling it anew."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy import func, select

from schemas.errors import BadSetting
from services.cli.connect import broker_settings
from services.cli.lines import write_line
from services.desk.store import tables
from services.desk.store.feed import open_database, topics_feed
from services.desk.store.projection import TOPICS_OF_DESK, offsets
from services.desk.store.rebuild import rebuild as rebuild_store
from services.platform.clients import extents
from services.platform.settings import PREFIX, Settings
from services.platform.topic_admin import check_topics

app = typer.Typer(help="The desk's database: how far it is, filling it anew.", no_args_is_help=True)


@app.command()
def rebuild() -> None:
    """Drop all rows and read the topics again from their beginning. Stop the desk first.

    What the topics keep no longer (articles of more than two weeks ago, claims of more than 90 days ago) is gone
    afterwards, but for the past states of figures and alerts.
    """
    asyncio.run(_rebuild(_settings()))


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
) -> None:
    """Rows of each table, and for each topic how many records the desk has not taken in yet."""
    rows, waiting = asyncio.run(_status(_settings()))
    if as_json:
        write_line({"rows": rows, "waiting": waiting})
        return
    of_rows, of_topics = Table("table", "rows"), Table("topic", "waiting")
    for table, given in ((of_rows, rows), (of_topics, waiting)):
        table.columns[1].justify = "right"
        for name, number in given.items():
            table.add_row(name, f"{number:,}")
    Console().print(of_rows, of_topics)


def _settings() -> Settings:
    """Raises BadSetting where the desk has no database that outlives it."""
    settings = broker_settings()
    if not settings.desk_database.get_secret_value():
        raise BadSetting(
            f"{PREFIX}DESK_DATABASE is not set: such a desk is filled from the topics at every start; "
            "set it to sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
        )
    return settings


async def _rebuild(settings: Settings) -> None:
    await check_topics(settings)
    total = sum(end - first for first, end in (await extents(settings, TOPICS_OF_DESK)).values())
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    database = open_database(settings)
    try:
        await database.migrate()
        with Progress(*columns) as progress:
            # Of a compacted topic fewer are left than its offsets say: the bar then jumps to its end.
            task = progress.add_task("messages", total=total)
            feed = topics_feed(settings, follow=False)
            done = await rebuild_store(database, feed, lambda count: progress.advance(task, count))
            progress.update(task, total=done)
    finally:
        await database.close()


async def _status(settings: Settings) -> tuple[dict[str, int], dict[str, int]]:
    await check_topics(settings)
    database = open_database(settings, existing=True)
    try:
        await database.migrate()
        async with database.reading() as db:
            rows = {
                name: int((await db.execute(select(func.count()).select_from(table))).scalar_one())
                for name, table in tables.metadata.tables.items()
            }
            reached = await offsets(db)
    finally:
        await database.close()
    waiting = dict.fromkeys((topic.name for topic in TOPICS_OF_DESK), 0)
    for (name, number), (first, end) in (await extents(settings, TOPICS_OF_DESK)).items():
        waiting[name] += end - max(first, reached.get((name, number), first))
    return rows, waiting
