"""`counterclaim entities merge | unmerge | joins`: which entity ids are one, who said so, and why.

A join changes what `counterclaim entities` shows. Articles, claims, alerts and stored rows keep the ids they have.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.entity_join import EntityJoined
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.printable import printable
from schemas.topics import JOINED, TALLIED
from services.cli.acting import asked, by_the_rules
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.desk.acting.joins import merged, unmerged
from services.platform.clients import producer, read
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics
from services.read.entities import name_of
from services.tally.joins import joins, standing

_By = Annotated[str, typer.Option("--by", help="Who says so.")]
_Why = Annotated[str, typer.Option("--why", help="The reason, for those who read the log.")]


def merge(
    entity: Annotated[str, typer.Argument(help="The id to give up, as `entities` names it.")],
    into: Annotated[str, typer.Argument(help="The id that stands for both.")],
    by: _By,
    why: _Why,
) -> None:
    """Make two ids one. Nothing stored changes, so `unmerge` takes it back without loss."""
    asyncio.run(_merge(broker_settings(), entity, into, by, why))
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


def merging(entity: str, into: str, by: str, why: str, before: Sequence[EntityJoined]) -> EntityJoined:
    """What is said after `before`. Raises BadSetting for a merge that would change nothing, and for a bad part."""
    what, stands = asked("merged", by, target=entity, into=into, why=why), joins(before)
    with by_the_rules():
        return merged(by, what, stands.get(entity, entity), stands.get(into, into))


def unmerging(entity: str, by: str, why: str, before: Sequence[EntityJoined]) -> EntityJoined:
    """The same for what takes a merge back."""
    what = asked("unmerged", by, target=entity, why=why)
    with by_the_rules():
        return unmerged(by, what, before)


async def _merge(settings: Settings, entity: str, into: str, by: str, why: str) -> None:
    said = merging(entity, into, by, why, await _events(settings))
    known = {tally.entity async for _, tally in read(settings, TALLIED)}
    for name in (entity, into):
        if name not in known and name_of(name) is None:
            raise BadSetting(f"{name[:80]}: no such entity; `counterclaim entities --top 10000` lists their ids")
    await _say(settings, said)


async def _unmerge(settings: Settings, entity: str, by: str, why: str) -> str | None:
    """The id that stands for it now."""
    events = await _events(settings)
    said = unmerging(entity, by, why, events)
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
