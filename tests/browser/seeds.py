"""The demo's five articles through the whole path, each arriving when it was published: the same on every run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

from schemas.article import ArticleAdmitted
from schemas.message import Message
from schemas.outcomes import Rejected
from services.cli.demo import seed_articles
from services.cli.replay import PurePath

LATER = datetime(2021, 11, 20, tzinfo=UTC)
"""After all of them: what to call "now" where only the date in the text is looked for."""

UNTIL_ARRIVED = timedelta(hours=12)
"""Three of the five are known by their day alone, so they arrive at noon."""


NOTE = "\n\nCorrection: An earlier version of this article misstated the number of migrants at the border."

Said = tuple[tuple[datetime, Message], ...]


def seeded() -> Said:
    """(arrival, message) of everything the stages say of the five, oldest article first."""
    return _walked()[0]


def corrected() -> Said:
    """And of a sixth, which is the last of them with another number and a note that the old one was wrong."""
    return _walked()[1]


WAS, NOW = "between 3,000 and 4,000 migrants", "between 3,000 and 3,500 migrants"


@cache
def _walked() -> tuple[Said, Said]:
    dated = []
    for article in seed_articles():
        emitted = PurePath(("admit",)).feed(article, LATER)
        admitted = next(message for message in emitted if isinstance(message, ArticleAdmitted))
        dated.append((admitted.published + UNTIL_ARRIVED, article))
    dated.sort(key=lambda each: each[0])
    path = PurePath()
    five = [(at, message) for at, article in dated for message in path.feed(article, at)]
    at, last = dated[-1]
    assert WAS in last.text
    again = last.model_copy(update={"text": last.text.replace(WAS, NOW) + NOTE})
    sixth = [(at + timedelta(minutes=20), message) for message in path.feed(again, at + timedelta(minutes=20))]
    return _messages(five), _messages(sixth)


def _messages(said: Iterable[tuple[datetime, object]]) -> Said:
    """Without what a stage answers to a thing that came twice."""
    assert not [message for _, message in said if isinstance(message, Rejected)]
    return tuple((at, message) for at, message in said if isinstance(message, Message))
