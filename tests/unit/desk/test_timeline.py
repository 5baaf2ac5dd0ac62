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
