"""The chart says what the interval says."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Claim
from services.desk.chart import EDGE, LEFT, RIGHT, Chart, draw
from tests.unit.desk import dispute as d


def numbers(low: float, high: float | None, **fields: object) -> Claim:
    return d.SAYS_UNION.model_copy(update={"value": low, "low": low, "high": high, **fields})


@st.composite
def claims(draw_from: st.DrawFn) -> Claim:
    low = draw_from(st.floats(0, 1e12))
    high = draw_from(st.none() | st.floats(low, 2e12))
    return numbers(low, high, soft_low=draw_from(st.booleans()), soft_high=draw_from(st.booleans()))


def chart(*shown: Claim, apart: tuple[Claim, Claim] | None = None) -> Chart:
    return draw(shown, apart)


def test_a_floor_leaves_the_axis_as_an_open_arrow() -> None:
    floor, number = chart(d.SAYS_LANTERN, d.SAYS_MINISTRY).rows
    assert floor.floor
    assert floor.high == EDGE > RIGHT
    assert not number.floor


def test_a_soft_end_fades_and_a_hard_end_does_not() -> None:
    vague, number = chart(d.SAYS_DRIVER, d.SAYS_MINISTRY).rows
    assert (vague.fade, number.fade) == ("high", "none")
    assert chart(numbers(5, 9, soft_low=True, soft_high=True)).rows[0].fade == "both"
    assert chart(numbers(5, None, soft_low=True, soft_high=True)).rows[0].fade == "low"


def test_a_ceiling_promises_no_low_end() -> None:
    row = chart(numbers(0, 300, value=300, bound="upper")).rows[0]
    assert row.ceiling
    assert (row.low, row.dot) == (LEFT, row.high)


def test_the_gap_lies_between_two_that_do_not_meet() -> None:
    drawn = chart(d.SAYS_MINISTRY, d.SAYS_UNION, apart=(d.SAYS_UNION, d.SAYS_MINISTRY))
    lower, higher = drawn.rows
    assert drawn.gap is not None
    assert drawn.gap.low == lower.high
    assert round(drawn.gap.low + drawn.gap.width, 2) == higher.low


def test_two_that_meet_have_no_gap() -> None:
    assert chart(d.SAYS_LANTERN, d.SAYS_UNION, apart=(d.SAYS_LANTERN, d.SAYS_UNION)).gap is None


def test_a_soft_end_does_not_press_firm_numbers_into_a_corner() -> None:
    tens_of_thousands = numbers(10_000, 99_999, soft_high=True)
    number = numbers(15_000, 15_000)
    assert chart(tens_of_thousands, number).rows[1].dot > 40


@given(st.lists(claims(), min_size=1, max_size=8))
def test_everything_stands_on_the_track_in_the_order_of_the_numbers(shown: Sequence[Claim]) -> None:
    drawn = draw(shown)
    for row in drawn.rows:
        assert LEFT <= row.low <= row.high <= EDGE
        assert LEFT <= row.dot <= RIGHT
    in_order = [row.dot for row in sorted(drawn.rows, key=lambda row: row.claim.value)]
    assert in_order == sorted(in_order)


@given(st.floats(0, 1e15))
def test_an_axis_has_zero_and_few_ticks(highest: float) -> None:
    ticks = chart(numbers(highest, highest)).ticks
    assert ticks[0].label == "0"
    assert 1 <= len(ticks) <= 7
    assert all(LEFT <= tick.x <= RIGHT for tick in ticks)
    assert len({tick.x for tick in ticks}) == len(ticks)
