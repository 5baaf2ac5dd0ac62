"""One attempt: what is sent, how every answer is taken, and that no answer holds it for long."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Signer
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from schemas.alert import AlertRaised
from schemas.message import decode
from services.deliver.channel import Answer
from services.deliver.connect import CheckedConnections
from services.deliver.webhook import SHOWN_BYTES, Webhook
from tests.collector import SECRET, Collector, Received, collector
from tests.unit.notify.making import alert

LIMIT = 0.5
"""Seconds of an attempt that is meant to run out."""


@pytest.fixture
async def receiver() -> AsyncIterator[Collector]:
    async with collector() as running:
        yield running


def webhook(url: str, limit: float = 15, tls: ssl.SSLContext | None = None, address: str | None = None) -> Webhook:
    network = CheckedConnections(anywhere=True)
    if address is not None:
        network = CheckedConnections(anywhere=True, lookup=lambda host, port: [address])
    return Webhook(url, Signer(SECRET), network, tls or ssl.create_default_context(), limit=limit)


def answering(response: Callable[[], Response]) -> Callable[[Received], Awaitable[Response]]:
    async def answer(_: Received) -> Response:
        return response()

    return answer


async def test_an_alert_arrives_signed_as_a_cloud_event_under_its_own_id(receiver: Collector) -> None:
    assert await webhook(receiver.url + "?desk=1").send(alert()) == Answer("accepted", "204")
    (received,) = receiver.received
    assert received.id == "alr-1:1"
    assert received.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert received.headers["host"] == receiver.url.split("/")[2]
    data = received.event.pop("data")
    assert received.event == {
        "specversion": "1.0",
        "id": "alr-1:1",
        "type": "news.alert.raised.v1",
        "source": "/counterclaim/ledger",
        "time": "2026-03-01T12:00:00+00:00",
        "subject": "alr-1",
        "datacontenttype": "application/json",
    }
    assert decode(AlertRaised, json.dumps(data).encode()) == alert()


async def test_every_attempt_sends_the_same_bytes_and_a_test_says_that_it_is_one(receiver: Collector) -> None:
    for _ in range(2):
        await webhook(receiver.url).send(alert())
    assert {len(bodies) for bodies in receiver.bodies().values()} == {1}
    assert (await webhook(receiver.url).test("test-1")).reason == "accepted"
    assert (receiver.received[-1].id, receiver.received[-1].event["type"]) == ("test-1", "news.subscription.tested.v1")


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (lambda: Response(status_code=200), Answer("accepted", "200")),
        (lambda: PlainTextResponse("who are you?", 401), Answer("answered_401", "401 who are you?")),
        (lambda: Response(status_code=410), Answer("gone", "410")),
        (lambda: PlainTextResponse("\x1b[2Jx" * 999, 500), Answer("answered_500", f"500 {'ESC[2Jx' * 999}")),
        (
            lambda: Response(status_code=503, headers={"retry-after": "120"}),
            Answer("answered_503", "503", timedelta(seconds=120)),
        ),
        (
            lambda: Response(status_code=429, headers={"retry-after": "whenever"}),
            Answer("answered_429", "429"),
        ),
    ],
)
async def test_an_answer_is_taken_for_what_it_is(
    receiver: Collector, response: Callable[[], Response], expected: Answer
) -> None:
    receiver.answer = answering(response)
    answer = await webhook(receiver.url).send(alert())
    shown = (expected.detail or "").replace("ESC", "\x1b")[: SHOWN_BYTES + 4]
    assert (answer.reason, answer.retry_after) == (expected.reason, expected.retry_after)
    assert answer.detail == shown.replace("\x1b", "\\x1b")


async def test_a_redirect_is_not_followed(receiver: Collector) -> None:
    receiver.answer = answering(lambda: RedirectResponse(receiver.url + "/elsewhere", 307))
    answer = await webhook(receiver.url).send(alert())
    assert (answer.reason, answer.state) == ("redirected", "failed")
    assert answer.detail == f"307 to {receiver.url}/elsewhere"
    assert len(receiver.received) == 1


async def test_an_endless_answer_is_not_read_to_its_end(receiver: Collector) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65536
            await asyncio.sleep(0)

    receiver.answer = answering(lambda: StreamingResponse(endless(), 500))
    answer = await webhook(receiver.url).send(alert())
    assert answer == Answer("answered_500", "500 " + "x" * SHOWN_BYTES)
    receiver.answer = answering(lambda: StreamingResponse(endless(), 200))
    assert (await webhook(receiver.url).send(alert())).reason == "accepted"


async def test_a_refusal_counts_although_its_body_never_comes(receiver: Collector) -> None:
    async def silent() -> AsyncIterator[bytes]:
        yield b"wait"
        await asyncio.Event().wait()

    receiver.answer = answering(lambda: StreamingResponse(silent(), 410))
    assert await webhook(receiver.url, LIMIT).send(alert()) == Answer("gone", "410 wait")


async def test_a_receiver_that_does_not_answer_is_left_in_time(receiver: Collector) -> None:
    receiver.answer = receiver.never
    answer = await webhook(receiver.url, LIMIT).send(alert())
    assert (answer.reason, answer.state) == ("timeout", "failed")
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "bad_answer"),
        (b"", "bad_answer"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1_000_000, "bad_answer"),
        (b"HTTP/1.1 503 \r\nretry-after: \xff\r\n\r\n", "answered_503"),
    ],
)
async def test_a_receiver_that_speaks_no_http_is_a_failure(said: bytes, reason: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        answer = await webhook(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/").send(alert())
    assert (answer.reason, answer.state) == (reason, "failed")


async def test_what_cannot_be_reached_says_why(receiver: Collector) -> None:
    closed = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    reasons = {
        f"http://127.0.0.1:{port}/": "no_connection",
        f"http://{'a' * 70}.test/": "no_address",
        receiver.url.replace("http:", "https:"): "tls",
    }
    for url, reason in reasons.items():
        answer = await webhook(url).send(alert())
        assert (answer.reason, bool(answer.detail)) == (reason, True), url


async def test_a_name_that_nobody_knows_says_so() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    network = CheckedConnections(anywhere=False, lookup=unknown)
    answer = await Webhook("https://no.test/", Signer(SECRET), network, ssl.create_default_context()).send(alert())
    assert (answer.reason, answer.state) == ("no_address", "failed")
    assert answer.detail == "no.test: [Errno -2] Name or service not known"


async def test_an_address_that_is_not_public_is_a_failure_and_nothing_is_sent(receiver: Collector) -> None:
    network = CheckedConnections(anywhere=False)
    answer = await Webhook(receiver.url, Signer(SECRET), network, ssl.create_default_context()).send(alert())
    assert (answer.reason, answer.state) == ("private_address", "failed")
    assert receiver.received == [] and receiver.badly_signed == 0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of receiver.test, signed by nobody."""
    pem = tmp_path / "receiver.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=receiver.test", "-addext", "subjectAltName=DNS:receiver.test", "-keyout", pem, "-out", pem],
        check=True, capture_output=True,
    )  # fmt: skip
    return pem


async def test_the_certificate_is_checked_against_the_name_though_an_address_is_connected_to(certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    async with collector(certificate) as receiver:
        url = receiver.url.replace("127.0.0.1", "receiver.test")
        assert (await webhook(url, tls=trusting, address="127.0.0.1").send(alert())).reason == "accepted"
        stranger = await webhook(url, address="127.0.0.1").send(alert())
        assert stranger.reason == "tls" and "self-signed" in (stranger.detail or "")
        other = url.replace("receiver.test", "other.test")
        assert (await webhook(other, tls=trusting, address="127.0.0.1").send(alert())).reason == "tls", "another name"
        assert len(receiver.received) == 1
