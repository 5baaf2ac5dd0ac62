"""The two ends of an act: what it asks of the real store, and that the broker gets what it sends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from schemas.desk_act import DeskActed
from schemas.entity_join import EntityJoined
from schemas.errors import BrokerUnavailable
from schemas.ids import held_id
from schemas.message import Message
from schemas.outcomes import Arrival
from schemas.review import ReviewDecided
from schemas.topics import ACTED, BY_MODEL, DECIDED
from services.desk.access.people import Person
from services.desk.acting.act import messages
from services.desk.acting.sender import KafkaSender
from services.desk.acting.store import StoreKnown
from services.desk.acting.wanted import BadAct, Wanted
from services.desk.store.database import Database
from services.desk.store.projection import apply
from services.platform.broker import EmbeddedBroker
from services.platform.clients import read
from services.platform.settings import load_settings
from services.platform.topic_admin import create_topics
from tests.unit.desk import dispute as d
from tests.unit.desk.access.desk import NOON

ANA = Person("Ana", "editor", "session")


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    database = Database("sqlite+aiosqlite://")
    await database.migrate()
    held = d.note().verdict.model_copy(update={"hold": True})
    merge = EntityJoined(op="merge", entity="x-orrel", into="x-veldt", by="Rui", why="one town", at=NOON)
    await project(database, [*d.everything(), d.entity("Liss"), d.note(verdict=held), merge])
    yield database
    await database.close()


async def project(database: Database, told: list[Message], start: int = 0) -> None:
    arrived = [
        (Arrival(BY_MODEL[type(message)].name, 0, start + offset, NOON + timedelta(seconds=offset)), message)
        for offset, message in enumerate(told)
    ]
    async with database.writing() as db:
        await apply(db, arrived)


def want(act: str, kind: str, target: str, **more: str) -> Wanted:
    return Wanted(act=act, kind=kind, target=target, why="seen by eye", at=NOON, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "target"), [("alert", d.FINGERPRINT), ("figure", d.SERIES), ("claim", d.SAYS_UNION.id)]
)
async def test_what_the_store_has_can_be_marked_and_nothing_else(database: Database, kind: str, target: str) -> None:
    known = StoreKnown(database)
    assert len(await messages(ANA, want("used", kind, target), known)) == 1
    with pytest.raises(BadAct, match=f"there is no such {kind}"):
        await messages(ANA, want("used", kind, "nothing"), known)


async def test_what_is_held_is_released_once(database: Database) -> None:
    known = StoreKnown(database)
    name = held_id(d.SAYS_DRIVER.id, d.SAYS_MINISTRY.id)
    word, _ = await messages(ANA, want("released", "held", name), known)
    assert isinstance(word, ReviewDecided)
    assert word.id == name
    await project(database, [word], start=1000)
    with pytest.raises(BadAct, match="was released by Ana already"):
        await messages(ANA, want("dismissed", "held", name), known)


async def test_merged_ids_are_known_as_one(database: Database) -> None:
    known = StoreKnown(database)
    assert await known.stands_for("x-orrel") == "x-veldt"
    assert await known.stands_for("x-nobody") is None
    word, _ = await messages(ANA, want("merged", "entity", "x-liss", into="x-orrel"), known)
    assert isinstance(word, EntityJoined)
    for target, into in (("x-orrel", "x-veldt"), ("x-veldt", "x-orrel")):
        with pytest.raises(BadAct, match="is one with"):
            await messages(ANA, want("merged", "entity", target, into=into), known)
    taken_back, _ = await messages(ANA, want("unmerged", "entity", "x-orrel"), known)
    assert isinstance(taken_back, EntityJoined)
    assert taken_back.into == "x-veldt"


async def test_a_dead_letter_is_found(database: Database) -> None:
    article, _ = await messages(
        ANA, want("replayed", "dead_letter", "dead-1", body='{"id": "7", "text": "Two left."}'), StoreKnown(database)
    )
    assert article.record_id().startswith("art-")


async def test_the_broker_keeps_what_was_sent() -> None:
    async with EmbeddedBroker() as broker:
        settings = load_settings().on_embedded_broker(broker.bootstrap)
        await create_topics(settings)
        word = ReviewDecided(id="hld-1", block="b", decision="released", by="Ana", why="seen by eye", at=NOON)
        record = DeskActed(act="released", kind="held", target="hld-1", by="Ana", role="editor", why="seen", at=NOON)
        await KafkaSender(settings).send([word, record])
        assert [message async for _, message in read(settings, DECIDED)] == [word]
        assert [message async for _, message in read(settings, ACTED)] == [record]


async def test_without_a_broker_a_person_is_told_soon() -> None:
    settings = load_settings().model_copy(update={"bootstrap_servers": "127.0.0.1:1", "broker_timeout": 1.0})
    with pytest.raises(BrokerUnavailable):
        await KafkaSender(settings).send([])
