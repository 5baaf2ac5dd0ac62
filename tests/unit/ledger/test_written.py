"""A figure as a pair writes it, cut out of its sentence."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import BadMessage
from services.cli.compare import judge_pair
from services.cli.written import read_value

SIDE = {
    "speaker": "harbour office",
    "as_of": "2030-03-04T12:00",
    "article": "n1",
    "metric": "deaths",
    "unit": "people",
    "kind": "cumulative",
}


def judged(a: dict[str, Any], b: dict[str, Any], **relation: Any) -> dict[str, Any]:
    other = SIDE | {"speaker": "mayor", "article": "n2"} | b
    return judge_pair({"id": "x", "a": SIDE | a, "b": other, "relation": relation})


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("scores", 20, 199),
        ("tens", 10, 99),
        ("33.200", 33_150, 33_250),
        ("1.234 million", 1_233_500, 1_234_500),
        ("2'000", 1800, 2200),
        ("“2,000”", 1800, 2200),
        ("about 2,000 migrants", 1800, 2200),
        ("dozens of people", 12, 99),
        ("a total of 300", 270, 330),
        ("exactly 300", 300, 300),
        ("anywhere between 300 and 400", 300, 400),
        ("no deaths", 0, 0),
        ("nil", 0, 0),
        ("No one was killed", 0, 0),
        ("approx. 2,000", 1800, 2200),
        ("c. 2,000", 1800, 2200),
        ("2.5m", 2_450_000, 2_550_000),
        ("3 000–4 000", 3000, 4000),
        ("at least 40 people killed", 40, None),
        ("hundreds of weary migrants", 100, 999),
        ("2,357 confirmed dead", 2357, 2357),
    ],
)
def test_a_figure_cut_out_of_its_sentence_is_read(words: str, low: float, high: float | None) -> None:
    read = read_value(words).interval
    assert (read.low, read.high) == (low, high)


def test_three_decimals_are_a_fraction_only_of_a_measure() -> None:
    assert read_value("6.125", counted=False).value == 6.125
    assert read_value("6.125").value == 6125


def test_what_is_reported_to_be_none_is_what_is_known_so_far() -> None:
    found = judged({"value": "no deaths reported"}, {"value": "2"})
    assert (found["severity"], found["flags"]) == ("info", ["soft_bound"])
    assert judged({"value": "no one killed"}, {"value": "2"})["severity"] == "critical"


@pytest.mark.parametrize(
    "words",
    [
        "two thirds",
        "3 of 5",
        "20s",
        "four score",
        "at least 2 but 300 hurt",
        "20 more dead",
        "12 killed per day",
        "no new deaths",
        "40 dead and wounded",
    ],
)
def test_words_that_hold_a_number_and_are_none_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        read_value(words)


@pytest.mark.parametrize(
    "words", [None, "no mention", "made no mention", "not stated", "n/a", "unknown", "did not say", "silent"]
)
def test_who_makes_no_mention_does_not_say_zero(words: str | None) -> None:
    found = judged({"value": "12"}, {"value": words})
    assert (found["verdict"], found["reason"], found["alert"]) == ("not_comparable", "no_claim", False)


def test_an_interval_stands_for_words_that_are_no_figure() -> None:
    found = judged({"value": "mid-hundreds", "interval": [400, 600]}, {"value": "1,400"})
    assert (found["verdict"], found["severity"]) == ("conflict", "warning")
    with pytest.raises(BadMessage):
        judged({"value": "mid-hundreds"}, {"value": "1,400"})
    assert judged({"value": None, "interval": [400, 600]}, {"value": "1,400"})["verdict"] == "conflict"


def test_names_are_one_in_any_case_and_spacing() -> None:
    later = {"speaker": " Harbour  Office", "as_of": "2030-03-04T18:00", "metric": "Deaths", "unit": "People"}
    found = judged({"value": "34", "status": "Asserted"}, later | {"value": "29"})
    assert (found["verdict"], found["flags"]) == ("decrease", ["revised_down"])


def test_without_a_speaker_the_publisher_speaks_at_the_time_of_publication() -> None:
    paper = {"speaker": None, "publisher": "Tidings", "as_of": None}
    found = judged(
        paper | {"value": "34", "published": "2030-03-04T09:00"},
        paper | {"value": "39", "published": "2030-03-04T15:00"},
    )
    assert (found["verdict"], found["flags"]) == ("increase", [])


@pytest.mark.parametrize(("metric", "verdict"), [("deaths", "increase"), ("crowd", "conflict")])
def test_the_dead_are_a_running_total_unless_said_otherwise(metric: str, verdict: str) -> None:
    bare = {"kind": None, "metric": metric}
    assert judged(bare | {"value": "34"}, bare | {"value": "39", "as_of": "2030-03-04T15:00"})["verdict"] == verdict


@pytest.mark.parametrize(
    ("window", "verdict"),
    [("since 2029-03", "conflict"), ("since 2028-05", "not_comparable"), (None, "not_comparable")],
)
def test_a_beginning_told_more_closely_is_one_window(window: str | None, verdict: str) -> None:
    assert judged({"value": "34", "window": "since 2029"}, {"value": "29", "window": window})["verdict"] == verdict


@pytest.mark.parametrize(
    ("origin", "relation"),
    [
        ({"origin_cluster": "c1"}, {}),
        ({"cluster": 7}, {}),
        ({}, {"same_origin": True}),
        ({}, {"same_origin_cluster": True}),
    ],
)
def test_one_text_carried_twice_is_a_copy(origin: dict[str, Any], relation: dict[str, bool]) -> None:
    found = judged(origin | {"value": "at least 12"}, origin | {"value": "12"}, **relation)
    assert (found["verdict"], found["flags"]) == ("same", ["duplicate_copy"])


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        ("at least 45", "at least 40", "decrease"),
        ("34", "at least 25", "decrease"),
        ("more than 312", "more than 300", "refinement"),
        ("53", "more than 50", "refinement"),
        ("up to 60", "at least 40", "refinement"),
    ],
)
def test_one_voice_that_lowers_its_floor_revises_and_rounding_is_no_fall(
    earlier: str, later: str, verdict: str
) -> None:
    found = judged({"value": earlier}, {"value": later, "speaker": "harbour office", "as_of": "2030-03-04T18:00"})
    assert found["verdict"] == verdict
    assert ("revised_down" in found["flags"]) == found["alert"] == (verdict == "decrease")


def test_a_lower_floor_of_another_voice_takes_nothing_back() -> None:
    assert judged({"value": "at least 45"}, {"value": "at least 40", "as_of": "2030-03-09T18:00"})["alert"] is False


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("at least 60", "at least 600", True),
        ("between 3,000 and 4,000", "between 30,000 and 40,000", True),
        ("more than 2,000", "20,000", True),
        ("between 20 and 50", "300", False),
        ("at least 60", "at least 500", False),
    ],
)
def test_one_voice_ten_times_off_is_held_whatever_the_hedge(one: str, other: str, slips: bool) -> None:
    found = judged({"value": one}, {"value": other, "speaker": "harbour office", "as_of": "2030-03-04T18:00"})
    assert (found["hold"], "magnitude_slip" in found["flags"]) == (slips, slips)


def test_two_digits_that_changed_places_are_shown_and_one_other_digit_is_not() -> None:
    assert "digit_slip" in judged({"value": "45"}, {"value": "54"})["flags"]
    assert "digit_slip" not in judged({"value": "45"}, {"value": "65"})["flags"]


def test_a_toll_or_a_crowd_without_a_unit_counts_people() -> None:
    found = judged({"value": "14", "unit": None}, {"value": "39", "unit": "people"})
    assert (found["verdict"], found["severity"]) == ("conflict", "warning")
    assert judged({"value": "14", "unit": None}, {"value": "39", "unit": "soldiers"})["reason"] == "gate_unit"


@pytest.mark.parametrize("metric", ["displaced", "money", "homes_damaged"])
def test_what_may_be_counted_in_several_units_needs_one(metric: str) -> None:
    with pytest.raises(BadMessage) as refused:
        judged({"value": "14", "metric": metric, "unit": None}, {"value": "39", "metric": metric})
    assert (refused.value.field, refused.value.fix) == ("a.unit", "add 'unit'")


@pytest.mark.parametrize("interval", [[5, 3], [True, 3], ["5", 9], [None, 9], [-1, 9], [5], "5-9", [10**400, None]])
def test_an_interval_that_is_none_is_named_itself(interval: object) -> None:
    with pytest.raises(BadMessage) as refused:
        judged({"value": "14", "interval": interval}, {"value": "39"})
    assert refused.value.field == "a.interval"


def test_a_relation_that_says_nothing_changes_nothing() -> None:
    names = ("juxtaposed", "span_verified", "collides_with_other_metric")
    told = judged({"value": "14"}, {"value": "39"}, **dict.fromkeys(names))
    assert told == judged({"value": "14"}, {"value": "39"})
    assert told["alert"]


@pytest.mark.parametrize("name", ["juxtaposed", "span_verified", "collides_with_other_metric"])
@pytest.mark.parametrize("value", ["false", 0, []])
def test_a_relation_is_yes_or_no_and_no_text(name: str, value: object) -> None:
    with pytest.raises(BadMessage) as refused:
        judged({"value": "14"}, {"value": "39"}, **{name: value})
    assert refused.value.field == f"relation.{name}"


def test_nothing_is_a_slip_of_nought_whichever_side_says_it() -> None:
    said = SIDE | {"value": "no one"}
    meant = SIDE | {"value": "about one", "as_of": "2030-03-05T12:00", "status": "correction"}
    either = [judge_pair({"id": "x", "a": a, "b": b}) for a, b in ((said, meant), (meant, said))]
    assert either[0] == either[1]
    assert (either[0]["verdict"], either[0]["hold"]) == ("increase", False)
