"""The commands that run the live service: worker, desk, topics, publish."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from schemas.topics import ROUTES
from services.cli.connect import broker_settings
from services.cli.publish import articles_in
from services.cli.publish import publish as publish_articles
from services.desk.server import PORT
from services.platform.settings import load_settings
from services.platform.topic_admin import check_topic_settings, check_topics, create_topics, wanted_topics


def worker(
    stages: Annotated[list[str] | None, typer.Argument(metavar="[STAGE]...", help="Which stages; none: all.")] = None,
) -> None:
    """Run stages until SIGTERM or Ctrl-C. Exit code 0 after a clean stop, 1 after a fault (start it again)."""
    from services.platform import host, spec

    specs = [spec.load(stage) for stage in dict.fromkeys(stages or ROUTES)]
    raise SystemExit(host.main(specs, broker_settings()))


def desk(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one and says which.")] = PORT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    no_sign_in: Annotated[
        bool, typer.Option("--no-sign-in", help="Everybody on this machine is an editor. Loopback only.")
    ] = False,
) -> None:
    """Serve the desk until Ctrl-C: pages, API and streams over what the topics say."""
    from services.cli.board import serve

    asyncio.run(serve(broker_settings(), host, port, without_sign_in=no_sign_in))


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
    asyncio.run(check_topic_settings(settings))
    typer.echo(f"all {len(wanted_topics())} topics are as they must be on {settings.bootstrap_servers}")


def publish(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help=".txt: an article each; else JSON lines."),
    ] = None,
) -> None:
    """Put articles on the first topic; without files, article lines from standard input."""
    failures: list[str] = []
    count = asyncio.run(publish_articles(broker_settings(), articles_in(files or [], failures)))
    typer.echo(f"{count} published" + (f", {len(failures)} refused" if failures else ""), err=True)
    if failures:
        raise SystemExit(1)
