"""The rules on single pairs: our own cases, each with its reason, and what must hold for any pair."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadMessage
from services.cli.compare import judge_pair
from tests.shared import SHARED, missing

START = "2030-03-04T12:00"
LATER = "2030-03-05T12:00"
DAYS_LATER = "2030-03-09T12:00"
TOLL = {"metric": "deaths", "kind": "cumulative"}


def pair(a: dict[str, Any], b: dict[str, Any], **relation: Any) -> dict[str, Any]:
    side = {"speaker": "harbour office", "as_of": START, "article": "n1", "metric": "crowd", "unit": "people"}
    return {"id": "x", "a": side | a, "b": side | {"speaker": "mayor", "article": "n2"} | b, "relation": relation}


def same(speaker: str = "harbour office", as_of: str = LATER, **fields: Any) -> dict[str, Any]:
    return {"speaker": speaker, "as_of": as_of} | fields


CASES: dict[str, tuple[dict[str, Any], tuple[str, str, bool, str]]] = {
    # name: (pair, (verdict, severity, alert, reason))
    "two numbers far apart": (pair({"value": "400"}, {"value": "900"}), ("conflict", "warning", True, "disjoint")),
    "threefold apart": (pair({"value": "120"}, {"value": "371"}), ("conflict", "warning", True, "disjoint")),
    "fourfold apart": (pair({"value": "121"}, {"value": "484"}), ("conflict", "critical", True, "disjoint")),
    "a hair apart": (pair({"value": "1,001"}, {"value": "1,013"}), ("conflict", "info", False, "disjoint")),
    "one number twice": (pair({"value": "412"}, {"value": "412"}), ("same", "none", False, "same_number")),
    "a bare and a hedged round number": (
        pair({"value": "3,000"}, {"value": "some 3,000"}),
        ("same", "none", False, "same_number"),
    ),
    "a range and the same range": (
        pair({"value": "300 to 400"}, {"value": "between 300 and 400"}),
        ("same", "none", False, "same_number"),
    ),
    "ranges that nearly agree": (
        pair({"value": "300 to 400"}, {"value": "305 to 400"}),
        ("same", "none", False, "same_range"),
    ),
    "a range and a number in it": (
        pair({"value": "300 to 400"}, {"value": "350"}),
        ("refinement", "none", False, "within"),
    ),
    "ranges that overlap": (
        pair({"value": "300 to 400"}, {"value": "380 to 600"}),
        ("refinement", "none", False, "overlap"),
    ),
    "a floor under a number": (
        pair({"value": "at least 30"}, {"value": "47"}),
        ("refinement", "none", False, "within"),
    ),
    "a floor above a number": (
        pair({"value": "at least 47"}, {"value": "30"}),
        ("conflict", "warning", True, "disjoint"),
    ),
    "one against five": (pair({"value": "one"}, {"value": "five"}), ("conflict", "critical", True, "disjoint")),
    "a ceiling under a number": (
        pair({"value": "no more than 20"}, {"value": "75"}),
        ("conflict", "critical", True, "disjoint"),
    ),
    "a floor against a ceiling": (
        pair({"value": "more than 500"}, {"value": "fewer than 500"}),
        ("conflict", "warning", True, "opposite_bounds"),
    ),
    "none against some": (pair({"value": "no one"}, {"value": "three"}), ("conflict", "critical", True, "disjoint")),
    "dozens understate": (pair({"value": "dozens"}, {"value": "340"}), ("conflict", "info", False, "disjoint")),
    "hundreds overstate": (pair({"value": "hundreds"}, {"value": "40"}), ("conflict", "warning", True, "disjoint")),
    "a few thousand may be more": (
        pair({"value": "a few thousand"}, {"value": "7,300"}),
        ("conflict", "info", False, "disjoint"),
    ),
    "a toll that rises by a third": (
        pair({"value": "60"} | TOLL, same(value="80") | TOLL),
        ("increase", "warning", True, "raised"),
    ),
    "a toll that rises by little": (
        pair({"value": "61"} | TOLL, same(value="63") | TOLL),
        ("increase", "info", False, "raised"),
    ),
    "a toll that passes a hundred": (
        pair({"value": "98"} | TOLL, same(value="101") | TOLL),
        ("increase", "warning", True, "raised"),
    ),
    "a toll that quadruples": (
        pair({"value": "12"} | TOLL, same(value="48") | TOLL),
        ("increase", "critical", True, "raised"),
    ),
    "a toll that falls by one": (
        pair({"value": "31"} | TOLL, same(value="30") | TOLL),
        ("decrease", "warning", True, "disjoint"),
    ),
    "a toll that was rounded": (
        pair({"value": "1,808"} | TOLL, same(value="1,800") | TOLL),
        ("refinement", "none", False, "within"),
    ),
    "a floor said after the number": (
        pair({"value": "52"} | TOLL, same(value="at least 50") | TOLL),
        ("refinement", "none", False, "within"),
    ),
    "a camp that empties": (pair({"value": "900"}, same(value="310")), ("decrease", "warning", True, "disjoint")),
    "one speaker twice in an hour": (
        pair({"value": "120"}, same(as_of="2030-03-04T12:30", value="250")),
        ("conflict", "warning", True, "disjoint"),
    ),
    "one speaker ten times off": (
        pair({"value": "230"}, same(value="2,300")),
        ("increase", "critical", False, "disjoint"),
    ),
    "a correction upwards": (
        pair({"value": "21"} | TOLL, same(as_of="2030-03-04T12:20", value="27", status="correction") | TOLL),
        ("increase", "warning", True, "correction"),
    ),
    "another voice, hours later, higher": (
        pair({"value": "15"} | TOLL, {"as_of": "2030-03-04T17:00", "value": "22"} | TOLL),
        ("increase", "warning", True, "raised"),
    ),
    "another voice, hours later, lower": (
        pair({"value": "22"} | TOLL, {"as_of": "2030-03-04T17:00", "value": "15"} | TOLL),
        ("conflict", "warning", True, "disjoint"),
    ),
    "another voice of the same article and day, higher": (
        pair({"value": "15", "article": "n2"} | TOLL, {"as_of": "2030-03-04T17:00", "value": "22"} | TOLL),
        ("conflict", "warning", True, "disjoint"),
    ),
    "another voice of the same article on the day before, lower": (
        pair({"value": "22", "article": "n2"} | TOLL, {"as_of": "2030-03-03T17:00", "value": "15"} | TOLL),
        ("increase", "warning", True, "raised"),
    ),
    "another voice, days later": (
        pair({"value": "400"}, {"as_of": DAYS_LATER, "value": "900"}),
        ("increase", "warning", True, "disjoint"),
    ),
    "confirmed below an estimate": (
        pair({"value": "17", "status": "confirmed"}, {"value": "50", "status": "feared"}),
        ("refinement", "none", False, "within"),
    ),
    "confirmed above an estimate": (
        pair({"value": "70", "status": "confirmed"}, {"value": "50", "status": "estimated"}),
        ("conflict", "warning", True, "disjoint"),
    ),
    "feared, then fewer confirmed, is no fall": (
        pair({"value": "50", "status": "feared"} | TOLL, same(value="17", status="confirmed") | TOLL),
        ("refinement", "none", False, "within"),
    ),
    "planned": (
        pair({"value": "400", "status": "planned"}, {"value": "900"}),
        ("not_comparable", "none", False, "gate_status"),
    ),
    "denied": (
        pair({"value": "400", "status": "denied"}, {"value": "52"}),
        ("not_comparable", "none", False, "gate_denied"),
    ),
    "unverified": (
        pair({"value": "400"}, {"value": "52", "status": "unverified"}),
        ("not_comparable", "none", False, "gate_unverified"),
    ),
    "another metric": (
        pair({"value": "400"}, {"value": "900", "metric": "injured"}),
        ("not_comparable", "none", False, "gate_metric"),
    ),
    "another unit": (
        pair({"value": "400"}, {"value": "90", "unit": "families"}),
        ("not_comparable", "none", False, "gate_unit"),
    ),
    "another owner": (
        pair({"value": "4,000", "entity": "Torvian soldiers"}, {"value": "10", "entity": "Ulmian soldiers"}),
        ("not_comparable", "none", False, "gate_entity"),
    ),
    "another window": (
        pair({"value": "400", "window": "last 24 hours"}, {"value": "9,000", "window": "since 2030-01"}),
        ("not_comparable", "none", False, "gate_window"),
    ),
    "a ratio": (
        pair({"value": "40", "metric": "ratio"}, {"value": "9", "metric": "ratio"}),
        ("not_comparable", "none", False, "gate_metric"),
    ),
    "a day's flow and a stock": (
        pair({"value": "400", "kind": "flow"}, {"value": "9,000"}),
        ("not_comparable", "none", False, "gate_kind"),
    ),
    "part and whole that fit": (
        pair({"value": "400", "scope": "hall"}, {"value": "900", "scope": "all"}, scope="a_in_b"),
        ("not_comparable", "none", False, "gate_scope"),
    ),
    "part above whole": (
        pair({"value": "950", "scope": "hall"}, {"value": "600", "scope": "all"}, scope="a_in_b"),
        ("conflict", "warning", True, "disjoint"),
    ),
    "part above the whole of last week": (
        pair({"value": "950", "scope": "hall", "as_of": DAYS_LATER}, {"value": "600", "scope": "all"}, scope="a_in_b"),
        ("not_comparable", "none", False, "gate_scope"),
    ),
    "part and whole side by side": (
        pair({"value": "400", "scope": "hall"}, {"value": "900", "scope": "all"}, scope="a_in_b", juxtaposed=True),
        ("conflict", "warning", True, "disjoint"),
    ),
    "scopes nobody can relate": (
        pair({"value": "400", "scope": "hall"}, {"value": "900"}),
        ("not_comparable", "none", False, "gate_scope"),
    ),
    "words that are not there": (
        pair({"value": "400"}, {"value": "900"}, span_verified=False),
        ("not_comparable", "none", False, "unsupported"),
    ),
    "digits of another metric": (
        pair({"value": "1,271"}, {"value": "3,380"}, collides_with_other_metric=True),
        ("conflict", "warning", False, "disjoint"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_pair_is_judged_for_its_reason(name: str) -> None:
    given_pair, (verdict, severity, alert, reason) = CASES[name]
    found = judge_pair(given_pair)
    assert (found["verdict"], found["severity"], found["alert"], found["reason"]) == (verdict, severity, alert, reason)
    assert found["because"], "every verdict and every silence says why"


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("a bare and a hedged round number", {"hedge_changed"}),
        ("dozens understate", {"soft_bound"}),
        ("a toll that passes a hundred", {"milestone"}),
        ("a toll that falls by one", {"revised_down"}),
        ("one speaker twice in an hour", {"same_speaker"}),
        ("one speaker ten times off", {"magnitude_slip"}),
        ("a correction upwards", {"correction"}),
        ("another voice, days later", {"cross_source"}),
        ("part above whole", {"subset_exceeds", "scope_differs"}),
        ("part and whole side by side", {"scope_differs"}),
        ("digits of another metric", {"metric_collision"}),
        ("confirmed below an estimate", {"status_differs"}),
    ],
)
def test_what_a_reader_must_know_is_flagged(name: str, flags: set[str]) -> None:
    found = judge_pair(CASES[name][0])
    assert flags <= set(found["flags"])
    assert found["flags"] == sorted(found["flags"])


def test_two_voices_two_days_apart_are_compared_and_the_reason_says_why() -> None:
    found = judge_pair(pair({"value": "400"}, {"as_of": "2030-03-06T12:00", "value": "900"}))
    assert found["verdict"] == "conflict"
    assert found["because"][0] == (
        "different speakers, 2 days apart, within the 48 hours in which two speakers are compared"
    )


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("hundreds", "40", "the ranges do not meet: 40 and 100 to 999 (high end soft), 2.50 times apart"),
        ("several", "40", "the ranges do not meet: 2 to 9 (both ends soft) and 40, 4.44 times apart"),
        ("one", "five", "the ranges do not meet: 1 and 5, 5.00 times apart"),
        ("none", "five", "the ranges do not meet: 0 and 5, beyond any ratio apart"),
        ("at least 47", "30", "the ranges do not meet: 30 and 47 or more, 1.57 times apart"),
    ],
)
def test_the_reason_says_both_ranges_and_which_end_may_give(one: str, other: str, words: str) -> None:
    assert words in judge_pair(pair({"value": one}, {"value": other}))["because"]


def test_a_small_fraction_is_said_with_all_its_digits() -> None:
    share = {"value": 0.004, "unit": "percent"}
    assert "both say 0.004" in judge_pair(pair(share, share))["because"]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("5,791", "4,791", True),
        ("5,791", "5,781", True),
        ("1,384", "1,834", True),
        ("45", "54", True),
        ("1,384", "4,381", False),  # swapped, and no neighbours
        ("1,774", "1,779", False),  # a count of five more
        ("45", "75", False),  # any two numbers of two digits
        ("33,200", "33,400", False),
        ("2,000", "3,000", False),
    ],
)
def test_one_wrong_digit_is_shown_and_not_held(one: str, other: str, slips: bool) -> None:
    found = judge_pair(pair({"value": one}, {"value": other}))
    assert ("digit_slip" in found["flags"]) == slips
    assert not found["hold"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "many"}, "a.value"),
        ({"value": ""}, "a.value"),
        ({"as_of": "yesterday"}, "a.as_of"),
        ({"speaker": None}, "a.speaker"),
        ({"interval": [5]}, "a.interval"),
        ({"interval": [5, 2]}, "a.interval"),
        ({"status": "rumoured"}, "a.status"),
        ({"scope": 7}, "a.scope"),
    ],
)
def test_a_pair_nobody_can_read_names_its_field(change: dict[str, Any], field: str) -> None:
    broken = pair({"value": "4"} | change, {"value": "9"})
    with pytest.raises(BadMessage) as caught:
        judge_pair(broken)
    assert caught.value.field == field


GOLD = "gold/number_pairs.jsonl"


@pytest.mark.skipif(bool(missing(GOLD)), reason=missing(GOLD))
@pytest.mark.parametrize("given_interval", [True, False])
def test_all_pairs_of_the_gold_list_are_judged_right(given_interval: bool) -> None:
    wrong = []
    for line in (SHARED / GOLD).read_text("utf-8").splitlines():
        gold = json.loads(line)
        for name in ("a", "b") if not given_interval else ():
            gold[name].pop("interval", None)
        found, want = judge_pair(gold), gold["expect"]
        exact = all(found[key] == want[key] for key in ("verdict", "severity", "alert", "hold"))
        if not exact or not set(want["flags"]) <= set(found["flags"]):
            wrong.append((gold["id"], want, found))
    assert wrong == []


@given(st.text(max_size=40) | st.from_regex(r"(about |at least )?[0-9.,]{1,9}( thousand| or [0-9]+)?", fullmatch=True))
def test_any_words_are_read_or_refused(words: str) -> None:
    try:
        found = judge_pair(pair({"value": words}, {"value": "9"}))
    except BadMessage as error:
        assert error.field == "a.value"
    else:
        assert found["id"] == "x"
