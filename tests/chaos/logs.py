"""Everything a broker holds of the service: each record of each topic, and the rows that the changelogs add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.message import M
from schemas.topics import PARTITIONS, TABLES, TOPICS, Topic, changelog
from services.platform.clients import FETCH_BYTES, Record, record_of
from services.platform.connection import connection
from services.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Logs:
    """`records` by topic and partition, in order of the offsets; `rows` by stage, table and key."""

    records: dict[str, list[list[Record]]]
    rows: dict[str, dict[str, dict[bytes, bytes]]]

    def on(self, topic: Topic[M]) -> Iterator[tuple[Record, M]]:
        """What was sent to a topic of ours, decoded. Raises BadMessage where a stranger wrote it."""
        for partition in self.records[topic.name]:
            for record in partition:
                yield record, topic.decode(record.value)

    def count(self, topic: Topic[M]) -> int:
        return sum(map(len, self.records[topic.name]))


async def read_logs(settings: Settings) -> Logs:
    """The topics and changelogs as they stand now, whole."""
    changelogs = {changelog(stage, table): (stage, table) for stage, tables in TABLES.items() for table in tables}
    found = await _read(settings, [*(topic.name for topic in TOPICS), *changelogs])
    rows: dict[str, dict[str, dict[bytes, bytes]]] = {stage: {} for stage in TABLES}
    for name, (stage, table) in changelogs.items():
        rows[stage][table] = {}
        for partition in found.pop(name):
            for record in partition:
                key = record.key or b""
                if record.value is None:
                    rows[stage][table].pop(key, None)
                else:
                    rows[stage][table][key] = record.value
    return Logs(found, rows)


async def _read(settings: Settings, names: list[str]) -> dict[str, list[list[Record]]]:
    found: defaultdict[str, list[list[Record]]] = defaultdict(lambda: [[] for _ in range(PARTITIONS)])
    async with AIOKafkaConsumer(
        **connection(settings),
        enable_auto_commit=False,
        auto_offset_reset="earliest",  # "latest", the default, may win against the seek: then all looks empty
        max_partition_fetch_bytes=FETCH_BYTES,
    ) as consumer:
        partitions = [TopicPartition(name, number) for name in names for number in range(PARTITIONS)]
        consumer.assign(partitions)
        left = {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end}
        await consumer.seek_to_beginning(*partitions)
        while left:
            for tp, records in (await consumer.getmany(timeout_ms=100)).items():
                found[tp.topic][tp.partition] += [record_of(raw, (raw.timestamp or 0) / 1000) for raw in records]
            for tp, end in list(left.items()):
                if await consumer.position(tp) >= end:
                    del left[tp]
    return {name: found[name] for name in names}
