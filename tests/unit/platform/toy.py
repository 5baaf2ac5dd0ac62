"""A toy stage for the platform's own tests: published articles in, admitted ones out, one row per identity.

Run as a program it is a worker process, so that tests can kill it: `python -m tests.unit.platform.toy [sweep|lag]`.
"""

from __future__ import annotations

import dataclasses
import sys
from datetime import datetime

import orjson

from schemas.article import ArticleAdmitted, ArticlePublished
from schemas.errors import BrokerUnavailable
from schemas.ids import article_id, content_hash
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Processed, Rejected, Tables, Write
from schemas.topics import ADMITTED, PUBLISHED
from services.platform.spec import StageSpec

_flaky_seen: set[str] = set()


def step(message: ArticlePublished, tables: Tables, arrival: Arrival) -> Outcome:
    """Admits everything but texts that begin with a word of trouble. Counts revisions by id, redelivery-proof."""
    if message.text.startswith("refuse"):
        return Rejected("toy_refusal", "it says refuse", "say something else", "text")
    if message.text.startswith("raise"):
        raise RuntimeError("the toy stage has a fault")
    if message.text.startswith("fat"):
        return Processed(store=(Write("identities", message.id, b"x" * 70_000),))
    if message.text.startswith("flaky") and message.id not in _flaky_seen:
        _flaky_seen.add(message.id)
        raise BrokerUnavailable("the toy's outside world is away for a moment")
    row = orjson.loads(tables["identities"].get(message.id, b'{"revision": 0, "offset": -1}'))
    again = arrival.offset <= row["offset"]
    revision = row["revision"] if again else row["revision"] + 1
    content = content_hash(message.title, message.text)
    admitted = ArticleAdmitted(
        article_id=article_id(message.id, content),
        article=message.id,
        identity=message.id,
        url=message.url,
        publisher=message.publisher,
        published=arrival.at,
        published_from="arrival",
        title=message.title,
        text=message.text,
        language="en",
        content_hash=content,
        revision=revision,
        revises=None,
        junk=(),
        arrived=arrival.at,
    )
    stored = orjson.dumps({"revision": revision, "offset": max(row["offset"], arrival.offset)})
    return Processed(emit=(admitted,), store=(Write("identities", message.id, stored),))


def sweep(tables: Tables, now: datetime) -> tuple[Message, ...]:
    """Sends one message however many rows there are."""
    answer = step(ArticlePublished(id="swept", text=f"{len(tables['identities'])} rows"), {"identities": {}}, _at(now))
    assert isinstance(answer, Processed)
    return answer.emit


def refuse_lag(lag: int) -> None:
    raise RuntimeError("the toy stage cannot take its lag")


def _at(now: datetime) -> Arrival:
    return Arrival("sweep", 0, 0, now)


def spec() -> StageSpec[ArticlePublished]:
    return StageSpec("admit", source=PUBLISHED, emits=(ADMITTED,), step=step)


if __name__ == "__main__":
    from services.platform.host import main
    from services.platform.settings import load_settings

    toy = dataclasses.replace(spec(), sweep=sweep, sweep_every=0.2) if "sweep" in sys.argv else spec()
    toy = dataclasses.replace(toy, heed_lag=refuse_lag) if "lag" in sys.argv else toy
    sys.exit(main([toy], load_settings()))
