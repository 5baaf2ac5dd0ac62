"""The commands that run or look at the live service: worker, desk, topics, publish, entities, explain."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from schemas.errors import BadSetting
from schemas.message import encode
from schemas.topics import RAISED, ROUTES, VERDICTS
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.cli.publish import articles_in
from services.cli.publish import publish as publish_articles
from services.desk.server import PORT
from services.platform.clients import read
from services.platform.settings import load_settings
from services.platform.topic_admin import check_topics, create_topics, wanted_topics

AsJson = Annotated[bool, typer.Option("--json", help="JSON lines instead of text.")]


def worker(
    stages: Annotated[list[str] | None, typer.Argument(metavar="[STAGE]...", help="Which stages; none: all.")] = None,
) -> None:
    """Run stages until SIGTERM or Ctrl-C. Exit code 0 after a clean stop, 1 after a fault (start it again)."""
    from services.platform import host, spec

    specs = [spec.load(stage) for stage in dict.fromkeys(stages or ROUTES)]
    raise SystemExit(host.main(specs, broker_settings()))


def desk(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one and says which.")] = PORT,
    host: Annotated[str, typer.Option(help="Loopback address to listen on: there is no sign-in yet.")] = "127.0.0.1",
) -> None:
    """Serve the board until Ctrl-C. It reads the topics from their beginning and keeps what it shows in memory."""
    from services.cli.board import serve

    asyncio.run(serve(broker_settings(), host, port))


def topics(
    create: Annotated[bool, typer.Option("--create", help="Create what is missing.")] = False,
) -> None:
    """Check that the broker has the topics and table changelogs the service needs; without a broker, list them."""
    if not load_settings().servers and not create:
        for wanted in wanted_topics():
            config = " ".join(f"{name}={value}" for name, value in wanted.config.items())
            typer.echo(f"{wanted.name}  partitions={wanted.partitions} {config}")
        return
    settings = broker_settings()
    if create:
        for name in asyncio.run(create_topics(settings)):
            typer.echo(f"created {name}")
    asyncio.run(check_topics(settings))
    typer.echo(f"all {len(wanted_topics())} topics are as they must be on {settings.bootstrap_servers}")


def publish(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, allow_dash=True, help=".txt: an article each; else JSON lines."),
    ] = None,
) -> None:
    """Put articles on the first topic; without files, article lines from standard input."""
    failures: list[str] = []
    count = asyncio.run(publish_articles(broker_settings(), articles_in(files or [], failures)))
    typer.echo(f"{count} published" + (f", {len(failures)} refused" if failures else ""), err=True)
    if failures:
        raise SystemExit(1)


def explain(
    id_: Annotated[str, typer.Argument(metavar="CLAIM_OR_ALERT_ID")],
    as_json: AsJson = False,
) -> None:
    """Why a claim was compared, alerted on or left alone: the rule chain of every verdict it is in."""
    found = asyncio.run(_explanations(id_))
    if not found:
        raise BadSetting(f"{id_}: no verdict or alert with this id is on the topics; ids stand on the board")
    for line, text in found:
        if as_json:
            write_bytes(line)
        else:
            typer.echo(text)


async def _explanations(id_: str) -> list[tuple[bytes, str]]:
    settings = broker_settings()
    await check_topics(settings)
    found = []
    async for _, alert in read(settings, RAISED):
        if id_ in {alert.id, alert.fingerprint, *alert.references}:
            found.append((encode(alert), _told(alert.id, alert.verdict, alert.severity, alert.reason, alert.because)))
    async for _, given in read(settings, VERDICTS):
        if id_ in {given.one, given.other}:
            verdict = given.verdict
            name = f"{given.one} and {given.other}"
            found.append(
                (encode(given), _told(name, verdict.verdict, verdict.severity, verdict.reason, verdict.because))
            )
    return found


def _told(name: str, verdict: str, severity: str, reason: str, because: tuple[str, ...]) -> str:
    chain = "".join(f"\n  {step}" for step in because)
    return f"{name}: {verdict}, severity {severity}, {reason}{chain}"
