"""Dead letters on an embedded broker: listed without their bodies, played again as they arrived, or refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished
from schemas.dead_letter import ArticleRejected
from schemas.errors import BadSetting
from schemas.message import Message, encode
from schemas.outcomes import Rejected
from schemas.topics import BY_MODEL, Topic
from services.cli import dead_letters as command
from services.platform.broker import EmbeddedBroker
from services.platform.clients import Record, producer, read
from services.platform.dead_letters import dead_letter
from services.platform.envelope import outgoing
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import create_topics
from tests.unit.notify.making import alert

ARRIVED = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def settings() -> AsyncIterator[Settings]:
    async with EmbeddedBroker() as broker:
        found = load_settings().on_embedded_broker(broker.bootstrap)
        await create_topics(found)
        yield found


async def send(settings: Settings, message: Message) -> None:
    async with producer(settings) as client:
        out = outgoing(message, sender="test", at=ARRIVED)
        at = int(out.at.timestamp() * 1000)
        await client.send_and_wait(out.topic, out.value, out.key, out.partition, timestamp_ms=at)


async def records(settings: Settings, kind: type[Message]) -> list[Record]:
    topic: Topic[Any] = BY_MODEL[kind]
    return [record async for record, _ in read(settings, topic)]


async def refused(settings: Settings, message: AlertRaised | ArticlePublished) -> ArticleRejected:
    """The dead letter of that message, which stands on its topic."""
    await send(settings, message)
    record = next(each for each in await records(settings, type(message)) if each.value == encode(message))
    letter = dead_letter("notify", record, Rejected("stage_failed", "fell over", "mend it"))
    await send(settings, letter)
    return letter


async def test_only_the_letters_asked_for_are_held_with_their_bodies(settings: Settings) -> None:
    one, other = [await refused(settings, ArticlePublished(id=id_, text="x" * 100_000)) for id_ in ("a", "b")]
    letters = await command._letters(settings, (one.id,))
    assert letters[one.id] == one
    assert letters[other.id] == other.model_copy(update={"body": None})


async def test_all_letters_are_printed_whole_and_once(
    settings: Settings, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    letter = await refused(settings, ArticlePublished(id="a", text="The river rose."))
    await send(settings, letter)  # again after a crash
    await command._print_all(settings)
    printed = [line for line in capfdbinary.readouterr().out.splitlines() if line.startswith(b"{")]
    assert [orjson.loads(line)["id"] for line in printed] == [letter.id]
    assert printed == [encode(letter)]


async def test_a_replayed_record_arrives_when_it_first_did(settings: Settings) -> None:
    letter = await refused(settings, ArticlePublished(id="a", text="The river rose."))
    await command._replay(settings, [letter.id])
    first, again = await records(settings, ArticlePublished)
    assert (again.value, again.key, again.arrival.at) == (first.value, first.key, ARRIVED)


async def test_an_alert_is_not_put_back_over_its_next_sequence(settings: Settings) -> None:
    letter = await refused(settings, alert(1))
    await send(settings, alert(1, fingerprint="alr-2"))
    await send(settings, alert(2))
    with pytest.raises(BadSetting, match="later record of the same key"):
        await command._replay(settings, [letter.id])
    assert len(await records(settings, AlertRaised)) == 3


async def test_an_alert_that_is_still_the_last_word_is_put_back(settings: Settings) -> None:
    letter = await refused(settings, alert(1))
    await send(settings, alert(2, fingerprint="alr-2"))
    await command._replay(settings, [letter.id])
    assert len(await records(settings, AlertRaised)) == 3
