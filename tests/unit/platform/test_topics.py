"""Topics are made as wanted, and one that would lose records is named with the command that mends it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import NotInstalled
from schemas.errors import BadSetting
from schemas.topics import ADMITTED, PUBLISHED, REJECTED, changelog
from services.platform.broker import EmbeddedBroker, die_with_parent
from services.platform.settings import Settings, load_settings
from services.platform.topic_admin import check_topic_settings, check_topics, create_topics, wanted_topics
from services.platform.topic_settings import complaint, differences, replicated

WEEK = str(7 * 24 * 3600 * 1000)


@pytest.fixture(params=["embedded", "apache"])
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Settings]:
    if request.param == "embedded":
        async with EmbeddedBroker() as broker:
            yield load_settings().on_embedded_broker(broker.bootstrap)
        return
    try:
        with Cluster(tmp_path, in_child=die_with_parent()) as kafka:
            yield Settings(bootstrap_servers=kafka.bootstrap)
    except NotInstalled as reason:
        pytest.skip(str(reason))


async def test_what_was_made_passes_and_what_others_made_is_named_with_the_command(settings: Settings) -> None:
    identities = changelog("admit", "identities")
    made = {
        PUBLISHED.name: {"retention.ms": "3600000", "message.timestamp.type": "CreateTime"},
        ADMITTED.name: {"retention.ms": "-1"},  # longer than needed, which loses nothing
        REJECTED.name: {"cleanup.policy": "delete"},
        identities: {"cleanup.policy": "delete"},
    }
    wanted = wanted_topics()
    await create_topics(settings, [replace(t, config={**t.config, **made.get(t.name, {})}) for t in wanted])
    await check_topics(settings)
    with pytest.raises(BadSetting) as caught:
        await check_topic_settings(settings)
    said = {line.split(":", 1)[0]: line for line in str(caught.value).splitlines()}
    assert said.keys() == {PUBLISHED.name, REJECTED.name, identities}
    assert f"retention.ms is 3600000 and must be {WEEK}" in said[PUBLISHED.name]
    assert "message.timestamp.type is CreateTime and must be LogAppendTime" in said[PUBLISHED.name]
    assert f"--bootstrap-server {settings.servers[0]} --alter --entity-type topics" in said[REJECTED.name]
    assert "--add-config 'cleanup.policy=[compact,delete]'" in said[REJECTED.name]
    await check_topic_settings(settings, [topic for topic in wanted if topic.name not in said])


@pytest.mark.parametrize(
    ("name", "wanted", "found", "holds"),
    [
        ("retention.ms", WEEK, WEEK, True),
        ("retention.ms", WEEK, "-1", True),
        ("retention.ms", "-1", WEEK, False),
        ("retention.ms", WEEK, "3600000", False),
        ("max.message.bytes", "8388608", "1048588", False),
        ("min.compaction.lag.ms", WEEK, "0", False),
        ("cleanup.policy", "compact,delete", "delete,compact", True),
        ("cleanup.policy", "compact", "compact,delete", False),
        ("message.timestamp.type", "CreateTime", "LogAppendTime", False),
    ],
)
def test_more_than_wanted_is_no_fault_and_less_or_other_is(name: str, wanted: str, found: str, holds: bool) -> None:
    assert differences({name: wanted}, {name: found}) == ({} if holds else {name: wanted})
    assert differences({name: wanted}, {}) == {}


@pytest.mark.parametrize(("replication", "in_step"), [(1, "1"), (2, "2"), (3, "2"), (5, "2")])
def test_of_several_replicas_two_must_have_a_record_before_it_counts_as_sent(replication: int, in_step: str) -> None:
    assert replicated({"cleanup.policy": "delete"}, replication) == {
        "cleanup.policy": "delete",
        "min.insync.replicas": in_step,
    }


def test_all_differences_of_a_topic_are_one_command() -> None:
    wrong = {"cleanup.policy": "compact", "retention.ms": WEEK}
    said = complaint("t", wrong, {"cleanup.policy": "delete", "retention.ms": "1"}, "kafka-1:9092")
    assert said.endswith(f"--entity-name t --add-config 'cleanup.policy=compact,retention.ms={WEEK}'`")
