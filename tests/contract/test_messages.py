"""The contract of the topics: what is written can be read, what is wrong is named, a repeated record keeps its name."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticlePublished
from schemas.claim import ClaimsMade
from schemas.errors import BadMessage
from schemas.ids import alert_fingerprint, article_id, claim_id, digest
from schemas.message import MAX_DEPTH, decode, decode_untrusted, encode
from schemas.revision import ArticleRevised
from schemas.topics import BY_MODEL, CLAIMS, PARTITIONS, PUBLISHED, ROUTES, TABLES, TOPICS, changelog, entity_partition
from services.platform.envelope import outgoing

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200)


def body(**fields: Any) -> bytes:
    return json.dumps({"id": "a-1", "text": "Some words.", **fields}).encode()


@given(id_=TEXT, text=TEXT, title=st.none() | TEXT, url=st.none() | TEXT)
def test_what_is_written_is_read_back(id_: str, text: str, title: str | None, url: str | None) -> None:
    article = ArticlePublished(id=id_, text=text, title=title, url=url)
    assert decode(ArticlePublished, encode(article)) == article
    assert decode_untrusted(ArticlePublished, encode(article)) == article


@pytest.mark.parametrize("read", [decode, decode_untrusted])
@pytest.mark.parametrize(
    ("record", "reason", "field"),
    [
        (None, "tombstone", None),
        (b"", "bad_json", None),
        (b"{", "bad_json", None),
        (b'{"id": "a", "text": "x"} trailing', "bad_json", None),
        (b"\xff\xfe{}", "bad_encoding", None),
        (b"[" * 100_000, "too_deep", None),
        (b'{"a":' * 100_000, "too_deep", None),
        (b"[1]", "not_an_object", None),
        (b"null", "not_an_object", None),
        (b'{"id": "a"}', "missing_field", "text"),
        (b'{"id": 7, "text": "x"}', "bad_field", "id"),
        (b'{"id": "a", "text": ""}', "bad_field", "text"),
        (b'{"id": 1e999, "text": "x"}', "bad_number", None),
        (b'{"id": NaN, "text": "x"}', "bad_number", None),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "bad_number", None),
        (b'{"id": "a", "text": "x", "writer": "me"}', "unknown_field", "writer"),
        (b'{"id": "a", "text": "x", "version": "2.0"}', "unknown_version", "version"),
        (b'{"id": "a", "text": "x", "version": 1}', "unknown_version", "version"),
        (b'{"id": "a", "text": "x", "version": "one"}', "unknown_version", "version"),
        (b'{"id": "a", "text": "\\ud800"}', "bad_encoding", None),
    ],
)
def test_a_wrong_record_gets_a_reason_a_field_and_a_fix(
    read: Any, record: bytes | None, reason: str, field: str | None
) -> None:
    with pytest.raises(BadMessage) as caught:
        read(ArticlePublished, record)
    assert (caught.value.reason, caught.value.field) == (reason, field)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("record", "reason", "field"),
    [
        (b'{"id": "a", "id": "b", "text": "x"}', "duplicate_key", "id"),
        (b'{"id": "a", "text": "x\\u0000y"}', "nul_byte", "text"),
        (b'{"id": "a", "text": "x\x00y"}', "nul_byte", None),
    ],
)
def test_foreign_records_may_not_be_ambiguous(record: bytes, reason: str, field: str | None) -> None:
    with pytest.raises(BadMessage) as caught:
        decode_untrusted(ArticlePublished, record)
    assert (caught.value.reason, caught.value.field) == (reason, field)


@pytest.mark.parametrize(
    "record", [rb'{"\ud800": 1, "\ud800": 2}', rb'{"\ud800": "\u0000"}', rb'{"\u001b[2J": "\u0000"}']
)
def test_a_field_no_terminal_should_see_is_named_by_its_escape(record: bytes) -> None:
    with pytest.raises(BadMessage) as caught:
        decode_untrusted(ArticlePublished, record)
    assert caught.value.field in {"\\ud800", "\\x1b[2J"}
    assert str(caught.value).encode()


def test_a_body_of_a_hundred_thousand_keys_is_judged_in_a_moment() -> None:
    keys = ",".join(f'"k{number}":0' for number in range(100_000))
    began = time.perf_counter()
    with pytest.raises(BadMessage, match="the key stands twice"):
        decode_untrusted(ArticlePublished, f'{{{keys},"z":0,"z":0}}'.encode())
    assert time.perf_counter() - began < 5, "0.1 s; counting each name took minutes"


def test_the_words_backslash_u_are_not_a_nul() -> None:
    article = ArticlePublished(id="a", text="the escape \\u0000 as words")
    assert decode_untrusted(ArticlePublished, encode(article)) == article


@pytest.mark.parametrize("read", [decode, decode_untrusted])
def test_a_newer_minor_version_is_read_without_its_new_fields(read: Any) -> None:
    article = read(ArticlePublished, body(version="1.7", byline="A. Writer"))
    assert (article.id, article.version) == ("a-1", "1.7")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_a_named_fault(data: bytes) -> None:
    for read in (decode, decode_untrusted):
        try:
            read(ArticlePublished, data)
        except BadMessage as error:
            assert error.reason and error.fix


NESTED = st.recursive(st.none() | st.booleans() | st.text(max_size=3), st.lists, max_leaves=40)


@given(NESTED)
def test_brackets_inside_strings_are_not_depth(value: Any) -> None:
    with pytest.raises(BadMessage) as caught:
        decode_untrusted(ArticlePublished, body(extra=[value, "[" * (MAX_DEPTH * 2)]))
    assert caught.value.reason in {"unknown_field", "nul_byte"}


def test_ids_do_not_depend_on_the_run() -> None:
    assert digest("a", "b") == "fcd178ec0e2f63bce099e149"
    assert digest("ab", "c") != digest("a", "bc")
    assert article_id("https://news.example/1", "c1") == article_id("https://news.example/1", "c1")
    assert claim_id("art-1", 1, 12) != claim_id("art-1", 11, 2)


@given(TEXT, TEXT, TEXT)
def test_an_alert_has_one_name_whichever_side_came_first(series: str, one: str, other: str) -> None:
    assert alert_fingerprint(series, one, other) == alert_fingerprint(series, other, one)


def test_each_topic_has_a_name_and_each_kind_of_record_one_topic() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert len(BY_MODEL) == sum(len(topic.models) for topic in TOPICS) == len({model.ce_type() for model in BY_MODEL})


def test_claims_and_revisions_come_in_one_order_and_are_told_apart() -> None:
    """On two topics the ledger read them one way, and after a kill the other: one alert, two contents."""
    gone = ArticleRevised(partition=3, article_id="b", revises="a", correction=False, blocks=())
    assert BY_MODEL[ArticleRevised] is BY_MODEL[ClaimsMade] is CLAIMS
    assert CLAIMS.decode(encode(gone)) == gone
    out = outgoing(gone, sender="read", at=datetime(2030, 3, 4, tzinfo=UTC))
    assert (out.topic, out.partition) == (CLAIMS.name, 3)
    with pytest.raises(BadMessage) as caught:
        CLAIMS.decode(b'{"partition": 3}')
    assert caught.value.field == "block", "what is neither is told what a claim needs"


def test_source_table_and_changelog_have_equal_partitions() -> None:
    assert {topic.partitions for topic in TOPICS} == {PARTITIONS}
    assert ROUTES.keys() == TABLES.keys()


def test_the_broker_stamps_what_strangers_write_and_what_is_kept_from_then_on() -> None:
    stamped = [topic for topic in TOPICS if topic.config.get("message.timestamp.type") == "LogAppendTime"]
    assert stamped == [topic for topic in TOPICS if topic.untrusted or topic.kept_from_append]


def test_no_topic_drops_what_its_source_still_holds() -> None:
    """Records carry their article's arrival down the path, and Kafka deletes by it."""
    behind_admit = [ROUTES[stage] for stage in ("admit", "copies", "read")]
    targets = {target.name: target for route in behind_admit for target in route.targets}
    assert targets.pop(PUBLISHED.name).untrusted  # what admit sends once more is stamped, and kept, anew
    for target in targets.values():
        assert target.retention is not None and PUBLISHED.retention is not None
        assert target.retention >= PUBLISHED.retention + timedelta(days=7)
    for route in ROUTES.values():
        for target in route.targets:
            if target.retention is not None and not target.kept_from_append:
                assert route.source.retention is not None and target.retention >= route.source.retention


def test_a_stage_reads_only_what_an_earlier_one_sends() -> None:
    known = {ROUTES["admit"].source.name}
    for route in ROUTES.values():
        assert route.source.name in known
        known |= {target.name for target in route.targets}


def test_a_changelog_is_named_as_faust_names_it() -> None:
    assert changelog("ledger", "series") == "counterclaim-ledger-series-changelog"


@given(TEXT)
def test_an_entity_lives_on_one_partition(entity: str) -> None:
    assert 0 <= entity_partition(entity) < PARTITIONS
