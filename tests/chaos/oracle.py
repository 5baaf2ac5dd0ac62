"""What an undisturbed service would hold, worked out from the broker's own logs; and where the real one differs.

Each stage is played again, alone and from nothing, over its source topics as they stand, each partition in the order
of its offsets: the very order the real stage had. Nothing is left but what a kill, a rebalance or an outage did, so
messages, rows and dead letters must be equal to the byte, times and order of steps included. One exception: an entity's
tally is compared as of the time at which the last sweep looked; that time itself is the sweep's own.

The whole path in one go (`PurePath`, `counterclaim replay`) then tells which alerts those articles make.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished
from schemas.entity import EntityTallied
from schemas.errors import BadMessage
from schemas.figure import FigureStated
from schemas.message import Message, decode_untrusted, encode
from schemas.topics import PARTITIONS, PUBLISHED, RAISED, REJECTED, ROUTES, TALLIED, Topic
from services.cli.replay import PurePath
from services.platform.clients import Record
from services.tally.stored import states
from tests.chaos.alone import Alone
from tests.chaos.logs import Logs

STAGES = ("admit", "copies", "read", "tally", "ledger")
"""Those whose answers follow from their input alone; notify and deliver are judged by what the receiver got."""

SHOWN = 3
"""Differences of one kind that are spelled out."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a stage answered to its whole input. `names`: by input record, how it ended."""

    sent: dict[str, dict[str, bytes]]
    rows: dict[str, dict[bytes, bytes]]
    names: dict[tuple[int, int], str]


def play(stage: str, logs: Logs) -> Played:
    """A stage alone over its input."""
    alone = Alone(stage)
    sent: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    names: dict[tuple[int, int], str] = {}
    for record in _inputs(stage, logs):
        plan = alone.take(record)
        for message, out in plan.sends:
            sent[out.topic][_name(message, out.key)] = _comparable(message, out.value)
        names[record.arrival.partition, record.arrival.offset] = plan.name
    if stage == "tally":  # sent by sweeps: in the end each entity's table, as its rows are
        rows = {key.decode(): row for key, row in alone.rows["entities"].items()}
        # As it is at the time of that sweep: what arrived by a clock an hour behind leaves a window meanwhile.
        looked = {message.entity: message.as_of for _, message in logs.on(TALLIED)}
        tables = {
            entity: state.tallied(max(state.last, looked.get(entity, state.last)))
            for entity, state in states(rows).items()
        }
        sent[TALLIED.name] = {entity: _comparable(table, encode(table)) for entity, table in tables.items()}
    return Played(dict(sent), alone.rows, names)


def differences(logs: Logs, *, arrivals: bool = True, letters: bool = True) -> list[str]:
    """One line for each way in which topics and tables are not what an undisturbed service would have made of them.

    Without `arrivals` the worker's clock was wrong, and with it the arrivals that admit wrote: of its messages the ids
    count, of its rows everything but the time at which an article was last heard of.
    Without `letters` a stage was broken on purpose, and wrote dead letters.
    """
    found: list[str] = []
    refusals: dict[str, bytes] = {}
    for stage in STAGES:
        played = play(stage, logs)
        refusals |= played.sent.pop(REJECTED.name, {})
        for topic in ROUTES[stage].targets:
            wanted = played.sent.get(topic.name, {})
            if (
                topic is ROUTES[stage].source
            ):  # publishers write there, too, and anything; all that admit sent on is there
                found += _compared(topic.name, dict.fromkeys(wanted, b""), _published(logs, wanted))
                continue
            sent = sent_to(topic, logs)
            if stage == "admit" and not arrivals:
                wanted, sent = dict.fromkeys(wanted, b""), dict.fromkeys(sent, b"")
            found += _compared(topic.name, wanted, sent)
        for table, rows in played.rows.items():
            due, stored = _text(rows), _text(logs.rows[stage][table])
            if stage == "admit" and not arrivals:
                due, stored = _without_arrivals(due), _without_arrivals(stored)
            found += _compared(f"table {stage}.{table}", due, stored)
    return found + (_compared(REJECTED.name, refusals, sent_to(REJECTED, logs)) if letters else [])


def _without_arrivals(rows: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: orjson.dumps(orjson.loads(row) | {"heard": None}) for name, row in rows.items()}


