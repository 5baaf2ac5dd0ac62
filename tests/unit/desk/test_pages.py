"""The pages: complete without JavaScript, with strict headers, filters in the address and a JSON twin each."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from services.desk.headers import HEADERS
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Elements, Opened, opened
from tests.unit.desk.store import world

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE = timedelta(minutes=1)
EARLIER = d.figure(statements=(d.SAYS_MINISTRY,), conflicts=(), updated=d.NOON + MINUTE)
"""The figure as it stood before anybody contradicted the ministry."""

HELD_ID = world.review("released").id

PAGES = {
    "/": "/board.json",
    "/alerts": "/alerts.json",
    f"/alerts/{d.FINGERPRINT}": f"/alerts/{d.FINGERPRINT}.json",
    "/figures": "/figures.json",
    f"/figures/{d.SERIES}": f"/figures/{d.SERIES}.json",
    f"/conflicts/{d.FINGERPRINT}": f"/conflicts/{d.FINGERPRINT}.json",
    f"/articles/{d.MINISTRY.article_id}": f"/articles/{d.MINISTRY.article_id}.json",
    f"/articles/{world.REVISED.article_id}/changes": f"/articles/{world.REVISED.article_id}/changes.json",
    "/entities": "/entities.json",
    "/entities/x-veldt": "/entities/x-veldt.json",
    "/review": "/review.json",
    "/sources": "/sources.json",
    f"/explain/{d.SAYS_MINISTRY.id}": f"/explain/{d.SAYS_MINISTRY.id}.json",
    f"/explain/{d.FINGERPRINT}": f"/explain/{d.FINGERPRINT}.json",
    "/search?q=stadium": "/search.json?q=stadium",
    "/ops": "/ops.json",
    "/ops/lag": "/ops/lag.json",
    "/ops/dead-letters/dead-1": "/ops/dead-letters/dead-1.json",
    "/keys": None,
    "/nowhere": None,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk() -> AsyncIterator[Opened]:
    """One for all tests that only read."""
    async with opened(EARLIER, *d.everything(), world.read(), world.REVISED, d.made(world.SAYS_REVISED)) as here:
        await here.take(world.HELD, world.mentioned(d.MINISTRY.article_id, "Veldt", "Orrel"))
        yield here


@pytest.fixture
def client(desk: Opened) -> httpx.AsyncClient:
    return desk.client()


@pytest.mark.parametrize("path", [path for path, twin in PAGES.items() if twin])
async def test_every_page_has_its_twin(client: httpx.AsyncClient, path: str) -> None:
    page, twin = await client.get(path), await client.get(PAGES[path] or "")
    assert (page.status_code, twin.status_code) == (200, 200)
    assert twin.headers["content-type"] == "application/json"
    assert PAGES[path] in Elements(page.text).values("href") or path == "/ops/lag"
    assert twin.json()


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("/", "/nowhere", "/keys", "/ops/lag")])
async def test_a_page_that_has_not_changed_is_not_sent_again(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path)
    again = await client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")


@pytest.mark.parametrize("path", [*PAGES, "/board.json", "/healthz", "/readyz", "/static/desk.css"])
async def test_every_answer_has_strict_headers_and_needs_nothing_they_forbid(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]
    for tag, attributes in Elements(answer.text).found if "html" in answer.headers["content-type"] else ():
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))]
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")


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
        "people present&nbsp;(4)",
        "bad_json",
        "4 Mar 2026, 13:00:00 UTC",  # the last article
    ):
        assert words in page, words
    assert "<noscript>" in page


async def test_a_floor_is_drawn_as_an_open_arrow_and_a_soft_end_fades(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    section = page.split('<section class="col-figures"')[1].split("</section>")[0]
    rows = {row.split("“")[1].split("”")[0]: row for row in section.split("<tr")[1:] if "“" in row}
    assert 'class="open-arrow"' in rows["More than 3,000 people"]
    assert 'class="open-arrow"' not in rows["about 2,400 people"]
    assert "url(#fade-high)" in rows["Hundreds"]
    assert "url(#fade" not in rows["about 2,400 people"]
    assert 'id="fade-high"' in page


async def test_every_number_leads_to_its_sentence(client: httpx.AsyncClient) -> None:
    links = {link for link in Elements((await client.get("/")).text).values("href") if "#clm-" in link}
    assert len(links) == 4  # ministry, union, driver, relief group
    for link in links:
        path, anchor = link.split("#")
        assert anchor in Elements((await client.get(path)).text).values("id")


async def test_an_article_shows_its_figures_its_junk_and_its_rejected_numbers_in_place(desk: Opened) -> None:
    page = (await desk.client().get(f"/articles/{d.MINISTRY.article_id}")).text
    assert f'<mark id="{d.SAYS_MINISTRY.id}"' in page
    assert ">about 2,400 people</mark>" in page
    assert re.search(r'class="junk"[^>]*>Readers Comments 14</span>', page)
    assert "left out: comment counter" in page
    assert re.search(r'class="rejected" title="Not a figure: A date">', page)
    assert 'href="https://harbour.example/flood"' in page
    assert "This text was replaced" in page


async def test_two_revisions_stand_side_by_side(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/articles/{world.REVISED.article_id}/changes")).text
    assert re.search(r"<del>[^<]*about 2,400 people[^<]*</del>", page)
    assert re.search(r"<ins>[^<]*about 2,600 people[^<]*</ins>", page)
    first = await client.get(f"/articles/{d.UNION.article_id}/changes")
    assert first.status_code == 404
    assert "no earlier text" in first.text


async def test_as_known_at_hides_what_was_not_yet_known(client: httpx.AsyncClient) -> None:
    then = (d.NOON + 2 * MINUTE).isoformat()
    for query in ({"as_known_at": then}, {"step": "0"}):
        page = await client.get(f"/figures/{d.SERIES}", params=query)
        assert "Not yet known then: <bdi>Farmers&#39; Union</bdi>" in page.text
        assert "between 4,000 and 5,000" not in page.text
        assert "about 2,400 people" in page.text
    twin = (await client.get(f"/figures/{d.SERIES}.json", params={"as_known_at": then})).json()
    assert [one["id"] for one in twin["figure"]["statements"]] == [d.SAYS_MINISTRY.id]
    assert "between 4,000 and 5,000" in (await client.get(f"/figures/{d.SERIES}")).text


async def test_before_anybody_spoke_a_figure_says_when_the_first_number_came(client: httpx.AsyncClient) -> None:
    page = await client.get(f"/figures/{d.SERIES}?as_known_at=2020-01-01")
    assert page.status_code == 404
    assert "The first number came at 2026-03-04 12:01 UTC" in page.text


@pytest.mark.parametrize(
    ("path", "there", "not_there"),
    [
        ("/alerts?severity=critical", "No alert fits these filters", "Interior Ministry"),
        ("/alerts?severity=info&metric=people_present", "Interior Ministry says", "No alert fits"),
        ("/figures?speaker=red+lantern", "People present, Orrel valley", "No figure fits"),
        ("/figures?metric=deaths", "No figure fits these filters", "Orrel valley"),
        ("/entities?q=interior", "Interior Ministry", ">Orrel<"),
        ("/search?publisher=Valley+Wire", "Union: thousands cut off", "Relief group calls"),
        ("/search?q=stadium&since=2026-03-05", "Nothing found", "Veldt stadium fills"),
    ],
)
async def test_filters_stand_in_the_address(client: httpx.AsyncClient, path: str, there: str, not_there: str) -> None:
    main = (await client.get(path)).text.split("<main")[1]
    assert there in main
    assert not_there not in main
    twin = path.replace("?", ".json?")
    assert twin.replace("&", "&amp;") in main or twin in Elements(main).values("href")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/alerts/x", "no alert of that name"),
        ("/articles/x", "does not hold that article"),
        ("/figures/x", "no figure of that name"),
        ("/conflicts/x", "no conflict of that name"),
        ("/entities/x", "Look for it under Names"),
        ("/explain/x", "no claim and no alert"),
        ("/ops/dead-letters/x", "dead-letters list"),
        ("/x", "from the board"),
    ],
)
async def test_what_is_missing_says_what_to_do(client: httpx.AsyncClient, path: str, words: str) -> None:
    page, twin = await client.get(path), await client.get(f"{path}.json", headers={"accept": "application/json"})
    assert (page.status_code, twin.status_code) == (404, 404)
    assert words in page.text
    assert twin.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "field", "fix"),
    [
        ("/alerts?severity=loud", "severity", "Give info, warning or critical."),
        ("/alerts?since=yesterday", "since", "Write it like 2030-03-04"),
        (f"/figures/{d.SERIES}?as_known_at=then", "as_known_at", "Write it like"),
        ("/figures?cursor=xyz", "cursor", ""),
        ("/entities?by=size", "by", "Give mentions or trend."),
        (f"/search?q={'x' * 400}", "q", "Give at most 300."),
    ],
)
async def test_a_filter_that_cannot_be_used_names_itself_and_the_fix(
    client: httpx.AsyncClient, path: str, field: str, fix: str
) -> None:
    page = await client.get(path)
    assert page.status_code == 400
    assert fix in page.text
    problem = (await client.get(path.replace("?", ".json?"), headers={"accept": "application/json"})).json()
    assert problem["field"] == field


async def test_a_time_that_the_desks_zone_does_not_have_is_no_time() -> None:
    async with opened(*d.everything(), zone="Asia/Tokyo") as here, here.client() as client:
        page = await client.get(f"/figures/{d.SERIES}?as_known_at=9999-12-31T23:00Z")
    assert (page.status_code, "Write it like" in page.text) == (400, True)


async def test_a_page_is_only_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", headers={"accept": "application/json"})
    assert (answer.status_code, {*answer.headers["allow"].split(", ")}) == (405, {"GET", "HEAD"})


async def test_another_host_name_is_refused(desk: Opened) -> None:
    assert (await desk.client("http://elsewhere.example").get("/")).status_code == 400


async def test_static_files_named_by_content_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    style = next(link for link in Elements((await client.get("/")).text).values("href") if "desk.css" in link)
    assert "immutable" in (await client.get(style)).headers["cache-control"]
    assert (await client.get("/static/desk.css")).headers["cache-control"] == "no-cache"
    assert "PERMISSION" in (await client.get("/static/htmx-LICENSE.txt")).text.upper()


@pytest.mark.parametrize(("until", "found"), [("2026-03-04", True), ("2026-03-03", False), ("2026-03-04T00:00", False)])
async def test_the_last_day_of_a_filter_counts_whole(client: httpx.AsyncClient, until: str, found: bool) -> None:
    twin = await client.get("/alerts.json", params={"since": "2026-03-01", "until": until})
    assert bool(twin.json()["alerts"]) is found


async def test_an_alert_says_where_it_went(client: httpx.AsyncClient) -> None:
    assert "To no subscription." in (await client.get(f"/alerts/{d.FINGERPRINT}")).text
    later = {"at": d.NOON + 5 * MINUTE}
    failed = {"state": "failed", "reason": "answered_503", "next_at": d.NOON + 9 * MINUTE}
    async with opened(
        *d.everything(),
        world.delivery(0),
        world.delivery(1),
        world.delivery(0, subscription="agency", alert=None, **later),
        world.delivery(1, subscription="chat", **later, **failed),
        world.delivery(0, subscription="wall", state="silenced", alert=None, detail="by Ana until 13:00", **later),
    ) as desk:
        page = (await desk.client().get(f"/alerts/{d.FINGERPRINT}")).text
        twin = (await desk.client().get(f"/alerts/{d.FINGERPRINT}.json")).json()
    told = " ".join(re.sub(r"<[^>]*>", "", page.split("Where it went")[1].split("</section>")[0]).split())
    for words in (
        "console: delivered",
        "agency: due",
        "chat: failed, tried again 4 Mar 2026, 12:09 UTC",
        "wall: kept back by a silence · by Ana until 13:00",
    ):
        assert words in told
    assert "console is due" not in told
    assert {(step["subscription"], step["state"]) for step in twin["deliveries"]} == {
        ("console", "delivered"), ("agency", "due"), ("chat", "failed"), ("wall", "silenced"),
    }  # fmt: skip
