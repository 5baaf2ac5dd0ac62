"""The demo's five articles through the whole path, each arriving when it was published: the same on every run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from schemas.article import ArticleAdmitted
from schemas.message import Message
from services.cli.demo import seed_articles
from services.cli.replay import PurePath

LATER = datetime(2021, 11, 20, tzinfo=UTC)
"""After all of them: what to call "now" where only the date in the text is looked for."""

UNTIL_ARRIVED = timedelta(hours=12)
"""Three of the five are known by their day alone, so they arrive at noon."""


@cache
def seeded() -> tuple[tuple[datetime, Message], ...]:
    """(arrival, message) of everything the stages say of the five, oldest article first."""
    return tuple(_path())


def _path() -> Iterator[tuple[datetime, Message]]:
    dated = []
    for article in seed_articles():
        emitted = PurePath(("admit",)).feed(article, LATER)
        admitted = next(message for message in emitted if isinstance(message, ArticleAdmitted))
        dated.append((admitted.published + UNTIL_ARRIVED, article))
    path = PurePath()
    for at, article in sorted(dated, key=lambda each: each[0]):
        for message in path.feed(article, at):
            assert isinstance(message, Message)  # five good articles: nothing rejected, nothing twice
            yield at, message
