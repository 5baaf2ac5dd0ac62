"""`counterclaim publish`: articles out of files onto news.article.published.v1."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from schemas.article import ArticlePublished
from schemas.errors import BadMessage, BadSetting, BrokerUnavailable
from schemas.printable import printable
from services.cli.lines import Lines, is_input, opened
from services.intake.article import from_file, from_line
from services.platform.clients import producer
from services.platform.envelope import outgoing
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics


async def publish(settings: Settings, articles: Iterable[ArticlePublished], apart: float = 0) -> int:
    """Send articles, keyed by identity, and wait until the broker has them all. Gives their number.

    `apart`: seconds between one and the next, for those that shall arrive as news does.

    Raises BadSetting where the topics are missing (a broker may create a wrong one in passing) or the broker refuses an
    article, with its answer to the first; BrokerUnavailable.
    """
    await check_topics(settings)
    arrived = 0
    under_way: deque[asyncio.Future[object]] = deque()
    try:
        async with producer(settings) as client:
            for article in articles:
                record = outgoing(article, sender="intake", at=datetime.now(UTC))
                under_way.append(
                    await client.send(
                        record.topic, record.value, record.key, record.partition, headers=list(record.headers)
                    )
                )
                while under_way and under_way[0].done():  # a refusal is told now, not behind a million articles
                    under_way[0].result()
                    under_way.popleft()
                    arrived += 1
                if apart:
                    await asyncio.sleep(apart)
            await asyncio.gather(*under_way)
    except BrokerUnavailable as error:
        arrived += sum(each.done() and not each.cancelled() and each.exception() is None for each in under_way)
        raise BrokerUnavailable(
            f"{error}. {arrived} articles arrived; publish all again, those that are there change nothing"
        ) from None
    return arrived + len(under_way)


def articles_in(paths: Sequence[Path], failures: list[str]) -> Iterator[ArticlePublished]:
    """The articles of files (.txt: one article each, else JSON lines) or, without files, of standard input.

    What is no article is appended to `failures`, one sentence each. Raises BadSetting before anything is read where a
    file is missing, or two text files would be one article.
    """
    paths = paths or [Path("-")]
    missing = [str(path) for path in paths if str(path) != "-" and not is_input(path)]
    if missing:
        raise BadSetting(f"{', '.join(missing)}: there is no such file; nothing was read")
    named: dict[str, Path] = {}
    for path in paths:
        if path.suffix == ".txt" and named.setdefault(path.stem, path) is not path:
            raise BadSetting(
                f"{named[path.stem]} and {path} would be one article, {path.stem!r}, the second a revision of the "
                "first; rename one, or send article lines with ids. Nothing was read"
            )
    return _articles(paths, failures)


def _articles(paths: Sequence[Path], failures: list[str]) -> Iterator[ArticlePublished]:
    for path in paths:
        if path.suffix == ".txt":
            try:
                with opened(path) as file:
                    body = file.read()
                yield from_file(path.stem, body).article
            except BadMessage as error:
                failures.append(f"{path}: {error}")
                sys.stderr.write(f"{printable(failures[-1])}\n")
        else:
            lines = Lines(path)
            for taken in lines.read(from_line):
                lines.tell(taken.notes)
                yield taken.article
            failures += [f"{path}: {problem}" for problem in lines.failures]
