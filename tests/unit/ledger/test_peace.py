"""Where there is no war a bomb is the news of weeks; a disease is counted day by day; a storm has a name."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from typing import Any

import pytest
import yaml

from schemas.claim import Claim
from services.ledger.event.apart import unfit
from services.ledger.event.event_words import is_headlines, kinds, named
from services.ledger.event.evidence import evidence
from services.ledger.event.happened import days_of
from services.ledger.event.peace import is_at_peace
from services.ledger.event.people import group
from services.ledger.event.weighing import is_nationwide
from services.ledger.rules.moment import told_at
from tests.unit.ledger.making import ledger
from tests.unit.ledger.test_signs import told

AUSTRALIA, SYRIA, NOWHERE = "harm/Q408", "harm/Q858", "harm/-"
WEEK = 24 * 7


def pair(one: str, other: str, block: str, later: int, **given: Any) -> tuple[Claim, Claim]:
    """Two tolls of 20 and of 24, the second `later` hours after the first."""
    first = told(one, "20", "one", block=block, **given)
    return first, told(other, "24", "two", block=block, hour=later, **given)


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("A bomb in Brisbane killed 20 people.", "The bomb in Brisbane killed 24 people.", WEEK),
        ("An airstrike on the port of Brisbane killed 20.", "The airstrike on the port of Brisbane killed 24.", WEEK),
        ("A gunman shot dead 20 people in Mirrabooka.", "The shooting in Mirrabooka left 24 people dead.", 48),
        ("A fire in Kalang killed 20 people.", "The fire in Kalang killed 24 people.", 48),
    ],
)
def test_what_is_rare_at_peace_is_told_of_for_days_and_is_another_one_at_war(one: str, other: str, later: int) -> None:
    assert unfit(*pair(one, other, AUSTRALIA, later)) is None
    assert unfit(*pair(one, other, SYRIA, later)) is not None


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("A bomb in Brisbane killed 20 people.", "A bomb in Perth killed 24 people.", 48),
        ("A bomb in Brisbane killed 20 people.", "The bomb in Brisbane killed 24 people.", 24 * 40),
        ("A gunman shot dead 20 people in Mirrabooka.", "A gunman shot dead 24 people in Perth.", 24),
        ("A gunman shot dead 20 people in Mirrabooka.", "Mass shootings in Mirrabooka left 24 people dead.", 24),
    ],
)
def test_two_places_a_month_and_a_sum_are_two_also_at_peace(one: str, other: str, later: int) -> None:
    assert unfit(*pair(one, other, AUSTRALIA, later)) is not None


def test_peace_is_of_a_known_country_in_a_year() -> None:
    claim = told("A bomb killed 20 people.", "20", "one")
    found = {block: is_at_peace(claim.model_copy(update={"block": block})) for block in (AUSTRALIA, SYRIA, NOWHERE)}
    assert found == {AUSTRALIA: True, SYRIA: False, NOWHERE: False}
    before = claim.model_copy(update={"block": SYRIA, "published": claim.published.replace(year=2008)})
    assert is_at_peace(before)
    assert not is_at_peace(claim.model_copy(update={"block": "harm/Q408+Q858"}))


def test_every_war_is_of_a_country_and_ends_after_it_began() -> None:
    countries, wars = (
        yaml.safe_load(resources.files(package).joinpath(*path).read_text("utf-8"))
        for package, path in (
            ("services.read.entities", ("data", "countries.yaml")),
            ("services.ledger.event", ("wars.yaml",)),
        )
    )
    assert wars.keys() <= countries.keys()
    assert all(span == sorted(span) and 1 <= len(span) <= 2 for span in wars.values())


VIRUS = "The coronavirus has killed 20 people in Australia."


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("Covid-19 has now killed 24 people in Australia.", {}, None),
        ("Measles has killed 24 people in Australia.", {}, "other_event"),
        ("Covid-19 has now killed 24 people.", {"scope": None, "places": ()}, None),  # a text of the country
        ("Protests went on; Covid-19 has killed 24 Australians.", {"counted": "Australians"}, None),
        ("Covid-19 has killed 24 people in Brisbane.", {"scope": "city", "places": ("Q34932",)}, "place_too_wide"),
    ],
)
def test_a_count_of_one_disease_in_one_country_follows_the_last(
    text: str, place: dict[str, Any], reason: str | None
) -> None:
    one, other = pair(VIRUS, text, AUSTRALIA, 24 * 12, scope="country", places=("Q408",))
    assert unfit(one, other.model_copy(update=place)) == reason


@pytest.mark.parametrize(
    ("block", "counted", "found"),
    [
        ("harm/Q142", "French", None),  # in France, where no letter of the fourth is the same
        ("harm/Q30", "Americans", None),
        ("harm/Q30", "Germans", "Germans"),
    ],
)
def test_a_people_in_its_own_country_is_anybody(block: str, counted: str, found: str | None) -> None:
    claim = told("A bomb killed 20 people.", "20", "one", counted=counted, region="Torvia", block=block)
    assert group(claim) == found


@pytest.mark.parametrize(
    ("low", "high", "later", "reason"),
    [
        (20, 900, 24 * 10, None),  # an epidemic grows
        (20, 900, 24, "too_far_apart"),  # but does not double five times in a day
        (900, 500, 24 * 10, "older_count"),
        (900, 850, 24, None),  # two counts of one day
    ],
)
def test_a_disease_grows_and_an_old_mark_is_no_news(low: int, high: int, later: int, reason: str | None) -> None:
    given: dict[str, Any] = {"scope": "country", "places": ("Q408",)}
    one, other = pair(VIRUS, "Covid-19 has killed 24 people in Australia.", AUSTRALIA, later, **given)
    first = one.model_copy(update={"value": float(low), "low": float(low), "high": float(low)})
    second = other.model_copy(update={"value": float(high), "low": float(high), "high": float(high)})
    assert unfit(first, second) == reason == unfit(second, first)


@pytest.mark.parametrize(("counted", "whole"), [("Australians", True), ("people", False), ("Germans", False)])
def test_a_nations_people_are_the_whole_country(counted: str, whole: bool) -> None:
    text = f"Speakers in Brisbane named the 24 {counted} dead of Covid-19."
    one, other = pair(VIRUS, text, AUSTRALIA, 24 * 12, scope="country", places=("Q408",), counted=counted)
    assert is_nationwide(one, other.model_copy(update={"scope": None, "places": ()})) == whole


@pytest.mark.parametrize(
    ("text", "given", "whole"),
    [
        ("The cases of Covid-19 included 24 deaths.", {}, True),  # and Perth is named further up
        ("In the state Covid-19 caused 24 deaths.", {}, False),
        ("Around Perth Covid-19 caused 24 deaths.", {}, False),
        ("The deaths of Covid-19 could reach 24.", {"status": "feared"}, False),
        ("The cases of Covid-19 included 24 deaths.", {"value": 90.0, "low": 90.0, "high": 90.0}, False),
    ],
)
def test_a_place_from_further_off_makes_no_part_of_a_country_s_count(
    text: str, given: dict[str, Any], whole: bool
) -> None:
    one, other = pair(VIRUS, text, AUSTRALIA, 24 * 12, scope="country", places=("Q408",))
    perth: dict[str, Any] = {"scope": "city", "place": "in Perth", "places": ("Q3183",), "place_names": ("Perth",)}
    assert is_nationwide(one, other.model_copy(update=perth | given)) == whole


def test_as_of_a_day_is_the_day_of_the_count_whenever_it_is_told() -> None:
    given: dict[str, Any] = {"scope": "country", "places": ("Q408",), "as_of_from": "text"}
    text = "As of Sunday night Covid-19 had killed 20 people in Australia."
    sunday, later = pair(text, "By Monday Covid-19 had killed 24 people in Australia.", AUSTRALIA, 24, **given)
    sunday = sunday.model_copy(update={"published": sunday.published + timedelta(hours=48)})
    assert told_at(sunday) < told_at(later)
    assert [alert.verdict for alert in ledger([[later], [sunday]]).alerts] == ["increase"]


def test_of_a_disease_the_day_of_the_count_is_no_other_event() -> None:
    given: dict[str, Any] = {"scope": "country", "places": ("Q408",), "as_of_from": "text"}
    text = "By Tuesday the coronavirus had killed 24 people in Australia."
    one, other = pair(VIRUS, text, AUSTRALIA, 24, **given)
    one = one.model_copy(update={"published": one.published + timedelta(hours=48)})
    assert days_of(one, other) == "dateline"
    assert unfit(one, other) is None


def test_who_says_it_is_no_place_that_one_goes_to() -> None:
    said = [
        told(f"Lightning killed 20 people, according to {who}.", "20", "one")
        for who in ("the United Nations", "Orvell")
    ]
    assert [evidence(claim).own for claim in said] == [{}, {}]
    assert evidence(told("They went to Orvell, where 20 died.", "20", "one")).own


def test_who_opened_fire_set_nothing_on_fire() -> None:
    assert kinds("Attackers opened fire in the city, killing 129.") == {"shooting"}
    shots = ("A gunman shot dead 20 people in Mirrabooka.", "He opened fire in Mirrabooka and killed 24 people.")
    assert unfit(*pair(*shots, AUSTRALIA, 24)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Typhoon Maro hit the coast.", {"maro"}),
        ("Tropical Storm Ina and hurricane Bob", {"ina", "bob"}),
        ("Cases of COVID-19 and Ebola rose.", {"covid", "ebola"}),
        ("The storm on Monday; a storm Warning", {"warning"}),
        ("Storm Monday", set()),
    ],
)
def test_a_storm_and_a_disease_are_known_by_name(text: str, found: set[str]) -> None:
    assert named(text) == found


def test_capitals_of_an_old_wire_are_no_list_of_headlines() -> None:
    text = "A BOMB PLACED AT THE DOOR OF THE UNION KILLED TEN PEOPLE AND LEFT THIRTY MORE INJURED IN THE CAPITAL " * 2
    assert not is_headlines(text)
    assert is_headlines(text.title())


WAR = "Some 20 people have been killed since the war in Torvia began in 2011."


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("Analysts say the war has killed 24 people since it began in 2011.", None),
        ("Floods have killed 24 people since 2011.", "place_unknown"),  # another sum of the same years
    ],
)
def test_the_dead_of_a_war_since_it_began_are_one_sum(other: str, reason: str | None) -> None:
    given: dict[str, Any] = {"scope": "country", "places": ("Q858",), "window": "since 2011"}
    assert unfit(*pair(WAR, other, SYRIA, 24 * 13, **given)) == reason


@pytest.mark.parametrize(
    ("one", "other", "later", "apart"),
    [
        (
            "Typhoon Bualo left 20 dead in Brisbane.",
            "The toll from Typhoon Bualo in Brisbane rose to 24 on Saturday.",
            24,
            None,
        ),
        ("Typhoon Bualo killed 20 in Brisbane.", "Typhoon Bualo has killed 24 in Brisbane.", 24 * 9, None),
        ("Typhoon Bualo killed 20 in Brisbane.", "Typhoon Matmo has killed 24 in Brisbane.", 24, "other_event"),
        ("Typhoon Bualo killed 20 in Brisbane.", "Typhoon Bualo has killed 24 in Brisbane.", 24 * 40, "other_day"),
    ],
)
def test_a_storm_of_one_name_is_one_whatever_the_day_of_its_count(
    one: str, other: str, later: int, apart: str | None
) -> None:
    day = {"as_of_from": "text"} if "Saturday" in other else {}
    first, second = pair(one, other, SYRIA, later)
    assert unfit(first, second.model_copy(update=day)) == apart
