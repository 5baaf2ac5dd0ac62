"""The chaos suite (tests/chaos) in its short form: on Apache Kafka where Java and Maven are, else on Tansu."""

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


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster | None]:
    """A Kafka for these cases, or None where it is not installed."""
    try:
        with Cluster(tmp_path_factory.mktemp("kafka"), in_child=die_with_parent()) as running:
            yield running
    except NotInstalled:
        yield None


@pytest.mark.parametrize("scenario", SHORT)
async def test_nothing_is_lost_or_repeated(scenario: str, kafka: Cluster | None, tmp_path: Path) -> None:
    settings = Settings(bootstrap_servers="" if kafka is None else kafka.bootstrap)
    row = await play(scenario, settings, tmp_path, kafka, SHORT[scenario])
    assert row.held, row
