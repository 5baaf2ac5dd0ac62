"""Word that the store has changed, for whoever follows it inside this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator


class Changes:
    """`tell` after a commit which kinds of message were in it; every `heard` going on gets them all, none twice."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._closed = False

    def tell(self, kinds: frozenset[str]) -> None:
        """Message TYPEs that were taken in."""
        for listener in self._listeners:
            listener.kinds |= kinds
            listener.woken.set()

    def close(self) -> None:
        """End every `heard`, for good: the desk stops."""
        self._closed = True
        self.tell(frozenset())

    async def heard(self) -> AsyncIterator[frozenset[str]]:
        """What changed since this was asked last, as soon as something did. At first nothing, at once: from here on
        no change is missed."""
        listener = _Listener()
        self._listeners.add(listener)
        try:
            yield frozenset()
            while not self._closed:
                await listener.woken.wait()
                listener.woken.clear()
                kinds, listener.kinds = listener.kinds, frozenset()
                if not self._closed:
                    yield kinds
        finally:
            self._listeners.discard(listener)


class _Listener:
    def __init__(self) -> None:
        self.kinds: frozenset[str] = frozenset()
        self.woken = asyncio.Event()
