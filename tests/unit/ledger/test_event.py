"""Two numbers of one metric at one place, and still not of one thing."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import BadSetting
from schemas.metrics import Metric
from services.ledger.event.apart import follows, revises, unfit
from services.ledger.event.event_words import kinds
from services.ledger.event.people import group
from services.ledger.rules.thresholds import load, thresholds
from tests.unit.ledger.making import claim, ledger, toll

MAYOR = {"article": "one", "speaker": "the mayor"}
ARMY = {"article": "two", "speaker": "the army", "hour": 3.0}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({}, {}, None),
        ({}, {"hour": 60.0}, "other_day"),
        ({"as_of_from": "text"}, {"as_of_from": "text", "hour": 14.0}, None),  # may be the date of the next day's paper
        ({"as_of_from": "text"}, {"as_of_from": "text", "hour": 38.0}, "other_day"),
        ({}, {"before": "The flood in the grain market of Lower Torvia killed "}, "other_event"),
        ({}, {"before": "In Lower Torvia the dead number ", "place": None}, "event_unknown"),
        ({}, {"before": "Another airstrike killed "}, "too_little_shared"),
        ({}, {"after": " rebels.", "counted": "rebels"}, "other_group"),
        ({"after": " children.", "counted": "children"}, {}, "other_group"),
        ({}, {"after": " children.", "counted": "children"}, None),  # 45 children among 20 people
        ({"counted": "Germans"}, {}, "other_group"),
        ({}, {"counted": "of those killed"}, "part_of_another"),
        ({}, {"before": "The airstrike on the grain market of Lower Torvia: of the "}, "part_of_another"),
        ({"unit": "soldiers"}, {"unit": "soldiers"}, "whose_unknown"),
        ({}, {"before": "The airstrike on the grain market of Mill End killed ", "place": None}, "other_place"),
        ({}, {"before": "The airstrike on the hospital of Torvia killed ", "place": None}, "other_target"),
        ({}, {"before": "The airstrike killed ", "place": None}, "place_too_wide"),
        ({}, {"before": "The airstrike on the grain market of Lower Torvia, in a war that killed "}, "other_event"),
        ({}, {"before": "Airstrikes on the grain market of Lower Torvia in the last 24 hours killed "}, "other_event"),
        ({}, {"before": "Last week an airstrike on the grain market of Lower Torvia killed "}, "other_day"),
        ({"scope": "town"}, {"scope": "province"}, None),
        ({"window": "since 2029-03"}, {"window": "since 2029-03", "hour": 300.0}, None),
        ({"window": "last 24 hours"}, {"window": "last 24 hours", "hour": 300.0}, "other_day"),
    ],
)
def test_two_tolls_of_two_articles_meet_only_for_one_event(
    one: dict[str, Any], other: dict[str, Any], reason: str | None
) -> None:
    first, second = toll("20", **(MAYOR | one)), toll("45", **(ARMY | other))
    assert unfit(first, second) == reason
    assert unfit(second, first) == reason


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({}, None),
        ({"speaker": None}, "own_voice"),
        ({"speaker": "the mayor"}, "one_voice_twice"),
        ({"sentence_index": 11}, "far_in_text"),
        ({"before": "The earthquake killed "}, "other_event"),
        ({"before": "The army put the dead at ", "sentence_index": 7}, "event_unknown"),
        ({"before": "Another airstrike on a hospital killed ", "sentence_index": 6}, "other_target"),
        ({"speaker": "a monitor"}, "one_voice_twice"),
    ],
)
def test_two_tolls_of_one_article_meet_only_near_and_by_name(other: dict[str, Any], reason: str | None) -> None:
    first = toll("20", **MAYOR)
    second = toll("45", **({"article": "one", "speaker": "the army", "at": 400} | other))
    assert unfit(first, second) == reason


@pytest.mark.parametrize(
    ("other", "replaces"),
    [
        ({}, True),
        ({"before": "The flood in the grain market of Lower Torvia killed "}, False),
        ({"after": " soldiers.", "counted": "soldiers"}, False),
    ],
)
def test_a_voice_replaces_its_toll_in_one_text_unless_the_text_keeps_the_two_apart(
    other: dict[str, Any], *, replaces: bool
) -> None:
    first, second = toll("20", **MAYOR), toll("25", **(MAYOR | {"at": 400, "hour": 2.0} | other))
    assert follows(first, second) is replaces


@pytest.mark.parametrize(
    ("new", "revises_"),
    [
        ({"before": "Rescuers pulled out of rubble "}, True),
        ({"before": "Floods swept through fish stalls near the harbour, drowning "}, False),
        ({"before": "Rescuers pulled out of rubble ", "places": ("Q78",)}, False),
        ({"places": ("Q78",)}, True),  # the sentence itself, of which the place is read otherwise
    ],
)
def test_a_revision_says_anew_what_is_of_one_place_and_event_or_stands_in_the_same_words(
    new: dict[str, Any], *, revises_: bool
) -> None:
    assert revises(toll("20", **MAYOR), toll("25", **(MAYOR | {"article": "new"} | new))) is revises_


def test_a_flood_is_counted_for_days() -> None:
    flood = {"before": "Floods in Lower Torvia killed "}
    days = [toll("20", **(MAYOR | flood)), toll("45", **(ARMY | flood | {"hour": 100.0}))]
    assert unfit(*days) is None


def test_an_outlet_with_the_first_version_of_a_text_does_not_revise_it() -> None:
    new = toll("45", article="new", speaker="the mayor")
    old = toll("20", article="old", speaker="the mayor", hour=2.0, lineage="art-new")
    assert ledger([[new], [old]]).alerts == []


def test_two_sums_of_money_are_two_sums() -> None:
    money = {"metric": Metric.MONEY, "unit": "USD", "counted": None, "sentence_index": 6}
    first, second = claim("20", speaker="A", **money), claim("45", speaker="B", at=300, **money)
    assert unfit(first, second) == "other_sum"


def test_words_tell_the_kind_of_event_and_who_is_counted() -> None:
    assert kinds("Warplanes and mortars struck as earthquakes shook the town.") == {"air_strike", "shelling", "quake"}
    assert group(toll("five", counted="Militants")) == "fighters"
    assert group(toll("five", counted="People")) is None


def test_a_wrong_threshold_stops_the_start_with_its_name() -> None:
    with pytest.raises(BadSetting, match="later_hours"):
        load("default: {later_hours: -1}\nmetrics: {}")
    with pytest.raises(BadSetting, match="'deths' is no metric"):
        load("default: {}\nmetrics: {deths: {event: true}}")
    with pytest.raises(BadSetting, match="default"):
        load("nothing")
    assert thresholds("deaths").event
    assert thresholds("no_such_metric") == thresholds("no_other_metric")


def test_a_claim_read_anew_is_judged_by_its_new_words() -> None:
    """What was worked out of a claim is kept, and one id may come with another sentence from newer reading rules."""
    one, other = toll("20", **MAYOR), toll("45", **ARMY)
    anew = other.model_copy(update={"sentence": other.sentence.replace("airstrike", "flood")})
    assert unfit(one, other) is None
    assert unfit(one, anew) == "other_event"
