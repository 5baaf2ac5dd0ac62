"""By which names the desk answers, and that its links lead back the way it was asked."""

from __future__ import annotations

import asyncio
import ipaddress

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from services.desk.access.access import Access
from services.desk.access.proxy import TrustedProxy
from services.desk.addressed import Addressed
from services.desk.server import DeskServer
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, opened

HOSTS = ("127.0.0.1", "localhost", "::1", "Desk.example.org", "*.below.example.org")
PROXY = TrustedProxy((ipaddress.ip_network("127.0.0.1"),), "x-user")


def named(*hosts: str) -> httpx.AsyncClient:
    """A desk of these names that has one page."""

    async def home(_: Request) -> PlainTextResponse:
        return PlainTextResponse("the board")

    access = Access(Clock(d.NOON))
    guard = Middleware(Addressed, hosts=hosts, access=access, render=lambda template, request, **values: "")
    app = Starlette(routes=[Route("/", home)], middleware=[guard])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1:8340", True),
        ("[::1]:8340", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("desk.example.org", True),
        ("a.below.example.org:443", True),
        ("below.example.org", False),
        ("elsewhere.example", False),
        ("desk.example.org.elsewhere.example", False),
        ("[::2]:8340", False),
        ("127.0.0.1:80@elsewhere.example", False),
        ("127.0.0.1:80@a.below.example.org", False),
        ("[::1]@elsewhere.example", False),
        ("", False),
    ],
)
async def test_the_desk_answers_to_its_own_names_with_or_without_a_port(host: str, own: bool) -> None:
    answer = await named(*HOSTS).get("/", headers={"host": host})
    assert answer.status_code == (200 if own else 400)
    assert (await named(*HOSTS, "*").get("/", headers={"host": host})).status_code == 200


async def test_a_refused_name_is_told_with_the_setting_that_adds_it() -> None:
    async with opened() as desk:
        client = desk.client("http://elsewhere.example")
        page, twin = await client.get("/"), await client.get("/v1/counts")
    assert "does not answer to the name 'elsewhere.example'" in page.text
    assert "COUNTERCLAIM_DESK_HOSTS" in page.text
    assert twin.headers["content-type"] == "application/problem+json"
    assert "COUNTERCLAIM_DESK_HOSTS" in twin.json()["detail"]


async def test_a_desk_on_ipv6_answers_at_the_address_it_gives() -> None:
    async with opened() as desk:
        server = DeskServer(desk.app, "::1", 0)
        serving = asyncio.create_task(server.serve())
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(server.url)).status_code == 200
        server.stop()
        await asyncio.wait_for(serving, 5)


@pytest.mark.parametrize("scheme", ["https", "http"])
async def test_links_and_redirects_lead_back_over_the_scheme_of_the_browser(scheme: str) -> None:
    async with opened(d.alert(), access=Access(Clock(d.NOON), proxy=PROXY)) as desk:
        client = desk.client()
        client.headers.update({"x-user": "Ana", "x-forwarded-proto": scheme})
        feed = (await client.get("/v1/alerts.atom")).text
        led = [(await client.get(path)).headers["location"] for path in ("/alerts/", "/v1")]
    here = f"{scheme}://127.0.0.1/"
    assert f'href="{here}' in feed
    assert feed.count("://127.0.0.1/") == feed.count(here)
    assert led == [f"{here}alerts", f"{here}v1/"]


async def test_the_scheme_that_anybody_but_the_proxy_names_is_not_believed() -> None:
    async with opened(d.alert()) as desk:
        answer = await desk.client().get("/alerts/", headers={"x-forwarded-proto": "https"})
    assert answer.headers["location"] == "http://127.0.0.1/alerts"
