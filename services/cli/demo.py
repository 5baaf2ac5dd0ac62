"""`counterclaim demo`: the main job on five real articles, with a broker, a worker and a desk of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import time
import webbrowser
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console
from rich.live import Live
from rich.progress import track
from rich.table import Table

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished
from schemas.claim import ClaimsMade
from schemas.topics import ADMITTED, CLAIMS, PUBLISHED, RAISED, REJECTED, TALLIED, TRACED, VERDICTS
from services.cli.board import board
from services.cli.publish import articles_in, publish
from services.deliver.console import render
from services.desk.access.access import Access
from services.desk.app import utc_now
from services.intake.article import from_fields
from services.platform.broker import EmbeddedBroker, die_with_parent
from services.platform.clients import batches
from services.platform.settings import PREFIX, Settings, load_settings
from services.platform.signals import stop_signal
from services.platform.topic_admin import create_topics

ALERT_LIMIT = 60.0
"""Seconds from publishing to the alert before the demo gives up. It takes about 6 on an idle laptop, most of them the
broker's wait for consumers to join."""

STOP_LIMIT = 10.0
"""Seconds the worker may take for a clean stop."""

WATCHED = (PUBLISHED, ADMITTED, TRACED, CLAIMS, TALLIED, VERDICTS, RAISED, REJECTED)

SHOWN = {
    PUBLISHED.name: "published",
    ADMITTED.name: "admitted",
    TRACED.name: "traced to their origin",
    "figures": "figures read",
    TALLIED.name: "entity tallies",
    VERDICTS.name: "comparisons",
    RAISED.name: "alerts",
    REJECTED.name: "dead letters",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked of the demo. `further`: articles that arrive after the five, over so many seconds."""

    stay: bool
    open_browser: bool
    further: list[ArticlePublished]
    over: float


def demo(
    stay: Annotated[bool, typer.Option("--stay", help="Keep running until Ctrl-C, to look at the board.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the board in a browser.")] = False,
    more: Annotated[
        Path | None,
        typer.Option("--more", help="Article lines to feed after these."),
    ] = None,
    over: Annotated[float, typer.Option("--over", min=0, help="Seconds over which they arrive.")] = 180,
) -> None:
    """Five real articles in, the lead alert out. Exit code 0 if it came, 1 if not."""
    further = list(articles_in([more], [])) if more else []
    shown = Shown(stay, open_browser, further, over)
    raise SystemExit(asyncio.run(_demo(Console(), load_settings(), shown)))


def seed_articles() -> Iterator[ArticlePublished]:
    """The five articles of the demo, as files of the package."""
    folder = resources.files("services.cli") / "seeds"
    for known in yaml.safe_load((folder / "manifest.yaml").read_text("utf-8")):
        text = (folder / f"{known['id']}.txt").read_text("utf-8")
        yield from_fields({**known, "text": text}).article


async def _demo(console: Console, settings: Settings, wanted: Shown) -> int:
    began = time.monotonic()
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        environment: dict[str, str] = {}
        if not settings.servers:
            console.print("Starting a broker of its own; it keeps nothing after this demo.")
            broker = await stack.enter_async_context(EmbeddedBroker())
            settings, environment = settings.on_embedded_broker(broker.bootstrap), broker.environment()
        await create_topics(settings)
        worker, log = await stack.enter_async_context(_worker(environment))
        access = Access(utc_now)
        url = await stack.enter_async_context(board(settings, "127.0.0.1", 0, access))
        console.print(f"The board fills at [bold]{url}[/bold]")
        if wanted.open_browser and _has_display():
            webbrowser.open(url)
        await publish(settings, seed_articles())
        alert = await _watch(console, settings, began)
        if alert is None:
            console.print(f"[bold red]No alert came within {ALERT_LIMIT:g} s.[/] What the worker said: {log}")
            return 1
        console.print()
        console.print(render(alert), highlight=False, markup=False, soft_wrap=True)
        console.print(f"{time.monotonic() - began:.1f} s from start to alert. The board: [bold]{url}[/bold]")
        if wanted.further:
            shown = track(wanted.further, f"{len(wanted.further)} more arrive", console=console, transient=True)
            await publish(settings, shown, apart=wanted.over / len(wanted.further))
            console.print(f"{len(wanted.further)} more have arrived.")
        if wanted.stay:
            there = f"{PREFIX}BOOTSTRAP_SERVERS={settings.bootstrap_servers}"
            console.print(f"Your own article, elsewhere: {there} {sys.argv[0]} publish FILE.txt", soft_wrap=True)
            console.print("Ctrl-C ends it.")
            if not await _stopped(stop, worker):
                console.print(
                    f"[bold red]The worker ended by itself, so nothing is read any more.[/] What it said: {log}"
                )
                return 1
            console.print("Stopping the worker and the broker.")
    log.unlink()
    return 0


async def _stopped(stop: asyncio.Event, worker: Process) -> bool:
    """Wait for the stop; False if the worker ended before."""
    asked, ended = asyncio.create_task(stop.wait()), asyncio.create_task(worker.wait())
    _, left = await asyncio.wait((asked, ended), return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    return asked.done()


def _has_display() -> bool:
    """Whether a browser would come up in a window; without one Python starts a text browser over our output."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@asynccontextmanager
async def _worker(environment: dict[str, str]) -> AsyncIterator[tuple[Process, Path]]:
    """A worker process with all stages, ended cleanly at the end; gives it and the file it logs to."""
    with tempfile.NamedTemporaryFile(prefix="counterclaim-worker-", suffix=".log", delete=False) as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.cli", "worker",
            stdout=log, stderr=log, env=os.environ | environment, start_new_session=True,
            preexec_fn=die_with_parent(),
        )  # fmt: skip
    try:
        yield process, Path(log.name)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_LIMIT)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _watch(console: Console, settings: Settings, began: float) -> AlertRaised | None:
    """Show progress until an alert came and all articles were traced, or until the limit."""
    counts: Counter[str] = Counter()
    found: AlertRaised | None = None
    following = contextlib.aclosing(batches(settings, WATCHED, follow=True))
    with Live(_progress(counts, began), console=console) as live, contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ALERT_LIMIT), following as feed:
            async for batch in feed:
                for record, message in batch:
                    counts[record.arrival.topic] += 1
                    if isinstance(message, ClaimsMade):
                        counts["figures"] += len(message.claims)
                    if isinstance(message, AlertRaised):
                        found = message
                live.update(_progress(counts, began))
                if found and counts[TRACED.name] == counts[PUBLISHED.name]:
                    break
    return found


def _progress(counts: Counter[str], began: float) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, shown in SHOWN.items():
        table.add_row(f"{counts[name]:>5}", shown)
    table.add_row(f"{time.monotonic() - began:5.1f}", "seconds")
    return table
