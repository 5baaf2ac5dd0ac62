"""What a person does on the pages: the form posts it, the topics keep it, and the pages show it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import orjson
import pytest

from schemas.article import ArticlePublished
from schemas.desk_act import DeskActed
from schemas.entity_join import EntityJoined
from schemas.message import Message
from schemas.review import ReviewDecided
from services.desk.access.access import Access
from services.desk.access.users import User, hashed, new_token, with_user
from services.desk.access.users_file import UsersFile, write
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, Elements, Opened, opened
from tests.unit.desk.store import world


class Forms(HTMLParser):
    """The forms of a page: where each posts, and what its fields hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._fields = self.found.setdefault(given.get("action") or "", {})
        elif tag in ("input", "textarea") and given.get("name"):
            self._fields[given["name"] or ""] = given.get("value") or ""


@pytest.fixture
def clock() -> Clock:
    return Clock(d.NOON)


@pytest.fixture
async def desk(clock: Clock) -> AsyncIterator[Opened]:
    async with opened(*d.everything(), world.HELD, clock=clock) as here:
        yield here


async def post(desk: Opened, page: str, act: str, **fields: str) -> tuple[httpx.Response, list[Message]]:
    """Fill in the form for `act` on `page`, send it, and take in what the desk sent."""
    client = desk.client()
    form = Forms((await client.get(page)).text).found[f"/acts/{act}"]
    desk.sent.clear()
    answer = await client.post(f"/acts/{act}", data={**form, **fields})
    await desk.take(*desk.sent)
    return answer, list(desk.sent)


async def test_a_silenced_alert_leaves_the_board_and_stands_folded_in_the_list(desk: Opened, clock: Clock) -> None:
    path = f"/alerts/{d.FINGERPRINT}"
    answer, _ = await post(desk, path, "silenced", why="known since Monday", until="2026-03-04T18:00")
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    client = desk.client()
    board = (await client.get("/board.json")).json()
    assert (board["alerts"], board["urgent"]) == ([], [])
    assert '<details class="card silenced"><summary>Silenced by' in (await client.get("/alerts")).text
    assert "known since Monday" in (await client.get(path)).text
    clock.now += timedelta(minutes=5)
    await post(desk, path, "unsilenced", why="it moved")
    assert "card silenced" not in (await client.get("/alerts")).text


async def test_a_silenced_figure_keeps_its_alerts_back_until_one_is_worse(desk: Opened, clock: Clock) -> None:
    path = f"/figures/{d.SERIES}"
    answer, sent = await post(desk, path, "silenced", why="the count is over")
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert [act.partition for act in sent if isinstance(act, DeskActed)] == [0, 1, 2, 3]
    client = desk.client()
    assert (await client.get("/board.json")).json()["alerts"] == []
    assert "Its alerts are silenced by" in (await client.get(path)).text
    (acts,) = (await client.get(f"{path}.json")).json()["acts"]
    assert acts["severity"] == "warning"
    await desk.take(d.alert().model_copy(update={"id": f"{d.FINGERPRINT}:9", "sequence": 9, "severity": "critical"}))
    (shown,) = (await client.get("/alerts.json")).json()["alerts"]
    assert shown["alert"]["severity"] == "critical"
    assert "card silenced" not in (await client.get("/alerts")).text
    clock.now += timedelta(minutes=5)
    await post(desk, path, "unsilenced", why="it goes on")
    assert "Its alerts are silenced" not in (await client.get(path)).text


async def test_a_held_item_is_released_with_a_reason_and_leaves_the_queue(desk: Opened) -> None:
    assert "Release: tell the alert" in (await desk.client().get("/review")).text
    answer, sent = await post(desk, "/review", "released", why="both texts say so")
    assert answer.status_code == 303
    decided = next(message for message in sent if isinstance(message, ReviewDecided))
    assert (decided.decision, decided.id, decided.why) == (
        "released", world.review("released").id, "both texts say so",
    )  # fmt: skip
    page = (await desk.client().get("/review")).text
    assert "Nothing is held" in page
    assert "<strong>released</strong>" in page


async def test_an_alert_is_marked_as_used_and_says_by_whom(desk: Opened) -> None:
    _, sent = await post(desk, f"/alerts/{d.FINGERPRINT}", "used")
    assert [(act.act, act.target) for act in sent if isinstance(act, DeskActed)] == [("used", d.FINGERPRINT)]
    assert "used it in copy" in (await desk.client().get(f"/alerts/{d.FINGERPRINT}")).text
    assert "used it in copy" in (await desk.client().get("/ops")).text


async def test_a_flagged_claim_enters_review(desk: Opened) -> None:
    await post(desk, f"/explain/{d.SAYS_UNION.id}", "flagged", why="it says cut off, not present")
    assert "it says cut off, not present" in (await desk.client().get("/review")).text
    assert '<span class="tag">flagged</span>' in (await desk.client().get(f"/figures/{d.SERIES}")).text
    await post(desk, "/review", "unflagged", why="right after all")
    assert "it says cut off" not in (await desk.client().get("/review")).text


