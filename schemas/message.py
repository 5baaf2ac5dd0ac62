"""What every word and every message has in common, and the one way bytes become a message and back.

Strict where we write: an unknown field is an error. Tolerant where we read a newer minor version: its unknown fields
are dropped, so that a reader can be deployed after a writer. Another major version is refused: its words may differ.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import BadMessage
from schemas.printable import visible

MAX_DEPTH = 32
"""Deepest nesting of JSON accepted. Our deepest message has 5 levels; orjson itself refuses from 1024."""


class Word(BaseModel):
    """A frozen value with checked types: no coercion, no unknown field, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class Message(Word):
    """A word that travels alone on a topic. `TYPE` is its CloudEvents type and the stem of its topic's name."""

    TYPE: ClassVar[str]
    MAJOR: ClassVar[int] = 1
    MINOR: ClassVar[int] = 0

    version: str = Field(
        default="1.0",
        pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$",
        description="Version of this message, major.minor. Readers accept their own major and any minor.",
    )

    @classmethod
    def ce_type(cls) -> str:
        """Its CloudEvents type with the major version (`ce_type`): "news.claim.made.v1"."""
        return f"{cls.TYPE}.v{cls.MAJOR}"

    def record_id(self) -> str:
        """The deterministic id of this record (`ce_id`): the same input gives the same id on every run."""
        raise NotImplementedError


M = TypeVar("M", bound=Message)


def encode(message: Message) -> bytes:
    """The JSON bytes of a message, fields in the order the model declares them."""
    return message.__pydantic_serializer__.to_json(message)


def decode(model: type[M], body: bytes | None) -> M:
    """The message in a record's value.

    Raises BadMessage with a stable reason: tombstone, bad_encoding, nul_byte, bad_json, too_deep, duplicate_key,
    bad_number, not_an_object, unknown_version, missing_field, unknown_field, bad_field.
    """
    if body is None:
        raise BadMessage("tombstone", "the record has no value", fix=f"send a {model.TYPE} as JSON")
    try:
        message = model.model_validate_json(body)
    except ValidationError:
        return _validate(model, _parse(body))
    _check_version(model, message.version)
    return message


def decode_untrusted(model: type[M], body: bytes | None) -> M:
    """As `decode`, for bytes that somebody else wrote: also refuses duplicate keys, NUL bytes and deep nesting.

    Costs a second parse (about 20 us for a 3 kB article), so only admit uses it.
    """
    if body is None:
        return decode(model, body)
    return _validate(model, _parse(body))


def _parse(body: bytes) -> dict[str, Any]:
    """A JSON object out of foreign bytes, or BadMessage. Both parsers are guarded: orjson by depth, json by hooks."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadMessage(
            "bad_encoding", f"byte {error.start} is not UTF-8 ({error.reason})", fix="send UTF-8 without a BOM"
        ) from None
    if "\x00" in text:
        raise _nul(None)
    if _depth(text) > MAX_DEPTH:
        raise BadMessage("too_deep", f"nested deeper than {MAX_DEPTH} levels", fix="send a flat article object")
    try:
        parsed = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except json.JSONDecodeError as error:
        raise BadMessage(
            "bad_json", f"{error.msg} at character {error.pos}", fix="send one JSON object per record"
        ) from None
    except (RecursionError, ValueError) as error:  # ValueError: an integer of more than 4300 digits
        raise BadMessage("bad_number", str(error), fix="send numbers a 64-bit float can hold") from None
    if not isinstance(parsed, dict):
        raise BadMessage("not_an_object", f"a JSON {type(parsed).__name__}", fix="send one JSON object per record")
    return parsed


def _depth(text: str) -> int:
    """Deepest bracket nesting outside strings. Linear, no recursion: a depth bomb must not reach a parser."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                quoted = False
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return depth
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:  # one pass: counting each name took 10 s for 20,000 keys, a body of 209 kB
        if name in found:
            raise BadMessage(
                "duplicate_key", "the key stands twice", fix="send each key once", field=visible(name[:100])
            )
        found[name] = value
    for name, value in pairs:
        if isinstance(value, str) and "\x00" in value:
            raise _nul(visible(name[:100]))
    return found


def _nul(field: str | None) -> BadMessage:
    return BadMessage("nul_byte", "holds a NUL character", fix="remove U+0000 from the text", field=field)


def _constant(name: str) -> NoReturn:
    raise BadMessage("bad_number", f"{name} is not JSON", fix="send a finite number or null")


def _float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise BadMessage("bad_number", f"{digits[:40]} is too large", fix="send numbers a 64-bit float can hold")
    return value


def _validate(model: type[M], parsed: dict[str, Any]) -> M:
    newer = _check_version(model, parsed.get("version", f"{model.MAJOR}.{model.MINOR}"))
    try:
        # JSON mode, so that strict models read ISO dates and arrays as tuples.
        return model.model_validate_json(orjson.dumps(parsed), extra="ignore" if newer else "forbid")
    except ValidationError as error:
        raise _explain(error) from None
    except (TypeError, orjson.JSONEncodeError) as error:  # lone surrogates, integers beyond 64 bits
        raise BadMessage("bad_encoding", str(error), fix="send valid Unicode and 64-bit numbers") from None


def _check_version(model: type[Message], version: object) -> bool:
    """True when the record is of a newer minor version. Raises BadMessage for another major or no version at all."""
    try:
        major, minor = (int(part) for part in str(version).split("."))
    except ValueError:
        major, minor = -1, -1
    if not isinstance(version, str) or major != model.MAJOR:
        raise BadMessage(
            "unknown_version",
            f"{str(version)[:40]!r} is not a version of {model.TYPE} this service reads",
            fix=f'send "version": "{model.MAJOR}.{model.MINOR}"',
            field="version",
        )
    return minor > model.MINOR


def _explain(error: ValidationError) -> BadMessage:
    """The first complaint of pydantic as one reason, one field, one fix."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = visible(".".join(str(part) for part in first["loc"])[:200])
    match first["type"]:
        case "missing":
            return BadMessage("missing_field", "is missing", fix=f"add {field!r}", field=field)
        case "extra_forbidden":
            return BadMessage(
                "unknown_field",
                "is not a field of this version",
                fix=f"remove {field!r} or send the newer version it belongs to",
                field=field,
            )
        case _:
            given = repr(first.get("input"))
            return BadMessage(
                "bad_field",
                f"{first['msg']} (got {given[:80]})",
                fix="see the JSON Schema of this message in schemas/generated",
                field=field,
            )
