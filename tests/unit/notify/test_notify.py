"""Which alerts go out, and how they read."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Duplicate, Processed
from services.notify.console import render
from services.notify.stage import step

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def claim(id_: str, sentence: str, words: str, scope: str, *, low: float, high: float) -> Claim:
    start = 100 + sentence.index(words)
    return Claim(
        id=id_, article=f"article-{id_}", article_id=f"art-{id_}", publisher="The Valley Post", lineage="l",
        published=NOON, reader="1", words=words, start=start, end=start + len(words), sentence=sentence,
        sentence_start=100, sentence_end=100 + len(sentence), sentence_index=0, value=low, low=low, high=high,
        bound="exact", modifier=None, counted="people", unit="people", metric=Metric.PEOPLE_PRESENT, scope=scope,
        as_of=NOON, speaker=None, block="people:XX",
    )  # fmt: skip


ONE = claim("c1", "About 500 people are in the shelter, the mayor said.", "500", "shelter", low=475, high=525)
OTHER = claim("c2", "The army counts 900 to 1,200 in the valley.", "900 to 1,200", "valley", low=900, high=1200)


def alert(sequence: int = 1) -> AlertRaised:
    return AlertRaised(
        id=f"alr-1:{sequence}",
        fingerprint="alr-1",
        sequence=sequence,
        message_type="alert" if sequence == 1 else "update",
        severity="warning",
        verdict="conflict",
        flags=("scope_differs", "tomorrows_flag"),
        reason="disjoint",
        because=("the intervals do not meet", "the text sets them side by side"),
        ratio=1.71,
        series="ser-1",
        label="People present, the valley",
        metric=Metric.PEOPLE_PRESENT,
        attribution="The mayor says 500 people are in the shelter; the army says 900 to 1,200 are in the valley",
        sides=(
            Side(voice="The army", claim="c2", outlets=3, origins=1),
            Side(voice="The mayor", claim="c1", outlets=1, origins=1),
        ),
        claims=(ONE, OTHER),
        raised=NOON,
    )


def at(offset: int) -> Arrival:
    return Arrival("news.alert.raised.v1", 0, offset, NOON)


def test_the_text_shows_who_said_what_where_and_why() -> None:
    text = render(alert())
    assert text.startswith(
        "ALERT [warning] conflict, 1.7 times apart: People present, the valley\n  The mayor says 500"
    )
    assert "one number is of the shelter, the other of the valley" in text
    assert "tomorrows_flag" in text
    assert "“About [500] people are in the shelter, the mayor said.”" in text
    assert "article article-c1, The Valley Post, 2026-03-01, characters 106 to 109" in text
    assert "The army (3 outlets, 1 origin): 900 to 1,200 people, that is 900 to 1,200" in text
    assert "why (disjoint):\n    1. the intervals do not meet\n    2. the text sets" in text


def test_no_line_is_wider_than_the_screen() -> None:
    assert max(map(len, render(alert()).splitlines())) <= 100


def test_the_same_alert_from_upstream_again_is_no_news() -> None:
    first = step(alert(), {"delivered": {}}, at(3))
    assert isinstance(first, Processed)
    (write,) = first.store
    assert write.value is not None
    rows = {"delivered": {write.key: write.value}}
    assert step(alert(), rows, at(9)) == Duplicate(of="alr-1:1")
    assert isinstance(step(alert(2), rows, at(9)), Processed)


def test_a_redelivery_after_a_crash_goes_out_again_with_the_same_id() -> None:
    first = step(alert(), {"delivered": {}}, at(3))
    assert isinstance(first, Processed)
    (write,) = first.store
    assert write.value is not None
    assert step(alert(), {"delivered": {write.key: write.value}}, at(3)) == first


@given(st.lists(st.integers(min_value=1, max_value=5), max_size=20))
def test_what_goes_out_only_rises(sequences: list[int]) -> None:
    rows: dict[str, bytes] = {}
    delivered = []
    for offset, sequence in enumerate(sequences):
        outcome = step(alert(sequence), {"delivered": rows}, at(offset))
        if isinstance(outcome, Processed):
            delivered.append(sequence)
            rows |= {write.key: write.value for write in outcome.store if write.value is not None}
    assert delivered == sorted(set(delivered))


def test_an_unnamed_publisher_and_an_open_end_can_be_shown() -> None:
    open_end = OTHER.model_copy(update={"high": None, "publisher": None, "soft_low": True})
    text = render(alert().model_copy(update={"claims": (ONE, open_end)}))
    assert "900 (soft) or more" in text
    assert "unknown publisher" in text
