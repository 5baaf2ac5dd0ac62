"""`counterclaim entities`: the rolling tables, busiest first, ids that were merged as one.

A table is as the topic has it, but for merged ids: theirs is made of their rows, out of the changelog of the tally's
table (services/tally/joins.py says how exact). Rows of two ids may lie with two workers, so no worker could make it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.entity import EntityTallied
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.metrics import Metric
from schemas.printable import printable
from schemas.topics import JOINED, TALLIED
from services.cli import joins
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.platform.clients import read, read_rows
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics
from services.tally.joins import as_joined
from services.tally.joins import joins as joined_ids
from services.tally.stored import TABLE, keys

_NARROW = ("entity", "name", "1 h", "24 h", "before", "7 d", "latest")
_WIDE = ("type", "origins 7 d", "named with", "seen")
_WIDE_FROM = 140
"""Columns from which the rest fits beside them; with all of it 80 columns left three letters of a name."""

app = typer.Typer()
app.command()(joins.merge)
app.command()(joins.unmerge)
app.command("joins")(joins.log)


@app.callback(invoke_without_command=True)
def entities(
    context: typer.Context,
    top: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 30,
    by: Annotated[str, typer.Option(help="mentions, trend (against the day before), or a metric.")] = "mentions",
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of text.")] = False,
) -> None:
    """The rolling table: who and what is most in the news of the last 24 hours."""
    if context.invoked_subcommand is not None:
        return
    order = order_by(by)
    ranked = busiest(asyncio.run(_latest_tallies(broker_settings())).values(), order, top)
    if as_json:
        for tally in ranked:
            write_bytes(encode(tally))
        return
    console = Console()
    console.print(table_of(ranked, by, console.width) if ranked else "no entities yet; publish an article first")


def table_of(ranked: Iterable[EntityTallied], by: str, width: int) -> Table:
    """The table for a terminal of `width` columns. What publishers wrote is shown, and neither obeyed as a terminal's
    code nor read as Rich's markup."""
    table = Table(*_NARROW, *(_WIDE if width >= _WIDE_FROM else ()))
    for tally in ranked:
        day, week = tally.windows["24h"], tally.windows["7d"]
        cells = [
            tally.entity, tally.name, str(tally.windows["1h"].mentions), str(day.mentions), str(day.before),
            str(week.mentions), _latest(tally, by), tally.type, str(week.lineages),
            ", ".join(met.name for met in tally.companions[:3]), f"{tally.last_seen:%Y-%m-%d %H:%M}Z",
        ]  # fmt: skip
        table.add_row(*(escape(printable(cell)) for cell in cells[: len(table.columns)]))
    return table


def busiest(tallies: Iterable[EntityTallied], order: Callable[[EntityTallied], float], top: int) -> list[EntityTallied]:
    """The first `top` by `order`, then by name; those of which there is none are left out."""
    return sorted((tally for tally in tallies if order(tally) > 0), key=lambda t: (-order(t), t.name))[:top]


def order_by(by: str) -> Callable[[EntityTallied], float]:
    """What "mentions", "trend" or a metric's name orders by. Raises BadSetting for another word."""
    if by == "mentions":  # those of the day first, then those of the week
        return lambda tally: tally.windows["24h"].mentions + tally.windows["7d"].mentions / 1e6
    if by == "trend":  # one more in both, so that the first article ever is no endless rise
        return lambda t: t.windows["24h"].articles and (t.windows["24h"].articles + 1) / (t.windows["24h"].before + 1)
    if by in set(Metric):
        return lambda tally: tally.figures.get(by, 0)
    raise BadSetting(f"--by {by[:40]!r}: say mentions, trend, or one of {', '.join(Metric)}")


def _latest(tally: EntityTallied, by: str) -> str:
    """The latest figure, of the metric asked for where it is one: "deaths: at least 40 (the ministry)"."""
    wanted = [figure for figure in tally.latest if by in ("mentions", "trend", figure.metric)]
    figure = max(wanted, key=lambda figure: figure.as_of, default=None)
    return f"{figure.metric}: {figure.words} ({figure.speaker or figure.publisher or 'unnamed'})" if figure else ""


async def _latest_tallies(settings: Settings) -> dict[str, EntityTallied]:
    await check_topics(settings)
    tallies = {tally.entity: tally async for _, tally in read(settings, TALLIED)}
    into = joined_ids([event async for _, event in read(settings, JOINED)])
    if not into:
        return tallies
    rows = await read_rows(settings, "tally", TABLE, keys({*into, *into.values()}))
    return as_joined(tallies, into, rows, datetime.now(UTC))
