"""Rules at their edges: corrections of one date, ranges that were passed, slips by a scale word, one number twice."""

from __future__ import annotations

from typing import Any

import pytest

from services.cli.compare import judge_pair

NOON, LATER = "2030-03-04T12:00", "2030-03-05T12:00"
TOLL = {"metric": "deaths", "kind": "cumulative"}


def judged(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """The verdict on two statements, by default of one speaker in two articles, a day apart."""
    side = {"speaker": "harbour office", "metric": "crowd", "unit": "people"}
    one, other = side | {"as_of": NOON, "article": "n1"} | a, side | {"as_of": LATER, "article": "n2"} | b
    found = judge_pair({"id": "x", "a": one, "b": other})
    assert found == judge_pair({"id": "x", "a": other, "b": one})
    return found


def test_a_correction_follows_its_error_also_where_both_carry_one_date() -> None:
    found = judged({"value": "21", "status": "correction"} | TOLL, {"value": "27", "as_of": NOON} | TOLL)
    assert (found["verdict"], found["alert"]) == ("decrease", True)
    assert {"correction", "revised_down"} <= set(found["flags"])


def test_two_corrections_of_one_date_contradict_each_other() -> None:
    corrected = {"status": "correction", "as_of": NOON}
    assert judged(corrected | {"value": "21"}, corrected | {"value": "27"})["verdict"] == "conflict"


@pytest.mark.parametrize(
    ("earlier", "later", "severity"),
    [
        ("20 to 30", "31", "info"),
        ("20 to 30", "34", "warning"),
        ("90 to 110", "112", "info"),
        ("2,000 to 7,000", "9,000", "warning"),
        ("9,000", "2,000 to 7,000", "warning"),
        ("2,000 to 3,000", "15,000", "critical"),
    ],
)
def test_a_change_beyond_a_range_is_measured_from_its_nearer_end(earlier: str, later: str, severity: str) -> None:
    assert judged({"value": earlier}, {"value": later})["severity"] == severity


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [("4 million", "4 billion", True), ("300", "30,000", True), ("4 million", "9 billion", False)],
)
def test_one_speaker_a_scale_word_or_two_zeros_off_is_held(one: str, other: str, holds: bool) -> None:
    found = judged({"value": one}, {"value": other})
    assert (found["severity"], found["hold"], "magnitude_slip" in found["flags"]) == ("critical", holds, holds)


@pytest.mark.parametrize(("feared", "verdict"), [("up to 40", "same"), ("up to 60", "refinement")])
def test_a_confirmed_number_does_not_contradict_a_fear_of_up_to_it(feared: str, verdict: str) -> None:
    fear = {"value": feared, "status": "feared", "speaker": "mayor", "as_of": NOON}
    assert judged({"value": "40", "status": "confirmed"}, fear)["verdict"] == verdict


@pytest.mark.parametrize(("hour", "verdict"), [("09", "increase"), ("12", "conflict")])
def test_in_one_text_hours_count_and_a_noon_that_stands_for_the_day_does_not(hour: str, verdict: str) -> None:
    first = {"value": "14", "as_of": f"2030-03-04T{hour}:00"} | TOLL
    second = {"value": "39", "as_of": "2030-03-04T18:00", "article": "n1", "speaker": "mayor"} | TOLL
    assert judged(first, second)["verdict"] == verdict


@pytest.mark.parametrize(
    ("value", "entity", "holds"),
    [("5,791", "Orla flood", True), ("5,791", "Vint flood", False), ("5,000", "Orla flood", False)],
)
def test_one_telling_number_under_two_metrics_of_one_event_is_held(value: str, entity: str, holds: bool) -> None:
    shelters = {"value": value, "entity": entity, "metric": "shelters", "unit": "shelters"}
    found = judged({"value": value, "entity": "Orla flood"} | TOLL, shelters)
    assert (found["verdict"], found["hold"], found["alert"]) == ("not_comparable", holds, False)
    assert ("metric_collision" in found["flags"]) == holds
