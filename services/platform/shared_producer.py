"""The one producer of a process: all its stages send through it.

A produce request takes 0.4 ms of CPU whatever is in it. Seven producers, each with one request under way, sent a
request for nearly every record that was worked on; one gathers meanwhile what all stages have to say.

Who sent a record is still who hears how it ended (`WitnessProducer`), so a stage commits by its own sends alone. A
failure ends the process, as that of any stage did before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiokafka import AIOKafkaProducer


class SharedProducer:
    """Started for the first stage, stopped after the last."""

    def __init__(self) -> None:
        self._users = 0
        self._client: AIOKafkaProducer | None = None
        self._changing = asyncio.Lock()

    async def start(self, make: Callable[[], AIOKafkaProducer]) -> AIOKafkaProducer:
        """The running producer, of `make` for the first who asks. Raises KafkaConnectionError."""
        async with self._changing:
            if self._client is None:
                client = make()
                await client.start()
                self._client = client
            self._users += 1
            return self._client

    async def stop(self) -> None:
        """Once for each start. The last one sends what is left and closes the connections."""
        async with self._changing:
            self._users -= 1
            if self._users == 0 and self._client is not None:
                client, self._client = self._client, None
                await client.stop()
