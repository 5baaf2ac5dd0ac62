"""`counterclaim publish`: articles out of files onto news.article.published.v1."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from schemas.article import ArticlePublished
from schemas.errors import BadMessage
from schemas.printable import printable
from services.cli.lines import Lines
from services.intake.article import from_file, from_line
from services.platform.clients import producer
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics


async def publish(settings: Settings, articles: Iterable[ArticlePublished], apart: float = 0) -> int:
    """Send articles, keyed by identity, and wait until the broker has them all. Gives their number.

    `apart`: seconds between one and the next, for those that shall arrive as news does.

    Raises BadSetting where the topics are missing: a broker may create a wrong one in passing. BrokerUnavailable.
    """
    await check_topics(settings)
    sent = []
    async with producer(settings) as client:
        for article in articles:
            record = outgoing(article, sender="intake", at=datetime.now(UTC))
            sent.append(await client.send(record.topic, record.value, key=record.key, headers=list(record.headers)))
            if apart:
                await asyncio.sleep(apart)
        for acknowledged in sent:
            await acknowledged
    return len(sent)


def articles_in(paths: list[Path], failures: list[str]) -> Iterator[ArticlePublished]:
    """The articles of files (.txt: one article each, else JSON lines) or, without files, of standard input.

    What is no article is appended to `failures`, one sentence each.
    """
    for path in paths or [Path("-")]:
        if path.suffix == ".txt" and path.is_file():
            try:
                yield from_file(path.stem, path.read_bytes()).article
            except BadMessage as error:
                failures.append(f"{path}: {error}")
                sys.stderr.write(f"{printable(failures[-1])}\n")
        else:
            lines = Lines(path)
            for taken in lines.read(from_line):
                lines.tell(taken.notes)
                yield taken.article
            failures += [f"{path}: {problem}" for problem in lines.failures]
