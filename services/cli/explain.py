"""`counterclaim explain`: both intervals, the rule that decided, the thresholds, the evidence; and of a silence why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from schemas.alert import AlertRaised
from schemas.claim import Claim, ClaimsMade
from schemas.errors import BadSetting
from schemas.interval import Interval
from schemas.message import Message, encode
from schemas.printable import printable
from schemas.topics import CLAIMS, RAISED, VERDICTS
from schemas.verdict import VerdictGiven
from services.cli.connect import broker_settings
from services.cli.lines import write_bytes, write_line
from services.desk.wording import count
from services.ledger.rules.say import span
from services.ledger.rules.series import label_of, series_of
from services.ledger.rules.thresholds import thresholds
from services.ledger.silence import silence
from services.platform.clients import read
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics

Found = tuple[list[AlertRaised], list[VerdictGiven], dict[str, Claim], dict[str, str]]


def explain(
    id_: Annotated[str, typer.Argument(metavar="CLAIM_OR_ALERT_ID")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines: the messages it is explained by.")] = False,
) -> None:
    """Why a claim was compared, alerted on or left alone: intervals, rules, thresholds, evidence."""
    alerts, verdicts, claims, revisions = asyncio.run(_found(broker_settings(), id_))
    own = claims.get(id_)
    if not alerts and not verdicts and own is None:
        raise BadSetting(f"{id_}: no claim, verdict or alert with this id is on the topics; ids stand on the board")
    if as_json:
        messages: Iterable[Message] = (*alerts, *verdicts)
        for message in messages:
            write_bytes(encode(message))
        if own is not None and not verdicts:
            write_line({"claim": id_, **silence(own, revisions.get(own.article_id))._asdict()})
        return
    lines = [line for alert in alerts for line in of_alert(alert)]
    if own is not None:
        lines += of_claim(own, verdicts, claims, revisions.get(own.article_id))
    typer.echo(printable("\n".join(lines)))


def of_alert(alert: AlertRaised) -> list[str]:
    """An alert: what it says, what each side says, and how it was decided."""
    lines = [f"{alert.id}: {alert.message_type}, {alert.verdict}, severity {alert.severity}", f"  {alert.attribution}"]
    for claim, side in zip(alert.claims, alert.sides, strict=True):
        lines += [f"  {line}" for line in _evidence(claim)]
        lines.append(f"    carried by {count(side.outlets, 'outlet')} of {count(side.origins, 'origin')}")
    lines += _decided(alert.reason, alert.because, alert.flags)
    lines += _limits(alert.claims[0])
    for correction in alert.corrections:
        now = f"now {correction.now!r}" if correction.now is not None else "withdrawn"
        lines.append(f"  puts right: {correction.was!r} is {now} ({correction.article_id})")
    if alert.wrong:
        lines.append(f"  sent with it: {', '.join(alert.wrong)}")
    return lines


def of_claim(
    claim: Claim, verdicts: Iterable[VerdictGiven], claims: Mapping[str, Claim], revised_by: str | None
) -> list[str]:
    """A claim: what it says, and every comparison it was in, or why it was in none."""
    series = series_of(claim)
    lines = [*_evidence(claim), f"  series {series or 'none'}: {label_of(claim)}"]
    given = list(verdicts)
    for each in given:
        other = claims.get(each.other if each.one == claim.id else each.one)
        verdict = each.verdict
        told = "told" if verdict.alert else "held for review" if verdict.hold else "not told"
        lines.append(f"  {verdict.verdict}, severity {verdict.severity}, {told}; against:")
        lines += [f"    {line}" for line in (_evidence(other) if other is not None else ["a claim no longer kept"])]
        lines += [f"  {line}" for line in _decided(verdict.reason, verdict.because, verdict.flags)]
    if not given:
        why = silence(claim, revised_by)
        lines += [f"  compared with nothing ({why.reason}): {why.because}"]
    return [*lines, *_limits(claim)]


def _evidence(claim: Claim) -> list[str]:
    interval = Interval(claim.low, claim.high, claim.soft_low, claim.soft_high)
    publisher = claim.publisher or "unknown publisher"
    part = " of its title" if claim.part == "title" else ""
    where = f"article {claim.article}, {publisher}, characters {claim.start} to {claim.end}{part}"
    return [
        f"{claim.id}: {claim.voice_name}: {claim.words!r} is {span(interval)} {claim.unit}, as of {claim.as_of:%F %R}Z",
        f"    “{' '.join(claim.sentence.split())}”",
        f"    {where}",
    ]


def _decided(reason: str, because: Iterable[str], flags: Iterable[str]) -> list[str]:
    named = ", ".join(flags)
    return [f"  decided by {reason}" + (f" [{named}]" if named else ""), *(f"    {rule}" for rule in because)]


def _limits(claim: Claim) -> list[str]:
    limits = thresholds(claim.metric.value).model_dump()
    return [f"  thresholds of {claim.metric.value}: {', '.join(f'{name} {value}' for name, value in limits.items())}"]


async def _found(settings: Settings, id_: str) -> Found:
    """What is on the topics of an id; claims of its verdicts by id, and by article what revised it."""
    await check_topics(settings)
    alerts = [a async for _, a in read(settings, RAISED) if id_ in {a.id, a.fingerprint, *a.references}]
    verdicts = [given async for _, given in read(settings, VERDICTS) if id_ in {given.one, given.other}]
    wanted = {id_, *(claim for given in verdicts for claim in (given.one, given.other))}
    claims: dict[str, Claim] = {}
    revisions: dict[str, str] = {}
    async for _, message in read(settings, CLAIMS):
        if isinstance(message, ClaimsMade):
            claims |= {claim.id: claim for claim in message.claims if claim.id in wanted}
        else:
            revisions[message.revises] = message.article_id
    return alerts, verdicts, claims, revisions
