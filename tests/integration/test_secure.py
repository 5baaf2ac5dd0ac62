"""A Kafka with TLS and passwords: the settings open it, and a wrong one is named with the fix."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from pydantic import SecretStr

from schemas.errors import BadSetting, BrokerUnavailable, CounterclaimError
from schemas.topics import PUBLISHED
from services.platform.clients import producer
from services.platform.settings import Settings
from services.platform.topic_admin import check_topics, create_topics
from tests.integration.brokers import NotHere, started


@pytest.fixture(scope="module")
def secure() -> Iterator[Settings]:
    try:
        with started("secure") as settings:
            yield settings
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-512"])
async def test_the_right_settings_reach_it(secure: Settings, mechanism: str) -> None:
    settings = secure.model_copy(update={"sasl_mechanism": mechanism})
    await create_topics(settings)
    async with producer(settings) as client:
        await client.send_and_wait(PUBLISHED.name, b"{}")


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        ({"sasl_password": SecretStr("guessed")}, BadSetting, "correct COUNTERCLAIM_SASL_USERNAME, "),
        ({"sasl_username": "stranger"}, BadSetting, "does not let 'stranger' in by SCRAM-SHA-512"),
        ({"sasl_mechanism": "PLAIN"}, BadSetting, "COUNTERCLAIM_SASL_MECHANISM"),
        ({"ssl_ca_file": None}, BadSetting, "set COUNTERCLAIM_SSL_CA_FILE to a PEM file"),
        ({"security_protocol": "SSL"}, BrokerUnavailable, "correct COUNTERCLAIM_SECURITY_PROTOCOL"),
        ({"security_protocol": "SASL_PLAINTEXT"}, BrokerUnavailable, "correct COUNTERCLAIM_SECURITY_PROTOCOL"),
        ({"security_protocol": "PLAINTEXT"}, BrokerUnavailable, "correct COUNTERCLAIM_SECURITY_PROTOCOL"),
    ],
)
async def test_a_wrong_setting_is_named(
    secure: Settings, wrong: dict[str, Any], kind: type[CounterclaimError], said: str
) -> None:
    settings = secure.model_copy(update=wrong)
    with pytest.raises(kind) as refused:
        await check_topics(settings)
    assert said in str(refused.value)
    assert "guessed" not in str(refused.value)
    with pytest.raises(kind):
        async with producer(settings):
            pass
    await _hung_up(settings)


async def _hung_up(settings: Settings) -> None:
    """Return when no connection to the broker is left: aiokafka does not wait for the end of one that was refused."""
    port = int(settings.servers[0].rpartition(":")[2])
    async with asyncio.timeout(10):
        while any(socket.raddr and socket.raddr.port == port for socket in psutil.Process().net_connections("tcp")):
            await asyncio.sleep(0.01)
