"""How clients reach the broker, and what is said when they do not."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from aiokafka.conn import create_conn
from aiokafka.errors import KafkaConnectionError, KafkaError, SaslAuthenticationFailed, UnsupportedSaslMechanismError

from schemas.errors import BadSetting, BrokerUnavailable, CounterclaimError
from services.platform.settings import PREFIX, Settings

ISOLATION = "read_committed"
"""For every consumer: whoever publishes may do so in transactions, and what such a producer took back is no article. A
partition is read up to its first open transaction, which the broker ends after 15 minutes at most
(`transaction.max.timeout.ms`)."""


def connection(settings: Settings) -> dict[str, Any]:
    """aiokafka's arguments for reaching the broker. Raises BadSetting for a bad CA file."""
    arguments: dict[str, Any] = {
        "bootstrap_servers": list(settings.servers),
        "client_id": "counterclaim",
        "security_protocol": settings.security_protocol,
        "ssl_context": settings.ssl_context(),
    }
    if settings.security_protocol.startswith("SASL"):
        arguments |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.password,
        }
    return arguments


def unavailable(settings: Settings, error: Exception) -> BrokerUnavailable:
    """The one wording of "the broker does not answer"."""
    said = str(error)
    name = type(error).__name__
    if not said.startswith(name):  # aiokafka's errors begin with their name, a TimeoutError says nothing
        said = f"{name}: {said}" if said else name
    return BrokerUnavailable(
        f"no broker answers at {settings.bootstrap_servers} ({said}); start it or correct {PREFIX}BOOTSTRAP_SERVERS"
    )


def refused(settings: Settings, error: Exception) -> BadSetting:
    """What to raise where the broker answers, and with no."""
    return BadSetting(
        f"the broker at {settings.bootstrap_servers} refused it ({error}); see to the rights of this user on the "
        "topics, and to their settings: `counterclaim topics`"
    )


async def refusal(settings: Settings, error: Exception) -> CounterclaimError:
    """What to raise after `error`: BadSetting where the broker is there but does not let us in, else BrokerUnavailable.

    aiokafka's clients log why they could not connect and raise no more than that, so the first server is asked again.
    """
    host, _, port = settings.servers[0].rpartition(":")
    arguments = connection(settings) | {"request_timeout_ms": int(settings.broker_timeout * 1000)}
    del arguments["bootstrap_servers"]
    try:
        async with asyncio.timeout(settings.broker_timeout):
            await (await create_conn(host.strip("[]"), int(port), **arguments)).close()
    except (SaslAuthenticationFailed, UnsupportedSaslMechanismError) as why:
        return BadSetting(
            f"the broker at {settings.servers[0]} does not let {settings.sasl_username!r} in by "
            f"{settings.sasl_mechanism} ({type(why).__name__}); correct {PREFIX}SASL_USERNAME, {PREFIX}SASL_PASSWORD "
            f"or {PREFIX}SASL_MECHANISM"
        )
    except ssl.SSLCertVerificationError as why:
        return BadSetting(
            f"the certificate of the broker at {settings.servers[0]} is not trusted ({why.verify_message}); set "
            f"{PREFIX}SSL_CA_FILE to a PEM file of the authority that signed it"
        )
    except (ssl.SSLError, KafkaConnectionError) as why:
        return _hung_up(settings, why)
    except (OSError, KafkaError, TimeoutError):
        return unavailable(settings, error)
    return _hung_up(settings, error)  # it took the connection and answered nothing more: it wants a password


def _hung_up(settings: Settings, error: Exception) -> BrokerUnavailable:
    """A broker that is starting or stopping does the same as one that is spoken to in the wrong protocol."""
    return BrokerUnavailable(
        f"the broker at {settings.servers[0]} hung up on {settings.security_protocol} ({type(error).__name__}); "
        f"correct {PREFIX}SECURITY_PROTOCOL if it speaks another, or try again if it was just starting or stopping"
    )
