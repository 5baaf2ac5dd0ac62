"""A place inside a place, some of the people, and nobody."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.claim import Claim
from services.ledger.event.extent import is_part_that_fits
from services.ledger.event.happened import other_event
from tests.unit.ledger.making import ledger
from tests.unit.ledger.test_same_event import report

WHOLE: dict[str, Any] = {"places": ("Q1",), "scope": "country", "speaker": "the agency", "block": "harm/Q1"}
PART: dict[str, Any] = {"places": ("Q1",), "scope": None, "speaker": "the mayor", "block": "harm/Q1"}


def all_over(words: str, thing: str = "Floods", place: str = "across Torvia") -> Claim:
    sentence = f"{thing} on Monday killed {words} people {place}, the agency said."
    return report(sentence, words, "one", place=place, **WHOLE)


def there(words: str, thing: str = "Floods") -> Claim:
    sentence = f"{thing} on Monday killed {words} people in Sharun, Torvia, the mayor said."
    return report(sentence, words, "two", place="in Sharun, Torvia", **PART)


@pytest.mark.parametrize(("thing", "place"), [("Floods", "across Torvia"), ("An earthquake", "in Torvia")])
def test_a_lower_number_of_a_place_within_is_a_part(thing: str, place: str) -> None:
    whole, part = all_over("140", thing, place), there("31", thing)
    assert other_event(whole, part) == other_event(part, whole) == "part_of_another"
    assert ledger([[whole], [part]]).alerts == ledger([[part], [whole]]).alerts == []


def test_a_part_that_exceeds_the_whole_is_a_conflict() -> None:
    (alert,) = ledger([[all_over("31", "An earthquake")], [there("140", "An earthquake")]]).alerts
    assert alert.verdict == "conflict"
    assert "subset_exceeds" in alert.flags


def test_a_bomb_in_a_country_went_off_in_one_town() -> None:
    wide, town = all_over("50", "A suicide bombing", "in Torvia"), there("31", "A suicide bombing")
    assert not is_part_that_fits(wide, town)
    assert is_part_that_fits(all_over("50", "A bombing campaign", "across Torvia"), town)


def test_the_quake_in_a_town_is_not_the_dead_in_the_town() -> None:
    sentence = "An earthquake in Sharun, Torvia, killed 31 people on Monday."
    quake = report(sentence, "31", "two", place="in Sharun, Torvia", **PART)
    assert other_event(all_over("140", "An earthquake", "in Torvia"), quake) != "part_of_another"


def test_more_children_than_people_exceed_them() -> None:
    one = report("A blast at a mosque in Lima on Monday killed 16 people.", "16", "one", speaker="the mayor")
    children = report("A blast at a mosque in Lima on Monday killed 29 children.", "29", "two", speaker="doctors",
                      counted="children")  # fmt: skip
    (alert,) = ledger([[one], [children]]).alerts
    assert "subset_exceeds" in alert.flags
    fewer = children.model_copy(update={"value": 12.0, "low": 12.0, "high": 12.0})
    assert ledger([[one], [fewer]]).alerts == []


def test_nobody_is_a_number_of_people_and_not_another_group() -> None:
    none = report("Nobody was killed in the blast at a mosque in Lima on Monday, the mayor said.", "Nobody", "one",
                  speaker="the mayor", counted="Nobody")  # fmt: skip
    some = report("A blast at a mosque in Lima on Monday killed 20 people.", "20", "two", speaker="doctors")
    (alert,) = ledger([[none], [some]]).alerts
    assert (alert.verdict, alert.severity) == ("conflict", "critical")
    assert "nobody was killed" in alert.attribution


def test_a_shooting_that_killed_nobody_is_not_the_city_s_other_one() -> None:
    one = report("No one was killed in a shooting in Lima on Monday.", "No one", "one", speaker="the mayor")
    other = report("A shooting in Lima on Monday killed 3 people.", "3", "two", speaker="doctors")
    assert other_event(one, other) == "zero_unproven"
