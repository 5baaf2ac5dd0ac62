"""Counts that run on: one war's dead since a year and since a month, weeks of protests, all states of a country."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.people import group, same_people
from services.ledger.event.running import has_risen, is_one_window, runs_on
from services.ledger.partners import two_things
from services.ledger.rules.windows import beginning, is_one_beginning
from tests.unit.ledger.making import NOON, ledger
from tests.unit.ledger.test_same_event import report

COUNTRY: dict[str, Any] = {"places": ("Q1",), "place": "in Torvia", "scope": "country", "block": "harm/Q1"}


def dead(words: str, article: str, day: int, sentence: str, **given: Any) -> Claim:
    at = NOON + timedelta(days=day)
    made = report(sentence, words, article, **(COUNTRY | given))
    return made.model_copy(update={"published": at, "as_of": at, "as_of_from": "published"})


def so_far(words: str, article: str, day: int, **given: Any) -> Claim:
    return dead(words, article, day, f"Clashes in Torvia have killed {words} people, the agency said.", **given)


@pytest.mark.parametrize(
    ("window", "since"),
    [
        ("since 2011-03", "2011-03"),
        ("2014-04 to 2014-07-26", "2014-04"),
        ("2003 to 2010", None),
        ("last 24 hours", None),
        ("2016", None),
        (None, None),
    ],
)
def test_a_window_that_runs_on_has_a_beginning(window: str | None, since: str | None) -> None:
    assert beginning(window) == since


def test_a_war_began_in_a_year_and_in_a_month_of_it() -> None:
    assert is_one_beginning("2011", "2011-03", 2016)
    assert is_one_beginning("2011-03-15", "2011-03", 2011)
    assert not is_one_beginning("2016", "2016-05", 2016)  # this year so far
    assert not is_one_beginning("2011-03", "2011-04", 2016)


def test_a_total_since_a_day_is_taken_up_by_one_so_far() -> None:
    since, later = so_far("400", "one", 0, window="since 2030-02-01"), so_far("430", "two", 4)
    assert is_one_window(since, later)
    assert is_one_window(later, since)
    (alert,) = ledger([[since], [so_far("560", "two", 4)]]).alerts
    assert alert.verdict == "increase"


def test_what_one_day_brought_takes_up_no_total() -> None:
    since = so_far("400", "one", 0, window="since 2030-02-01")
    raid = dead("430", "two", 4, "Clashes in Torvia killed 430 people on Monday, the agency said.")
    assert not runs_on(since, raid)
    assert ledger([[since], [raid]]).alerts == []


@pytest.mark.parametrize("words", ["300", "4,000"])
def test_a_total_that_falls_or_leaps_is_another_one(words: str) -> None:
    assert not runs_on(so_far("400", "one", 0, window="since 2030-02-01"), so_far(words, "two", 4))


def test_two_vast_totals_of_one_country_are_one_count() -> None:
    assert runs_on(so_far("1,600", "one", 0), so_far("1,900", "two", 4))
    assert not runs_on(so_far("160", "one", 0), so_far("190", "two", 4))
    town = dead("1,900", "two", 4, "Clashes in the town of Sharun have killed 1,900 people.", place="in Sharun")
    assert not runs_on(so_far("1,600", "one", 0), town)


def test_the_men_who_did_it_are_not_those_hurt() -> None:
    hurt = report("Two men set off bombs in Lima that wounded 160 on Monday.", "160", "one", counted="men")
    assert group(hurt) is None
    assert group(report("A bomb in Lima wounded 160 men on Monday.", "160", "one", counted="men")) == "men"


def test_a_count_of_years_does_not_grow_by_a_fifth_in_a_week() -> None:
    one = so_far("330,000", "one", 0, window="since 2011-03")
    fresh = one.model_copy(update={"window": f"since {NOON:%Y-%m}"})
    later = so_far("400,000", "two", 7)
    assert not runs_on(one, later)
    assert runs_on(fresh, later)
    assert runs_on(one.model_copy(update={"window": None}), later)


@pytest.mark.parametrize("window", ["since 0000", "since 2011-00", "since 2011-99-99"])
def test_a_window_that_is_no_date_stops_nobody(window: str) -> None:
    assert not runs_on(so_far("330,000", "one", 0, window=window), so_far("990,000", "two", 7))


def test_a_sum_since_a_day_beside_a_toll_leaves_neither_unclear() -> None:
    summed = so_far("400", "one", 0, window="since 2019-10")
    assert not two_things(summed, so_far("3", "one", 0))
    assert two_things(so_far("400", "one", 0), so_far("3", "one", 0))


LEFT = "A bomb at the bridge in the town of Sharun killed 18 people, the mayor said."


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The toll of the bomb at the bridge in the town of Sharun rose to 32, rescuers said.", "increase"),
        ("Rescuers raised the toll of the bomb at the bridge in the town of Sharun to 32.", "increase"),
        ("The bomb at the bridge in the town of Sharun killed 32, rescuers said.", "conflict"),
        ("Prices rose to a peak; the bomb at the bridge in the town of Sharun killed 32.", "conflict"),
    ],
)
def test_a_toll_that_has_risen_is_the_later_count_of_one_day(sentence: str, verdict: str) -> None:
    given: dict[str, Any] = {"place": "in Sharun", "places": ("x-sharun",), "scope": "town"}
    first = report(LEFT, "18", "one", speaker="the mayor", **given)
    risen = report(sentence, "32", "two", speaker="rescuers", **given)
    assert has_risen(first, risen) == has_risen(risen, first) == (verdict == "increase")
    for order in ([[first], [risen]], [[risen], [first]]):
        assert [alert.verdict for alert in ledger(order).alerts] == [verdict]


WAR = "The war in Torvia has left {} people dead."


@pytest.mark.parametrize(
    ("words", "day", "sentence", "told"),
    [
        ("220,000", 1, WAR, ["conflict"]),
        ("220,000", 5, WAR, []),  # days apart it is an old mark, or another count
        ("120,000", 1, WAR, []),  # and so far apart a part of the war
        ("220,000", 1, "Floods in Torvia have left {} people dead.", []),
    ],
)
def test_two_counts_of_a_whole_wars_dead_of_one_moment_disagree(
    words: str, day: int, sentence: str, told: list[str]
) -> None:
    since = so_far("330,000", "one", 0, window="since 2011-03", speaker="a monitor in Kelm")
    bare = dead(words, "two", day, sentence.format(words), speaker="the ministry in Oru")
    for order in ([[since], [bare]], [[bare], [since]]):
        assert [alert.verdict for alert in ledger(order).alerts] == told


def test_fighters_of_nobody_named_may_be_those_of_one_that_is() -> None:
    ambush = "An ambush on fighters in the town of Sharun killed {} fighters on Monday."
    given: dict[str, Any] = {"counted": "fighters", "as_of_from": "text"}
    whose = report(ambush.format("50"), "50", "one", speaker="the army", whose="the Front", **given)
    bare = report(ambush.format("32"), "32", "two", speaker="a monitor in Kelm", **given)
    assert [alert.verdict for alert in ledger([[whose], [bare]]).alerts] == ["conflict"]
    other = bare.model_copy(update={"whose": "the Guard"})
    assert ledger([[whose], [other]]).alerts == []
    people = bare.model_copy(update={"counted": "people"})
    assert ledger([[whose], [people]]).alerts == []


def fled(words: str, article: str, day: int, sentence: str, **given: Any) -> Claim:
    there: dict[str, Any] = {"metric": Metric.REFUGEES, "block": "people/Q1", "region": "Torvia", "places": ()}
    return dead(words, article, day, sentence, **(there | {"place": None, "scope": None} | given))


SINCE = "More than 2.3 million refugees have left Torvia since the war began on 24 February."
NOW = "Some 3 million people have now fled Torvia, the agency said."


def test_all_who_fled_a_country_are_one_number_with_or_without_its_beginning() -> None:
    since = fled("2.3 million", "one", 0, SINCE, window="since 2030-02-10")
    (alert,) = ledger([[since], [fled("3 million", "two", 5, NOW)]]).alerts
    assert (alert.verdict, alert.label) == ("increase", "Refugees, Torvia")


@pytest.mark.parametrize(
    ("since", "now"),
    [
        ({"window": "since 2030-03-03"}, {}),  # those of two days
        ({"window": "since 2030-02-10"}, {"words": "8 million", "sentence": "8 million people have fled Torvia."}),
        ({"window": "since 2030-02-10"}, {"sentence": "There are 3 million refugees of Torvia."}),
        ({"window": "since 2030-02-10"}, {"window": "since 2029-05"}),
        ({"window": "since 2030-02-10"}, {"sentence": "3 million people have fled to Osmia."}),
        ({"window": "since 2030-02-10"}, {"sentence": "3 million people left Torvia on Monday."}),
    ],
)
def test_others_who_fled_are_another_number(since: dict[str, Any], now: dict[str, Any]) -> None:
    one = fled("2.3 million", "one", 0, SINCE, **since)
    words, sentence = now.pop("words", "3 million"), now.pop("sentence", NOW)
    assert not ledger([[one], [fled(words, "two", 5, sentence, **now)]]).alerts


def test_one_voice_counts_all_who_fled_beside_those_of_a_few_days() -> None:
    """The later word on some is none on all, and takes nothing's place."""
    all_, some = fled("3 million", "one", 0, NOW, speaker="the agency"), "Since Sunday 2 million have left Torvia."
    book = ledger([[all_], [fled("2 million", "two", 1, some, speaker="the agency", window="since 2030-03-03")]])
    assert {statement.words for statement in book.figures[-1].statements} == {"3 million", "2 million"}
    assert not book.alerts


