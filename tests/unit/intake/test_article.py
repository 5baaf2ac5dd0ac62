"""What is an article is taken as it is; what is not goes back with field and fix."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import MAX_LINES, MAX_TEXT
from schemas.errors import BadMessage
from services.intake.article import from_fields, from_file, from_line


def test_a_full_line_becomes_an_article_and_unknown_keys_are_ignored() -> None:
    line = {
        "id": "7",
        "url": "https://example.org/flood",
        "publisher": "Daily",
        "published": "2021-11-12T09:30:00Z",
        "title": "Flood",
        "text": " The river rose.\n",
        "section": "world",
    }
    article = from_line(json.dumps(line)).article
    assert article.model_dump(exclude={"version"}) == {k: v for k, v in line.items() if k != "section"}


def test_only_id_and_text_are_needed() -> None:
    taken = from_line(b'\xef\xbb\xbf{"id": 7, "text": "The river rose.", "url": null, "title": "  "}')
    assert taken.article.id == "7"
    assert taken.article.url is taken.article.title is taken.article.published is None
    assert taken.notes == ()


@pytest.mark.parametrize(
    ("given_", "iso", "noted"),
    [
        ("2012-05-25", "2012-05-25", False),
        ("1987-02-26 15:01:01", "1987-02-26T15:01:01Z", False),
        ("2021-11-12T10:00:00+05:30", "2021-11-12T04:30:00Z", False),
        ("1/21/18", "2018-01-21", True),
        ("Tue, 09 Nov 2021 10:27:00 GMT", "2021-11-09T10:27:00Z", False),
        (1636540000, "2021-11-10T10:26:40Z", True),
        ("12/1/16", None, True),
        ("last week", None, True),
        ("", None, False),
        (None, None, False),
    ],
)
def test_dates_become_iso_or_null_with_a_note_and_are_never_guessed(
    given_: object, iso: str | None, noted: bool
) -> None:
    taken = from_fields({"id": "7", "text": "The river rose.", "published": given_})
    assert taken.article.published == iso
    assert bool(taken.notes) == noted


@pytest.mark.parametrize(
    ("line", "reason", "field"),
    [
        (b"{", "bad_json", None),
        (b"[]", "not_an_object", None),
        (b'{"id": "7", "text": "\xff"}', "bad_encoding", None),
        ('{"text": "x"}', "missing_field", "id"),
        ('{"id": "7"}', "missing_field", "text"),
        ('{"id": "7", "text": null}', "missing_field", "text"),
        ('{"id": "7", "text": " \\n"}', "empty_text", "text"),
        ('{"id": "7", "text": ["x"]}', "bad_field", "text"),
        ('{"id": "", "text": "x"}', "bad_field", "id"),
        ('{"id": true, "text": "x"}', "bad_field", "id"),
        ('{"id": "7", "text": "x", "url": 1}', "bad_field", "url"),
        ('{"id": "7", "text": "x", "published": []}', "bad_field", "published"),
        ('{"id": "7", "text": "x\\u0000"}', "nul_byte", "text"),
        (json.dumps({"id": "7" * 513, "text": "x"}), "bad_field", "id"),
        (json.dumps({"id": "7", "text": "x" * (MAX_TEXT + 1)}), "bad_field", "text"),
        (json.dumps({"id": "7", "text": "水" * 700_000}), "too_large", "text"),
        (json.dumps({"id": "7", "text": "x\n" * (MAX_LINES + 1)}), "too_many_lines", "text"),
    ],
)
def test_what_is_no_article_is_refused_with_field_and_fix(line: bytes | str, reason: str, field: str | None) -> None:
    with pytest.raises(BadMessage) as caught:
        from_line(line)
    assert (caught.value.reason, caught.value.field) == (reason, field)
    assert caught.value.fix


def test_a_text_file_is_an_article_named_after_it() -> None:
    article = from_file("flood.txt", "The river\u2019s high.\n".encode()).article
    assert (article.id, article.text) == ("flood.txt", "The river\u2019s high.\n")


@pytest.mark.parametrize("body", [b"", b"\xff\xfeT\x00", b"caf\xe9", b"a\x00b"])
def test_a_file_that_is_no_utf8_text_is_refused(body: bytes) -> None:
    with pytest.raises(BadMessage):
        from_file("flood.txt", body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=2)
)


@given(st.binary() | st.text())
def test_any_line_is_taken_or_refused(line: bytes | str) -> None:
    try:
        from_line(line)
    except BadMessage as refused:
        assert refused.fix


@given(st.dictionaries(st.sampled_from(["id", "url", "publisher", "published", "title", "text"]), JSON))
def test_any_fields_are_taken_or_refused(fields: dict[str, Any]) -> None:
    try:
        taken = from_fields(fields)
    except BadMessage as refused:
        assert refused.fix
    else:
        assert taken.article.text == fields["text"]
