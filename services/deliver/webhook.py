"""The webhook channel: Standard Webhooks signatures over a CloudEvents body, one POST an attempt.

Each attempt has a connection of its own. Alerts come some tens a day, so there is nothing to keep open, and the next
attempt finds a host that has moved. Redirects are not followed, proxies of the environment are not asked: both would
lead around the check of the address.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpcore
from standardwebhooks import Webhook as Signer

from schemas.alert import AlertRaised
from schemas.printable import visible
from schemas.subscription import ChannelName
from services.deliver.channel import Answer
from services.deliver.cloud_event import CONTENT_TYPE, event, probe
from services.deliver.connect import AddressRefused, CheckedConnections
from services.deliver.schedule import retry_after

ATTEMPT_SECONDS = 15.0
"""From the name's look-up to the answer's status: Standard Webhooks recommends 15 to 30. Less holds the queue less."""

SHOWN_BYTES = 512
"""Of a refusal's body: enough to see why. Of an acceptance nothing is read: the status has said it all."""

BODY_SECONDS = 2.0
"""For these bytes, after the status: who lets them trickle holds the queue no longer. Chosen."""


class Webhook:
    """One subscription's webhook. `url` as checked by schemas.subscription."""

    name: ChannelName = "webhook"

    def __init__(
        self,
        url: str,
        signer: Signer,
        network: CheckedConnections,
        tls: ssl.SSLContext,
        *,
        limit: float = ATTEMPT_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._host = urlsplit(url).netloc
        self._url = _parts(url)
        self._signer = signer
        self._network = network
        self._tls = tls
        self._limit = limit
        self._now = now

    async def send(self, alert: AlertRaised) -> Answer:
        """One attempt. The `webhook-id` is the alert's id."""
        return await self._post(alert.id, event(alert))

    async def test(self, id_: str) -> Answer:
        """One attempt with a test event."""
        return await self._post(id_, probe(id_, self._now()))

    async def _post(self, id_: str, body: bytes) -> Answer:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._limit):
                return await self._ask(id_, body)
        except (TimeoutError, httpcore.TimeoutException):
            return Answer("timeout", f"no answer after {time.perf_counter() - began:.1f} s")
        except AddressRefused as error:
            return Answer("private_address", str(error))
        except (socket.gaierror, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
            return Answer("no_address", f"{self._url.host.decode()}: {error}")
        except httpcore.NetworkError as error:
            tls = _tls_fault(error)
            return Answer("no_connection", _said(error)) if tls is None else Answer("tls", _said(tls))
        except httpcore.ProtocolError as error:
            return Answer("bad_answer", _said(error))

    async def _ask(self, id_: str, body: bytes) -> Answer:
        at = self._now()
        headers = {
            "host": self._host,  # httpcore would write an IPv6 address without its brackets
            "content-type": CONTENT_TYPE,
            "user-agent": "Counterclaim/1",
            "webhook-id": id_,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._signer.sign(id_, at, body.decode()),
        }
        async with (
            httpcore.AsyncConnectionPool(ssl_context=self._tls, network_backend=self._network) as connections,
            connections.stream("POST", self._url, headers=list(headers.items()), content=body) as response,
        ):
            return await self._answer(response)

    async def _answer(self, response: httpcore.Response) -> Answer:
        status = response.status
        if 200 <= status < 300:
            return Answer("accepted", str(status))
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if 300 <= status < 400:
            return Answer("redirected", visible(f"{status} to {headers.get(b'location', 'nowhere')}"[:300]))
        said = await self._beginning(response)
        wait = retry_after(headers.get(b"retry-after"), self._now())
        return Answer("gone" if status == 410 else f"answered_{status}", visible(f"{status} {said}".strip()), wait)

    async def _beginning(self, response: httpcore.Response) -> str:
        """The first bytes of a body, or of what came of it: the status has judged already, and a 410 whose body hangs
        is a 410."""
        body = b""
        with suppress(TimeoutError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
            async with asyncio.timeout(min(BODY_SECONDS, self._limit / 2)):
                async for chunk in response.aiter_stream():
                    body += chunk[:SHOWN_BYTES]
                    if len(body) >= SHOWN_BYTES:
                        break
        return body[:SHOWN_BYTES].decode("utf-8", "replace")


def _parts(url: str) -> httpcore.URL:
    """The URL taken apart by the same reader that judged it: two readers may disagree on what the host is."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return httpcore.URL(
        scheme=parts.scheme.encode(), host=(parts.hostname or "").encode(), port=parts.port, target=target.encode()
    )


def _tls_fault(error: BaseException) -> ssl.SSLError | None:
    """The fault of TLS that is wrapped in a failed connection, if it is one."""
    cause = error.__context__  # httpcore raises it again "from None"
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__context__
    return cause


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
