"""`counterclaim export`: a whole list of the desk as a file, read from its database."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, BinaryIO, get_args
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from schemas.errors import BadSetting
from services.desk.access.refusals import Refused
from services.desk.api.asked import Asked
from services.desk.api.exports import Format, Writer, exported, writer_of
from services.desk.api.lists import BY_NAME, List, Wanted
from services.desk.queries.counts import counts
from services.desk.store.database import Database
from services.desk.store.feed import open_database
from services.platform.settings import PREFIX, Settings, load_settings

_NAMES = ", ".join(BY_NAME)


def export(
    name: Annotated[str, typer.Argument(metavar="LIST", help=f"{_NAMES}.")],
    filters: Annotated[
        list[str] | None,
        typer.Option("--filter", metavar="NAME=VALUE", help="As the API takes them; may be given several times."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file, .csv, .jsonl or .parquet; none: standard output.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", help="csv, jsonl or parquet; else as the file ends.")] = None,
) -> None:
    """Write a whole list of the desk to a file. A list is what the API gives at /v1/LIST."""
    listed = BY_NAME.get(name)
    if listed is None:
        raise BadSetting(f"{name}: there is no such list{_meant(name, list(BY_NAME))}; there are {_NAMES}")
    settings = _settings(name)
    try:
        asked = asked_of(listed, filters or [])
        wanted = Wanted(datetime.now(UTC), asked.filter(ZoneInfo(settings.desk_zone)), asked)
        writer = writer_of(listed, _format(output, form))
    except Refused as error:
        raise BadSetting(f"{error.field}: {error.problem} {error.fix}") from None
    with _written(output) as file:
        rows = asyncio.run(_write(settings, listed, wanted, writer, file))
    sys.stderr.write(f"{rows:,} rows\n")


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """The file to write, or standard output. A file gets its name when it is whole: half a list looks like a list, and
    one of yesterday is better than none. Raises BadSetting."""
    if output is None:
        yield sys.stdout.buffer
        return
    target = output.resolve()
    replaced = target.is_file() or not target.exists()  # else a pipe or a device
    path = target.with_name(f".{target.name}.part") if replaced else target
    try:
        file = path.open("wb")
        if target.is_file():
            shutil.copymode(target, path)
    except OSError as error:
        raise BadSetting(f"--output {output}: {error.strerror}; name a file in a folder that you may write") from None
    try:
        with file:
            yield file
        if replaced:
            path.replace(target)
    finally:
        if replaced:
            path.unlink(missing_ok=True)


def asked_of(listed: List[Any], filters: list[str]) -> Asked:
    """The parameters of a list from NAME=VALUE pairs. Raises BadSetting."""
    given: dict[str, str] = {}
    known = list(listed.asked.model_fields)
    for pair in filters:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadSetting(f"--filter {pair}: write it NAME=VALUE")
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "this list has none"
            raise BadSetting(f"--filter {name}: {listed.name} has no such filter{_meant(name, known)}; {there}")
        if name in given:
            raise BadSetting(f"--filter {name}: stands twice; give it once")
        given[name] = value
    try:
        return listed.asked.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadSetting(f"--filter {first['loc'][0]}: {first['msg']}") from None


def _meant(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f", did you mean {close[0]}?" if close else ""


def _format(output: Path | None, form: str | None) -> Format:
    wanted = form or (output.suffix.removeprefix(".") if output else "csv")
    for known in get_args(Format):
        if wanted == known:
            chosen: Format = known
            return chosen
    raise BadSetting(f"--format: {wanted or 'the file name'} says no format; say csv, jsonl or parquet")


def _settings(name: str) -> Settings:
    """Raises BadSetting where the desk's database is gone with the desk."""
    settings = load_settings()
    if not settings.desk_database.get_secret_value():
        raise BadSetting(
            f"{PREFIX}DESK_DATABASE is not set, so that the desk's rows are its own; set it, or download the list from "
            f"the desk: /v1/{name}.csv"
        )
    return settings


async def _write(settings: Settings, listed: List[Any], wanted: Wanted, writer: Writer, file: BinaryIO | Any) -> int:
    database = open_database(settings, existing=True)
    columns = SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()
    rows = 0
    try:
        await database.migrate()
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task(listed.name, total=await _total(database, listed, wanted))
            async for piece, read in exported(database, listed, wanted, writer):
                file.write(piece)
                rows += read
                progress.update(task, completed=rows)
    finally:
        await database.close()
    return rows


async def _total(database: Database, listed: List[Any], wanted: Wanted) -> int | None:
    """How many rows there will be, as far as that is known without reading them."""
    if wanted.more != listed.asked.model_construct():
        return None
    async with database.reading() as db:
        total: int | None = getattr(await counts(db), listed.name.replace("-", "_"), None)
    return total
