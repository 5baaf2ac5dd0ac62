"""How far each stage is behind: records of its topics that its group has not yet committed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from schemas.topics import ROUTES, app_id
from services.platform.connection import ISOLATION, connection, unavailable
from services.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class StageLag:
    """`waiting`: records, all partitions together; None where the group has committed nothing yet."""

    stage: str
    waiting: int | None


class Lag(Protocol):
    async def stages(self) -> list[StageLag]:
        """Every stage in the order of the design. Raises BrokerUnavailable."""


class KafkaLag:
    """Asks the broker, with one connection for each look: it is looked at every 5 s while an ops page is open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def stages(self) -> list[StageLag]:
        admin = AIOKafkaAdminClient(**connection(self._settings))
        consumer = AIOKafkaConsumer(**connection(self._settings), group_id=None, isolation_level=ISOLATION)
        try:
            async with asyncio.timeout(self._settings.broker_timeout):
                await asyncio.gather(admin.start(), consumer.start())
                wanted = {
                    stage: [TopicPartition(topic.name, n) for topic in route.sources for n in range(topic.partitions)]
                    for stage, route in ROUTES.items()
                }
                ends = await consumer.end_offsets(sorted({tp for tps in wanted.values() for tp in tps}))
                firsts = await consumer.beginning_offsets(list(ends))
                found = []
                for stage, partitions in wanted.items():
                    # Asked for by name: the embedded broker answers "all of them" with a frame aiokafka cannot read.
                    done = await admin.list_consumer_group_offsets(app_id(stage), partitions=partitions)
                    committed = {tp: meta.offset for tp, meta in done.items() if meta.offset >= 0}
                    waiting = sum(max(0, ends[tp] - max(committed.get(tp, 0), firsts[tp])) for tp in partitions)
                    found.append(StageLag(stage, waiting if committed or waiting == 0 else None))
                return found
        except (KafkaError, TimeoutError) as error:
            raise unavailable(self._settings, error) from None
        finally:
            await asyncio.gather(admin.close(), consumer.stop())
