"""Forms that only the desk's own pages can send, and ways back that lead nowhere else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.desk.access.posts import SMALL, same_site
from tests.unit.desk.access.desk import HERE, Desk, csrf, hidden

FLAG = {"kind": "claim", "target": "clm-1", "why": "wrong village"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def flag(browser: httpx.AsyncClient, headers: dict[str, str] | None = None, **fields: str) -> httpx.Response:
    return await browser.post("/acts/flagged", data=FLAG | fields, headers=headers)


async def test_a_form_of_the_desk_is_taken_and_leads_back(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    # What Chromium sends with a form of a page that sends no referrer.
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = await flag(browser, headers, csrf=await csrf(browser), back="/claims/clm-1?theme=dark")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims/clm-1?theme=dark")
    assert len(desk.sender.sent) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:8341"},  # another port is another program
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
    ],
)
async def test_a_post_from_another_site_is_refused_even_with_the_right_token(
    desk: Desk, headers: dict[str, str]
) -> None:
    browser = await desk.signed_in("Ana")
    answer = await flag(browser, headers, csrf=await csrf(browser))
    assert answer.status_code == 403
    assert "Another site sent this form." in answer.text
    assert desk.sender.sent == []


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": HERE}, {"sec-fetch-site": "same-origin"}])
async def test_a_post_without_the_token_of_this_session_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    browser, other = await desk.signed_in("Ana"), await desk.signed_in("Ana")
    for token in ("", "0" * 64, await csrf(other), "é"):
        answer = await flag(browser, headers, csrf=token)
        assert answer.status_code == 403
        assert "Load the page anew" in answer.text
    assert (await browser.post("/acts/flagged", data=FLAG, headers=headers)).status_code == 403
    assert (await browser.post("/sign-out", data={"csrf": ""}, headers=headers)).status_code == 403
    assert desk.sender.sent == []


async def test_nobody_can_be_signed_in_by_another_site(desk: Desk) -> None:
    theirs, victim = desk.browser(), desk.browser()
    token = hidden((await theirs.get("/sign-in")).text, "csrf")
    await victim.get("/sign-in")
    for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = await victim.post("/sign-in", data={"csrf": token, "token": desk.tokens["Ana"]}, headers=headers)
        assert answer.status_code == 403
    fresh = desk.browser()  # without the cookie of a visit
    assert (await fresh.post("/sign-in", data={"csrf": token, "token": desk.tokens["Ana"]})).status_code == 403


async def test_a_bearer_needs_no_form_token_and_gets_the_record(desk: Desk) -> None:
    answer = await flag(desk.browser(), {"authorization": f"Bearer {desk.tokens['Ana']}"})
    assert answer.status_code == 202
    assert answer.json()["by"] == "Ana"


async def test_a_cookie_does_not_become_a_bearer_by_a_header_of_rubbish(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    assert (await flag(browser, {"authorization": "Bearer x", "sec-fetch-site": "cross-site"})).status_code == 401
    assert desk.sender.sent == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"why=a&why=b", "application/x-www-form-urlencoded", 400),
        (b"why=%ff", "application/x-www-form-urlencoded", 400),
        ("why=é".encode(), "application/x-www-form-urlencoded", 400),
        (b"&".join(b"f%d=" % n for n in range(21)), "application/x-www-form-urlencoded", 400),
        (b"why=" + b"x" * SMALL, "application/x-www-form-urlencoded", 413),
        (b'{"why": "x"}', "application/json", 415),
        (b"", "text/plain", 415),
    ],
)
async def test_what_is_no_form_is_refused(desk: Desk, body: bytes, kind: str, status: int) -> None:
    browser = await desk.signed_in("Ana")
    answer = await browser.post("/acts/flagged", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert desk.sender.sent == []


HOSTILE = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)", " //evil.example", "/\r\nset-cookie: a=b", "///evil.example", "/%0d%0a//x\\evil",
    "evil.example",
    "", "/sign-out", "/sign-in?next=//evil.example", "/" * 3000,
)  # fmt: skip


@pytest.mark.parametrize("back", HOSTILE)
async def test_the_way_back_stays_at_the_desk(desk: Desk, back: str) -> None:
    browser = await desk.signed_in("Ana")
    answer = await flag(browser, csrf=await csrf(browser), back=back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert 'name="next" value="/"' in (await desk.browser().get("/sign-in", params={"next": back})).text


@given(st.one_of(st.text(), st.text(alphabet="/\\:@\t\n\r .aé?#%"), st.sampled_from(HOSTILE)))
@example("/\u2028/evil.example")
def test_no_path_leaves_the_desk(path: str) -> None:
    given = same_site(path)
    as_browsers_read_it = (
        given.translate({ord("\t"): None, ord("\n"): None, ord("\r"): None}).strip().replace("\\", "/")
    )
    assert urlsplit(urljoin("https://desk.example/page", as_browsers_read_it)).netloc == "desk.example"
    assert same_site(given) == given
