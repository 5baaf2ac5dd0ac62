"""What runs beside the answers of a desk, for as long as the desk does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Tasks of which none should end before `stop`: one that does is in `ended`, and in the log if it failed."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.ended: list[str] = []

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._end)

    async def stop(self) -> None:
        """End them all. What a task failed with was told when it did."""
        self._stopping = True
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _end(self, task: asyncio.Task[None]) -> None:
        if self._stopping:
            return
        self.ended.append(task.get_name())
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("a task of the desk failed: %s; restart the desk", task.get_name(), exc_info=error)
