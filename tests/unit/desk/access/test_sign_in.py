"""Signing in and out by token, and what a browser keeps of it."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.desk_act import DeskActed
from services.desk.access.attempts import FAILURES, WINDOW
from services.desk.access.seal import Seal, Session
from services.desk.access.sign_in_page import KEPT
from services.desk.access.users import hashed, new_token
from services.desk.access.users_file import UsersFile, write
from tests.unit.desk.access.desk import HERE, THERE, Desk, csrf, session_cookie, sign_in
from tests.unit.desk.opened import Elements


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_nothing_is_shown_without_sign_in_and_the_way_back_is_kept(desk: Desk) -> None:
    answer = await desk.browser().get("/alerts/alr-1?theme=dark&x=%2F")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/alerts/alr-1%3Ftheme%3Ddark%26x%3D%252F"


async def test_signing_in_leads_on_to_the_page_that_was_asked_for(desk: Desk) -> None:
    browser = desk.browser()
    answer = await sign_in(browser, desk.tokens["Ana"], "/alerts/alr-1?theme=dark")
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts/alr-1?theme=dark")
    assert (await browser.get("/")).text.startswith("Ana|")


async def test_a_program_is_told_in_json_what_to_send(desk: Desk) -> None:
    for headers in ({"accept": "application/json"}, {"accept": "text/event-stream"}):
        answer = await desk.browser().get("/", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Authorization: Bearer" in answer.json()["detail"]
    assert (await desk.browser().get("/v1/claims")).status_code == 401


async def test_a_link_from_a_mail_leads_to_its_page_though_the_browser_left_the_cookie_out(desk: Desk) -> None:
    stranger = desk.browser()
    page = await stranger.get("/alerts/alr-1", headers={"sec-fetch-site": "cross-site"})
    assert 'http-equiv="refresh" content="0;url=/sign-in?next=/alerts/alr-1"' in page.text
    signed_in = await desk.signed_in("Ana")  # the page's own request carries the cookie
    answer = await signed_in.get("/sign-in?next=/alerts/alr-1", headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts/alr-1")


async def test_what_was_typed_while_a_sign_in_ended_is_sent_after_the_next(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    typed = {"kind": "alert", "target": "alr-1", "why": "the count is <over>", "until": "2024-03-03T09:00"}
    form = typed | {"csrf": await csrf(browser), "back": "/alerts/alr-1"}
    desk.clock.turn(hours=13)
    page = await browser.post("/acts/silenced", data=form)
    assert page.status_code == 401
    for token, status in (("desk_wrong", 401), (desk.tokens["Ana"], 200)):
        asked = Elements(page.text.split("<main")[1]).values_of("input") | {"token": token}
        page = await browser.post("/sign-in", data=asked)
        assert page.status_code == status
    assert desk.sender.sent == []
    again = Elements(page.text.split("<main")[1]).values_of("input")
    assert typed.items() <= again.items()
    answer = await browser.post("/acts/silenced", data=again)
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts/alr-1")
    (sent,) = desk.sender.sent
    assert isinstance(sent, DeskActed)
    assert (sent.act, sent.by, sent.why) == ("silenced", "Ana", "the count is <over>")


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"accept": "application/json"}]
)
async def test_what_another_site_or_a_program_posts_is_not_carried_through_sign_in(
    desk: Desk, headers: dict[str, str]
) -> None:
    answer = await desk.browser().post("/acts/silenced", data={"why": "not mine"}, headers=headers)
    assert answer.status_code in (303, 401, 403)
    assert "not mine" not in answer.text


async def test_a_form_too_long_to_be_carried_leads_to_the_sign_in_page(desk: Desk) -> None:
    answer = await desk.browser().post("/acts/replayed", data={"body": "x" * (KEPT + 1)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/")


async def test_a_wrong_token_is_told_on_the_form(desk: Desk) -> None:
    answer = await sign_in(desk.browser(), "desk_wrong")
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "No one here has that token." in answer.text
    assert "desk_wrong" not in answer.text


@pytest.mark.parametrize(
    ("at", "secure"), [(HERE, False), ("http://[::1]", False), (THERE, True), ("http://10.0.0.9", True)]
)
async def test_the_session_is_for_no_script_no_other_site_and_https_alone(desk: Desk, at: str, secure: bool) -> None:
    answer = await sign_in(desk.browser(at), desk.tokens["Ana"])
    if at == "http://10.0.0.9":
        page = await desk.browser(at).get("/sign-in")
        assert "Open the desk by its https address" in page.text
        return  # the form's own cookie is for https, too
    name, _, rest = answer.headers["set-cookie"].partition("=")
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= attributes
    assert ("secure" in attributes) is secure
    assert not any(part.startswith(("domain", "max-age", "expires")) for part in attributes)
    assert name == ("__Host-counterclaim" if secure else "counterclaim")


async def test_a_session_ends_unused_and_in_any_case(tmp_path: Path) -> None:
    desk = Desk(tmp_path, idle=3600, longest=7200)
    unused, used = await desk.signed_in("Ana"), await desk.signed_in("Ana")
    desk.clock.turn(minutes=59)
    assert (await used.get("/")).status_code == 200
    desk.clock.turn(minutes=1)
    assert (await unused.get("/")).status_code == 303
    assert (await used.get("/")).status_code == 200
    desk.clock.turn(minutes=50)
    assert (await used.get("/")).status_code == 200
    desk.clock.turn(minutes=10)
    assert (await used.get("/")).status_code == 303


async def test_who_signed_out_is_out_with_every_copy_of_the_cookie(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    copy = desk.browser()
    copy.cookies.set("counterclaim", session_cookie(browser))
    token = (await copy.get("/")).text.split("|")[1]
    desk.clock.turn(minutes=5)  # long enough for a new cookie, which must not come back with the sign-out
    answer = await browser.post("/sign-out", data={"csrf": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert answer.headers.get_list("set-cookie") == ['counterclaim=""; HttpOnly; Max-Age=0; Path=/; SameSite=strict']
    assert (await copy.get("/")).status_code == 303


async def test_who_is_removed_from_the_file_is_out_at_once_and_a_new_role_counts_at_once(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    assert (await browser.get("/admins")).status_code == 403
    users = UsersFile(desk.path).users()
    write(desk.path, [users[0].model_copy(update={"role": "admin"})])
    assert (await browser.get("/admins")).status_code == 200
    write(desk.path, ())
    assert (await browser.get("/")).status_code == 303


async def test_a_new_token_for_the_same_name_ends_what_the_old_one_began(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    users = UsersFile(desk.path).users()
    write(desk.path, [users[0].model_copy(update={"sha256": hashed(new_token())}), users[1]])
    assert (await browser.get("/")).status_code == 303


async def test_a_file_that_was_broken_by_hand_lets_nobody_in_until_it_is_mended(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    whole = desk.path.read_text()
    desk.path.write_text(whole + "{")
    answer = await browser.get("/")
    assert answer.status_code == 503
    assert "cannot read the list" in answer.text
    assert [(await browser.get(path)).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    desk.path.write_text(whole)
    assert (await browser.get("/")).status_code == 200


async def test_a_cookie_of_another_desk_is_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    user = UsersFile(desk.path).users()[0]
    forged = Seal(b"t" * 32).seal(Session("id", user.name, user.sha256[:16], 1_709_294_400, 1_709_294_400))
    browser = desk.browser()
    browser.cookies.set("counterclaim", forged)
    assert (await browser.get("/")).status_code == 303


async def test_a_changed_cookie_is_none(desk: Desk) -> None:
    value = session_cookie(await desk.signed_in("Rui"))
    body, _, signature = value.partition(".")
    session = orjson.loads(base64.urlsafe_b64decode(body))
    session[1] = "Ana"
    for forged in (
        f"{base64.urlsafe_b64encode(orjson.dumps(session)).decode()}.{signature}",
        f"{body}.", f"{body}", f".{signature}", f"{body}.{signature[:-1]}", f"{value}0", "", ".", "a.b", "é.é",
    ):  # fmt: skip
        answer = await desk.browser().get("/", headers={b"cookie": f"counterclaim={forged}".encode()})
        assert answer.status_code == 303, forged


@given(st.text(max_size=300))
def test_no_text_opens_as_a_session(value: str) -> None:
    assert Seal(b"s" * 32).open(value) is None


@given(
    st.builds(
        Session,
        st.text(max_size=40),
        st.text(max_size=200),
        st.text(max_size=16),
        st.integers(0, 2**40),
        st.integers(0, 2**40),
    )
)
def test_a_sealed_session_opens_as_it_was(session: Session) -> None:
    seal = Seal(b"s" * 32)
    if any("\ud800" <= char <= "\udfff" for char in session.id + session.name + session.key):
        return
    assert seal.open(seal.seal(session)) == session


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=70))
def test_the_forms_of_one_are_not_those_of_another(one: str, other: str, guess: str) -> None:
    seal = Seal(b"s" * 32)
    assert seal.csrf_fits(one, seal.csrf(one))
    assert seal.csrf_fits(other, seal.csrf(one)) is (one == other)
    assert not seal.csrf_fits(one, guess)


async def fail(browser: httpx.AsyncClient, times: int) -> list[int]:
    return [(await sign_in(browser, f"desk_{number}")).status_code for number in range(times)]


async def test_an_address_that_fails_ten_times_waits(desk: Desk) -> None:
    browser = desk.browser()
    assert await fail(browser, FAILURES + 2) == [401] * FAILURES + [429] * 2
    answer = await browser.get("/", headers={"authorization": "Bearer wrong", "accept": "application/json"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, str(WINDOW))
    assert (await sign_in(desk.browser(peer="192.0.2.9"), "wrong")).status_code == 401
    assert (await sign_in(browser, desk.tokens["Ana"])).status_code == 303
    desk.clock.turn(seconds=WINDOW)
    assert (await sign_in(desk.browser(), "wrong")).status_code == 401


async def test_an_ipv6_customer_is_one_address(desk: Desk) -> None:
    for number in range(FAILURES):
        await sign_in(desk.browser(peer=f"2001:db8:1:2::{number}"), "wrong")
    assert (await sign_in(desk.browser(peer="2001:db8:1:2:ffff::1"), "wrong")).status_code == 429
    assert (await sign_in(desk.browser(peer="2001:db8:1:3::1"), "wrong")).status_code == 401


async def test_a_bearer_token_needs_no_session_and_leaves_none(desk: Desk) -> None:
    browser = desk.browser()
    answer = await browser.get("/v1/claims", headers={"authorization": f"bearer {desk.tokens['Rui']}"})
    assert answer.text.startswith("Rui|")
    assert not browser.cookies
    for header in ("Bearer", "Bearer ", f"Basic {desk.tokens['Rui']}", desk.tokens["Rui"], "Bearer \u00e9"):
        answer = await browser.get("/v1/claims", headers={b"authorization": header.encode()})
        assert answer.status_code == 401, header


async def test_a_stream_ends_when_its_reader_is_put_out(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    beats = (await browser.get("/stream")).text
    assert beats.split("\n")[:-1] == [f"beat {number}" for number in range(4)]


async def test_what_names_a_person_is_kept_by_no_shared_cache(desk: Desk) -> None:
    browser = await desk.signed_in("Ana")
    answer = await browser.get("/")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "cookie" in answer.headers["vary"]
