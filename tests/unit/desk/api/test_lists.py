"""Every list: its pages come to all of it, its files say the same, and what is asked wrongly is told."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.message import Message
from services.desk.access.access import Access
from services.desk.access.users import User, hashed, new_token, with_user
from services.desk.access.users_file import UsersFile, write
from services.desk.api.columns import Column
from services.desk.api.lists import LISTS, List
from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.api.serving import Desk, fill
from tests.unit.desk.store import world

parquet: Any = pytest.importorskip("pyarrow.parquet", reason="the extra export is not installed")

PAGED = [listed for listed in LISTS if not listed.whole]
WORDS = {"q": "people"}


def asked(listed: List[Any], **more: Any) -> dict[str, Any]:
    return {**(WORDS if listed.name.startswith("search/") else {}), **more}


def many() -> list[Message]:
    """A dozen of everything; several rows of one moment, so that only their ids tell them apart."""
    made: list[Message] = []
    for number in range(12):
        at = d.NOON + timedelta(minutes=number // 3)
        text = f"{number + 3} people are missing at Veldt, people there say; people of house {number}."
        source = d.article(text, publisher=f"Paper {number % 4}", at=at)
        claim = d.claim(source, f"{number + 3} people", number + 3.0, speaker=f"Voice {number}")
        series = f"ser-{number}"
        conflict = d.figure().conflicts[0].model_copy(update={"id": f"alr-{number}", "updated": at})
        made += [
            source,
            d.made(claim),
            d.figure(series=series, statements=(claim,), conflicts=(conflict,), updated=at),
            d.alert(id=f"alr-{number}:1", fingerprint=f"alr-{number}", raised=at, series=series),
            d.note(one=claim.id, at=at),
            d.note(one=claim.id, other=d.CATTLE.id, at=at, verdict=world.HOLDS),
            d.entity(f"Name {number}", number // 3),
            d.dead_letter(number),
        ]
    return made


@pytest.fixture
async def database(empty: Database) -> Database:
    await fill(empty, world.arrived([*d.everything(), *many()]))
    return empty


async def whole(client: httpx.AsyncClient, listed: List[Any], limit: int = 500) -> list[Any]:
    """All rows of a list, page by page."""
    rows: list[Any] = []
    cursor: str | None = None
    while True:
        more = {} if listed.whole else {"limit": limit} | ({"cursor": cursor} if cursor else {})
        answer = (await client.get(f"/v1/{listed.name}", params=asked(listed, **more))).raise_for_status().json()
        assert len(answer["items"]) <= limit
        rows += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            return rows


@given(limit=st.integers(1, 20), listed=st.sampled_from(PAGED))
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
async def test_pages_of_any_length_give_every_row_once(
    client: httpx.AsyncClient, limit: int, listed: List[Any]
) -> None:
    at_once = await whole(client, listed)
    assert len(at_once) >= 12
    assert await whole(client, listed, limit) == at_once
    assert len({str(row) for row in at_once}) == len(at_once)


async def test_the_files_of_a_list_have_its_rows_in_its_order(client: httpx.AsyncClient) -> None:
    for listed in LISTS:
        rows = await whole(client, listed)
        lines = await client.get(f"/v1/{listed.name}.jsonl", params=asked(listed))
        assert [orjson.loads(line) for line in lines.content.splitlines()] == rows
        text = (await client.get(f"/v1/{listed.name}.csv", params=asked(listed))).text
        told = list(csv.DictReader(io.StringIO(text)))
        file = (await client.get(f"/v1/{listed.name}.parquet", params=asked(listed))).content
        table = parquet.read_table(io.BytesIO(file))
        assert len(told) == table.num_rows == len(rows)
        assert list(told[0]) == table.column_names == [column.name for column in listed.columns]
        for column in listed.columns:
            assert (table.schema.field(column.name).metadata or {})[b"meaning"].decode() == column.meaning
            same(column, [row[column.name] for row in told], table.column(column.name).to_pylist())


def same(column: Column, cells: list[str], values: list[Any]) -> None:
    """A column of the CSV says what that of the Parquet file says."""
    assert [cell != "" for cell in cells] == [value not in (None, "") for value in values], column.name
    if column.kind == "number":
        assert [float(cell) for cell in cells if cell] == [value for value in values if value is not None]
    if column.kind == "time":
        assert [datetime.fromisoformat(cell) for cell in cells if cell] == [value for value in values if value]


async def test_a_long_file_comes_in_pieces_and_is_whole(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.desk.api.exports.MOST", 3)
    monkeypatch.setattr("services.desk.api.parquet.GROUP", 5)
    for listed in LISTS:
        rows = await whole(client, listed)
        file = (await client.get(f"/v1/{listed.name}.parquet", params=asked(listed))).content
        assert parquet.read_table(io.BytesIO(file)).num_rows == len(rows)
        lines = (await client.get(f"/v1/{listed.name}.jsonl", params=asked(listed))).content
        assert lines.count(b"\n") == len(rows)


async def test_a_cell_that_a_spreadsheet_would_run_is_only_text(empty: Database) -> None:
    hostile = ["=cmd()", "+1", "-2+3", "@SUM(A1)", "\tx", "plain, with a comma"]
    sources = [d.article(f"{n} people wait.", publisher=name) for n, name in enumerate(hostile)]
    below = d.claim(sources[0], "0 people", -3.5, high=2, low=-5, speaker="=2+5")
    await fill(empty, world.arrived([*sources, d.made(below)]))
    desk = Desk(empty)
    async with desk.client() as client:
        articles = csv.DictReader(io.StringIO((await client.get("/v1/articles.csv")).text))
        told = list(csv.DictReader(io.StringIO((await client.get("/v1/claims.csv")).text)))
    assert {row["publisher"] for row in articles} == {f"'{name}" if name != hostile[-1] else name for name in hostile}
    assert (told[0]["speaker"], told[0]["value"], told[0]["low"]) == ("'=2+5", "-3.5", "-5")


async def test_without_pyarrow_parquet_is_refused_with_the_way_to_get_it(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("services.desk.api.parquet.import_module", gone)
    answer = await client.get("/v1/claims.parquet")
    assert (answer.status_code, answer.headers["content-type"]) == (501, "application/problem+json")
    assert "make setup-export" in answer.json()["detail"]


WRONG: list[tuple[str, int, str | None, str]] = [
    ("/v1/claims?metrc=deaths", 400, "metrc", "Did you mean metric?"),
    ("/v1/counts?x=1", 400, "x", "None is known here."),
    ("/v1/sources?limit=3", 400, "limit", "None is known here."),
    ("/v1/figures/ser-1?as_known=2030-01-01", 400, "as_known", "Did you mean as_known_at?"),
    ("/v1/claims.csv?limit=3", 400, "limit", "Known here: "),
    ("/v1/claims?speaker=a&speaker=b", 400, "speaker", "Give it once."),
    ("/v1/claims?metric=death", 422, "metric", "Did you mean deaths?"),
    ("/v1/claims?limit=501", 422, "limit", "less than or equal to 500"),
    ("/v1/claims?since=yesterday", 400, "since", "Write it like 2030-03-04"),
    ("/v1/claims.csv?since=yesterday", 400, "since", "Write it like 2030-03-04"),
    ("/v1/claims?cursor=Zm9v", 400, "cursor", "Take it from the list's own `next`"),
    ("/v1/alerts?severity=bad", 422, "severity", "'info', 'warning' or 'critical'"),
    ("/v1/search/quotes", 422, "q", "Add q="),
    ("/v1/claims.xlsx", 422, "format", "'csv', 'jsonl' or 'parquet'"),
    ("/v1/alerts/stream?after=noon", 400, "after", "Send the id of an event"),
    ("/v1/claims/clm-none", 404, None, "Take the name from the list."),
    ("/v1/nowhere", 404, None, "GET /v1/ names what there is."),
]


async def test_what_is_asked_wrongly_is_named_with_its_fix(client: httpx.AsyncClient) -> None:
    for address, status, field, fix in WRONG:
        answer = await client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), address
        problem = answer.json()
        assert (problem.get("field"), problem["status"]) == (field, status), address
        assert fix in problem["detail"], address


async def test_the_first_requests_of_a_desk_may_come_all_at_once(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.get("/v1/counts") for _ in range(30)))
    assert {answer.status_code for answer in answers} == {200}


async def test_what_has_not_changed_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/v1/figures")
    again = await client.get("/v1/figures", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_filters_narrow(client: httpx.AsyncClient) -> None:
    async def found(address: str) -> int:
        return len((await client.get(address)).raise_for_status().json()["items"])

    assert await found("/v1/claims?speaker=voice%203") == 1
    assert await found("/v1/claims?publisher=Paper%201") == 3
    assert await found(f"/v1/claims?series={d.SERIES}&speaker=interior%20ministry") == 1
    assert await found("/v1/claims?series=ser-none") == 0
    assert await found("/v1/claims?metric=deaths") == 0
    # Warsaw's time: 13:04 there is 12:04 UTC, and what the dispute says comes later.
    assert await found("/v1/alerts?until=2026-03-04T13:04") == 12
    assert await found("/v1/figures?contested=false") == 0
    assert await found("/v1/conflicts?state=resolved") == 0
    assert await found("/v1/held?state=decided") == 0


async def test_a_figure_is_shown_as_it_was_known(client: httpx.AsyncClient) -> None:
    address = f"/v1/figures/{d.SERIES}"
    assert (await client.get(address, params={"as_known_at": "2026-03-04T12:12:00Z"})).status_code == 200
    before = await client.get(address, params={"as_known_at": "2026-03-04T12:11:59Z"})
    assert (before.status_code, before.json()["title"]) == (
        404,
        "This desk holds no figure known by then of that name.",
    )


async def test_a_reader_reads_everything_but_dead_letters(database: Database, tmp_path: Any) -> None:
    tokens = {"reader": new_token(), "editor": new_token()}
    users: tuple[User, ...] = ()
    for role, token in tokens.items():
        user = {"name": role, "role": role, "sha256": hashed(token), "since": d.NOON}
        users = with_user(users, User.model_validate(user))
    write(tmp_path / "users.jsonl", users)
    desk = Desk(database, Access(lambda: d.NOON, users=UsersFile(tmp_path / "users.jsonl"), secret=b"s" * 32))
    async with desk.client() as nobody:
        answer = await nobody.get("/v1/claims")
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    for role, letters in (("reader", 403), ("editor", 200)):
        async with desk.client(authorization=f"Bearer {tokens[role]}") as client:
            assert (await client.get("/v1/claims")).status_code == 200
            assert (await client.get("/v1/openapi.json")).status_code == 200
            for address in ("/v1/dead-letters", "/v1/dead-letters.csv", "/v1/dead-letters/dead-1"):
                assert (await client.get(address)).status_code == letters
            assert (await client.post("/v1/claims")).status_code == 405
