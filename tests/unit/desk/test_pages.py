"""The pages: complete without JavaScript, escaped, with strict headers, and with a JSON twin each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from schemas.article import ArticleTraced
from schemas.message import Message
from services.desk.app import create_app
from services.desk.headers import HEADERS
from services.desk.read_store import ReadStore
from tests.unit.desk import dispute as d


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.found if (value := attributes.get(attribute)) is not None]


def clock() -> datetime:
    return d.NOON


def client_to(app: Starlette, address: str = "http://127.0.0.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=address)


def client_of(*messages: Message) -> httpx.AsyncClient:
    store = ReadStore()
    for message in messages:
        store.apply(message)
    return client_to(create_app(store, clock=clock))


@pytest.fixture
def client() -> httpx.AsyncClient:
    return client_of(*d.everything())


PAGES = ("/", f"/alerts/{d.FINGERPRINT}", f"/articles/{d.UNION.article_id}", "/nowhere")


async def test_the_board_is_complete_without_javascript(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    for words in (
        "Interior Ministry says about 2,400 people are in the stadium",
        "Scopes differ: camp / district.",
        "×1.59 apart",
        "R5: 2,280 to 2,520 and 4,000 to 5,000 do not meet",
        "5 outlets",
        "“Hundreds”",
        "100 to about 999",
        "at least 3,000",
        "The two meet only if a vague word is stretched.",
        "Orrel",
        "people present&nbsp;4",
        "bad_json",
        "12:12:00 UTC",
    ):
        assert words in page, words
    assert "<noscript>" in page


async def test_a_floor_is_drawn_as_an_open_arrow_and_a_soft_end_fades(client: httpx.AsyncClient) -> None:
    section = (await client.get("/")).text.split('<section class="col-figures"')[1].split("</section>")[0]
    rows = {row.split("“")[1].split("”")[0]: row for row in section.split("<tr")[1:] if "“" in row}
    assert 'class="open-arrow"' in rows["More than 3,000 people"]
    assert 'class="open-arrow"' not in rows["about 2,400 people"]
    assert "url(#fade-high)" in rows["Hundreds"]
    assert "url(#fade" not in rows["about 2,400 people"]
    assert 'id="fade-high"' in (await client.get("/")).text


async def test_every_number_leads_to_its_sentence(client: httpx.AsyncClient) -> None:
    links = {link for link in Elements((await client.get("/")).text).values("href") if link.startswith("/articles/")}
    assert len(links) == 4  # ministry, union, driver, relief group
    for link in links:
        path, anchor = link.split("#")
        assert anchor in Elements((await client.get(path)).text).values("id")


async def test_an_article_shows_its_figures_and_its_junk_in_place(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/articles/{d.MINISTRY.article_id}")).text
    assert f'<mark id="{d.SAYS_MINISTRY.id}"' in page
    assert ">about 2,400 people</mark>" in page
    assert re.search(r'class="junk"[^>]*>Readers Comments 14</span>', page)
    assert "left out: comment counter" in page
    assert 'href="https://harbour.example/flood"' in page


async def test_an_alert_has_a_page_of_its_own(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/alerts/{d.FINGERPRINT}")).text
    assert "<h1" in page
    assert "between 4,000 and 5,000 people" in page
    assert '<details class="why" open' in page


async def test_every_page_has_its_twin(client: httpx.AsyncClient) -> None:
    board = (await client.get("/board.json")).json()
    alert = (await client.get(board["alerts"][0]["page"] + ".json")).json()
    assert alert["alert"]["fingerprint"] == d.FINGERPRINT
    path = alert["evidence"][0].split("#")[0]
    article = (await client.get(path + ".json")).json()
    assert article["article"]["text"] == d.MINISTRY.text
    assert [c["id"] for c in article["claims"]] == [d.SAYS_MINISTRY.id]


@pytest.mark.parametrize("path", [*PAGES, "/board.json", "/healthz", "/static/desk.css"])
async def test_every_answer_has_strict_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_needs_what_the_policy_forbids(client: httpx.AsyncClient, path: str) -> None:
    for tag, attributes in Elements((await client.get(path)).text).found:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))]
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e000,2"


def hostile() -> list[Message]:
    source = d.article(
        f"{EVIL} people \"'></a><hx-partial hx-target='#main'>x</hx-partial> died. \n" + "A" * 10_000,
        publisher=EVIL,
        title=EVIL,
        url="javascript:alert(document.domain)",
        language='en" onload="alert(1)',
    )
    claim = d.claim(source, "000,2 people", 2, speaker=EVIL, scope=EVIL, counted=EVIL, place=EVIL)
    words = claim.model_copy(update={"sentence": EVIL + "B" * 10_000})
    sides = tuple(side.model_copy(update={"voice": EVIL, "claim": claim.id}) for side in d.alert().sides)
    changes: dict[str, Any] = {
        "claims": (words, words),
        "sides": sides,
        "because": (EVIL,),
        "reason": EVIL,
    }
    return [
        source,
        d.made(claim),
        d.alert(flags=(EVIL,), attribution=EVIL, label=EVIL, **changes),
        d.figure(statements=(claim, d.SAYS_UNION), label=EVIL, window=EVIL, conflicts=()),
        d.note(one=claim.id, other=claim.id),
        d.entity(EVIL, figures={EVIL: 1}),
        d.dead_letter().model_copy(update={"reason": EVIL, "problem": EVIL, "fix": EVIL, "field": EVIL}),
    ]


async def test_a_hostile_article_shows_as_text() -> None:
    messages = hostile()
    client = client_of(*messages)
    article = messages[0]
    assert isinstance(article, ArticleTraced)
    for path in ("/", f"/alerts/{d.FINGERPRINT}", f"/articles/{article.article_id}"):
        page = await client.get(path)
        assert page.status_code == 200
        elements = Elements(page.text)
        assert {tag for tag, _ in elements.found}.isdisjoint({"img", "hx-partial", "b"})
        assert all(attributes.get("src") for tag, attributes in elements.found if tag == "script")
        assert not [a for _, attributes in elements.found for a in attributes if a.startswith("on")]
        assert not [link for link in elements.values("href") if link.startswith("javascript")]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
        assert "\u202e" not in page.text
    assert "A" * 10_000 in (await client.get(f"/articles/{article.article_id}")).text
    assert "B" * 500 not in (await client.get("/")).text


async def test_what_is_missing_says_what_to_do(client: httpx.AsyncClient) -> None:
    for path, words in (("/alerts/x", "no alert of that name"), ("/articles/x", "5,000"), ("/x", "from the board")):
        page = await client.get(path)
        assert page.status_code == 404
        assert words in page.text
    twin = await client.get("/articles/x.json")
    assert (twin.status_code, twin.headers["content-type"]) == (404, "application/problem+json")
    assert (await client.post("/")).status_code == 405


async def test_a_fault_of_the_desk_is_said_to_be_one_and_keeps_its_headers() -> None:
    def stopped_clock() -> datetime:
        raise RuntimeError("no time")

    answer = await client_to(create_app(ReadStore(), clock=stopped_clock)).get("/")
    assert answer.status_code == 500
    assert "could not make this page" in answer.text
    assert "no time" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


async def test_another_host_name_is_refused() -> None:
    elsewhere = client_to(create_app(ReadStore()), "http://elsewhere.example")
    assert (await elsewhere.get("/")).status_code == 400


async def test_an_empty_board_says_what_will_come() -> None:
    page = (await client_of().get("/")).text
    assert "No article yet" in page
    assert "No alert. One appears here by itself" in page


async def test_only_a_critical_alert_interrupts() -> None:
    assert 'role="alert"' not in (await client_of(d.alert()).get("/")).text
    assert (await client_of(d.alert(severity="critical")).get("/")).text.count('role="alert"') == 1


async def test_static_files_named_by_content_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    style = next(link for link in Elements((await client.get("/")).text).values("href") if "desk.css" in link)
    assert "immutable" in (await client.get(style)).headers["cache-control"]
    assert (await client.get("/static/desk.css")).headers["cache-control"] == "no-cache"
    assert "PERMISSION" in (await client.get("/static/htmx-LICENSE.txt")).text.upper()


async def test_a_failed_feed_shows_on_the_page_and_in_health() -> None:
    gone = asyncio.Event()

    async def feed() -> AsyncIterator[Message]:
        yield d.MINISTRY
        gone.set()
        raise ConnectionError("broker gone")

    app = create_app(ReadStore(), feed(), clock)
    async with app.router.lifespan_context(app):
        client = client_to(app)
        await asyncio.wait_for(gone.wait(), 5)
        page = (await client.get("/")).text
        health = await client.get("/healthz")
    assert "The feed stopped" in page
    assert "12:00:00 UTC" in page
    assert health.status_code == 503
    assert health.json()["problem"] == "ConnectionError: broker gone"
