"""How the desk says what a person did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from aiokafka.errors import KafkaError

from schemas.message import Message
from services.platform.clients import producer
from services.platform.connection import unavailable
from services.platform.envelope import outgoing
from services.platform.settings import Settings


class Sender(Protocol):
    """Where messages go."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Sends all, in order, and returns once they are kept. Raises BrokerUnavailable, BadSetting."""


class KafkaSender:
    """Sends to the broker of the settings. Each act has a connection of its own: people act a few times an hour."""

    def __init__(self, settings: Settings) -> None:
        # A person waits for the answer: an outage is told after 10 s, not ridden out for 5 minutes as a worker does.
        self._settings = settings.model_copy(update={"send_timeout": settings.broker_timeout})

    async def send(self, messages: Sequence[Message]) -> None:
        async with producer(self._settings) as client:
            for message in messages:
                out = outgoing(message, sender="desk", at=datetime.now(UTC))
                try:
                    await client.send_and_wait(
                        out.topic, out.value, key=out.key, partition=out.partition, headers=list(out.headers)
                    )
                except KafkaError as error:
                    raise unavailable(self._settings, error) from None
