"""`counterclaim entities merge | unmerge | joins`: which entity ids are one, who said so, and why.

A join changes what `counterclaim entities` shows. Articles, claims, alerts and stored rows keep the ids they have.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.entity_join import EntityJoined
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.printable import printable
from schemas.topics import JOINED, TALLIED
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.platform.clients import producer, read
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics
from services.read.entities import name_of
from services.tally.joins import joins, parents, standing

_By = Annotated[str, typer.Option("--by", help="Who says so.")]
_Why = Annotated[str, typer.Option("--why", help="The reason, for those who read the log.")]


def merge(
    entity: Annotated[str, typer.Argument(help="The id to give up, as `entities` names it.")],
    into: Annotated[str, typer.Argument(help="The id that stands for both.")],
    by: _By,
    why: _Why,
) -> None:
    """Make two ids one. Nothing stored changes, so `unmerge` takes it back without loss."""
    asyncio.run(_merge(broker_settings(), event("merge", entity, into, by, why)))
    typer.echo(printable(f"{entity} is {into} from now on"))


def unmerge(
    entity: Annotated[str, typer.Argument(help="The id that was given up.")],
    by: _By,
    why: _Why,
) -> None:
    """Take back the merge of an id that counts now: as if it had never been said."""
    after = asyncio.run(_unmerge(broker_settings(), entity, by, why))
    typer.echo(printable(f"{entity} is {after} again" if after else f"{entity} stands for itself again"))


def log(
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of text.")] = False,
) -> None:
    """Every merge and unmerge, oldest first, and which merges still stand."""
    settings = broker_settings()
    events = asyncio.run(_events(settings))
    if as_json:
        for said in events:
            write_bytes(encode(said))
        return
    stand = {merge.record_id() for merge in standing(events)}
    table = Table("at", "what", "id", "into", "by", "why", "stands")
    for said in events:
        words = (escape(printable(part)) for part in (said.op, said.entity, said.into, said.by, said.why))
        table.add_row(f"{said.at:%Y-%m-%d %H:%M}Z", *words, "yes" if said.record_id() in stand else "")
    Console().print(table if events else "nothing was merged yet")


def event(op: Literal["merge", "unmerge"], entity: str, into: str, by: str, why: str) -> EntityJoined:
    """What is said now. Raises BadSetting for an empty or overlong part."""
    limits = {"ENTITY": (entity, 200), "INTO": (into, 200), "--by": (by, 200), "--why": (why, 1000)}
    for option, (given, most) in limits.items():
        if not given.strip() or len(given) > most:
            raise BadSetting(f"{option}: {len(given)} characters; give 1 to {most}, not only spaces")
    return EntityJoined(op=op, entity=entity, into=into, by=by, why=why, at=datetime.now(UTC))


def check_merge(said: EntityJoined, before: Sequence[EntityJoined]) -> None:
    """Raises BadSetting for a merge that would change nothing: into itself, once more, or in a circle."""
    if said.entity == said.into:
        raise BadSetting(f"{said.entity}: cannot be merged into itself; name another id")
    if parents(before).get(said.entity) == said.into:
        raise BadSetting(f"{said.entity}: is {said.into} already; `counterclaim entities joins` says by whom")
    if parents([*before, said]).get(said.entity) != said.into:
        raise BadSetting(f"{said.into}: is {said.entity} already; unmerge it first, or merge the other way round")


async def _merge(settings: Settings, said: EntityJoined) -> None:
    events = await _events(settings)
    known = {tally.entity async for _, tally in read(settings, TALLIED)}
    for entity in (said.entity, said.into):
        if entity not in known and name_of(entity) is None:
            raise BadSetting(f"{entity[:80]}: no such entity; `counterclaim entities --top 10000` lists their ids")
    check_merge(said, events)
    await _say(settings, said)


async def _unmerge(settings: Settings, entity: str, by: str, why: str) -> str | None:
    """The id that stands for it now."""
    events = await _events(settings)
    into = parents(events).get(entity)
    if into is None:
        raise BadSetting(f"{entity[:80]}: was not merged; `counterclaim entities joins` lists what was")
    said = event("unmerge", entity, into, by, why)
    await _say(settings, said)
    return joins([*events, said]).get(entity)


async def _events(settings: Settings) -> list[EntityJoined]:
    await check_topics(settings)
    return [said async for _, said in read(settings, JOINED)]


async def _say(settings: Settings, said: EntityJoined) -> None:
    record = outgoing(said, sender="cli", at=said.at)
    async with producer(settings) as client:
        await client.send_and_wait(
            record.topic, record.value, key=record.key, partition=record.partition, headers=list(record.headers)
        )
