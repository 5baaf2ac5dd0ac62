"""A service per test, on every broker there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.running import BROKERS, Service, running_service


@pytest_asyncio.fixture(params=BROKERS)
async def service(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Service]:
    """A service with its topics and no worker yet."""
    async with running_service(request.param, tmp_path) as running:
        yield running
