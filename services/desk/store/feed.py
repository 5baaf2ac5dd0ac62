"""The store of a desk as its settings say: which database, and the topics it follows."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from services.desk.store.ahead import Taken
from services.desk.store.database import Database
from services.desk.store.projection import TOPICS_OF_DESK
from services.desk.store.projector import Feed
from services.platform.clients import batches
from services.platform.settings import Settings

IN_PASSING = "sqlite+aiosqlite://"
"""The database of a desk without one: kept while it runs, filled from the topics at every start."""


def open_database(settings: Settings, *, existing: bool = False) -> Database:
    """The database of the setting. `migrate` comes next. Raises BadSetting, for one who only reads (`existing`) also
    where there is no such file: an empty list would look like a desk without news."""
    return Database(settings.desk_database.get_secret_value() or IN_PASSING, existing=existing)


def topics_feed(settings: Settings, *, follow: bool = True) -> Feed:
    """All topics the desk shows, on and on, or up to where they ended at the beginning."""

    async def feed(start: Mapping[tuple[str, int], int]) -> AsyncGenerator[Sequence[Taken], None]:
        async with aclosing(batches(settings, TOPICS_OF_DESK, follow=follow, start=start)) as found:
            async for batch in found:
                yield [(record.arrival, message) for record, message in batch]

    return feed
