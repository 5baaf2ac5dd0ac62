"""Bad input ends once in the dead letters with its bytes and the fix, and holds up nothing behind it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from schemas.dead_letter import KEPT_BYTES
from schemas.topics import PUBLISHED, REJECTED, TRACED
from tests.integration.running import Service

MIB = 1024 * 1024


def article(**fields: Any) -> bytes:
    return json.dumps({"id": "x", "text": "Some words about nothing much at all.", **fields}).encode()


POISON: dict[str, tuple[bytes | None, str, str | None]] = {
    "broken JSON": (b'{"id": "x", "text": ', "bad_json", None),
    "invalid UTF-8": (b'{"id": "x", "text": "\xff\xfe"}', "bad_encoding", None),
    "a NUL byte": (article(text="a\x00b"), "nul_byte", "text"),
    "a depth bomb": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "too_deep", None),
    "a number too large": (b'{"id": 1e999, "text": "x"}', "bad_number", None),
    "a duplicate key": (b'{"id": "x", "id": "y", "text": "x"}', "duplicate_key", "id"),
    "a duplicate key that no UTF-8 can hold": (rb'{"\ud800": 1, "\ud800": 2}', "duplicate_key", r"\ud800"),
    "a missing field": (b'{"id": "x"}', "missing_field", "text"),
    "an unknown field": (article(writer="me"), "unknown_field", "writer"),
    "an unknown version": (article(version="7.0"), "unknown_version", "version"),
    "a tombstone": (None, "tombstone", None),
    "a date in 2099": (article(published="2099-01-01"), "date_ahead", "published"),
    "3 MB": (article(text="word " * (3 * MIB // 5)), "too_large", None),
    "50 MB": (article(text="word " * (50 * MIB // 5)), "too_large", None),
}


@pytest.mark.timeout(300)
async def test_each_poison_is_one_dead_letter_and_the_good_behind_it_passes(service: Service) -> None:
    worker = await service.start("admit", "copies")
    for number, (body, _, _) in enumerate(POISON.values()):
        await service.send_raw(body)  # one key, one partition: the good article stands right behind the bad one
        await service.send_raw(article(id=f"good-{number}", text=f"Article {number} tells of nothing in particular."))
    await service.quiet("admit", "copies")
    assert worker.returncode is None, service.logs()

    letters = sorted(await service.messages(REJECTED), key=lambda letter: letter.origin.offset)
    assert [(letter.reason, letter.field) for letter in letters] == [(r, f) for _, r, f in POISON.values()]
    for letter, (body, _, _) in zip(letters, POISON.values(), strict=True):
        assert letter.origin.topic == PUBLISHED.name
        assert letter.fix
        assert letter.body == (None if body is None else body if letter.complete else body[:KEPT_BYTES])
        assert letter.body_size == len(body or b"")
        assert letter.body_sha256 == (hashlib.sha256(body).hexdigest() if body is not None else None)
        assert letter.complete is (len(body or b"") <= 2 * MIB)
    good = {message.article for message in await service.messages(TRACED)}
    assert good == {f"good-{number}" for number in range(len(POISON))}


async def test_dead_letters_are_listed_shown_and_replayed(service: Service) -> None:
    await service.start("admit", "copies")
    await service.send_raw(b'{"id": "late-fix"}')
    await service.quiet("admit", "copies")
    code, listed, _ = await service.command("dead-letters", "list", "--json")
    (letter,) = [json.loads(line) for line in listed.splitlines()]
    assert (code, letter["reason"], letter["field"]) == (0, "missing_field", "text")

    code, table, _ = await service.command("dead-letters", "list")
    assert code == 0
    assert letter["id"] in table and "admit: missing_field" in table  # whole where no terminal says its width

    code, shown, _ = await service.command("dead-letters", "show", letter["id"])
    assert code == 0
    assert "late-fix" in shown and "add 'text'" in shown

    code, _, err = await service.command("dead-letters", "show", "dead-nothing")
    assert code == 2
    assert "no such dead letter" in err

    code, said, _ = await service.command("dead-letters", "replay", letter["id"])
    assert code == 0 and letter["id"] in said
    await service.quiet("admit", "copies")
    origins = [(found.origin.partition, found.origin.offset) for found in await service.messages(REJECTED)]
    assert len(set(origins)) == 2, "the replayed record was judged anew, at its new offset"
