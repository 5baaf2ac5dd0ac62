"""`counterclaim review`: what is held for a person to look at (rules.md R8), and the person's word on it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from schemas.claim import Claim, ClaimsMade
from schemas.errors import BadSetting
from schemas.ids import held_id
from schemas.message import encode
from schemas.printable import printable
from schemas.review import Decision, ReviewDecided
from schemas.topics import CLAIMS, DECIDED, VERDICTS
from schemas.verdict import VerdictGiven
from services.cli.acting import asked, by_the_rules
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.desk.acting.review import decided
from services.platform.clients import producer, read
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics

app = typer.Typer(help="Held verdicts: list, release, dismiss.", no_args_is_help=True)

_Id = Annotated[str, typer.Argument(metavar="ID", help="As `list` names it.")]
_By = Annotated[str, typer.Option("--by", help="Who decides.")]
_Why = Annotated[str, typer.Option("--why", help="The reason; it goes out with the alert and stays in the log.")]


@app.command("list")
def list_held(
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one whole verdict each.")] = False,
) -> None:
    """What is held and not decided yet, oldest first."""
    held, claims = asyncio.run(_waiting(broker_settings()))
    if as_json:
        for given in held.values():
            write_bytes(encode(given))
        return
    table = Table("at", "verdict", "why it is held", "one", "other")
    table.columns.insert(0, Column("id", no_wrap=True))
    for name, given in held.items():
        verdict = given.verdict
        words = (escape(printable(_words(claims.get(claim)))) for claim in (given.one, given.other))
        why = escape(printable(verdict.because[-1][:200] if verdict.because else verdict.reason))
        table.add_row(name, f"{given.at:%Y-%m-%d %H:%M}Z", f"{verdict.verdict} [{verdict.severity}]", why, *words)
    Console().print(table if held else "nothing is held")


@app.command()
def release(id_: _Id, by: _By, why: _Why) -> None:
    """Let a held verdict go out: its alert is told as if nothing had held it, with who released it and why."""
    asyncio.run(_decide(broker_settings(), id_, "released", by, why))
    typer.echo(f"{id_} is released")


@app.command()
def dismiss(id_: _Id, by: _By, why: _Why) -> None:
    """Never ask again for this pair of claims."""
    asyncio.run(_decide(broker_settings(), id_, "dismissed", by, why))
    typer.echo(f"{id_} is dismissed")


def decision(given: VerdictGiven, word: Decision, by: str, why: str) -> ReviewDecided:
    """The message that carries a decision. Raises BadSetting where nobody may release, or a part is empty or too
    long."""
    what = asked(word, by, target=held_id(given.one, given.other), why=why)
    with by_the_rules():
        return decided(by, what, word, given)


async def _decide(settings: Settings, id_: str, word: Decision, by: str, why: str) -> None:
    held, _ = await _waiting(settings)
    if id_ not in held:
        raise BadSetting(f"{id_}: nothing of this name waits for review; `counterclaim review list` names what does")
    out = outgoing(decision(held[id_], word, by, why), sender="review", at=datetime.now(UTC))
    async with producer(settings) as client:
        await client.send_and_wait(out.topic, out.value, key=out.key, headers=list(out.headers))


async def _waiting(settings: Settings) -> tuple[dict[str, VerdictGiven], dict[str, Claim]]:
    """Held verdicts nobody decided on, by id, and their claims by id."""
    await check_topics(settings)
    done = {message.id async for _, message in read(settings, DECIDED)}
    given = [message async for _, message in read(settings, VERDICTS) if message.verdict.hold]
    held = {held_id(verdict.one, verdict.other): verdict for verdict in given}
    held = {name: verdict for name, verdict in held.items() if name not in done}
    wanted = {claim for verdict in held.values() for claim in (verdict.one, verdict.other)}
    claims: dict[str, Claim] = {}
    async for _, made in read(settings, CLAIMS):
        if isinstance(made, ClaimsMade):
            claims |= {claim.id: claim for claim in made.claims if claim.id in wanted}
    return held, claims


def _words(claim: Claim | None) -> str:
    return "" if claim is None else f"{claim.voice_name}: {claim.words} ({claim.article})"
