"""What the topics may say of the invented flood (dispute.py), each partition in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from schemas.article import ArticleTraced
from schemas.article_read import ArticleRead, RejectedNumber
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.entity import EntitiesMentioned, EntityInArticle, Name
from schemas.entity_join import EntityJoined
from schemas.ids import held_id
from schemas.message import Message
from schemas.outcomes import Arrival
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from schemas.topics import BY_MODEL
from schemas.verdict import Verdict
from services.desk.store import tables
from services.desk.store.database import Database
from services.desk.store.projection import apply
from tests.unit.desk import dispute as d

Log = dict[tuple[str, int], list[tuple[Arrival, Message]]]

HOUR = timedelta(hours=1)

REVISED = d.article(
    "According to the Interior Ministry, about 2,600 people are in the stadium at Veldt.",
    publisher="Harbour Times",
    at=d.NOON + HOUR,
    identity=d.MINISTRY.identity,
    revision=2,
    revises=d.MINISTRY.article_id,
)
SAYS_REVISED = d.claim(
    REVISED, "about 2,600 people", 2600, low=2470, high=2730, bound="approx", speaker="Interior Ministry", scope="camp"
)
HOLDS = Verdict.model_validate(
    {**d.note().verdict.model_dump(), "severity": "critical", "hold": True, "reason": "magnitude_slip"}
)


def listed(article: ArticleTraced) -> ArticleTraced:
    """An article as lists have it: its text is read one article at a time."""
    return article.model_copy(update={"text": ""})


def read(article_id: str = d.MINISTRY.article_id) -> ArticleRead:
    wrong = RejectedNumber(start=3, end=7, reason="date")
    return ArticleRead(
        article_id=article_id, language="en", figures_read=True, tier="fast", reader="1", figures=2, rejected=(wrong,)
    )


def act(what: str, target: str, kind: str, minutes: int = 0, **fields: Any) -> DeskActed:
    values = {"act": what, "kind": kind, "target": target, "by": "ana", "role": "editor", "why": "seen twice"}
    return DeskActed.model_validate({**values, "at": d.NOON + timedelta(minutes=minutes), **fields})


def joined(op: str, entity: str, into: str, minutes: int = 0) -> EntityJoined:
    at = d.NOON + timedelta(minutes=minutes)
    return EntityJoined.model_validate({"op": op, "entity": entity, "into": into, "by": "ana", "why": "one", "at": at})


def mentioned(article_id: str, *names: str) -> EntitiesMentioned:
    return EntitiesMentioned(
        article_id=article_id, article="flood", publisher="Harbour Times", lineage=article_id, arrived=d.NOON,
        partition=0, company=(Name(entity="x-veldt", name="Veldt"),),
        entities=tuple(
            EntityInArticle(entity=f"x-{name.lower()}", name=name, type="GPE", spans=((0, 5),)) for name in names
        ),
    )  # fmt: skip


def delivery(attempt: int, **fields: Any) -> DeliveryLogged:
    state = "due" if attempt == 0 else "delivered"
    return DeliveryLogged.model_validate(
        {"subscription": "console", "alert_id": d.alert().id, "state": state, "attempt": attempt,
         "at": d.NOON + timedelta(seconds=attempt), "reason": "matched", "alert": d.alert() if attempt == 0 else None}
        | fields
    )  # fmt: skip


def review(word: str, minutes: int = 20) -> ReviewDecided:
    at = d.NOON + timedelta(minutes=minutes)
    name = held_id(d.SAYS_LANTERN.id, d.SAYS_MINISTRY.id)
    return ReviewDecided.model_validate(
        {"id": name, "block": d.BLOCK, "decision": word, "by": "ana", "why": "a slip", "at": at}
    )


HELD = d.note(one=d.SAYS_LANTERN.id, other=d.SAYS_MINISTRY.id, verdict=HOLDS)


def everything() -> list[Message]:
    """The dispute with all that can happen to it, in an order a feed may bring it."""
    resolved = (
        d.figure()
        .conflicts[0]
        .model_copy(update={"state": "resolved", "cause": "intervals_met", "updated": d.NOON + HOUR})
    )
    return [
        *d.everything(),
        read(),
        REVISED,
        ArticleRevised(
            partition=0, article_id=REVISED.article_id, revises=d.MINISTRY.article_id, correction=False, blocks=()
        ),
        d.made(SAYS_REVISED),
        d.alert(2),
        d.figure(updated=d.NOON + HOUR, label="Later", conflicts=(resolved,)),
        HELD,
        review("released"),
        review("dismissed", 21),
        HELD.model_copy(update={"decision": "released"}),
        d.entity(as_of=d.NOON + HOUR, mentions=9),
        mentioned(d.MINISTRY.article_id, "Veldt", "Orrel"),
        mentioned(d.UNION.article_id, "Veldt"),
        joined("merge", "x-orrel", "x-veldt"),
        joined("unmerge", "x-orrel", "x-veldt", 1),
        joined("merge", "x-orrel", "x-veldt", 2),
        d.dead_letter(2),
        delivery(0),
        delivery(1),
        act("flagged", d.SAYS_UNION.id, "claim"),
        act("silenced", d.FINGERPRINT, "alert", until=d.NOON + HOUR),
        act("replayed", "dead-1", "dead_letter", 3),
    ]


def arrived(messages: Iterable[Message], at: datetime | None = None) -> list[tuple[Arrival, Message]]:
    """Each message on its topic's first partition, a second after the one before."""
    counts: dict[str, int] = {}
    taken = []
    for number, message in enumerate(messages):
        topic = BY_MODEL[type(message)].name
        when = at or d.NOON + timedelta(seconds=number)
        taken.append((Arrival(topic, 0, counts.get(topic, 0), when), message))
        counts[topic] = counts.get(topic, 0) + 1
    return taken


def log_of(messages: Iterable[Message]) -> Log:
    log: Log = {}
    for arrival, message in arrived(messages):
        log.setdefault((arrival.topic, arrival.partition), []).append((arrival, message))
    return log


async def take(database: Database, *messages: Message, at: datetime | None = None) -> None:
    """One transaction with these messages."""
    async with database.writing() as db:
        await apply(db, arrived(messages, at))


async def rows(database: Database, *but: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but these. Without numbers, which only say in what order a search looks."""
    async with database.reading() as db:
        found = {}
        for name, table in tables.metadata.tables.items():
            columns = [column for column in table.columns if column.name != "number"]
            if name not in but:
                result = await db.execute(select(*columns).order_by(*table.primary_key))
                found[name] = [tuple(row) for row in result]
    return found


async def empty(database: Database) -> None:
    async with database.writing() as db:
        for table in reversed(tables.metadata.sorted_tables):
            await db.execute(delete(table))


def in_batches(taken: Sequence[tuple[Arrival, Message]], size: int) -> list[Sequence[tuple[Arrival, Message]]]:
    return [taken[start : start + size] for start in range(0, len(taken), size)]
