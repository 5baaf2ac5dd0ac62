"""Where a worker and a desk are asked how they are."""

from __future__ import annotations

import socket

import httpx
import pytest

from schemas.errors import BadSetting
from services.platform.health import HealthServer
from services.platform.serving import listener
from services.platform.settings import Settings


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
async def test_health_is_told_on_ipv4_and_ipv6(host: str) -> None:
    async with HealthServer({}, Settings(health_host=host)) as server, httpx.AsyncClient() as client:
        assert (await client.get(f"{server.url}/healthz")).json() == {"healthy": True, "stages": {}}


def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadSetting, match=f"COUNTERCLAIM_HEALTH_PORT: 127.0.0.1:{port} cannot be used"):
            listener("127.0.0.1", port, "HEALTH_PORT")
