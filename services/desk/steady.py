"""What has to go on whatever the database does: it is tried until it works."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

AGAIN = 1.0
"""Seconds between two tries: a restart of PostgreSQL takes some, and a board that is late by one is still current."""

T = TypeVar("T")

log = logging.getLogger(__name__)


async def steadily(
    work: Callable[[], Awaitable[T]],
    what: str,
    errors: tuple[type[Exception], ...] = (Exception,),
    failing: Callable[[Exception], None] = lambda _: None,
) -> T:
    """What `work` gives in the end; `what` names it in the log. Of `errors` the first of each kind is logged, and told
    to `failing`. Raises what is none of them.
    """
    seen: set[str] = set()
    while True:
        try:
            done = await work()
        except errors as error:
            if type(error).__name__ not in seen:  # once: an outage of an hour has 3,600 tries
                seen.add(type(error).__name__)
                log.exception("%s failed; it is tried again every %g s", what, AGAIN)
                failing(error)
            await asyncio.sleep(AGAIN)
        else:
            if seen:
                log.warning("%s works again", what)
            return done