async def test_two_names_are_joined_with_a_reason(desk: Opened) -> None:
    await desk.take(world.joined("merge", "x-a", "x-orrel"), world.joined("unmerge", "x-a", "x-orrel", 1))
    _, sent = await post(desk, "/entities/x-veldt", "merged", into="x-orrel", why="one valley")
    joined = next(message for message in sent if isinstance(message, EntityJoined))
    assert (joined.op, joined.entity, joined.into) == ("merge", "x-veldt", "x-orrel")


async def test_without_a_reason_the_field_is_named(desk: Opened) -> None:
    answer, sent = await post(desk, f"/alerts/{d.FINGERPRINT}", "silenced", why="")
    assert (answer.status_code, sent) == (422, [])
    assert "why" in answer.text


async def test_a_refused_act_shows_why_beside_its_form_and_keeps_what_was_typed(desk: Opened) -> None:
    answer, sent = await post(
        desk, f"/alerts/{d.FINGERPRINT}", "silenced", why="known <since> Monday", until="2001-01-01T00:00"
    )
    assert (answer.status_code, sent) == (422, [])
    page = Elements(answer.text)
    assert "2001-01-01T00:00 is over" in answer.text
    assert {"known <since> Monday", "2001-01-01T00:00", d.FINGERPRINT} <= set(page.values("value"))
    assert [fields["name"] for tag, fields in page.found if fields.get("aria-invalid")] == ["until"]
    assert f"/alerts/{d.FINGERPRINT}" in page.values("href")


async def test_a_dead_letter_that_would_die_again_is_told_on_its_page_with_the_text_kept(desk: Opened) -> None:
    letter = d.dead_letter()
    path = f"/ops/dead-letters/{letter.id}"
    edited = '{"id": "a1", "text": "", "note": "half an hour of work"}'
    answer, sent = await post(desk, path, "replayed", body=edited, why="mended by hand")
    assert (answer.status_code, sent) == (422, [])
    assert "half an hour of work" in unescape(answer.text).split("<textarea")[1].split("</textarea>")[0]
    page = Elements(answer.text)
    assert "mended by hand" in page.values("value")
    assert ("p", "refused") in [(tag, fields.get("id")) for tag, fields in page.found if fields.get("role") == "alert"]
    answer, sent = await post(desk, path, "replayed", body=edited, why="")
    assert [fields["name"] for tag, fields in Elements(answer.text).found if "autofocus" in fields] == ["why"]


async def test_a_dead_letter_that_is_replayed_says_what_it_said(desk: Opened) -> None:
    text = "\u2067שלום\u2069 said 40\u0085people left.\U0001f6a2"
    body = orjson.dumps({"id": "a1", "text": text})
    letter = d.dead_letter(7).model_copy(update={"id": "dead-7", "body": body})
    await desk.take(letter)
    shown = (await desk.client().get("/ops/dead-letters/dead-7")).text
    source = unescape(shown.split("<textarea")[1].split(">\n", 1)[1].split("</textarea>")[0])
    assert "\\u2067" in source, "seen, not obeyed"
    _, sent = await post(desk, "/ops/dead-letters/dead-7", "replayed", body=source, why="once more")
    assert isinstance(sent[0], ArticlePublished)
    assert sent[0].text == text
    answer, _ = await post(desk, "/ops/dead-letters/dead-7", "replayed", body=body.decode(), why="")
    assert "⟦RLI⟧" not in answer.text.split("<textarea")[1]


async def test_a_reader_sees_everything_and_changes_nothing(tmp_path: Path) -> None:
    token, clock = new_token(), Clock(d.NOON)
    reader = User(name="Rui", role="reader", sha256=hashed(token), since=d.NOON)
    write(tmp_path / "users.jsonl", with_user((), reader))
    access = Access(clock, users=UsersFile(tmp_path / "users.jsonl"))
    replayed = world.act("replayed", "dead-1", "dead_letter")
    async with opened(*d.everything(), world.HELD, replayed, clock=clock, access=access) as desk:
        client = desk.client()
        assert (await client.get("/")).status_code in (303, 401)
        client.headers["authorization"] = f"Bearer {token}"
        for path in ("/", f"/alerts/{d.FINGERPRINT}", "/review", f"/explain/{d.SAYS_UNION.id}", "/entities/x-veldt"):
            page = await client.get(path)
            assert page.status_code == 200, path
            assert 'action="/acts/' not in page.text, path
        for path in ("/ops/dead-letters/dead-1", "/ops/dead-letters/dead-1.json"):
            assert (await client.get(path)).status_code == 403, path
        for path in ("/", "/ops"):
            assert "dead-letters/" not in (await client.get(path, headers={"accept": "text/html"})).text, path
