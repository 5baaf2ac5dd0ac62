"""What is done with one record, before anything is done."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleAdmitted
from schemas.dead_letter import KEPT_BYTES, ArticleRejected
from schemas.errors import BrokerUnavailable
from schemas.message import Message, decode
from schemas.outcomes import Arrival, Outcome, Processed, Rejected, Tables, Write
from schemas.topics import MAX_BODY, REJECTED, TRACED
from services.platform.clients import Record
from services.platform.outcome import Plan, decide
from services.platform.rows import Rows
from tests.unit.platform import toy
from tests.unit.platform.conftest import NOON, article


class _Table:
    """What `Rows` needs of a Faust table to be read."""

    def __init__(self) -> None:
        self.data: dict[bytes, bytes] = {}


TABLES = {"identities": Rows(_Table())}


def record(value: bytes | None, key: bytes | None = b"k") -> Record:
    return Record(Arrival("news.article.published.v1", 1, 7, NOON), key, value, ())


def decided(value: bytes | None, step: Any = toy.step) -> Plan:
    return decide(dataclasses.replace(toy.spec(), step=step), TABLES, record(value))


def letter(plan: Plan) -> ArticleRejected:
    ((message, out),) = plan.sends
    assert out.topic == REJECTED.name
    assert isinstance(message, ArticleRejected)
    assert decode(ArticleRejected, out.value) == message
    return message


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "tombstone"),
        (b"", "bad_json"),
        (b"{broken", "bad_json"),
        (b'{"id": "\xff"}', "bad_encoding"),
        (b'{"id": "a\\u0000", "text": "b"}', "nul_byte"),
        (b"[" * 100_000, "too_deep"),
        (b'{"id": 1e999}', "bad_number"),
        (b'{"id": "a", "id": "b", "text": "c"}', "duplicate_key"),
        (b'{"id": "a"}', "missing_field"),
        (b'{"id": "a", "text": "b", "version": "2.0"}', "unknown_version"),
        (b" " * (MAX_BODY + 1), "too_large"),
        (article("a", "refuse this"), "toy_refusal"),
        (article("a", "raise an error"), "stage_failed"),
        (article("a", "fat row"), "stage_failed"),
    ],
)
def test_what_cannot_be_used_becomes_one_dead_letter_and_no_row(body: bytes | None, reason: str) -> None:
    plan = decided(body)
    refused = letter(plan)
    assert (plan.name, refused.reason, plan.stores) == ("rejected", reason, ())
    assert (refused.origin.topic, refused.origin.partition, refused.origin.offset) == (
        "news.article.published.v1",
        1,
        7,
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_processed_or_dead_lettered_with_the_original(body: bytes) -> None:
    plan = decided(body)
    if plan.name == "rejected":
        assert letter(plan).body == body
        assert decided(body) == plan


@pytest.mark.parametrize("size", [MAX_BODY, MAX_BODY + 1, 3_000_000])
def test_a_large_body_keeps_its_hash_and_its_first_64_kib(size: int) -> None:
    body = b"x" * size
    refused = letter(decided(body))
    whole = size <= MAX_BODY
    assert refused.complete is whole
    assert refused.body == (body if whole else body[:KEPT_BYTES])
    assert refused.body_size == size
    assert refused.body_sha256 == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("body", [rb'{"\ud800": 1, "\ud800": 2}', rb'{"\ud800": "\u0000"}', article("a", "refuse it")])
@pytest.mark.parametrize("said", ["\ud800", "\x1b]0;owned\x07", "x" * 20_000_000])
def test_no_text_of_a_stranger_keeps_its_dead_letter_from_being_sent(body: bytes, said: str) -> None:
    def step(message: Message, tables: Tables, arrival: Arrival) -> Outcome:
        return Rejected("toy_refusal", said, said, said)

    refused = letter(decided(body, step))
    assert refused.body == body
    assert (refused.field or "").isprintable() and refused.problem.isprintable() and refused.fix.isprintable()


def test_an_exception_that_quotes_a_stranger_is_a_dead_letter() -> None:
    def step(message: Message, tables: Tables, arrival: Arrival) -> Outcome:
        raise ValueError("\ud800")

    assert letter(decided(article("a"), step)).problem == "ValueError: \\ud800"


def test_a_record_whose_header_has_no_readable_name_is_a_dead_letter_with_its_body() -> None:
    unreadable = dataclasses.replace(record(article("a")), headers=(("\udcff", b"v"),))
    refused = letter(decide(toy.spec(), TABLES, unreadable))
    assert (refused.reason, refused.body) == ("unreadable_record", article("a"))


def test_a_hostile_key_leaves_the_dead_letter_sendable() -> None:
    plan = decide(toy.spec(), TABLES, record(b"{", key=b"k" * 20_000_000))
    assert letter(plan).key == b"k" * KEPT_BYTES


def test_a_good_article_is_sent_with_cloudevents_headers_of_its_arrival() -> None:
    plan = decided(article("a1"))
    ((message, out),) = plan.sends
    assert isinstance(message, ArticleAdmitted)
    headers = dict(out.headers)
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": message.record_id().encode(),
        "ce_type": b"news.article.admitted.v1",
        "ce_source": b"/counterclaim/admit",
        "ce_time": NOON.isoformat().encode(),
        "content-type": b"application/json",
    }
    assert (out.at, out.key) == (NOON, b"en")


def test_the_same_record_gives_the_same_bytes_again() -> None:
    assert decided(article("a1")) == decided(article("a1"))


def test_a_message_the_agent_does_not_declare_is_a_fault_of_the_stage() -> None:
    spec = dataclasses.replace(toy.spec(), emits=(TRACED,))
    assert letter(decide(spec, TABLES, record(article("a1")))).problem.startswith("ValueError: admit sent a news.art")


def test_a_write_to_a_foreign_table_is_a_fault_of_the_stage() -> None:
    def step(message: Message, tables: Tables, arrival: Arrival) -> Outcome:
        return Processed(store=(Write("series", "k", b"{}"),))

    assert "'series'" in letter(decided(article("a1"), step)).problem


def test_a_retriable_error_is_neither_swallowed_nor_dead_lettered() -> None:
    def step(message: Message, tables: Tables, arrival: Arrival) -> Outcome:
        raise BrokerUnavailable("away")

    with pytest.raises(BrokerUnavailable):
        decided(article("a1"), step)


def test_a_stage_sees_its_rows_under_text_keys() -> None:
    table = _Table()
    table.data["Łódź".encode()] = orjson.dumps({"revision": 3, "offset": 2})
    plan = decide(toy.spec(), {"identities": Rows(table)}, record(article("Łódź")))
    ((message, _),) = plan.sends
    assert isinstance(message, ArticleAdmitted)
    assert message.revision == 4