def troops(words: str, article: str, sentence: str, whose_id: str | None = "Q9") -> Claim:
    given: dict[str, Any] = {"metric": Metric.TROOPS, "unit": "soldiers", "block": "forces/Q1", "kind": "stock"}
    return dead(words, article, 0, sentence, **given, whose="Osmia", whose_id=whose_id)


def test_the_troops_another_country_has_in_one_are_one_number_and_its_own_are_many() -> None:
    said = ("About 10,000 Osmian soldiers are in Torvia.", "There are 12,500 Osmian soldiers in Torvia.")
    (alert,) = ledger([[troops("10,000", "one", said[0])], [troops("12,500", "two", said[1])]]).alerts
    assert alert.verdict == "conflict"
    assert not ledger([[troops("10,000", "one", said[0], "Q1")], [troops("12,500", "two", said[1], "Q1")]]).alerts
    sent = "Osmia has sent about 10,000 soldiers to Torvia."
    assert not ledger([[troops("10,000", "one", sent)], [troops("12,500", "two", said[1])]]).alerts


def test_the_men_a_force_has_lost_are_its_fighters() -> None:
    lost = dead("10,000", "one", 0, "The group has lost 10,000 men in the battle for Kelm.", counted="men")
    died = dead("20,000", "two", 0, "He said 20,000 of his fighters had died in Kelm.", counted="fighters")
    assert same_people(lost, died) and same_people(died, lost)
    shot = dead("12", "three", 0, "Gunmen shot 12 men in Kelm.", counted="men")
    assert not same_people(shot, died)