def sent_to(topic: Topic[Any], logs: Logs) -> dict[str, bytes]:
    """The last word under each name on a topic."""
    found: dict[str, bytes] = {}
    for record, message in logs.on(topic):
        found[_name(message, record.key or b"")] = _comparable(message, record.value or b"")
    return found


def _published(logs: Logs, wanted: Container[str]) -> dict[str, bytes]:
    """Those of the articles that were published under these ids; what cannot be read is none."""
    found: dict[str, bytes] = {}
    for record in _all(logs.records[PUBLISHED.name]):
        with suppress(BadMessage):
            name = decode_untrusted(ArticlePublished, record.value).record_id()
            if name in wanted:
                found[name] = b""
    return found


def changed_under_one_id(topic: Topic[Any], logs: Logs) -> list[str]:
    """Ids under which different things were said."""
    said: defaultdict[str, set[bytes]] = defaultdict(set)
    for record, message in logs.on(topic):
        said[message.record_id()].add(record.value or b"")
    return [name for name, bodies in said.items() if len(bodies) > 1]


def repeated(topics: Iterable[Topic[Any]], logs: Logs) -> int:
    """Records whose id is on their topic already: work that was done again."""
    count = 0
    for topic in topics:
        ids = [message.record_id() for _, message in logs.on(topic)]
        count += len(ids) - len(set(ids))
    return count


def alerts_of_the_whole_path(logs: Logs) -> set[str]:
    """Alert ids of the published articles, fed to all stages at once in the order in which the broker took them."""
    path = PurePath(tuple(stage for stage in STAGES if stage != "tally"))
    emitted: set[str] = set()
    for record in sorted(_all(logs.records[PUBLISHED.name]), key=lambda record: record.arrival.at):
        try:
            article = decode_untrusted(ArticlePublished, record.value)
        except BadMessage:
            continue
        emitted |= {message.id for message in path.feed(article, record.arrival.at) if isinstance(message, AlertRaised)}
    return emitted


def alerts(logs: Logs) -> set[str]:
    """Alert ids on their topic."""
    return {alert.id for _, alert in logs.on(RAISED)}


def _inputs(stage: str, logs: Logs) -> Iterator[Record]:
    """A stage's input. Of several topics the one whose next record came earlier is read first."""
    for partition in range(PARTITIONS):
        parts = [logs.records[topic.name][partition] for topic in ROUTES[stage].sources]
        yield from heapq.merge(*parts, key=lambda record: record.arrival.at) if len(parts) > 1 else parts[0]


def _name(message: Message, key: bytes) -> str:
    """Compacted topics say how things are, so the last word of each key counts; of others each record does."""
    return key.decode() if isinstance(message, FigureStated | EntityTallied) else message.record_id()


def _comparable(message: Message, value: bytes) -> bytes:
    if not isinstance(message, EntityTallied):
        return value
    return orjson.dumps({name: told for name, told in orjson.loads(value).items() if name != "as_of"})


def _compared(what: str, wanted: Mapping[str, bytes], found: Mapping[str, bytes]) -> list[str]:
    missing = sorted(wanted.keys() - found.keys())
    beyond = sorted(found.keys() - wanted.keys())
    other = sorted(name for name in wanted.keys() & found.keys() if wanted[name] != found[name])
    return [
        *_told(what, "missing", missing),
        *_told(what, "too much", beyond),
        *_told(what, "different", [f"{name} {_where(wanted[name], found[name])}" for name in other]),
    ]


def _told(what: str, how: str, names: list[str]) -> list[str]:
    return [f"{what}: {len(names)} {how}: {', '.join(names[:SHOWN])}"] if names else []


def _where(wanted: bytes, found: bytes) -> str:
    """The first place in which two bodies differ, with what stands there."""
    at = next((i for i, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), len(wanted))
    start = max(0, at - 40)
    return f"({wanted[start : at + 40]!r} became {found[start : at + 40]!r})"


def _text(rows: Mapping[bytes, bytes]) -> dict[str, bytes]:
    return {key.decode(): value for key, value in rows.items()}


def _all(partitions: Iterable[list[Record]]) -> Iterator[Record]:
    for partition in partitions:
        yield from partition
