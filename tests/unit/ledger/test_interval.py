"""R2: the interval of a figure is what its words promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Bound
from schemas.interval import Interval, rounding, stated, vague


@pytest.mark.parametrize(
    ("value", "bound", "hedge", "low", "high"),
    [
        (14, "exact", None, 14, 14),
        (90, "exact", None, 90, 90),  # below 100 a round number is counted
        (1774, "exact", None, 1774, 1774),
        (2000, "exact", None, 1800, 2200),
        (15000, "exact", None, 14500, 15500),
        (33200, "exact", None, 33150, 33250),
        (4460, "exact", None, 4455, 4465),
        (10, "approx", "about", 9, 11),
        (2000, "approx", "Approximately", 1800, 2200),
        (1774, "approx", "some", 1685.3, 1862.7),
        (2000, "approx", "nearly", 1800, 2000),
        (40, "approx", "Almost", 36, 40),
        (25, "lower", "at least", 25, None),
        (400000, "upper", "as many as", 0, 400000),
        (0, "exact", None, 0, 0),
    ],
)
def test_a_stated_number_has_the_interval_of_rule_r2(
    value: float, bound: Bound, hedge: str | None, low: float, high: float | None
) -> None:
    assert stated(value, bound, hedge) == Interval(low, high)


def test_a_granule_tells_zeros_behind_a_point_from_round_ones() -> None:
    assert stated(2_000_000, "exact", None, granule=100_000) == Interval(1_950_000, 2_050_000)
    assert stated(2_000_000, "exact", None) == Interval(1_800_000, 2_200_000)


def test_a_range_takes_its_ends_in_either_order() -> None:
    assert stated(3000, "range", None, low=4000, high=3000) == Interval(3000, 4000)


@pytest.mark.parametrize(
    ("word", "scale", "low", "high", "soft_low"),
    [
        ("tens of", 1, 10, 99, False),
        ("Dozens", 1, 12, 99, False),
        ("scores", 1, 20, 199, False),
        ("hundreds of", 1, 100, 999, False),
        ("thousands", 1, 1000, 9999, False),
        ("tens of thousands", 1, 10000, 99999, False),
        ("tens", 1000, 10000, 99999, False),
        ("hundreds of thousands of", 1, 100000, 999999, False),
        ("a couple of", 1, 1.5, 2.5, True),
        ("a few", 100, 200, 500, True),
        ("several", 1000, 2000, 9000, True),
    ],
)
def test_a_vague_plural_has_a_hard_floor_and_a_soft_ceiling(
    word: str, scale: float, low: float, high: float, soft_low: bool
) -> None:
    assert vague(word, scale) == Interval(low, high, soft_low, True)


@pytest.mark.parametrize("word", ["", "many", "hundreds of horses", "few several"])
def test_any_other_word_is_no_vague_quantity(word: str) -> None:
    with pytest.raises(ValueError, match="vague quantity"):
        vague(word)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_count_is_a_finite_number_from_zero(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        stated(value, "exact", None)


@given(st.integers(0, 10**12), st.sampled_from(["exact", "approx", "lower", "upper"]))
def test_every_interval_holds_its_own_headline_number(value: int, bound: Bound) -> None:
    interval = stated(value, bound, None)
    assert interval.low <= value
    assert interval.high is None or value <= interval.high


@given(st.integers(0, 10**12))
def test_a_hedge_never_narrows(value: int) -> None:
    bare, hedged = stated(value, "exact", None), stated(value, "approx", "about")
    assert hedged.low <= bare.low
    assert bare.high is not None
    assert hedged.high is not None
    assert bare.high <= hedged.high
    assert rounding(value) <= value / 10
