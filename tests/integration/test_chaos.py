"""The chaos suite (tests/chaos) in its short form, on the embedded broker and on Apache Kafka."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import NotInstalled
from services.platform.broker import die_with_parent
from services.platform.settings import Settings
from tests.chaos.scenarios import play

SHORT = {"S1": 2 / 70, "S2": 1 / 8, "S4": 1 / 5, "S10": 2 / 6}
"""How much of each: two kills, one stop, one set of poison, two points of death."""

EMBEDDED = ("S4",)
"""On Tansu one of them, for machines without Java: Kafka is what production runs on, and what the bars of a restart's
time were measured with."""


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Kafka for the cases that name it. Skips them, with what is missing, where it is not installed."""
    try:
        with Cluster(tmp_path_factory.mktemp("kafka"), in_child=die_with_parent()) as running:
            yield running
    except NotInstalled as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("scenario", EMBEDDED)
async def test_nothing_is_lost_or_repeated_on_the_embedded_broker(scenario: str, tmp_path: Path) -> None:
    row = await play(scenario, Settings(bootstrap_servers=""), tmp_path, None, SHORT[scenario])
    assert row.held, row


@pytest.mark.parametrize("scenario", SHORT)
async def test_nothing_is_lost_or_repeated_on_kafka(scenario: str, kafka: Cluster, tmp_path: Path) -> None:
    row = await play(scenario, Settings(bootstrap_servers=kafka.bootstrap), tmp_path, kafka, SHORT[scenario])
    assert row.held, row
