"""After a scenario: was every promise kept? Counts what was lost, what was repeated, what was done again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from schemas.article import ArticlePublished
from schemas.dead_letter import ArticleRejected
from schemas.errors import BadMessage
from schemas.message import decode
from schemas.topics import ADMITTED, CLAIMS, MENTIONED, PUBLISHED, RAISED, READ, REJECTED, TRACED, VERDICTS, Topic
from tests.chaos import oracle
from tests.chaos.logs import Logs, read_logs
from tests.chaos.run import Counts, Run, delivered_by
from tests.collector import Collector

_PER_RECORD = (ADMITTED, TRACED, READ, CLAIMS, MENTIONED, VERDICTS, RAISED)
"""Topics on which a record stands twice only if its cause was processed twice. Tallies and series say how things are,
as often as they like."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `lost` and `repeated` must be 0; `faults` says what else was not as promised."""

    scenario: str
    done: str
    articles: int
    lost: int
    repeated: int
    again: int
    recoveries: tuple[float, ...]
    faults: tuple[str, ...]

    @property
    def held(self) -> bool:
        return not (self.lost or self.repeated or self.faults)


@dataclass(frozen=True, slots=True)
class Bars:
    """What is compared besides what always is.

    nothing_again: that work was done twice is a fault. any_order: alerts do not hang on the order of these articles, so
    the whole path in one go must tell the same. clock: the workers' clocks were right, so arrivals are compared.
    letters: every dead letter is one that an undisturbed service writes, too.
    """

    nothing_again: bool = False
    any_order: bool = True
    clock: bool = True
    letters: bool = True


async def reckon(scenario: str, run: Run, bars: Bars) -> Row:
    """Waits until nothing is left to do, stops the workers, and compares all there is with what must be."""
    await run.quiet()
    await run.delivered()
    await run.service.end()
    logs = await read_logs(run.service.settings)
    faults = [*run.counts.faults, *oracle.differences(logs, arrivals=bars.clock, letters=bars.letters)]
    faults += [f"{topic.name}: {len(ids)} ids told different things" for topic, ids in _changed(logs) if bars.clock]
    raised = oracle.alerts(logs)
    if bars.any_order and raised != (whole := oracle.alerts_of_the_whole_path(logs)):
        faults.append(f"alerts: {len(raised)} instead of the {len(whole)} of counterclaim replay")
    lost, twice = _deliveries(run.receiver, run.hooks, raised)
    for hook, ids in delivered_by(logs, run.hooks).items():
        if undelivered := sorted(raised - ids):
            lost += len(undelivered)
            faults.append(f"{hook}: not delivered: {', '.join(undelivered[: oracle.SHOWN])}")
    again = oracle.repeated(_PER_RECORD, logs)
    if bars.nothing_again and again:
        faults.append(f"{again} records were sent again")
    missing = len(run.published - _articles_on(logs))
    return Row(
        scenario,
        _done(run.counts),
        logs.count(PUBLISHED),
        lost=lost + missing + unfinished(logs),
        repeated=twice,
        again=again,
        recoveries=tuple(run.counts.recoveries),
        faults=tuple(faults),
    )


def unfinished(logs: Logs) -> int:
    """Published records that did not end in exactly one of processed, duplicate, dead letter."""
    admit = oracle.play("admit", logs)
    letters = [letter.origin for _, letter in logs.on(REJECTED)]
    refused = {(origin.partition, origin.offset) for origin in letters if origin.topic == PUBLISHED.name}
    traced = {message.article_id for _, message in logs.on(TRACED)}
    admitted = {message.article_id for _, message in logs.on(ADMITTED)}
    wrong = {where for where, name in admit.names.items() if (name == "rejected") != (where in refused)}
    stuck = admitted - traced - _refused_later(logs)
    return len(wrong) + len(stuck) + len(admit.sent.get(ADMITTED.name, {}).keys() - admitted)


def _refused_later(logs: Logs) -> set[str]:
    """Articles that a stage behind admit could not use, by id."""
    found = set()
    for _, letter in logs.on(REJECTED):
        found |= _article_of(letter)
    return found


def _article_of(letter: ArticleRejected) -> set[str]:
    body = letter.body or b""
    if letter.origin.topic != ADMITTED.name:
        return set()
    return {ADMITTED.model.model_validate_json(body).article_id}


def _articles_on(logs: Logs) -> set[str]:
    """What reached the broker, by the publisher's id; what nobody can read has none."""
    found = set()
    for partition in logs.records[PUBLISHED.name]:
        for record in partition:
            with suppress(BadMessage):
                found.add(decode(ArticlePublished, record.value).id)
    return found


def _deliveries(receiver: Collector, hooks: Iterable[str], raised: set[str]) -> tuple[int, int]:
    """Alerts that did not reach a receiver; and ids that came with two bodies, or were never raised."""
    lost = sum(len(raised - receiver.ids(f"/{hook}").keys()) for hook in hooks)
    bodies = receiver.bodies()
    return lost, sum(len(said) > 1 for said in bodies.values()) + len(bodies.keys() - raised)


def _changed(logs: Logs) -> list[tuple[Topic[Any], list[str]]]:
    found = [(topic, oracle.changed_under_one_id(topic, logs)) for topic in _PER_RECORD]
    return [(topic, ids) for topic, ids in found if ids]


def _done(counts: Counts) -> str:
    parts = {
        "SIGKILLs": counts.kills,
        "SIGTERMs": counts.stops,
        "rebalances": counts.rebalances,
        "broker restarts": counts.broker_restarts,
    }
    return ", ".join([*(f"{count} {what}" for what, count in parts.items() if count), *counts.remarks])
