"""`counterclaim notify`: who gets which alerts, whether they can be reached, and what became of each delivery."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from schemas.delivery import DeliveryLogged
from schemas.errors import BadSetting
from schemas.message import encode
from schemas.printable import printable
from schemas.subscription import Match, Subscription
from schemas.topics import DELIVERIES
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.deliver.channel import fix
from services.deliver.channels import open_channels
from services.platform.clients import read
from services.platform.settings import PREFIX, Settings, load_settings
from services.platform.subscriptions import load_subscriptions
from services.platform.topic_admin import check_topics

app = typer.Typer(help="Subscriptions: list, test, and the log of deliveries.", no_args_is_help=True)


@app.command("list")
def list_subscriptions() -> None:
    """The subscriptions as the workers read them. Checks the whole file, its secrets and its addresses."""
    settings = load_settings()
    subscriptions = load_subscriptions(settings)
    open_channels(subscriptions, settings)
    table = Table("channel", "url", "gets")
    table.columns.insert(0, Column("id", no_wrap=True))
    for subscription in subscriptions:
        wanted = escape(printable(_wanted(subscription.match)))
        table.add_row(subscription.id, subscription.channel, escape(subscription.url or "-"), wanted)
    Console().print(table)
    if settings.subscriptions_file is None:
        typer.echo(f"{PREFIX}SUBSCRIPTIONS_FILE is not set, so there is only the console", err=True)


@app.command()
def test(subscription_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` names it.")]) -> None:
    """Send one signed test event, now and without a broker. Exit code 0 if the receiver accepted it, else 2."""
    settings = load_settings()
    subscription = _known(load_subscriptions(settings), subscription_id)
    channel = open_channels([subscription], settings)[subscription_id]
    event_id, began = f"test-{uuid4().hex}", time.perf_counter()
    answer = asyncio.run(channel.test(event_id))
    if answer.reason != "accepted":
        raise BadSetting(
            f"{subscription_id}: {subscription.url} did not accept the test event "
            f"({answer.reason}: {answer.detail or 'nothing more is known'}); {fix(answer.reason)}"
        )
    took = time.perf_counter() - began
    typer.echo(f"{subscription_id} accepted the test event ({answer.detail}) after {took:.2f} s; webhook-id {event_id}")


@app.command("log")
def show_log(
    subscription_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Of one subscription only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one whole entry each.")] = False,
) -> None:
    """The log of deliveries: what is due, each attempt, and how it ended. Kept for 90 days."""
    entries = asyncio.run(_entries(broker_settings(), subscription_id))
    if as_json:
        for entry in entries:
            write_bytes(encode(entry))
        return
    table = Table("at", "state", "attempt", "next", "reason")
    table.columns[1:1] = [Column("subscription", no_wrap=True), Column("alert", no_wrap=True)]
    for entry in entries:
        again = f"{entry.next_at:%Y-%m-%d %H:%M:%S}Z" if entry.state == "failed" and entry.next_at else "-"
        reason = f"{entry.reason}: {entry.detail}" if entry.detail else entry.reason
        at, attempt = f"{entry.at:%Y-%m-%d %H:%M:%S}Z", str(entry.attempt)
        said = escape(printable(reason[:100]))
        table.add_row(at, entry.subscription, entry.alert_id, entry.state, attempt, again, said)
    Console().print(table if entries else "nothing was due to anybody yet")


def _wanted(match: Match) -> str:
    """The conditions in words."""
    given = match.model_dump(mode="json", exclude_defaults=True)
    said = [f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in given.items()]
    return "; ".join(said).replace("_", " ") or "every alert"


def _known(subscriptions: tuple[Subscription, ...], subscription_id: str) -> Subscription:
    for subscription in subscriptions:
        if subscription.id == subscription_id:
            return subscription
    names = ", ".join(subscription.id for subscription in subscriptions)
    raise BadSetting(
        f"{subscription_id}: no such subscription; there are {names} ({PREFIX}SUBSCRIPTIONS_FILE names the file)"
    )


async def _entries(settings: Settings, subscription_id: str | None) -> list[DeliveryLogged]:
    await check_topics(settings)
    return [entry async for _, entry in read(settings, DELIVERIES) if subscription_id in (None, entry.subscription)]
