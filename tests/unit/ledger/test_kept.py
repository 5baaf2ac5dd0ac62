"""What the ledger worked out of a claim stays with it, and with it alone."""

from __future__ import annotations

import pytest

from schemas.claim import Claim
from schemas.message import decode, encode
from services.ledger.event.reach import reach
from services.ledger.rows.record import rank
from services.ledger.rules.moment import told_at
from services.ledger.rules.series import series_of
from tests.unit.ledger.making import hours, message, toll


def asked(claim: Claim) -> tuple[object, ...]:
    return series_of(claim), told_at(claim), reach(claim), rank(claim), hash(claim)


@pytest.mark.parametrize("deep", [False, True])
def test_a_copy_with_other_words_is_another_claim(*, deep: bool) -> None:
    one = toll("20")
    known = asked(one)
    changes = {"places": ("Q99",), "as_of": hours(50), "published": hours(50), "value": 21.0}
    copied = one.model_copy(update=changes, deep=deep)
    fresh = Claim(**(one.model_dump() | changes))
    assert copied == fresh
    assert asked(copied) == asked(fresh)
    assert all(ours != theirs for ours, theirs in zip(asked(copied), known, strict=True))
    assert asked(one) == known


def test_what_is_kept_is_no_part_of_the_claim() -> None:
    one = toll("20")
    bare = encode(message(one))
    asked(one)
    assert encode(message(one)) == bare
    (again,) = decode(type(message(one)), bare).claims
    assert again == one
    assert asked(again) == asked(one)
