"""Who may sign in, and whom an admin signs out: it holds at once, over a restart, and is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from schemas.desk_act import DeskActed
from services.desk.access.access import Access
from services.desk.access.sessions import LOOKED_UP
from services.desk.access.users import User, hashed, new_token, with_user
from services.desk.access.users_file import UsersFile, write
from tests.unit.desk import dispute as d
from tests.unit.desk.access.desk import hidden, session_cookie, sign_in
from tests.unit.desk.opened import Clock, Opened, opened

TOKENS = {name: new_token() for name in ("Ana", "Rui", "Eva")}


@pytest.fixture
def users(tmp_path: Path) -> Path:
    found: tuple[User, ...] = ()
    for name, role in (("Ana", "editor"), ("Rui", "reader"), ("Eva", "admin")):
        user = User.model_validate({"name": name, "role": role, "sha256": hashed(TOKENS[name]), "since": d.NOON})
        found = with_user(found, user)
    write(tmp_path / "users.jsonl", found)
    return tmp_path / "users.jsonl"


@asynccontextmanager
async def desk(users: Path, clock: Clock | None = None) -> AsyncIterator[Opened]:
    """As it runs, on a database of its own that stays where it is."""
    clock = clock or Clock(d.NOON)
    access = Access(clock, users=UsersFile(users), secret=b"s" * 32)
    address = f"sqlite+aiosqlite:///{users.parent / 'desk.db'}"
    async with opened(clock=clock, access=access, database=address) as here, here.app.router.lifespan_context(here.app):
        yield here


async def browser(desk: Opened, name: str) -> httpx.AsyncClient:
    client = desk.client()
    assert (await sign_in(client, TOKENS[name])).status_code == 303
    return client


async def with_cookie(desk: Opened, value: str) -> int:
    client = desk.client()
    client.cookies.set("counterclaim", value)
    return (await client.get("/")).status_code


async def sign_out(admin: httpx.AsyncClient, name: str, *browsers: httpx.AsyncClient) -> None:
    """By the form of the page; until each of `browsers` is out: the desk hears of it by the topic."""
    form = {"csrf": hidden((await admin.get("/ops/people")).text, "csrf"), "target": name, "why": "lost phone"}
    assert (await admin.post("/acts/signed_out", data=form)).status_code == 303
    async with asyncio.timeout(10):
        for each in browsers:
            while (await each.get("/")).status_code != 303:  # noqa: ASYNC110  # the desk tells nobody that it heard
                await asyncio.sleep(0)


async def test_an_admin_sees_who_may_sign_in_and_no_token(users: Path) -> None:
    async with desk(users) as here:
        page = await (await browser(here, "Eva")).get("/ops/people")
        assert page.status_code == 200
        for name, token in TOKENS.items():
            assert name in page.text
            assert token not in page.text
            assert hashed(token)[:16] not in page.text
        twin = await (await browser(here, "Eva")).get("/ops/people.json")
        assert [set(who) for who in twin.json()["people"]] == [{"name", "role", "since", "signed_out"}] * 3
        assert (await (await browser(here, "Ana")).get("/ops/people")).status_code == 403
        assert "/ops/people" not in (await (await browser(here, "Ana")).get("/ops")).text
        assert "/ops/people" in (await (await browser(here, "Eva")).get("/ops")).text


async def test_who_is_signed_out_is_out_of_every_browser_and_may_come_back(users: Path) -> None:
    clock = Clock(d.NOON)
    async with desk(users, clock) as here:
        phone, laptop, other = [await browser(here, name) for name in ("Ana", "Ana", "Rui")]
        admin = await browser(here, "Eva")
        await sign_out(admin, "Ana", phone, laptop)
        assert (await other.get("/")).status_code == 200
        again = await browser(here, "Ana")
        assert (await again.get("/")).status_code == 200, "in the same second"
        assert "last signed out by an admin" in (await admin.get("/ops/people")).text
        (record,) = [message for message in here.sent if isinstance(message, DeskActed)]
        assert (record.act, record.kind, record.target, record.by, record.role, record.why) == (
            "signed_out", "person", "Ana", "Eva", "admin", "lost phone",
        )  # fmt: skip
        clock.now += timedelta(minutes=1)
        await sign_out(admin, "*", again, other, admin)


async def test_nobody_else_signs_people_out(users: Path) -> None:
    async with desk(users) as here:
        editor = await browser(here, "Ana")
        form = {"csrf": hidden((await editor.get("/ops")).text, "csrf"), "target": "Rui", "why": "w"}
        assert (await editor.post("/acts/signed_out", data=form)).status_code == 403
        admin = await browser(here, "Eva")
        form = {"csrf": hidden((await admin.get("/ops")).text, "csrf"), "target": "Nobody", "why": "w"}
        assert (await admin.post("/acts/signed_out", data=form)).status_code == 422
        assert here.sent == []


async def test_who_signed_out_stays_out_when_the_desk_starts_again(users: Path) -> None:
    async with desk(users) as here:
        left, stayed, put_out = [await browser(here, name) for name in ("Ana", "Ana", "Rui")]
        cookies = [session_cookie(each) for each in (left, stayed, put_out)]
        form = {"csrf": hidden((await left.get("/")).text, "csrf")}
        assert (await left.post("/sign-out", data=form)).status_code == 303
        await sign_out(await browser(here, "Eva"), "Rui", put_out)
    async with desk(users) as here:
        assert [await with_cookie(here, cookie) for cookie in cookies] == [303, 200, 303]


async def test_who_signs_out_at_one_of_two_desks_is_out_at_both(users: Path) -> None:
    clock = Clock(d.NOON)
    async with desk(users, clock) as here, desk(users, clock) as there:
        left, stayed = [await browser(here, name) for name in ("Ana", "Ana")]
        cookies = [session_cookie(each) for each in (left, stayed)]
        assert [await with_cookie(there, cookie) for cookie in cookies] == [200, 200]
        form = {"csrf": hidden((await left.get("/")).text, "csrf")}
        assert (await left.post("/sign-out", data=form)).status_code == 303
        clock.now += timedelta(seconds=LOOKED_UP)
        assert [await with_cookie(there, cookie) for cookie in cookies] == [303, 200]
        assert [await with_cookie(here, cookie) for cookie in cookies] == [303, 200]
