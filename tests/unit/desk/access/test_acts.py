"""What a person does at the desk becomes messages: the word to the stage, and the record of who, why and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import MAX_TEXT, ArticlePublished
from schemas.desk_act import DeskAct, DeskActed
from schemas.entity_join import EntityJoined
from schemas.errors import BrokerUnavailable
from schemas.message import decode, encode
from schemas.review import ReviewDecided
from schemas.topics import BY_MODEL, VERDICTS
from services.desk.acting.wanted import ACTS, BadAct, role_for, wanted
from services.desk.queries.held import HeldItem
from services.ledger.rows.held import NEVER_LEAVES
from services.platform.envelope import outgoing
from tests.unit.desk import dispute as d
from tests.unit.desk.access.desk import NOON, Desk, csrf

UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    note = d.note()
    desk.store.waiting["hld-1"] = HeldItem("hld-1", note, (None, None), None)
    silent = note.model_copy(update={"verdict": note.verdict.model_copy(update={"reason": NEVER_LEAVES})})
    desk.store.waiting["hld-2"] = HeldItem("hld-2", silent, (None, None), None)
    desk.store.letters = {"dead-1": d.dead_letter()}
    desk.store.stand_for = {"x-a": "x-a", "x-b": "x-b", "x-c": "x-b"}
    desk.store.said = [join("merge", "x-c", "x-b")]
    return desk


def join(op: Any, entity: str, into: str) -> EntityJoined:
    return EntityJoined(op=op, entity=entity, into=into, by="Rui", why="one person", at=NOON)


async def do(desk: Desk, act: str, **fields: str) -> httpx.Response:
    browser = await desk.signed_in("Ana")
    return await browser.post(f"/acts/{act}", data={"csrf": await csrf(browser), "why": "seen by eye"} | fields)


@pytest.mark.parametrize(
    ("act", "kind", "target"),
    [
        ("flagged", "claim", "clm-1"), ("unflagged", "claim", "clm-1"),
        ("used", "alert", "alr-1"), ("used", "figure", "ser-1"), ("used", "claim", "clm-1"),
    ],
)  # fmt: skip
async def test_a_mark_is_its_record_alone(desk: Desk, act: str, kind: str, target: str) -> None:
    assert (await do(desk, act, kind=kind, target=target)).status_code == 303
    assert desk.sender.sent == [
        DeskActed.model_validate(
            {
                "act": act,
                "kind": kind,
                "target": target,
                "by": "Ana",
                "role": "editor",
                "why": "seen by eye",
                "at": NOON,
            }
        )
    ]


@pytest.mark.parametrize("act", ["silenced", "unsilenced"])
async def test_a_silence_reaches_the_partitions_that_its_alerts_are_on(desk: Desk, act: str) -> None:
    for kind, target in (("alert", "alr-1"), ("figure", "ser-1")):
        assert (await do(desk, act, kind=kind, target=target)).status_code == 303
    said = [message for message in desk.sender.sent if isinstance(message, DeskActed)]
    assert [(record.kind, record.severity) for record in said] == [("alert", "info")] + [("figure", "critical")] * 4
    where = [outgoing(record, sender="desk", at=NOON) for record in said]
    assert [record.partition for record in where] == [None, 0, 1, 2, 3]
    assert where[0].key == b"alr-1", "as the alert itself is keyed"
    assert len({record.record_id() for record in said[1:]}) == 1, "one act, whoever lists them"


async def test_a_silence_is_changed_by_who_set_it_or_by_an_admin(tmp_path: Path) -> None:
    desk = Desk(tmp_path, people=(("Ana", "editor"), ("Eva", "admin")))
    desk.store.silences["alr-1"] = DeskActed(
        act="silenced", kind="alert", target="alr-1", by="Rui", role="editor", why="w", at=NOON
    )
    for act in ("silenced", "unsilenced"):
        answer = await do(desk, act, kind="alert", target="alr-1")
        assert answer.status_code == 422
        assert "was silenced by Rui" in answer.text
    admin = await desk.signed_in("Eva")
    form = {"csrf": await csrf(admin), "why": "Rui is off", "kind": "alert", "target": "alr-1"}
    assert (await admin.post("/acts/unsilenced", data=form)).status_code == 303
    desk.store.silences["alr-1"] = desk.store.silences["alr-1"].model_copy(update={"by": "Ana"})
    assert (await do(desk, "unsilenced", kind="alert", target="alr-1")).status_code == 303


@pytest.mark.parametrize(("act", "op"), [("released", "released"), ("dismissed", "dismissed")])
async def test_a_word_on_a_held_verdict_reaches_the_ledger_with_who_and_why(desk: Desk, act: str, op: str) -> None:
    assert (await do(desk, act, target="hld-1")).status_code == 303
    word, record = desk.sender.sent
    assert isinstance(word, ReviewDecided)
    assert (word.id, word.decision, word.by, word.why, word.at) == ("hld-1", op, "Ana", "seen by eye", NOON)
    assert BY_MODEL[ReviewDecided].key(word) == d.note().block
    assert isinstance(record, DeskActed)
    assert (record.act, record.kind, record.target) == (act, "held", "hld-1")


async def test_what_its_text_does_not_support_is_dismissed_and_never_released(desk: Desk) -> None:
    answer = await do(desk, "released", target="hld-2")
    assert answer.status_code == 422
    assert "never leaves" in answer.text
    assert (await do(desk, "dismissed", target="hld-2")).status_code == 303


async def test_the_first_word_stands(desk: Desk) -> None:
    before = ReviewDecided(id="hld-1", block="b", decision="dismissed", by="Rui", why="w", at=NOON)
    desk.store.waiting["hld-1"] = HeldItem("hld-1", d.note(), (None, None), before)
    answer = await do(desk, "released", target="hld-1")
    assert answer.status_code == 422
    assert "was dismissed by Rui already" in answer.text


async def test_ids_are_joined_and_taken_apart(desk: Desk) -> None:
    assert (await do(desk, "merged", target="x-a", into="x-b")).status_code == 303
    assert (await do(desk, "unmerged", target="x-c")).status_code == 303
    assert (await do(desk, "unmerged", target="x-c", into="x-b")).status_code == 303
    said = [message for message in desk.sender.sent if isinstance(message, EntityJoined)]
    assert [(join.op, join.entity, join.into, join.by) for join in said] == [
        ("merge", "x-a", "x-b", "Ana"),
        ("unmerge", "x-c", "x-b", "Ana"),
        ("unmerge", "x-c", "x-b", "Ana"),
    ]
    assert [type(message) for message in desk.sender.sent] == [EntityJoined, DeskActed] * 3


@pytest.mark.parametrize(
    ("act", "fields", "field"),
    [
        ("merged", {"target": "x-a", "into": "x-a"}, "into"),
        ("merged", {"target": "x-c", "into": "x-b"}, "into"),
        ("merged", {"target": "x-b", "into": "x-c"}, "into"),
        ("merged", {"target": "x-a", "into": ""}, "into"),
        ("merged", {"target": "x-a", "into": "x-z"}, "into"),
        ("merged", {"target": "x-z", "into": "x-a"}, "target"),
        ("unmerged", {"target": "x-a"}, "target"),
        ("unmerged", {"target": "x-b"}, "target"),
        ("unmerged", {"target": "x-c", "into": "x-a"}, "into"),
        ("flagged", {"target": "clm-2"}, "target"),
        ("flagged", {"target": ""}, "target"),
        ("flagged", {"target": "c" * 513}, "target"),
        ("flagged", {"target": "clm-1", "kind": "alert"}, "kind"),
        ("flagged", {"target": "clm-1", "why": "  "}, "why"),
        ("flagged", {"target": "clm-1", "why": "w" * 1001}, "why"),
        ("flagged", {"target": "clm-1", "why": "a\0b"}, "why"),
        ("flagged", {"target": "clm-1", "role": "admin"}, "role"),
        ("silenced", {"target": "alr-1"}, "kind"),
        ("silenced", {"target": "alr-1", "kind": "alert", "untill": "2024-03-02T12:00Z"}, "untill"),
        ("silenced", {"target": "alr-1", "kind": "alert", "until": "tomorrow"}, "until"),
        ("silenced", {"target": "alr-1", "kind": "alert", "until": "2024-03-01T12:00Z"}, "until"),
        ("silenced", {"target": "alr-1", "kind": "alert", "until": "2024-07-01"}, "until"),
        ("released", {"target": "hld-9"}, "target"),
        ("replayed", {"target": "dead-9", "body": "{}"}, "target"),
        ("deleted", {"target": "x"}, "act"),
        ("<script>", {"target": "x"}, "act"),
    ],
)
async def test_what_cannot_be_done_is_told_with_its_field_and_the_fix(
    desk: Desk, act: str, fields: dict[str, str], field: str
) -> None:
    headers = {"authorization": f"Bearer {desk.tokens['Ana']}"}
    answer = await desk.browser().post(f"/acts/{act}", data={"why": "seen by eye"} | fields, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["detail"]
    assert "<script>" not in (await do(desk, act, **fields)).text
    assert desk.sender.sent == []


async def test_use_asks_for_no_reason(desk: Desk) -> None:
    assert (await do(desk, "used", kind="alert", target="alr-1", why="")).status_code == 303


async def test_a_silence_ends_at_a_time_of_the_desks_zone(desk: Desk) -> None:
    until = {"2024-03-02T13:30": 12, "2024-03-02T13:30Z": 13, "2024-03-02T13:30-02:00": 15}  # Warsaw is UTC+1 in March
    for given_time, hour in until.items():
        await do(desk, "silenced", kind="alert", target="alr-1", until=given_time)
        assert desk.sender.sent[-1].until == datetime(2024, 3, 2, hour, 30, tzinfo=UTC)  # type: ignore[attr-defined]


async def test_a_reader_does_nothing(desk: Desk) -> None:
    browser = await desk.signed_in("Rui")
    token = await csrf(browser)
    for act in get_args(DeskAct):
        answer = await browser.post(f"/acts/{act}", data={"csrf": token, "target": "clm-1", "why": "w"})
        assert answer.status_code == 403
        assert f"Rui is signed in as reader; this needs {role_for(act)}." in answer.text
    assert desk.sender.sent == []


async def test_an_outage_is_told_and_nothing_is_lost_by_doing_it_again(desk: Desk) -> None:
    desk.sender.problem = BrokerUnavailable("no broker answers at kafka:9092")
    answer = await do(desk, "flagged", target="clm-1")
    assert answer.status_code == 503
    assert "Do it again in a moment" in answer.text
    assert "kafka:9092" not in answer.text
    desk.sender.problem = None
    assert (await do(desk, "flagged", target="clm-1")).status_code == 303


ARTICLE = {
    "id": "n-7",
    "publisher": "Lantern",
    "text": "Veldt says 40 people left.\nNobody was hurt.",
    "published": "2024-03-01",
}


def line(**fields: Any) -> str:
    return orjson.dumps(ARTICLE | fields).decode()


async def test_a_dead_letter_is_edited_and_published_again(desk: Desk) -> None:
    edited = line(text="Veldt says 40 people left.\nNobody was hurt.").replace(
        "{", "{\r\n ", 1
    )  # as a textarea sends it
    assert (await do(desk, "replayed", target="dead-1", body=edited)).status_code == 303
    article, record = desk.sender.sent
    assert article == ArticlePublished(**ARTICLE)
    assert isinstance(record, DeskActed)
    assert (record.act, record.kind, record.target, record.by) == ("replayed", "dead_letter", "dead-1", "Ana")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{", "body"),
        ("[]", "body"),
        ("", "body"),
        (line(id=""), "id"),
        (line(text="  "), "text"),
        (line(text=None), "text"),
        (line(text="a\0b"), "text"),
        (line(publisher=7), "publisher"),
        (line(published="last week"), "published"),
        (line(published="2031-01-01T00:00Z"), "published"),
        (line(published="1066-10-14"), "published"),
        (line(text="\u0001" * 400_000), "text"),
    ],
)
async def test_an_edited_letter_that_would_die_again_is_told_field_and_fix(desk: Desk, body: str, field: str) -> None:
    headers = {"authorization": f"Bearer {desk.tokens['Ana']}"}
    form = {"why": "mended", "target": "dead-1", "body": body}
    answer = await desk.browser().post("/acts/replayed", data=form, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert desk.sender.sent == []


async def test_the_longest_article_there_may_be_fits_the_form(desk: Desk) -> None:
    answer = await do(desk, "replayed", target="dead-1", body=line(text="é" * MAX_TEXT))
    assert answer.status_code == 303


async def test_a_record_made_by_a_stage_is_not_edited(desk: Desk) -> None:
    letter = d.dead_letter()
    inner = letter.origin.model_copy(update={"topic": VERDICTS.name})
    desk.store.letters["dead-2"] = letter.model_copy(update={"id": "dead-2", "origin": inner})
    answer = await do(desk, "replayed", target="dead-2", body=line())
    assert answer.status_code == 422
    assert "counterclaim dead-letters replay dead-2" in answer.text


def test_every_act_of_the_schema_can_be_done() -> None:
    assert set(ACTS) == set(get_args(DeskAct))


@given(
    st.sampled_from([*ACTS, "", "Used"]),
    st.dictionaries(
        st.sampled_from(["kind", "target", "why", "until", "into", "body", "back"]),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["claim", "held", "2024-03-05T10:00", "9999-12-31T23:59-23:00", "0001-01-01"]),
        ),
    ),
)
def test_any_form_becomes_an_act_that_its_message_takes_or_names_a_field(act: str, fields: dict[str, str]) -> None:
    try:
        what = wanted(act, fields, NOON, UTC_ZONE)
    except BadAct as error:
        assert error.field
        assert error.fix
        return
    record = DeskActed(
        act=what.act,
        kind=what.kind,
        target=what.target,
        by="Ana",
        role="editor",
        why=what.why,
        at=what.at,
        until=what.until,
    )
    if all(not "\ud800" <= char <= "\udfff" for char in what.target + what.why):
        assert decode(DeskActed, encode(record)) == record
    assert what.until is None or NOON < what.until <= NOON + timedelta(days=90)
