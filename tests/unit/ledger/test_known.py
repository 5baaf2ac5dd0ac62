"""Any figure can be shown as it was known at a time; nothing is edited in place."""

from __future__ import annotations

import random

from schemas.outcomes import Arrival
from schemas.topics import BY_MODEL
from services.ledger.known import Logged, known_at
from services.ledger.rules.series import series_of
from tests.unit.ledger.making import Record, claim, hours, message, revised

TORVIA = claim("2,000", article="first", speaker="Torvia")
ULMIA = claim("9,000", article="second", speaker="Ulmia")
SERIES = series_of(TORVIA) or ""


def log(*records: tuple[Record, float]) -> list[Logged]:
    return [
        (Arrival(BY_MODEL[type(record)].name, 0, offset, hours(at)), record)
        for offset, (record, at) in enumerate(records)
    ]


LOG = log(
    (message(TORVIA), 0),
    (message(ULMIA), 1),
    (message(claim("2,100", article="third", speaker="Ulmia", hour=20)), 20),
    (revised("art-first", "art-first-v2"), 30),
)


def states(at: float) -> tuple[set[str], list[str]]:
    figure = known_at(LOG, SERIES, hours(at))
    assert figure is not None
    return {statement.words for statement in figure.statements}, [conflict.state for conflict in figure.conflicts]


def test_before_anybody_spoke_nothing_was_known() -> None:
    assert known_at(LOG, SERIES, hours(-1)) is None


def test_each_time_has_what_was_known_then() -> None:
    assert states(0.5) == ({"2,000"}, [])
    assert states(2) == ({"2,000", "9,000"}, ["open"])
    assert states(21) == ({"2,000", "2,100"}, ["resolved"])
    assert states(31) == ({"2,100"}, ["resolved"])
    assert states(2) == ({"2,000", "9,000"}, ["open"]), "what was known then is not changed by what came later"


def test_a_conflict_of_long_ago_was_over_when_a_side_went_stale() -> None:
    figure = known_at(LOG[:2], SERIES, hours(24 * 8))
    assert figure is not None
    assert [(conflict.state, conflict.cause) for conflict in figure.conflicts] == [("resolved", "stale")]


def test_the_order_in_which_the_log_is_read_does_not_matter() -> None:
    shuffled = list(LOG)
    random.Random(7).shuffle(shuffled)  # noqa: S311  # no secret
    assert known_at(shuffled, SERIES, hours(21)) == known_at(LOG, SERIES, hours(21))
