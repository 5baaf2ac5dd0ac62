"""Creates every topic and changelog of schemas/topics.py, and checks at each start that they are as listed there.

Faust needs source, table and changelog to have equal partition counts, and a broker that creates topics by itself gives
them one partition: so nothing is created in passing, and a wrong topic stops the start (design, "Faust 0.15.3").
Kafka's settings of a topic are checked only by `counterclaim topics` and by workers: who only reads loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, KafkaError, TopicAlreadyExistsError, for_code

from schemas.errors import BadSetting, BrokerUnavailable
from schemas.topics import PARTITIONS, TABLES, TOPICS, changelog
from services.platform.connection import connection, refusal, unavailable
from services.platform.settings import PREFIX, Settings
from services.platform.topic_settings import complaint, differences, replicated

log = structlog.get_logger(__name__)

_FIX = "run `counterclaim topics --create`"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One topic as it must be: name, partition count, Kafka's topic settings."""

    name: str
    partitions: int
    config: dict[str, str]


def wanted_topics(stages: Iterable[str] = tuple(TABLES)) -> tuple[Wanted, ...]:
    """All topics, and the changelogs of the tables of `stages`."""
    topics = [Wanted(topic.name, topic.partitions, topic.config) for topic in TOPICS]
    changelogs = [
        Wanted(changelog(stage, table), PARTITIONS, {"cleanup.policy": "compact"})
        for stage in stages
        for table in TABLES[stage]
    ]
    return (*topics, *changelogs)


async def create_topics(settings: Settings, wanted: Iterable[Wanted] | None = None) -> tuple[str, ...]:
    """Creates what is missing and says which. Existing topics are left as they are: `check_topics` judges them.

    Raises BrokerUnavailable, and BadSetting when the broker refuses (too few brokers for the replication, no right).
    """
    wanted = wanted_topics() if wanted is None else tuple(wanted)
    created = []
    async with _admin(settings) as admin:
        existing = set(await admin.list_topics())
        missing = [topic for topic in wanted if topic.name not in existing]
        if missing:
            answer = await admin.create_topics(
                [
                    NewTopic(
                        topic.name,
                        topic.partitions,
                        settings.replication,
                        topic_configs=replicated(topic.config, settings.replication),
                    )
                    for topic in missing
                ]
            )
            for name, code, *_ in answer.topic_errors:
                kind = for_code(code)
                if code and kind is not TopicAlreadyExistsError:
                    raise BadSetting(
                        f"the broker refused to create {name} ({kind.__name__}); check {PREFIX}REPLICATION "
                        f"({settings.replication}) against the number of brokers, and the user's rights"
                    )
                if not code:
                    created.append(name)
            await _until_known(admin, {topic.name for topic in missing}, settings)
    return tuple(created)


async def check_topics(settings: Settings, wanted: Iterable[Wanted] | None = None) -> None:
    """Raises BadSetting that names every missing topic and every wrong partition count; BrokerUnavailable."""
    wanted = wanted_topics() if wanted is None else tuple(wanted)
    async with _admin(settings) as admin:
        counts = await _partition_counts(admin)
    missing = [topic.name for topic in wanted if topic.name not in counts]
    complaints = []
    if missing:
        complaints.append(f"{len(missing)} topics are missing: {', '.join(missing)}; {_FIX}")
    complaints += [
        f"{topic.name} has {counts[topic.name]} partitions and must have {topic.partitions}; "
        f"delete it and {_FIX} (Faust tables need every topic and changelog equal)"
        for topic in wanted
        if counts.get(topic.name, topic.partitions) != topic.partitions
    ]
    if complaints:
        raise BadSetting("\n".join(complaints))


async def check_topic_settings(settings: Settings, wanted: Iterable[Wanted] | None = None) -> None:
    """Raises BadSetting that names every setting of these topics that would lose records, with the command that mends
    it; BrokerUnavailable. The topics are there (`check_topics`). What a broker will not tell is logged.
    """
    wanted = wanted_topics() if wanted is None else tuple(wanted)
    async with _admin(settings) as admin:
        told = await _told(admin, [topic.name for topic in wanted])
    complaints = []
    for topic in wanted:
        found = told.get(topic.name, {})
        wrong = differences(replicated(topic.config, settings.replication), found)
        if wrong:
            complaints.append(complaint(topic.name, wrong, found, settings.servers[0]))
    if complaints:
        raise BadSetting("\n".join(complaints))


async def answers(settings: Settings) -> bool:
    """Whether a broker answers there right now."""
    host, _, port = settings.servers[0].rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    try:
        async with _admin(settings) as admin:
            return bool(await admin.describe_cluster())
    except BrokerUnavailable:
        return False


async def _until_known(admin: AIOKafkaAdminClient, names: set[str], settings: Settings) -> None:
    """A controller answers before all brokers know the new topics: wait, or the first producer sees none."""
    try:
        async with asyncio.timeout(settings.broker_timeout):
            while not names <= set(await admin.list_topics()):  # noqa: ASYNC110  # the broker has no event to wait for
                await asyncio.sleep(0.05)
    except TimeoutError as error:
        raise unavailable(settings, error) from None


async def _partition_counts(admin: AIOKafkaAdminClient) -> dict[str, int]:
    names = await admin.list_topics()
    if not names:
        return {}
    return {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics(names)}


async def _told(admin: AIOKafkaAdminClient, names: list[str]) -> dict[str, dict[str, str]]:
    """Topic -> its settings, as far as the broker tells them to this user."""
    told: dict[str, dict[str, str]] = {}
    for answer in await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names]):
        for topic in answer.to_object()["resources"]:
            if topic["error_code"]:
                kind = for_code(topic["error_code"]).__name__
                log.warning("the broker does not tell a topic's settings", topic=topic["resource_name"], why=kind)
                continue
            entries = topic["config_entries"]
            told[topic["resource_name"]] = {
                entry["config_names"]: entry["config_value"] for entry in entries if entry["config_value"] is not None
            }
    return told


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """A started admin client; a broker that refuses us is a BadSetting, every other failure BrokerUnavailable."""
    client = AIOKafkaAdminClient(**connection(settings), request_timeout_ms=int(settings.broker_timeout * 1000))
    try:
        async with asyncio.timeout(settings.broker_timeout):
            await client.start()
    except KafkaConnectionError as error:
        await client.close()
        raise await refusal(settings, error) from None
    except TimeoutError as error:
        await client.close()
        raise unavailable(settings, error) from None
    try:
        yield client
    except KafkaError as error:
        raise unavailable(settings, error) from None
    finally:
        await client.close()
