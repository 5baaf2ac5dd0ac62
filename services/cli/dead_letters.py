"""`counterclaim dead-letters`: see what could not be used, why, and play it again once the cause is mended."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import aclosing
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from schemas.dead_letter import ArticleRejected
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.printable import printable
from schemas.topics import REJECTED, TOPICS
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
    if as_json:
        asyncio.run(_print_all(broker_settings()))
        return
    letters = asyncio.run(_letters(broker_settings(), ()))
    # The id whole, as `show` and `replay` need it; the size is left to `show`, so that the words have room.
    table = Table(Column("id", no_wrap=True), Column("rejected", no_wrap=True), "problem")
    for letter in letters.values():
        problem = escape(printable(_problem(letter)[:100]))
        table.add_row(letter.id, f"{letter.rejected:%Y-%m-%d %H:%M}Z", f"{letter.stage}: {letter.reason}\n{problem}")
    Console().print(table if letters else "no dead letters")


@app.command()
def show(
    letter_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole dead letter as JSON.")] = False,
) -> None:
    """One dead letter: what was wrong, how to mend it, and the bytes as they came."""
    letter = _known(asyncio.run(_letters(broker_settings(), (letter_id,))), letter_id)
    if as_json:
        write_bytes(encode(letter))
        return
    origin = letter.origin
    console = Console(highlight=False)
    console.print(f"[bold]{letter.id}[/bold]  {letter.stage}: {letter.reason}")
    console.print(f"problem  {escape(printable(_problem(letter)))}")
    console.print(f"fix      {escape(printable(letter.fix))}")
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


async def _print_all(settings: Settings) -> None:
    """Each letter once, while it is read: a dead letter written again after a crash is the same one."""
    await check_topics(settings)
    printed: set[str] = set()
    async for _, letter in read(settings, REJECTED):
        if letter.id not in printed:
            printed.add(letter.id)
            write_bytes(encode(letter))


async def _letters(settings: Settings, whole: Collection[str]) -> dict[str, ArticleRejected]:
    """The letters by id; with their bodies (up to 2 MB each) only those in `whole`."""
    await check_topics(settings)
    letters = {}
    async for _, letter in read(settings, REJECTED):
        letters[letter.id] = letter if letter.id in whole else letter.model_copy(update={"body": None})
    return letters


def _known(letters: dict[str, ArticleRejected], letter_id: str) -> ArticleRejected:
    if letter_id not in letters:
        raise BadSetting(f"{letter_id}: no such dead letter; `counterclaim dead-letters list` names them")
    return letters[letter_id]


async def _replay(settings: Settings, letter_ids: list[str]) -> None:
    letters = await _letters(settings, letter_ids)
    chosen = [_known(letters, letter_id) for letter_id in letter_ids]
    for topic in {letter.origin.topic for letter in chosen}:
        await _refuse_outdated(settings, topic, [letter for letter in chosen if letter.origin.topic == topic])
    async with producer(settings) as client:
        for letter in chosen:
            body = letter.body if letter.complete else await _original(settings, letter)
            # As it arrived then: what is old by now is not news again. Kafka dates published articles itself (the
            # topic's LogAppendTime), so of those one without a date is of the day on which it is put back.
            arrived = int(letter.rejected.timestamp() * 1000)
            origin = letter.origin
            await client.send_and_wait(origin.topic, body, letter.key, origin.partition, timestamp_ms=arrived)
            typer.echo(f"{letter.id} is back on {letter.origin.topic}")


async def _refuse_outdated(settings: Settings, topic: str, letters: list[ArticleRejected]) -> None:
    """Raises BadSetting where the topic says how things are and says something later by now (an alert's next sequence).

    The last record of a key counts there, and the old one would take its place.
    """
    compacted = next((each for each in TOPICS if each.name == topic and each.compact), None)
    if compacted is None:
        return
    waiting = {(letter.origin.partition, letter.key): letter for letter in letters}
    async with aclosing(read(settings, compacted)) as records:
        async for record, _ in records:
            letter = waiting.get((record.arrival.partition, record.key))
            if letter is not None and record.arrival.offset > letter.origin.offset:
                raise BadSetting(
                    f"{letter.id}: {topic} has a later record of the same key (partition {record.arrival.partition}, "
                    f"offset {record.arrival.offset}), which this one would replace; nothing was put back"
                )


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
