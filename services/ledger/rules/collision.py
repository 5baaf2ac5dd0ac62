"""R8's metric collision: one number under two metrics of one event (AP and Haiyan: 4,460 dead were shelters).

A number is a line of its block's row (block.py): value, metric, places, time, article, place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import orjson

from schemas.claim import Claim
from services.ledger.rules.places import particular_places
from services.ledger.rules.thresholds import thresholds

_DAYS = timedelta(days=14)
"""Longer than that the same digits are chance again: 900 three-digit numbers fill up."""


def collides(claim: Claim, numbers: bytes) -> bool:
    """Whether one of `numbers` is this claim's number under another metric of what may be the same event."""
    if not numbers or not _is_telling(claim):
        return False
    value, own_places = orjson.dumps(claim.value), list(particular_places(claim))
    own = b"[" + value + b"," + orjson.dumps(claim.metric) + b","
    return any(
        (not places or not own_places or places == own_places)
        and abs(datetime.fromisoformat(as_of) - claim.as_of) <= _DAYS
        and (article_id, start) != (claim.article_id, claim.start)  # "1,234 dead and injured" is one figure
        for line in _of_value(numbers, value)
        if not line.startswith(own)
        for _, _, places, as_of, article_id, start in (orjson.loads(line),)
    )


def remember(numbers: bytes, claims: Iterable[Claim]) -> bytes:
    """`numbers` with those of `claims` that have enough significant digits to be no coincidence."""
    for claim in claims:
        if _is_telling(claim):
            line = b"\n" + _line(claim)
            if line not in numbers:
                numbers += line
    return numbers


def significant_digits(value: float) -> int:
    """Digits without leading and trailing zeros: 3 for 4,460, 1 for 2,000."""
    return len(f"{value:.6f}".replace(".", "").strip("0"))


def _line(claim: Claim) -> bytes:
    places = particular_places(claim)
    return orjson.dumps([claim.value, claim.metric, places, claim.as_of, claim.article_id, claim.start])


def _of_value(numbers: bytes, value: bytes) -> Iterator[bytes]:
    """The lines that begin with a value."""
    beginning = b"\n[" + value + b","
    at = numbers.find(beginning)
    while at >= 0:
        yield numbers[at + 1 :].partition(b"\n")[0]
        at = numbers.find(beginning, at + 1)


def _is_telling(claim: Claim) -> bool:
    """Whether the number has too many significant digits to be met by chance, and is its text's own."""
    if claim.bound in ("range", "vague") or claim.part == "title":
        return False
    return significant_digits(claim.value) >= thresholds(claim.metric).collision_digits
