"""A service per test, on each broker that the test is for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.platform.settings import Settings
from tests.integration.brokers import EVERYDAY, EVERYDAY_KAFKA, NAMES, NotHere, started
from tests.integration.running import Service, running_service


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--brokers", help=f"comma between several of {', '.join(NAMES)}; default: what every day needs")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Once per broker: every day on the embedded one, cases marked `kafka` on Apache Kafka as well, or `only` there."""
    if "broker" in metafunc.fixturenames:
        asked = metafunc.config.getoption("--brokers")
        marked = metafunc.definition.get_closest_marker("kafka")
        names = asked.split(",") if asked else EVERYDAY_KAFKA if marked else EVERYDAY
        if marked is not None and marked.kwargs.get("only"):
            names = [name for name in names if name != "embedded"]
        metafunc.parametrize("broker", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Where the broker is. Started once for all cases on it; skips them, with the reason, where it cannot be had."""
    try:
        with started(request.param) as settings:
            yield settings
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest_asyncio.fixture
async def service(broker: Settings, tmp_path: Path) -> AsyncIterator[Service]:
    """A service with its topics and no worker yet."""
    async with running_service(broker, tmp_path) as running:
        yield running
