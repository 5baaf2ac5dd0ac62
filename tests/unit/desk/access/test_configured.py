"""Which sign-in the settings make, and that a desk without one stays on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette

from schemas.errors import BadSetting
from services.desk.access.configured import access_of, hosts_of
from services.desk.access.people import ANYBODY, NOTICE
from services.desk.access.users_file import write
from services.desk.server import DeskServer
from services.platform.settings import Settings, load_settings
from tests.unit.desk.access.desk import Clock, Desk, csrf

EVERYWHERE = "0.0.0.0"  # noqa: S104  # what is tested is when it is refused
PROXY = {"desk_proxy_addresses": "10.1.0.0/24, 10.2.0.1", "desk_proxy_user_header": "x-user"}


def settings(**fields: object) -> Settings:
    return Settings.model_validate(fields)


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users.jsonl"
    write(path, ())
    return path


def test_a_desk_without_sign_in_must_be_asked_for() -> None:
    with pytest.raises(BadSetting) as caught:
        access_of(settings(), "127.0.0.1", Clock())
    for fix in (
        "COUNTERCLAIM_DESK_USERS_FILE",
        "counterclaim desk-users add",
        "COUNTERCLAIM_DESK_PROXY",
        "--no-sign-in",
    ):
        assert fix in str(caught.value)


def test_a_desk_without_sign_in_stays_on_this_machine() -> None:
    assert access_of(settings(), "127.0.0.1", Clock(), without_sign_in=True).nobody_signs_in
    assert access_of(settings(), "::1", Clock(), without_sign_in=True).nobody_signs_in
    assert access_of(settings(), "localhost", Clock(), without_sign_in=True).nobody_signs_in
    server = DeskServer(Starlette(), "localhost", 0)
    assert server.url.startswith("http://localhost:")
    server._socket.close()
    for host in (EVERYWHERE, "192.0.2.1", "::", "newsroom.example.org"):
        with pytest.raises(BadSetting, match=f"--host {host}: is not loopback, and nobody signs in"):
            access_of(settings(), host, Clock(), without_sign_in=True)
        with pytest.raises(ValueError, match="not loopback"):
            DeskServer(Starlette(), host, 0)


def test_a_desk_with_sign_in_may_listen_anywhere(users: Path) -> None:
    for fields in ({"desk_users_file": users}, PROXY):
        access = access_of(settings(**fields), EVERYWHERE, Clock())
        assert not access.nobody_signs_in
        assert access.takes_tokens is ("desk_users_file" in fields)
        server = DeskServer(Starlette(), EVERYWHERE, 0, signed_in=not access.nobody_signs_in)
        server._socket.close()


async def test_without_sign_in_every_page_says_so_and_forms_are_still_the_desks_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path, people=())
    browser = desk.browser()
    assert (await browser.get("/")).text.startswith(f"{ANYBODY}|")
    assert NOTICE in (await browser.get("/")).text
    form = {"target": "clm-1", "why": "wrong"}
    assert (await browser.post("/acts/flagged", data=form)).status_code == 403
    token = await csrf(browser)
    cross = {"sec-fetch-site": "cross-site"}
    assert (await browser.post("/acts/flagged", data=form | {"csrf": token}, headers=cross)).status_code == 403
    assert (await browser.post("/acts/flagged", data=form | {"csrf": token})).status_code == 303
    assert desk.sender.sent[0].by == ANYBODY  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "setting", "problem"),
    [
        ({"desk_proxy_user_header": "x-user"}, "DESK_PROXY_ADDRESSES", "anybody could send that header"),
        (PROXY | {"desk_proxy_addresses": "proxy.example"}, "DESK_PROXY_ADDRESSES", "'proxy.example' does not appear"),
        (PROXY | {"desk_proxy_addresses": "10.0.0.1/8"}, "DESK_PROXY_ADDRESSES", "has host bits set"),
        (PROXY | {"desk_proxy_addresses": "0.0.0.0/0"}, "DESK_PROXY_ADDRESSES", "is everybody"),
        (PROXY | {"desk_proxy_addresses": "::/0"}, "DESK_PROXY_ADDRESSES", "is everybody"),
        (PROXY | {"desk_proxy_groups_header": "x-groups"}, "DESK_PROXY_GROUPS_HEADER", "DESK_PROXY_ROLES"),
        (PROXY | {"desk_proxy_roles": "desk=editor"}, "DESK_PROXY_ROLES", "is a reader"),
        (
            PROXY | {"desk_proxy_groups_header": "x-groups", "desk_proxy_roles": "desk=boss"},
            "DESK_PROXY_ROLES",
            "'desk=boss' is not group=role",
        ),
        ({"desk_users_file": "/nowhere/users.jsonl"}, "/nowhere/users.jsonl", "counterclaim desk-users add"),
    ],
)
def test_a_sign_in_that_cannot_work_stops_the_start_with_the_fix(
    fields: dict[str, object], setting: str, problem: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        access_of(settings(**fields), "127.0.0.1", Clock())
    assert str(caught.value).split(":")[0].endswith(setting)
    assert problem in str(caught.value)


def test_sign_in_and_none_at_once_is_a_mistake(users: Path) -> None:
    with pytest.raises(BadSetting, match="--no-sign-in: COUNTERCLAIM_DESK_USERS_FILE"):
        access_of(settings(desk_users_file=users), "127.0.0.1", Clock(), without_sign_in=True)


def test_a_secret_that_keeps_sign_ins_and_no_database_that_keeps_sign_outs_is_refused(users: Path) -> None:
    kept = {"desk_users_file": users, "desk_session_secret": "s" * 32}
    with pytest.raises(BadSetting, match="COUNTERCLAIM_DESK_SESSION_SECRET: is set, but COUNTERCLAIM_DESK_DATABASE"):
        access_of(settings(**kept), "127.0.0.1", Clock())
    access_of(settings(**kept, desk_database="sqlite+aiosqlite:///desk.db"), "127.0.0.1", Clock())


def test_a_short_secret_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_DESK_SESSION_SECRET", "hunter2")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert str(caught.value).startswith("COUNTERCLAIM_DESK_SESSION_SECRET: (not shown)")
    assert "hunter2" not in str(caught.value)


def test_the_desk_answers_to_loopback_and_its_own_names() -> None:
    assert hosts_of(settings(desk_hosts="desk.example.org, desk")) == (
        "127.0.0.1", "localhost", "::1", "desk.example.org", "desk",
    )  # fmt: skip
