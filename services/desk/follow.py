"""Following the feed: each message into the store, and word to whoever watches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Literal

from schemas.message import Message
from services.desk.read_store import ReadStore

BREATH = 100
"""Messages of a backlog applied before pages get a turn. One takes 6 us (measured): a page waits less than 1 ms."""

log = logging.getLogger(__name__)


class Following:
    """How the feed stands. `state`: none (nothing to follow), following, ended, failed (`problem` says of what)."""

    def __init__(self) -> None:
        self.state: Literal["none", "following", "ended", "failed"] = "none"
        self.problem: str | None = None
        self.messages = 0

    async def follow(self, feed: AsyncIterator[Message], store: ReadStore, changed: Callable[[], None]) -> None:
        """Apply every message of `feed`. If the feed fails the desk stays up with what it has, and says so."""
        self.state = "following"
        try:
            async for message in feed:
                store.apply(message)
                self.messages += 1
                changed()
                if self.messages % BREATH == 0:
                    await asyncio.sleep(0)
        except Exception as error:  # the feed is somebody else's code; any end of it must show on the page
            log.exception("the desk's feed failed; restart the desk to read the topics again")
            self.state, self.problem = "failed", f"{type(error).__name__}: {error}"
        else:
            self.state = "ended"
        changed()
