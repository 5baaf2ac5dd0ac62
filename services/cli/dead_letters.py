"""`counterclaim dead-letters`: see what could not be used, why, and play it again once the cause is mended."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from schemas.dead_letter import ArticleRejected
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.printable import printable
from schemas.topics import REJECTED
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.platform.clients import producer, read, read_record
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics

app = typer.Typer(help="Records that could not be used: list, show, replay.", no_args_is_help=True)

SHOWN_BYTES = 2_000
"""Bytes of a body that `show` prints; --json has all that was kept."""


@app.command("list")
def list_letters(
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one whole dead letter each.")] = False,
) -> None:
    """All dead letters, oldest first."""
    letters = asyncio.run(_letters(broker_settings()))
    if as_json:
        for letter in letters.values():
            write_bytes(encode(letter))
        return
    table = Table("stage", "reason", "problem", "bytes", "rejected")
    table.columns.insert(0, Column("id", no_wrap=True))  # `show` and `replay` need all of it
    for letter in letters.values():
        problem = escape(printable(_problem(letter)[:100]))
        rejected = f"{letter.rejected:%Y-%m-%d %H:%M:%S}Z"
        table.add_row(letter.id, letter.stage, letter.reason, problem, f"{letter.body_size:,}", rejected)
    Console().print(table if letters else "no dead letters")


@app.command()
def show(
    letter_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole dead letter as JSON.")] = False,
) -> None:
    """One dead letter: what was wrong, how to mend it, and the bytes as they came."""
    letter = _known(asyncio.run(_letters(broker_settings())), letter_id)
    if as_json:
        write_bytes(encode(letter))
        return
    origin = letter.origin
    console = Console(highlight=False)
    console.print(f"[bold]{letter.id}[/bold]  {letter.stage}: {letter.reason}")
    console.print(f"problem  {escape(printable(_problem(letter)))}")
    console.print(f"fix      {escape(letter.fix)}")
    console.print(f"from     {origin.topic} partition {origin.partition} offset {origin.offset}")
    kept = "whole" if letter.complete else "only the first 64 KiB are kept"
    console.print(f"bytes    {letter.body_size:,} ({kept}), sha256 {letter.body_sha256 or '-'}")
    body = letter.body or b""
    console.print(escape(printable(body[:SHOWN_BYTES].decode("utf-8", "backslashreplace"))), soft_wrap=True)
    if len(body) > SHOWN_BYTES:
        console.print(f"… {len(body) - SHOWN_BYTES:,} more bytes with --json")


@app.command()
def replay(
    letter_ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Which, as `list` names them.")],
) -> None:
    """Put the original records back on the topic they came from."""
    settings = broker_settings()
    asyncio.run(_replay(settings, letter_ids))


def _problem(letter: ArticleRejected) -> str:
    return f"{letter.field or 'message'}: {letter.problem}"


async def _letters(settings: Settings) -> dict[str, ArticleRejected]:
    """The latest record of each id: a dead letter written again after a crash is the same one."""
    await check_topics(settings)
    return {letter.id: letter async for _, letter in read(settings, REJECTED)}


def _known(letters: dict[str, ArticleRejected], letter_id: str) -> ArticleRejected:
    if letter_id not in letters:
        raise BadSetting(f"{letter_id}: no such dead letter; `counterclaim dead-letters list` names them")
    return letters[letter_id]


async def _replay(settings: Settings, letter_ids: list[str]) -> None:
    letters = await _letters(settings)
    chosen = [_known(letters, letter_id) for letter_id in letter_ids]
    async with producer(settings) as client:
        for letter in chosen:
            body = letter.body if letter.complete else await _original(settings, letter)
            await client.send_and_wait(letter.origin.topic, body, key=letter.key, partition=letter.origin.partition)
            typer.echo(f"{letter.id} is back on {letter.origin.topic}")


async def _original(settings: Settings, letter: ArticleRejected) -> bytes | None:
    """The whole body, from where it came: the dead letter keeps only its first 64 KiB."""
    origin = letter.origin
    record = await read_record(settings, origin.topic, origin.partition, origin.offset)
    if record is None:
        raise BadSetting(
            f"{letter.id}: the original of {letter.body_size:,} bytes is no longer on {origin.topic} "
            f"(partition {origin.partition}, offset {origin.offset}); ask the publisher to send it again"
        )
    return record.value
