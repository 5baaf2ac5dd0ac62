"""What `counterclaim publish` takes out of files, and what it refuses before the first article is sent."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka.errors import TopicAuthorizationFailedError

from schemas.article import ArticlePublished
from schemas.errors import BadSetting, BrokerUnavailable
from schemas.message import encode
from schemas.topics import MAX_BODY
from services.cli.publish import articles_in, publish
from services.platform.broker import EmbeddedBroker
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import create_topics


def a_file(path: Path, text: str = "The river rose.") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_is_found_before_the_first_is_read(tmp_path: Path) -> None:
    flood, storm = a_file(tmp_path / "flood.txt"), tmp_path / "storm.jsonl"
    with pytest.raises(BadSetting, match=r"storm\.jsonl"):
        articles_in([flood, storm], [])


def test_two_files_that_would_be_one_article_are_refused(tmp_path: Path) -> None:
    one, other = a_file(tmp_path / "a" / "flood.txt"), a_file(tmp_path / "b" / "flood.txt", "The river fell.")
    with pytest.raises(BadSetting, match="rename one"):
        articles_in([one, other], [])


def test_text_files_are_articles_and_what_is_too_large_in_utf8_is_named_with_its_field(tmp_path: Path) -> None:
    fits = "水" * 690_000
    paths = [a_file(tmp_path / "long.txt", "水" * 700_000), a_file(tmp_path / "flood.txt", fits)]
    failures: list[str] = []
    (article,) = articles_in(paths, failures)
    assert (article.id, article.text) == ("flood", fits)
    assert len(encode(article)) <= MAX_BODY
    assert len(failures) == 1
    assert "long.txt" in failures[0] and "text" in failures[0] and "UTF-8" in failures[0]


async def test_a_refusal_is_told_before_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0

    def articles() -> Iterator[ArticlePublished]:
        nonlocal read
        for read in range(1, 501):
            yield ArticlePublished(id=f"a-{read}", text="The river rose.")

    class Refusing:
        async def send(self, *_: object, **__: object) -> asyncio.Future[object]:
            answer = asyncio.get_running_loop().create_future()
            answer.set_exception(TopicAuthorizationFailedError())
            return answer

    @asynccontextmanager
    async def producer(_: Settings) -> AsyncIterator[Refusing]:
        yield Refusing()

    async def as_they_must_be(_: Settings) -> None: ...

    monkeypatch.setattr("services.cli.publish.producer", producer)
    monkeypatch.setattr("services.cli.publish.check_topics", as_they_must_be)
    with pytest.raises(TopicAuthorizationFailedError):
        await publish(Settings(), articles())
    assert read == 1


async def test_a_broker_lost_on_the_way_is_said_with_how_many_articles_arrived() -> None:
    async with EmbeddedBroker() as broker:
        settings = load_settings().on_embedded_broker(broker.bootstrap).model_copy(update={"send_timeout": 5})
        await create_topics(settings)

        def articles() -> Iterator[ArticlePublished]:
            yield ArticlePublished(id="a", text="The river rose.")
            yield ArticlePublished(id="b", text="The river fell.")
            os.kill(broker.pid, signal.SIGKILL)
            yield ArticlePublished(id="c", text="The river froze.")

        with pytest.raises(BrokerUnavailable, match=r"2 articles arrived; publish all again"):
            await publish(settings, articles(), apart=0.5)
