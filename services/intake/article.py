"""Is this an article? An article line or a plain text file becomes `ArticlePublished`, or goes back with field and fix.

Generous with form where the meaning is certain (dates, numbers as ids, Windows line ends), strict where it is not. What
was changed or left out is told in `Taken.notes`, so that a publisher can see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError

from schemas.article import MAX_LINES, MAX_TEXT, ArticlePublished, lines_in
from schemas.dates import read_date
from schemas.errors import BadMessage
from schemas.message import encode
from schemas.topics import MAX_BODY

_OPTIONAL = ("url", "publisher", "title")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was taken, and what was assumed or left out on the way."""

    article: ArticlePublished
    notes: tuple[str, ...] = ()


def from_line(line: bytes | str) -> Taken:
    """The article in one JSON line `{"id", "url", "publisher", "published", "title", "text"}`.

    All but id and text may be null or absent, more keys are ignored. Raises BadMessage: bad_encoding, bad_json,
    not_an_object, and as `from_fields`.
    """
    if isinstance(line, bytes):
        line = _decoded(line)
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadMessage("bad_json", str(error)[:200], fix="send one JSON object per line") from None
    if not isinstance(fields, dict):
        raise BadMessage("not_an_object", f"a JSON {type(fields).__name__}", fix="send one JSON object per line")
    return from_fields(fields)


def from_fields(fields: Mapping[str, Any]) -> Taken:
    """The article in the fields of a line.

    Raises BadMessage: missing_field, bad_field, empty_text, too_many_lines, nul_byte, too_large.
    """
    notes: list[str] = []
    found: dict[str, Any] = {"id": _id(fields.get("id")), "text": _text(fields.get("text"))}
    for name in _OPTIONAL:
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            raise BadMessage("bad_field", f"is a {type(value).__name__}", fix="send a string or null", field=name)
        found[name] = value.strip() or None if value else None
    found["published"] = _published(fields.get("published"), notes)
    for name, value in found.items():
        if value is not None and "\x00" in value:
            raise BadMessage("nul_byte", "holds a NUL character", fix="remove U+0000 from the text", field=name)
    try:
        article = ArticlePublished(**found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise BadMessage("bad_field", first["msg"], fix=f"send a shorter or valid {field}", field=field) from None
    size = len(encode(article))
    if size > MAX_BODY:  # of the fields only text may be that long
        raise BadMessage(
            "too_large",
            f"makes a message of {size:,} bytes in UTF-8, at most {MAX_BODY:,} are taken",
            fix="send one article, not an archive; split live blogs by entry",
            field="text",
        )
    return Taken(article, tuple(notes))


def from_file(name: str, body: bytes) -> Taken:
    """The article in a plain text file: its id is the file's name, its text is all of the file, unchanged.

    Raises BadMessage: bad_encoding, and as `from_fields`.
    """
    return from_fields({"id": name, "text": _decoded(body)})


def _decoded(body: bytes) -> str:
    if body.startswith(_BYTE_ORDER_MARKS):
        raise BadMessage("bad_encoding", "is UTF-16", fix="save it as UTF-8")
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadMessage(
            "bad_encoding", f"byte {error.start} is not UTF-8 ({error.reason})", fix="send UTF-8"
        ) from None


def _id(value: object) -> str:
    """The publisher's id; a whole number is taken as its digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        raise BadMessage("missing_field", "is missing", fix="add the publisher's own name of the article", field="id")
    if not isinstance(value, str) or not value.strip():
        raise BadMessage("bad_field", "is not a name", fix="send a string that is not empty", field="id")
    return value


def _text(value: object) -> str:
    if value is None:
        raise BadMessage("missing_field", "is missing", fix="add the whole text of the article", field="text")
    if not isinstance(value, str):
        raise BadMessage("bad_field", f"is a {type(value).__name__}", fix="send the text as one string", field="text")
    if not value.strip():
        raise BadMessage("empty_text", "holds only white space", fix="send the whole text of the article", field="text")
    if len(value) > MAX_TEXT:
        raise BadMessage(
            "bad_field",
            f"has {len(value):,} characters, at most {MAX_TEXT:,} are taken",
            fix="send one article, not an archive",
            field="text",
        )
    if (lines := lines_in(value)) > MAX_LINES:
        raise BadMessage(
            "too_many_lines",
            f"has {lines:,} lines, at most {MAX_LINES:,} are taken",
            fix="send one article, with one line for each paragraph",
            field="text",
        )
    return value


def _published(value: object, notes: list[str]) -> str | None:
    """ISO 8601 where the date can be read in one way, else None and a note: a wrong date is worse than none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadMessage(
            "bad_field",
            f"is a {type(value).__name__}",
            fix="send ISO 8601, like 2021-11-14T09:30Z, or null",
            field="published",
        )
    given = value if isinstance(value, str) else f"{value:.0f}"
    reading = read_date(given)
    if reading is None:
        notes.append(
            f"published: {given[:40]!r} is no date, or may be two; left out. Send ISO 8601, like 2021-11-14T09:30Z"
        )
        return None
    if reading.note:
        notes.append(f"published: {given[:40]!r}: {reading.note}")
    if reading.whole_day:
        return reading.moment.date().isoformat()
    return reading.moment.isoformat().replace("+00:00", "Z")
