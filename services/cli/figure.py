"""`counterclaim figure`: who says what of one count, now or as it was known at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, cast

import typer

from schemas.errors import BadSetting
from schemas.figure import FigureStated
from schemas.interval import Interval, roughly
from schemas.message import encode
from schemas.printable import printable
from schemas.topics import CLAIMS, DECIDED, STATED
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes
from services.ledger.known import Logged, known_at
from services.ledger.rules.say import span
from services.platform.clients import batches, read
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics


def figure(
    series: Annotated[str, typer.Argument(metavar="SERIES", help="As the board and `explain` name it: ser-…")],
    as_known_at: Annotated[
        str | None, typer.Option("--as-known-at", help="ISO 8601, UTC without a zone; the topics keep 90 days.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole figure as JSON.")] = False,
) -> None:
    """Who says what of one count, and which conflicts are open in it."""
    at = None if as_known_at is None else moment(as_known_at)
    found = asyncio.run(_figure(broker_settings(), series, at))
    if found is None:
        raise BadSetting(f"{series}: nobody had said anything of it" + (f" by {at:%F %R}Z" if at else ""))
    if as_json:
        write_bytes(encode(found))
        return
    typer.echo(printable("\n".join(shown(found))))


def moment(text: str) -> datetime:
    """The time an option names. Raises BadSetting."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadSetting(f"--as-known-at: {text[:40]!r} is no time; give one like 2030-03-04T12:00") from None


def shown(found: FigureStated) -> list[str]:
    """A figure as text."""
    lines = [f"{found.label} ({found.unit}), {found.series}, as known {found.updated:%F %R}Z"]
    for claim in found.statements:
        interval = Interval(claim.low, claim.high, claim.soft_low, claim.soft_high)
        lines.append(f"  {claim.as_of:%F %R}Z  {claim.voice_name}: {claim.words}, that is {span(interval)}")
    for conflict in found.conflicts:
        ratio = "" if conflict.ratio is None else f", {roughly(conflict.ratio)} times apart"
        lines.append(f"  conflict {conflict.id}: {conflict.state} ({conflict.cause}), {conflict.severity}{ratio}")
        lines += [
            f"    {step.at:%F %R}Z  {step.what} ({step.cause}): {', '.join(step.claims)}"
            + (f"; told as {step.alert}" if step.alert else "")
            for step in conflict.steps
        ]
        if conflict.dropped:
            lines.append(f"    {conflict.dropped} steps after the first are left out")
    return lines


async def _figure(settings: Settings, series: str, at: datetime | None) -> FigureStated | None:
    await check_topics(settings)
    latest: FigureStated | None = None
    async for _, stated in read(settings, STATED):
        if stated.series == series:
            latest = stated
    if latest is None or at is None:
        return latest
    return known_at(await _log(settings, latest.block), series, at)


async def _log(settings: Settings, block: str) -> list[Logged]:
    """What the ledger read of a block."""
    log: list[Logged] = []
    async for batch in batches(settings, [CLAIMS, DECIDED]):
        for record, message in batch:
            if getattr(message, "block", block) == block:
                log.append(cast(Logged, (record.arrival, message)))
    partitions = {arrival.partition for arrival, _ in log if arrival.topic == CLAIMS.name}
    return [entry for entry in log if entry[0].partition in partitions]
