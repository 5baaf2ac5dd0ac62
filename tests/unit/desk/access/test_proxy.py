"""A proxy that signs people in: believed where it is known, ignored from anybody else."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.access.people import alike, good_name
from services.desk.access.proxy import TrustedProxy
from tests.unit.desk.access.desk import Desk, csrf

PROXY = TrustedProxy(
    (ipaddress.ip_network("10.1.0.0/24"), ipaddress.ip_network("2001:db8::7")),
    "x-user",
    "x-groups",
    {"newsroom": "reader", "desk": "editor", "night desk": "editor", "it": "admin"},
)
INSIDE = "10.1.0.7"
ANA = {"x-user": "Ana", "x-groups": "newsroom, desk"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, people=(), proxy=PROXY)


@pytest.mark.parametrize("peer", [INSIDE, "::ffff:10.1.0.7", "2001:db8::7"])
async def test_who_the_proxy_names_is_signed_in_with_their_highest_role(desk: Desk, peer: str) -> None:
    browser = desk.browser(peer=peer)
    assert (await browser.get("/", headers=ANA)).text.startswith("Ana|")
    assert (await browser.get("/admins", headers=ANA)).status_code == 403
    assert (await browser.get("/admins", headers=ANA | {"x-groups": "desk,it"})).text == "Ana"


@pytest.mark.parametrize("peer", ["10.1.1.7", "127.0.0.1", "::ffff:10.2.0.7", "2001:db8::8", "testclient", ""])
async def test_the_header_from_anybody_else_is_ignored(desk: Desk, peer: str) -> None:
    for forged in (ANA, ANA | {"x-forwarded-for": INSIDE}, ANA | {"forwarded": f"for={INSIDE}"}):
        answer = await desk.browser(peer=peer).get("/", headers=forged)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


async def test_a_header_that_came_twice_is_refused(desk: Desk) -> None:
    answer = await desk.browser(peer=INSIDE).get(
        "/", headers=[("x-user", "Eve"), ("x-user", "Ana"), ("accept", "text/html")]
    )
    assert answer.status_code == 400
    assert "came twice" in answer.text


@pytest.mark.parametrize(
    "name", ["", " ", "A" * 201, "Ana\u202enimda", "Ana\u200b", "A\x07na", b"\xff".decode("latin-1")]
)
async def test_a_hostile_name_is_refused(desk: Desk, name: str) -> None:
    raw = name.encode("latin-1") if name == "\xff" else name.encode()
    headers = {b"x-user": raw, b"x-groups": b"desk", b"accept": b"text/html"}
    assert (await desk.browser(peer=INSIDE).get("/", headers=headers)).status_code == 400


async def test_a_name_of_any_script_is_shown_escaped(desk: Desk) -> None:
    name = "<b>Željka</b> 王"
    headers = {b"x-user": name.encode(), b"x-groups": b"newsroom", b"accept": b"text/html"}
    page = (await desk.browser(peer=INSIDE).get("/admins", headers=headers)).text
    assert "&lt;b&gt;Željka&lt;/b&gt; 王 is signed in as reader" in page
    assert "<b>" not in page


async def test_groups_without_a_role_see_nothing(desk: Desk) -> None:
    for groups in ("", "sports", "DESK", "desk2", "night"):
        answer = await desk.browser(peer=INSIDE).get("/", headers={"x-user": "Ana", "x-groups": groups})
        assert answer.status_code == 403, groups


async def test_without_groups_everybody_is_a_reader(tmp_path: Path) -> None:
    desk = Desk(tmp_path, people=(), proxy=TrustedProxy(PROXY.addresses, "x-user"))
    browser = desk.browser(peer=INSIDE)
    answer = await browser.post("/acts/flagged", headers=ANA, data={"csrf": "x"})
    assert answer.status_code == 403
    assert "Ana is signed in as reader; this needs editor." in answer.text


async def test_what_is_sent_through_the_proxy_needs_the_form_of_that_person(desk: Desk) -> None:
    browser = desk.browser(peer=INSIDE)
    browser.headers.update(ANA)
    form = {"kind": "claim", "target": "clm-1", "why": "wrong"}
    assert (await browser.post("/acts/flagged", data=form)).status_code == 403
    token = await csrf(browser)
    as_rui = {"x-user": "Rui"}
    assert (await browser.post("/acts/flagged", data=form | {"csrf": token}, headers=as_rui)).status_code == 403
    assert (await browser.post("/acts/flagged", data=form | {"csrf": token})).status_code == 303
    assert desk.sender.sent[0].by == "Ana"  # type: ignore[attr-defined]


async def test_a_token_that_comes_through_the_proxy_does_not_replace_its_word(tmp_path: Path) -> None:
    desk = Desk(tmp_path, proxy=PROXY)
    browser = desk.browser(peer=INSIDE)
    bearer = {"authorization": f"Bearer {desk.tokens['Rui']}"}
    assert (await browser.get("/", headers=ANA | bearer)).text.startswith("Ana|")
    assert (await browser.get("/", headers=bearer)).text.startswith("Rui|")


async def test_failures_count_for_the_address_behind_the_proxy(tmp_path: Path) -> None:
    desk = Desk(tmp_path, proxy=PROXY)
    browser = desk.browser(peer=INSIDE)
    wrong = {"authorization": "Bearer wrong", "accept": "application/json"}
    for number in range(12):  # what a client puts in front of its own address does not help it
        headers = wrong | {"x-forwarded-for": f"203.0.113.{number}, 198.51.100.1, 10.1.0.9"}
        assert (await browser.get("/", headers=headers)).status_code == (401 if number < 10 else 429)
    assert (await browser.get("/", headers=wrong | {"x-forwarded-for": "198.51.100.2"})).status_code == 401


async def test_behind_a_proxy_with_tls_cookies_are_for_https(tmp_path: Path) -> None:
    desk = Desk(tmp_path, proxy=PROXY)
    for peer, scheme, secure in ((INSIDE, "https", True), (INSIDE, "http", False), ("127.0.0.1", "https", False)):
        page = await desk.browser(peer=peer).get("/sign-in", headers={"x-forwarded-proto": scheme})
        assert ("secure" in page.headers["set-cookie"].lower()) is secure


async def test_a_desk_of_a_proxy_alone_says_where_to_sign_in(desk: Desk) -> None:
    page = await desk.browser().get("/sign-in")
    assert "Open the desk by the proxy&#39;s address" in page.text or "proxy's address" in page.text
    assert '<input id="token"' not in page.text


@given(st.text(max_size=220))
def test_a_name_that_is_taken_can_be_seen_and_stays_itself(name: str) -> None:
    try:
        taken = good_name(name)
    except ValueError:
        return
    assert taken.isprintable()
    assert taken == taken.strip() != ""
    assert len(taken) <= 200
    assert good_name(taken) == taken


def test_names_that_look_alike_are_alike() -> None:
    assert alike("Ana") == alike("ANA") == alike("Ａｎａ")
    assert alike("Ana") != alike("Anna")
