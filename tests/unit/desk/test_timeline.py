"""The drawing of a figure over time stays inside its box and says what the claims say."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Claim
from services.desk.site.timeline import BOTTOM, LEFT, RIGHT, TOP, VOICES, timeline
from tests.unit.desk import dispute as d

UTC_ZONE = ZoneInfo("UTC")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    low = draw(st.floats(0, 1e9))
    high = draw(st.none() | st.floats(low, 2e9))
    at = d.NOON + timedelta(minutes=draw(st.integers(0, 10**6)))
    voice = draw(st.sampled_from("ABCDEF"))
    return d.SAYS_UNION.model_copy(update={"value": low, "low": low, "high": high, "as_of": at, "speaker": voice})


@given(st.lists(claims(), min_size=2, max_size=30))
def test_every_bar_stays_inside_the_drawing(shown: list[Claim]) -> None:
    drawn = timeline(shown, UTC_ZONE)
    assert drawn is not None
    assert len(drawn.bars) == len(shown)
    for bar in drawn.bars:
        assert LEFT <= bar.x <= RIGHT
        assert TOP <= bar.high <= bar.low <= BOTTOM
        assert 0 <= bar.rank <= VOICES
    assert len(drawn.voices) <= VOICES
    assert len(drawn.days) <= 6


def test_a_single_claim_has_no_drawing() -> None:
    assert timeline([d.SAYS_UNION], UTC_ZONE) is None


def test_a_floor_goes_up_to_the_top() -> None:
    drawn = timeline([d.SAYS_LANTERN, d.SAYS_MINISTRY], UTC_ZONE)
    assert drawn is not None
    assert [(bar.floor, bar.high == TOP) for bar in drawn.bars if bar.claim is d.SAYS_LANTERN] == [(True, True)]


def said(voice: str, hours: float) -> Claim:
    at = d.NOON + timedelta(hours=hours)
    return d.SAYS_UNION.model_copy(update={"as_of": at, "speaker": voice, "id": f"{voice}{hours}"})


def test_who_contradicts_another_has_a_mark_of_its_own_however_seldom_it_speaks() -> None:
    often = [said(voice, hours) for voice in "ABCDE" for hours in (1, 2)]
    drawn = timeline([*often, said("Z", 3)], UTC_ZONE, {"Z"})
    assert drawn is not None
    assert drawn.voices == ("Z", "A", "B", "C")
    assert drawn.others
    few = timeline([said("A", 1), said("B", 2)], UTC_ZONE)
    assert few is not None
    assert not few.others


def test_a_days_label_stands_where_that_day_begins() -> None:
    drawn = timeline([said("A", 0), said("B", 12), said("C", 72)], UTC_ZONE)  # from noon to noon
    assert drawn is not None
    assert [day.label for day in drawn.days] == ["5 Mar", "6 Mar", "7 Mar"]
    assert drawn.days[0].x == drawn.bars[1].x


def test_years_apart_the_year_is_said() -> None:
    drawn = timeline([said("A", 0), said("B", 24 * 365 * 2)], UTC_ZONE)
    assert drawn is not None
    assert [day.label for day in drawn.days][::4] == ["Mar 2026", "Mar 2028"]