FIRST = "The ministry said 498 Osmian soldiers had been killed in Torvia since the operation began."
OTHERS = "Torvia claims to have killed more than 5,800 Osmian troops since the invasion."


def of_an_army(words: str, article: str, sentence: str, **given: Any) -> Claim:
    army: dict[str, Any] = {"counted": "soldiers", "whose": "Osmia", "whose_id": "Q9", "speaker": article}
    return dead(words, article, 0, sentence, **(army | given))


def test_two_sides_count_what_one_army_has_lost_since_the_war_began() -> None:
    one = of_an_army("498", "ministry", FIRST)
    other = of_an_army("more than 5,800", "Torvia", OTHERS, window="since 2030-02-24", places=())
    (alert,) = ledger([[one], [other]]).alerts
    assert alert.verdict == "conflict"
    assert not ledger([[one], [other.model_copy(update={"whose": "Torvia", "whose_id": "Q1"})]]).alerts
    day = FIRST.replace(" since the operation began", " on Monday")
    dated = of_an_army("498", "ministry", day).model_copy(update={"as_of_from": "text"})
    assert not ledger([[dated], [other]]).alerts


def test_kurds_of_a_country_are_one_people_with_and_without_its_name() -> None:
    kurds = fled("70,000", "one", 0, "About 70,000 Kurds have fled.", counted="Kurds", whose="Syria", whose_id="Q858")
    syrian = fled("130,000", "two", 0, "130,000 Syrian Kurds have fled.", counted="Syrian Kurds", whose_id="Q858")
    assert group(kurds) == group(syrian) == "Kurds"


def test_an_army_s_dead_so_far_are_those_since_the_war_began() -> None:
    one = of_an_army("498", "ministry", "Osmia said 498 of its soldiers had been killed in Torvia.")
    other = of_an_army("7,000", "Torvia", "Torvia said 7,000 Osmian soldiers had been killed since the war began.")
    (alert,) = ledger([[one], [other]]).alerts
    assert alert.verdict == "conflict"
    assert not ledger([[one], [of_an_army("7,000", "Torvia", "7,000 Osmian soldiers were killed.")]]).alerts


def test_the_dead_of_a_country_s_unrest_are_counted_on() -> None:
    during = dead("106", "one", 0, "At least 106 protesters were killed in Torvia during unrest over prices.")
    since = dead("143", "two", 6, "At least 143 have been killed in the unrest in Torvia.", window="since 2030-02-27")
    (alert,) = ledger([[during], [since]]).alerts
    assert alert.verdict == "increase"


def test_what_somebody_said_had_happened_runs_on_too() -> None:
    since = dead("774", "one", 0, "Cholera has killed 774 people in Torvia since August.", window="since 2029-08")
    later = dead("900", "two", 5, "The agency said 900 people had died of cholera in Torvia.")
    assert runs_on(since, later)
